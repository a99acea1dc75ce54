// Policy variables in texts, well formed or not.

#ifndef SCPCHECK_LINT_RULES_SCHEMA_VARIABLES_H_
#define SCPCHECK_LINT_RULES_SCHEMA_VARIABLES_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/settings.h"

namespace scpcheck {

// A `${...}` that is no template token, or the beginning of one.
struct VariableText {
  size_t begin;
  size_t end;  // of what there is of it
  // What keeps it from being a variable or a character (V-04, V-05), and what would be right if one can tell.
  std::string_view flaw;
  std::string mended;
};

std::vector<VariableText> FindVariables(std::string_view text, const LintSettings& settings);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCHEMA_VARIABLES_H_

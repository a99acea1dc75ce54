// Parts of a text that a template would fill in: `${Account}`, `{{region}}`, `<my-org>`, `REPLACE_ME`.
//
// Policies are often linted before they are filled in. Every rule but SCP215 and SCP216, which report them,
// takes a token for any text without a colon, and says nothing that depends on what it will be.

#ifndef SCPCHECK_LINT_TEMPLATE_TOKEN_H_
#define SCPCHECK_LINT_TEMPLATE_TOKEN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lint/settings.h"

namespace scpcheck {

struct TemplateToken {
  size_t begin;
  size_t end;
  bool is_variable;  // has the form of a policy variable, `${Account}`, but names no condition key
  bool is_allowed;   // LintSettings::template_tokens has it
};

// In the order of their places. Condition keys have a colon in their names, so `${aws:username}` is none, nor
// are
// `${*}`, `${?}` and `${$}` (V-05).
std::vector<TemplateToken> FindTemplateTokens(std::string_view text, const LintSettings& settings);

bool HoldsTemplateToken(std::string_view text, const LintSettings& settings);

// `text` with `*` for each token: what it may match, when it is read as a pattern whose `*` does not cross
// colons.
std::string WithTokensAsWildcards(std::string_view text, const LintSettings& settings);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_TEMPLATE_TOKEN_H_

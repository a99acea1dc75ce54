// Applies the fixes of findings to a text, again and again until there are none left.

#ifndef SCPCHECK_LINT_FIXER_H_
#define SCPCHECK_LINT_FIXER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "lint/linter.h"

namespace scpcheck {

struct FixedText {
  std::string text;
  size_t applied = 0;
};

// The text of `source` with all safe fixes of `linter`, and with `unsafe` the others too. A fix that overlaps
// an earlier one waits for the next round; what one fix makes possible the next one sees. `skip` tells of
// findings whose fixes are not wanted, because they are suppressed.
FixedText FixAll(const Linter& linter, const std::shared_ptr<const Source>& source, std::string_view path,
                 bool unsafe, const std::function<bool(const Finding&)>& skip);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_FIXER_H_

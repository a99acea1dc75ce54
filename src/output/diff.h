// What changed between two versions of a text, as `diff -u` shows it.

#ifndef SCPCHECK_OUTPUT_DIFF_H_
#define SCPCHECK_OUTPUT_DIFF_H_

#include <string>
#include <string_view>

namespace scpcheck {

// Empty if nothing did.
std::string UnifiedDiff(std::string_view name, std::string_view before, std::string_view after);

// The same in colour, for terminals.
std::string ColoredDiff(std::string_view diff);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_DIFF_H_

// Patterns as sets of texts: does one lie inside another, have two nothing in common. Both answers are
// exact for `*` and `?`; codes with unexpanded variables are not allowed.

#ifndef SCPCHECK_MATCH_PATTERN_SETS_H_
#define SCPCHECK_MATCH_PATTERN_SETS_H_

#include <string_view>

namespace scpcheck {

// Every text that `inner` matches is matched by `outer`. May say false where it is true only because `inner`
// has segment wildcards next to each other; never says true where it is false.
bool PatternCovers(std::string_view outer, std::string_view inner);

// No text is matched by both.
bool PatternsDisjoint(std::string_view a, std::string_view b);

}  // namespace scpcheck

#endif  // SCPCHECK_MATCH_PATTERN_SETS_H_

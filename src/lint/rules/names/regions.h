// AWS's Regions and partitions (data/regions.tsv).

#ifndef SCPCHECK_LINT_RULES_NAMES_REGIONS_H_
#define SCPCHECK_LINT_RULES_NAMES_REGIONS_H_

#include <optional>
#include <string>
#include <string_view>

namespace scpcheck {

// Whether some Region, some partition, is matched by a text with wildcards.
bool MatchesRegion(std::string_view pattern);
bool MatchesPartition(std::string_view pattern);

// Whether a Region could be called that: one that AWS opens later.
bool HasFormOfRegion(std::string_view name);

// The Region that was meant by a name that is none's: another case, white space, the name of a zone, of the
// old `EU`, a slip of the keyboard.
std::optional<std::string> SuggestRegion(std::string_view name);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_REGIONS_H_

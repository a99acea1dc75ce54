// Paths in an organization: `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`.

#ifndef SCPCHECK_LINT_RULES_NAMES_ORG_PATHS_H_
#define SCPCHECK_LINT_RULES_NAMES_ORG_PATHS_H_

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/ascii.h"

namespace scpcheck {

inline constexpr std::string_view kOrgPathKeys[] = {"aws:PrincipalOrgPaths", "aws:ResourceOrgPaths",
                                                    "aws:SourceOrgPaths", "aws:VpceOrgPaths"};

inline bool IsOrgPathKey(std::string_view key) {
  return std::any_of(std::begin(kOrgPathKeys), std::end(kOrgPathKeys),
                     [key](std::string_view known) { return AsciiEqualsIgnoreCase(known, key); });
}

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_ORG_PATHS_H_

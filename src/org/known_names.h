// Names that AWS gives: one of them mistyped would silently change what an organization means.

#ifndef SCPCHECK_ORG_KNOWN_NAMES_H_
#define SCPCHECK_ORG_KNOWN_NAMES_H_

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "scpcheck/organization.h"

namespace scpcheck {

inline constexpr std::string_view kPartitionNames[] = {"aws",     "aws-cn",    "aws-us-gov", "aws-eusc",
                                                       "aws-iso", "aws-iso-b", "aws-iso-e",  "aws-iso-f"};

// AWS Organizations API Reference, PolicyType.
inline constexpr std::string_view kPolicyTypes[] = {kServiceControlPolicy,
                                                    kResourceControlPolicy,
                                                    "AISERVICES_OPT_OUT_POLICY",
                                                    "BACKUP_POLICY",
                                                    "BEDROCK_POLICY",
                                                    "CHATBOT_POLICY",
                                                    "DECLARATIVE_POLICY_EC2",
                                                    "INSPECTOR_POLICY",
                                                    "NETWORK_SECURITY_DIRECTOR_POLICY",
                                                    "S3_POLICY",
                                                    "SECURITYHUB_POLICY",
                                                    "TAG_POLICY",
                                                    "UPGRADE_ROLLOUT_POLICY"};

inline bool IsKnownName(std::string_view name, std::span<const std::string_view> known) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

// `: did you mean ...?`, or, where nothing is near, what there is: the end of a message about an unknown
// name.
inline std::string KnownNamesHint(std::string_view name, std::span<const std::string_view> known) {
  const std::string folded = AsciiLower(name);
  std::string_view best;
  size_t least = 4;  // more mistakes than any limit allows
  for (const std::string_view candidate : known) {
    const size_t limit = MistakeLimit(name.size() < candidate.size() ? name : candidate, 3);
    const size_t distance = EditDistance(folded, AsciiLower(candidate), limit);
    if (distance > limit || distance >= least) continue;
    best = candidate;
    least = distance;
  }
  if (!best.empty()) return ": did you mean `" + std::string(best) + "`?";
  std::string hint = ": known are";
  for (const std::string_view candidate : known) {
    hint += (candidate == known[0] ? " `" : ", `") + std::string(candidate) + "`";
  }
  return hint;
}

}  // namespace scpcheck

#endif  // SCPCHECK_ORG_KNOWN_NAMES_H_

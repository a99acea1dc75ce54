#include "lint/suppressions.h"

#include <algorithm>

#include "base/glob.h"

namespace scpcheck {

bool Suppression::Fits(const Finding& finding, std::string_view path, Day today) const {
  if (IsExpired(today)) return false;
  if (std::none_of(rules.begin(), rules.end(),
                   [&](const NamedRule& named) { return named.rule == finding.rule; })) {
    return false;
  }
  if (!policy.empty() && !GlobMatch(policy, path) && !GlobMatch(policy, path.substr(path.rfind('/') + 1))) {
    return false;
  }
  if (!fingerprint.empty() && fingerprint != finding.fingerprint) return false;
  if (!sid.empty()) return sid == finding.sid;
  if (pointer.empty()) return true;
  return finding.pointer == pointer || std::string_view(finding.pointer).starts_with(pointer + "/");
}

}  // namespace scpcheck

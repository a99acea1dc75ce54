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
  if (!policy.empty()) {
    const auto names = [this](std::string_view file) {
      return GlobMatch(policy, file) || GlobMatch(policy, file.substr(file.rfind('/') + 1));
    };
    // A policy inside a file has the file's name before its own.
    const bool is_inside = finding.source != nullptr && finding.source->outer() != nullptr;
    if (!names(path) && !(is_inside && names(path.substr(0, path.rfind('/'))))) return false;
  }
  if (!fingerprint.empty() && fingerprint != finding.fingerprint) return false;
  if (!sid.empty()) return sid == finding.sid;
  if (pointer.empty()) return true;
  return finding.pointer == pointer || std::string_view(finding.pointer).starts_with(pointer + "/");
}

}  // namespace scpcheck

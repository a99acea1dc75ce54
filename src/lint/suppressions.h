// Findings that somebody has looked at and decided to live with for now, as records of the configuration.

#ifndef SCPCHECK_LINT_SUPPRESSIONS_H_
#define SCPCHECK_LINT_SUPPRESSIONS_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/settings.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// A rule as a record names it.
struct NamedRule {
  std::string text;  // id or name
  SourceRange range;
  const RuleInfo* rule = nullptr;  // null: there is none of that name
};

// A `[[suppress]]` record. It takes out the findings of its rules that fit everything it says.
struct Suppression {
  SourceRange range;  // of the record in the configuration
  std::vector<NamedRule> rules;
  std::string policy;       // a pattern of paths, as fingerprints have them, or of file names
  std::string sid;          // of the statement; goes before `pointer`, which changes when statements move
  std::string pointer;      // of the value, or of one that holds it
  std::string fingerprint;  // of the one finding
  std::string reason;
  std::string owner;
  std::optional<Day> expires;  // the last day on which it holds
  SourceRange expires_range;

  bool IsExpired(Day today) const { return expires && *expires < today; }
  // `path` as fingerprints have it. Expired records fit nothing.
  bool Fits(const Finding& finding, std::string_view path, Day today) const;
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_SUPPRESSIONS_H_

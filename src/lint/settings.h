// What the author of a configuration may tell the rules. The defaults are those of an absent scpcheck.toml.

#ifndef SCPCHECK_LINT_SETTINGS_H_
#define SCPCHECK_LINT_SETTINGS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace scpcheck {

// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
using Day = int64_t;

struct PatternRecord;

struct LintSettings {
  // Only what SCPs accepted before 2025-09-19 (SCP114).
  bool old_language = false;
  // Characters of a policy: 10,240 since 2026-05-15, 5,120 before (SCP501).
  uint32_t max_policy_characters = 10240;
  uint32_t size_warn_percent = 90;  // SCP502
  // Patterns (`*`, `?`) of texts that stand for something that is filled in later, such as `${Account}`
  // (SCP215, SCP216).
  std::vector<std::string> template_tokens;
  std::string sid_pattern;              // a regular expression (RE2), SCP505; empty: not asked for
  std::vector<std::string> partitions;  // SCP901; empty: only `aws`
  std::string home_region;              // of IAM Identity Center, SCP322
  bool central_root = false;            // root access is managed centrally (SCP806)
  uint32_t max_catalogue_age = 365;     // days, SCP907
  // Of this policy, made with the baseline; null if there is none (SCP526).
  std::shared_ptr<const PatternRecord> recorded_patterns;
  Day today = 0;  // SCP331, SCP906, SCP907
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_SETTINGS_H_

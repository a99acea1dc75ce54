// One run of the linter over many policies: what is found, what of it is suppressed, and what that says about
// the suppressions.

#ifndef SCPCHECK_LINT_RUN_H_
#define SCPCHECK_LINT_RUN_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/linter.h"
#include "lint/suppressions.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// What a configuration says apart from the selection of rules.
struct RunOptions {
  std::shared_ptr<const Source> configuration;  // null: there is no file
  std::vector<Suppression> suppressions;
  std::set<std::string> baseline;  // fingerprints of findings that were there before
  LintSettings settings;
  // Where `max-catalogue-age` stands.
  SourceRange catalogue_age_range;
};

class LintRun {
 public:
  // Both must outlive the run.
  LintRun(const Catalogue& catalogue, const RunOptions& options);

  // Whether a record or the baseline takes a finding out.
  bool Suppresses(const Finding& finding, std::string_view path) const {
    return FindSuppression(finding, path) != kNone || options_.baseline.count(finding.fingerprint) > 0;
  }
  // Takes the findings of one policy. `path` is its file's name as fingerprints have it.
  void Add(std::vector<Finding> findings, std::string_view path);
  // Has a record count as one that takes something out.
  void TakeAsUsed(size_t suppression) { ++used_[suppression]; }
  // Adds what the configuration itself is to be blamed for, with the rules of `rules`. Of the report `files`
  // is left to the caller.
  LintReport Finish(const RuleSet& rules);

 private:
  static constexpr size_t kNone = SIZE_MAX;
  // The first record that fits.
  size_t FindSuppression(const Finding& finding, std::string_view path) const;
  // `suppression` is the record that takes it out, or kNone.
  void AddFinding(Finding finding, size_t suppression);

  const Catalogue& catalogue_;
  const RunOptions& options_;
  std::vector<size_t> used_;  // by suppression: how many findings it took out
  LintReport report_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RUN_H_

#include "lint/run.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "lint/fingerprint.h"
#include "lint/registry.h"

namespace scpcheck {

LintRun::LintRun(const Catalogue& catalogue, const RunOptions& options)
    : catalogue_(catalogue), options_(options), used_(options.suppressions.size()) {}

size_t LintRun::FindSuppression(const Finding& finding, std::string_view path) const {
  for (size_t i = 0; i < options_.suppressions.size(); ++i) {
    if (options_.suppressions[i].Fits(finding, path, options_.settings.today)) return i;
  }
  return kNone;
}

void LintRun::Add(std::vector<Finding> findings, std::string_view path) {
  for (Finding& finding : findings) {
    const size_t by = FindSuppression(finding, path);
    AddFinding(std::move(finding), by);
  }
}

void LintRun::AddFinding(Finding finding, size_t suppression) {
  if (suppression != kNone) {
    ++used_[suppression];
    report_.suppressed.push_back({std::move(finding), options_.suppressions[suppression].reason, false});
  } else if (options_.baseline.count(finding.fingerprint) > 0) {
    report_.suppressed.push_back({std::move(finding), "in the baseline", true});
  } else {
    report_.findings.push_back(std::move(finding));
  }
}

LintReport LintRun::Finish(const RuleSet& rules) {
  const ConfigurationView view{options_.configuration, options_.suppressions,        used_,
                               options_.settings,      options_.catalogue_age_range, catalogue_};
  const size_t of_policies = report_.findings.size();
  for (const Rule& rule : RegisteredRules()) {
    if (rule.check_configuration == nullptr) continue;
    const RuleInfo& info = *rule.info;
    if (!rules.Has(info)) continue;
    Reporter reporter(info, options_.configuration);
    rule.check_configuration(view, reporter);
    for (Reporter::Report& report : reporter.Take()) {
      if (rules.HasSeverity(info)) report.finding.severity = rules.SeverityOf(info);
      // The name alone: paths here depend on where the program runs.
      report.finding.fingerprint = FingerprintStart(info.id, "scpcheck.toml", "").Of(report.offender);
      // Neither a record nor the baseline takes out what is wrong with them.
      report_.findings.push_back(std::move(report.finding));
    }
  }
  // They stand in one file.
  std::stable_sort(report_.findings.begin() + static_cast<std::ptrdiff_t>(of_policies),
                   report_.findings.end(),
                   [](const Finding& a, const Finding& b) { return a.range.begin < b.range.begin; });
  return std::move(report_);
}

}  // namespace scpcheck

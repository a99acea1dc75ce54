#include <algorithm>
#include <string>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/entries.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

// E-15, E-17.
void CheckNotRestrictableByScp(const StatementView& view, Reporter& report) {
  if (!view.denies() || view.statement().not_action || view.patterns().empty()) return;
  const bool is_all = std::all_of(
      view.patterns().begin(), view.patterns().end(),
      [](const ActionPattern& pattern) { return pattern.is_well_formed && IsBeyondScps(pattern); });
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_well_formed || !IsBeyondScps(pattern)) continue;
    FindingBuilder finding = report.Add(
        pattern.written->range, Quoted(pattern.written->text) +
                                    " is beyond service control policies, so denying it has no effect: " +
                                    (is_all ? "remove the statement" : "remove it"));
    if (!is_all) finding.WithSeverity(Severity::kInfo);
  }
}

}  // namespace scpcheck

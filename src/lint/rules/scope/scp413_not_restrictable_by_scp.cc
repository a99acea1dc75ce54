#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// Whether all that an entry names is beyond SCPs.
bool IsBeyondScps(const ActionPattern& pattern) {
  const Table& table = TableOf("not-restrictable");
  for (size_t i = 0; i < table.row_count(); ++i) {
    const std::string known = AsciiLower(table.Row(i)[0]);
    // The known entry is a name, or all of a service; then any pattern in the service lies within it.
    if (GlobMatch(known, pattern.lower)) return true;
  }
  return false;
}

}  // namespace

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

#include <string>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/rules.h"

namespace scpcheck {

// U-03: only a service that calls for itself has these keys, and SCPs don't reach services (E-14).
void CheckKeyNeverPresentForScp(const StatementView& view, Reporter& report) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  for (const ConditionClause& clause : clauses) {
    if (clause.op.comparison == Comparison::kUnknown) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    if (!key || key->presence != KeyPresence::kNever) continue;
    const std::string found =
        Quoted(clause.key.text) + " is there only when a service calls for itself, which SCPs don't reach, ";
    if (!HoldsWithoutKey(clause)) {
      report.Add(clause.key.range,
                 found +
                     "so this test never holds and the statement never applies: say it in a "
                     "resource control policy");
      continue;
    }
    // It says what happens: there is no such key.
    const bool is_true = clause.op.comparison == Comparison::kNull;
    const bool decides = clauses.size() == 1 && !is_true;
    FindingBuilder finding = report.Add(
        clause.key.range,
        found + (decides ? "so this test always holds and the statement has no condition at all: say it in a "
                           "resource control policy"
                         : "so this test always holds: leave it out"));
    if (!decides) finding.WithSeverity(Severity::kWarning);
  }
}

}  // namespace scpcheck

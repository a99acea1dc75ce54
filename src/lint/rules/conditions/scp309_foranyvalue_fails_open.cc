#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

// A request without `key` has none of the keys under which AWS also shows its parts.
bool IsAbsentWith(std::string_view tested, std::string_view key) {
  if (AsciiEqualsIgnoreCase(tested, key)) return true;
  constexpr std::string_view kRequestTag = "aws:RequestTag/";
  return AsciiEqualsIgnoreCase(key, "aws:TagKeys") &&
         AsciiEqualsIgnoreCase(tested.substr(0, kRequestTag.size()), kRequestTag);
}

// Whether another statement stops requests without the key: a Deny of all these actions under a `Null` test.
bool IsStoppedElsewhere(const StatementView& view, std::string_view key) {
  for (const StatementView& other : view.policy().statements()) {
    if (&other == &view || !other.denies()) continue;
    const std::vector<ConditionClause>& clauses = other.statement().conditions;
    const bool asks = std::any_of(clauses.begin(), clauses.end(), [key](const ConditionClause& clause) {
      return clause.op.comparison == Comparison::kNull && clause.op.set_operator == SetOperator::kNone &&
             HoldsWithoutKey(clause) && IsAbsentWith(clause.key.text, key);
    });
    if (asks && other.actions().size() >= view.actions().size() &&
        std::includes(other.actions().begin(), other.actions().end(), view.actions().begin(),
                      view.actions().end())) {
      return true;
    }
  }
  return false;
}

}  // namespace

// 4.4: without the key `ForAnyValue` is false, also over a negated test, which alone would be true (C-03).
void CheckForAnyValueFailsOpen(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    const ConditionOperator& op = clause.op;
    if (op.set_operator != SetOperator::kForAnyValue || !op.negated || op.if_exists) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    if (key && key->presence != KeyPresence::kMayBeAbsent) continue;
    // AWS's own example of `ram:Principal` lets requests without it pass: they share with nobody.
    if (HasUncertainArity(clause.key.text)) continue;
    // A `Null` test beside it shows that its author thought of the case.
    const std::vector<ConditionClause>& clauses = view.statement().conditions;
    const bool is_meant = std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& other) {
      return other.op.comparison == Comparison::kNull && IsAbsentWith(other.key.text, clause.key.text);
    });
    if (is_meant || IsStoppedElsewhere(view, clause.key.text)) continue;
    report.Add(clause.key.range,
               Quoted(clause.operator_text.text) + " fails for requests without " + Quoted(clause.key.text) +
                   ", so they pass the Deny: deny them in another statement under `Null`, if they "
                   "should be stopped");
  }
}

}  // namespace scpcheck

#include <algorithm>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

// Whether the statement is about calls alone that tag or untag something, whose input has to name tags.
// ec2:DeleteTags and its like, which may leave them out, are called otherwise.
bool IsAboutTagging(const StatementView& view) {
  const Catalogue& catalogue = view.policy().catalogue();
  return !view.actions().empty() &&
         std::all_of(view.actions().begin(), view.actions().end(), [&](ActionId action) {
           const std::string_view name = catalogue.LowerActionBareName(action);
           return catalogue.ActionAccessLevel(action) == AccessLevel::kTagging &&
                  (name.starts_with("tag") || name.starts_with("untag"));
         });
}

}  // namespace

// 4.4, C-30. Negated tests are left alone: "unless called via" is meant to hold for whoever is not. So are
// tests with `IfExists`, which asks for it.
void CheckForAllValuesVacuousMatch(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const ConditionOperator& op = clause.op;
    if (op.set_operator != SetOperator::kForAllValues || op.negated || op.if_exists) continue;
    if (op.comparison == Comparison::kUnknown || op.comparison == Comparison::kNull) continue;
    // With no values it holds for requests without the key alone: SCP110.
    if (clause.values.empty() || DemandsKey(view, clause.key.text)) continue;
    if (AsciiEqualsIgnoreCase(clause.key.text, "aws:TagKeys") && IsAboutTagging(view)) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    // SCP318 speaks of keys that are never there.
    if (key && key->presence != KeyPresence::kMayBeAbsent) continue;
    FindingBuilder finding = report.Add(
        clause.key.range,
        Quoted(clause.operator_text.text) + " holds for requests without " + Quoted(clause.key.text) +
            " too, so " + (view.denies() ? "the Deny stops all of them" : "the Allow lets all of them pass") +
            ": add `Null` with `false`, or write `ForAnyValue`");
    if (!view.denies()) finding.WithSeverity(Severity::kWarning);
    if (auto edits = DemandKey(view, clause.key.text)) {
      finding.UnsafeFix("demand the key under `Null`", std::move(*edits));
    }
  }
}

}  // namespace scpcheck

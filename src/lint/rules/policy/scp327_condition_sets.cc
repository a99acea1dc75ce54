// SCP327 and SCP328: conditions that never hold, or always.

#include <algorithm>

#include "base/ascii.h"
#include "lint/proof.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"

namespace scpcheck {

namespace {

std::string_view Idle(const StatementView& view) {
  return view.denies() ? "so the statement denies nothing" : "so the statement allows nothing";
}

std::string OperatorOf(const ConditionClause& clause) {
  return Quoted(clause.operator_text.text);
}

}  // namespace

void CheckContradictoryCondition(const StatementView& view, Reporter& report) {
  const RequestSet& set = view.requests();
  if (!set.is_readable()) return;
  Prover prover(view.policy());
  const std::optional<Contradiction> found = prover.FindContradiction(set);
  if (!found) return;
  const ConditionClause& first = *found->first;
  const ConditionClause& second = *found->second;
  const std::string key = Quoted(first.key.text);
  std::string message;
  switch (found->reason) {
    case Contradiction::Reason::kAlone:
      return;  // rules about one test say why
    case Contradiction::Reason::kNeverAbsent:
      report.Add(first.key.range, "every request carries " + key +
                                      ", and `Null` asks for one that does not, " + std::string(Idle(view)) +
                                      ": take the test out");
      return;
    case Contradiction::Reason::kPresence:
      message = OperatorOf(first) + " needs " + key + " to be there, " + OperatorOf(second) +
                " holds only without it";
      break;
    case Contradiction::Reason::kValues:
      message = found->others.empty() ? "no value of " + key + " satisfies both " + OperatorOf(first) +
                                            " and " + OperatorOf(second)
                                      : "no value of " + key + " satisfies all its tests";
      break;
    case Contradiction::Reason::kNetwork:
      message = key + " is there only in requests through a VPC endpoint, " + Quoted(second.key.text) +
                " only in others";
      break;
  }
  message += ", " + std::string(Idle(view)) + ": put the tests into statements of their own";
  FindingBuilder finding = report.Add(second.key.range, std::move(message));
  finding.Related(first.key.range, "never holds together with this");
  for (const ConditionClause* other : found->others) finding.Related(other->key.range, "nor with this");
}

namespace {

// `true` and `false` are both listed.
bool HasBothBooleans(const ConditionClause& clause) {
  const auto has = [&](std::string_view text) {
    return std::any_of(clause.values.begin(), clause.values.end(), [text](const ConditionValue& value) {
      return AsciiEqualsIgnoreCase(value.text, text);
    });
  };
  return has("true") && has("false");
}

// The one value that makes the test what it is, or else the key.
SourceRange DecidingPlace(Prover& prover, const ConditionClause& clause, ClauseTruth truth) {
  for (const ConditionValue& value : clause.values) {
    ConditionClause alone = clause;
    alone.values = {value};
    if (prover.TruthOf(alone) == truth) return value.range;
  }
  return clause.key.range;
}

}  // namespace

void CheckTautologicalCondition(const StatementView& view, Reporter& report) {
  if (!view.requests().is_readable()) return;
  Prover prover(view.policy());
  for (const ConditionClause& clause : view.statement().conditions) {
    const bool is_null_test = clause.op.comparison == Comparison::kNull;
    // SCP110, SCP311, and several truth values: SCP303.
    if (clause.values.empty() || (is_null_test && clause.op.set_operator != SetOperator::kNone) ||
        ((is_null_test || clause.op.comparison == Comparison::kBool) && HasBothBooleans(clause))) {
      continue;
    }
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    if (key && key->presence == KeyPresence::kNever) continue;                          // SCP318
    if (AsciiEqualsIgnoreCase(clause.key.text, "aws:PrincipalIsAWSService")) continue;  // SCP319
    const ClauseTruth truth = prover.TruthOf(clause);
    const std::string name = Quoted(clause.key.text);
    if (truth == ClauseTruth::kAlways && !clause.op.negated) {
      const bool is_always_there = key && key->presence == KeyPresence::kAlways;
      const std::string what =
          is_null_test      ? " with `false` holds for every request, since each carries " + name
          : is_always_there ? " takes every value of " + name + ", which each request carries"
                            : " holds for every request, with " + name + " and without";
      report
          .Add(
              DecidingPlace(prover, clause, truth),
              OperatorOf(clause) + what + ", so the test decides nothing: take it out, or list what is meant")
          .Offender(clause.key.text);
    } else if (truth == ClauseTruth::kNever && clause.op.negated && prover.ListsEveryValue(clause)) {
      report
          .Add(DecidingPlace(prover, clause, truth),
               OperatorOf(clause) + " leaves no value of " + name + " over, which each request carries, " +
                   std::string(Idle(view)) + ": list only what is exempt")
          .Offender(clause.key.text);
    }
  }
}

}  // namespace scpcheck

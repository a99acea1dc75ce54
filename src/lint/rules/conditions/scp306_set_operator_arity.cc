// SCP306 and SCP307: the set operators belong to keys with several values, and only to those.

#include <algorithm>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

// Whether the catalogue knows all keys under the operator of `clause` to be of one arity.
bool BlockHasArity(const StatementView& view, const ConditionClause& clause, bool multivalued) {
  const auto block = BlockOf(view, clause);
  return std::all_of(block.begin(), block.end(), [&](const ConditionClause& other) {
    const std::optional<KeyInfo> key = KeyInfoOf(view, other);
    return key && key->multivalued == multivalued;
  });
}

ConditionOperator WithSetOperator(ConditionOperator op, SetOperator set_operator) {
  op.set_operator = set_operator;
  return op;
}

}  // namespace

// C-32.
void CheckSetOperatorOnSingleValuedKey(const StatementView& view, Reporter& report) {
  bool all_single = false;  // under the same operator
  for (const ConditionClause& clause : view.statement().conditions) {
    if (IsFirstOfBlock(view, clause)) all_single = BlockHasArity(view, clause, false);
    const SetOperator set_operator = clause.op.set_operator;
    if (set_operator == SetOperator::kNone) continue;
    // SCP210, SCP311.
    if (clause.op.comparison == Comparison::kUnknown || clause.op.comparison == Comparison::kNull) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    if (!key || key->multivalued || HasUncertainArity(clause.key.text)) continue;

    ConditionClause plain;
    plain.op = WithSetOperator(clause.op, SetOperator::kNone);
    const std::string name = OperatorName(plain.op);
    const std::string prefix =
        set_operator == SetOperator::kForAllValues ? "`ForAllValues:`" : "`ForAnyValue:`";
    const bool differs =
        key->presence != KeyPresence::kAlways && HoldsWithoutKey(clause) != HoldsWithoutKey(plain);
    std::string message = Quoted(clause.key.text) + " has one value, so " + prefix;
    if (differs) {
      message += HoldsWithoutKey(clause) ? " only makes the test hold for requests without the key"
                                         : " only makes the test fail for requests without the key";
    } else {
      message += " has no effect";
    }
    message += ": write `" + name + "`";
    FindingBuilder finding = report.Add(clause.key.range, std::move(message));
    if (!differs) finding.WithSeverity(Severity::kInfo);
    if (!all_single) continue;
    if (auto edits = RenameOperator(view, clause, name)) {
      finding.UnsafeFix("write `" + name + "`", std::move(*edits));
    }
  }
}

// C-31.
void CheckMultivaluedKeyWithoutSetOperator(const StatementView& view, Reporter& report) {
  bool all_multivalued = false;  // under the same operator
  for (const ConditionClause& clause : view.statement().conditions) {
    if (IsFirstOfBlock(view, clause)) all_multivalued = BlockHasArity(view, clause, true);
    if (clause.op.set_operator != SetOperator::kNone) continue;
    if (clause.op.comparison == Comparison::kUnknown || clause.op.comparison == Comparison::kNull) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    if (!key || !key->multivalued) continue;

    // With a set operator `IfExists` says nothing sure (SCP310).
    ConditionOperator op = clause.op;
    op.if_exists = false;
    const std::string any = OperatorName(WithSetOperator(op, SetOperator::kForAnyValue));
    const std::string all = OperatorName(WithSetOperator(op, SetOperator::kForAllValues));
    FindingBuilder finding = report.Add(
        clause.key.range, Quoted(clause.key.text) + " has several values, which " +
                              Quoted(clause.operator_text.text) + " can't compare, so the test holds " +
                              (HoldsWithoutKey(clause) && key->presence != KeyPresence::kAlways
                                   ? "only for requests without the key"
                                   : "for no request") +
                              ": write `" + any + "` or `" + all + "`");
    if (!all_multivalued) continue;
    // `StringNotEquals` is meant to say that none of the values is listed.
    const bool prefers_all = clause.op.negated;
    for (const std::string& name : {prefers_all ? all : any, prefers_all ? any : all}) {
      if (auto edits = RenameOperator(view, clause, name)) {
        finding.UnsafeFix("write `" + name + "`", std::move(*edits));
      }
    }
  }
}

}  // namespace scpcheck

// SCP310, SCP311, SCP312: `IfExists` and the set operators where they say nothing, or something else. One
// finding for an operator, whatever stands under it.

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

ConditionOperator WithoutIfExists(ConditionOperator op) {
  op.if_exists = false;
  return op;
}

bool IsNullIfExists(std::string_view name) {
  const size_t colon = name.find(':');
  if (colon != std::string_view::npos) name.remove_prefix(colon + 1);
  return AsciiEqualsIgnoreCase(name, "NullIfExists");
}

}  // namespace

// 4.4, C-18.
void CheckSetOperatorWithIfExists(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!clause.op.if_exists || clause.op.set_operator == SetOperator::kNone) continue;
    if (clause.op.comparison == Comparison::kUnknown || !IsFirstOfBlock(view, clause)) continue;
    const std::string name = OperatorName(WithoutIfExists(clause.op));
    if (clause.op.set_operator == SetOperator::kForAnyValue) {
      report.Add(clause.operator_text.range,
                 "`ForAnyValue:` fails where the key is absent and `IfExists` holds, and AWS doesn't say "
                 "what they do "
                 "together: drop one of the two");
      continue;
    }
    FindingBuilder finding = report.Add(
        clause.operator_text.range,
        "`ForAllValues:` holds where the key is absent, so `IfExists` adds nothing: write `" + name + "`");
    if (auto edits = RenameOperator(view, clause, name))
      finding.SafeFix("write `" + name + "`", std::move(*edits));
  }
}

// C-16; G-15 for `NullIfExists`, which is no operator.
void CheckNullWithModifier(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsFirstOfBlock(view, clause)) continue;
    if (IsNullIfExists(clause.operator_text.text)) {
      report.Add(clause.operator_text.range,
                 "`Null` takes no `IfExists`, and an operator that does not exist holds for no request: "
                 "write `Null`");
    } else if (clause.op.comparison == Comparison::kNull &&
               clause.op.set_operator == SetOperator::kForAllValues) {
      report.Add(clause.operator_text.range, "`ForAllValues:Null` holds for every request: write `Null`");
    } else if (clause.op.comparison == Comparison::kNull &&
               clause.op.set_operator == SetOperator::kForAnyValue) {
      report.Add(clause.operator_text.range, "`ForAnyValue:Null` holds for no request: write `Null`");
    }
  }
}

// C-03, C-18.
void CheckRedundantIfExists(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!clause.op.if_exists || !clause.op.negated || clause.op.set_operator != SetOperator::kNone) continue;
    if (!IsFirstOfBlock(view, clause)) continue;
    const std::string name = OperatorName(WithoutIfExists(clause.op));
    FindingBuilder finding = report.Add(
        clause.operator_text.range,
        "a negated test holds where the key is absent, so `IfExists` adds nothing: write `" + name + "`");
    if (auto edits = RenameOperator(view, clause, name))
      finding.SafeFix("write `" + name + "`", std::move(*edits));
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/rules.h"
#include "lint/template_token.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

// Whether the test could be written with an Arn operator: each value has six fields.
bool HasArnsOnly(const StatementView& view, const ConditionClause& clause) {
  const PolicyView& policy = view.policy();
  return !clause.values.empty() &&
         std::all_of(clause.values.begin(), clause.values.end(), [&](const ConditionValue& value) {
           const std::string text = WithTokensAsWildcards(value.text, policy.settings());
           return text.starts_with("arn:") && Pattern::Arn(text, policy.policy().has_variables).has_value();
         });
}

}  // namespace

// C-20, C-21.
void CheckStringOperatorOnArnKey(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const Comparison comparison = clause.op.comparison;
    if (comparison != Comparison::kStringLike && comparison != Comparison::kStringEquals) continue;
    const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
    if (!key || key->type != KeyType::kArn || !HasArnsOnly(view, clause)) continue;
    // What `StringEquals` takes as plain characters would become wildcards (SCP301).
    const bool is_exact = comparison == Comparison::kStringEquals;
    const bool has_wildcards =
        std::any_of(clause.values.begin(), clause.values.end(),
                    [](const ConditionValue& value) { return HasWildcard(value.text); });
    if (is_exact && has_wildcards) continue;
    ConditionOperator arn_operator = clause.op;
    arn_operator.comparison = Comparison::kArnLike;
    const std::string name = OperatorName(arn_operator);
    FindingBuilder finding = report.Add(
        clause.operator_text.range,
        Quoted(clause.key.text) + " is an ARN, but " + Quoted(clause.operator_text.text) +
            (is_exact ? " compares it as any text" : " lets `*` match colons, and so other fields") +
            ": write `" + name + "`");
    finding.Offender(clause.key.text);
    // Other keys under the same operator would get another one too.
    if (BlockOf(view, clause).size() != 1) continue;
    if (auto edits = RenameOperator(view, clause, name)) {
      finding.UnsafeFix("write `" + name + "`", std::move(*edits));
    }
  }
}

}  // namespace scpcheck

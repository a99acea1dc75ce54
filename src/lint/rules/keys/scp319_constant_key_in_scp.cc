#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/remove_clause.h"
#include "lint/rules/keys/rules.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Whether a test holds for a key whose one value is `value`. Nothing if that can't be told.
std::optional<bool> HoldsFor(const ConditionClause& clause, std::string_view value,
                             const StatementView& view) {
  bool matches = false;
  for (const ConditionValue& pattern : clause.values) {
    if (HoldsVariable(pattern.text) || HoldsTemplateToken(pattern.text, view.policy().settings())) {
      return std::nullopt;
    }
    switch (clause.op.comparison) {
      case Comparison::kBool:
      case Comparison::kStringEqualsIgnoreCase:
        matches |= AsciiEqualsIgnoreCase(pattern.text, value);
        break;
      case Comparison::kStringEquals:
        matches |= pattern.text == value;
        break;
      case Comparison::kStringLike:
        matches |= GlobMatch(pattern.text, value);
        break;
      case Comparison::kNull:
        matches |= AsciiEqualsIgnoreCase(pattern.text, "false");
        break;
      default:
        return std::nullopt;
    }
  }
  if (clause.values.empty()) return std::nullopt;
  return matches != clause.op.negated;
}

bool HasVariable(const ConditionClause& clause) {
  return std::any_of(clause.values.begin(), clause.values.end(),
                     [](const ConditionValue& value) { return HoldsVariable(value.text); });
}

void CheckPrincipalIsAwsService(const StatementView& view, const ConditionClause& clause, Reporter& report) {
  const std::optional<bool> holds = HoldsFor(clause, "false", view);
  if (!holds) return;
  const std::string found =
      Quoted(clause.key.text) + " is `false` for every principal that SCPs reach, so this test ";
  if (!*holds) {
    report
        .Add(clause.key.range,
             found + "never holds and the statement never applies: say it in a resource control policy")
        .WithSeverity(Severity::kError);
    return;
  }
  FindingBuilder finding = report.Add(clause.key.range, found + "always holds: leave it out");
  if (clause.op.if_exists && clause.op.set_operator == SetOperator::kNone) {
    if (auto edits = RemoveClause(view, clause)) finding.SafeFix("remove the test", std::move(*edits));
  }
}

}  // namespace

// U-02, U-03.
void CheckConstantKeyInScp(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison == Comparison::kUnknown) continue;
    if (IsKey(clause, "aws:PrincipalIsAWSService")) {
      CheckPrincipalIsAwsService(view, clause, report);
    } else if (IsKey(clause, "aws:PrincipalOrgID") && !clause.values.empty() && !HasVariable(clause)) {
      report.Add(clause.key.range,
                 Quoted(clause.key.text) +
                     " is the policy's own organization for every principal that SCPs reach, so this test "
                     "comes out the same for all of them: test `aws:ResourceOrgID`, or say it in a resource "
                     "control policy");
    }
  }
}

}  // namespace scpcheck

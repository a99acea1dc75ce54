#include <algorithm>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/rules.h"

namespace scpcheck {

namespace {

bool TestsAny(const StatementView& view, std::initializer_list<std::string_view> keys) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
    return std::any_of(keys.begin(), keys.end(), [&](std::string_view key) { return IsKey(clause, key); });
  });
}

// Whether some statement of the policy limits the Region.
bool LimitsRegion(const PolicyView& policy) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [](const StatementView& view) {
    return TestsAny(view, {"aws:RequestedRegion", "ec2:Region"});
  });
}

}  // namespace

void CheckMissingPairedKey(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison == Comparison::kNull || clause.op.comparison == Comparison::kUnknown) continue;
    if (IsKey(clause, "aws:VpcSourceIp")) {
      if (TestsAny(view, {"aws:SourceVpc", "aws:SourceVpce", "aws:SourceVpcArn", "aws:VpceAccount",
                          "aws:VpceOrgID", "aws:VpceOrgPaths"})) {
        continue;
      }
      report.Add(clause.key.range, "every VPC may use the same private addresses, so " +
                                       Quoted(clause.key.text) +
                                       " alone tells no network from another: test `aws:SourceVpc` too");
    } else if (IsKey(clause, "aws:Ec2InstanceSourcePrivateIPv4")) {
      if (TestsAny(view, {"aws:Ec2InstanceSourceVpc", "ec2:SourceInstanceArn"})) continue;
      report.Add(clause.key.range,
                 "every VPC may use the same private addresses, so " + Quoted(clause.key.text) +
                     " alone tells no network from another: test `aws:Ec2InstanceSourceVpc` too");
    } else if (IsKey(clause, "aws:SourceVpc") && view.denies() && clause.op.negated &&
               clause.op.set_operator == SetOperator::kNone && !LimitsRegion(view.policy())) {
      report
          .Add(clause.key.range,
               "the id of a VPC is unique in its Region only, and nothing in this policy limits the Region: "
               "test "
               "`aws:RequestedRegion` too, or `aws:SourceVpcArn`")
          .WithSeverity(Severity::kInfo);
    }
  }
}

}  // namespace scpcheck

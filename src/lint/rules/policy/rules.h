// Statements as sets of requests, one alone and several together: SCP327, SCP328, SCP510 to SCP520, SCP525.

#ifndef SCPCHECK_LINT_RULES_POLICY_RULES_H_
#define SCPCHECK_LINT_RULES_POLICY_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> PolicyRules();

// scp327_condition_sets.cc
void CheckContradictoryCondition(const StatementView& view, Reporter& report);
void CheckTautologicalCondition(const StatementView& view, Reporter& report);

// scp510_redundant_statements.cc
void CheckDuplicateStatement(const PolicyView& policy, Reporter& report);
void CheckSubsumedStatement(const PolicyView& policy, Reporter& report);
void CheckMergeableStatements(const PolicyView& policy, Reporter& report);

// scp512_redundant_entries.cc
void CheckRedundantAction(const StatementView& view, Reporter& report);
void CheckRedundantResource(const StatementView& view, Reporter& report);

// scp515_exceptions.cc
void CheckNotActionDeniesIntersect(const PolicyView& policy, Reporter& report);
void CheckExemptionNullified(const PolicyView& policy, Reporter& report);
void CheckAllowListsIntersect(const PolicyView& policy, Reporter& report);

// scp518_whole_policy.cc
void CheckDeadAllow(const PolicyView& policy, Reporter& report);
void CheckPolicyHasNoEffect(const PolicyView& policy, Reporter& report);
void CheckPolicyDeniesEverything(const PolicyView& policy, Reporter& report);

// scp525_sibling_action_gap.cc
void CheckSiblingActionGap(const PolicyView& policy, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_POLICY_RULES_H_

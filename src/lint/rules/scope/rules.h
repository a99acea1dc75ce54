// What a statement reaches: SCP401 to SCP415, SCP901.

#ifndef SCPCHECK_LINT_RULES_SCOPE_RULES_H_
#define SCPCHECK_LINT_RULES_SCOPE_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> ScopeRules();

// scp401_deny_resource_mismatch.cc
void CheckDenyResourceMismatch(const StatementView& view, Reporter& report);
void CheckResourceScopeOnResourcelessAction(const StatementView& view, Reporter& report);
// scp403_deny_only_on_optional_resource.cc
void CheckDenyOnlyOnOptionalResource(const StatementView& view, Reporter& report);
// scp404_notresource_denies_resourceless.cc
void CheckNotResourceDeniesResourceless(const StatementView& view, Reporter& report);
// scp405_bucket_vs_object_arn.cc
void CheckBucketVsObjectArn(const StatementView& view, Reporter& report);
// scp406_wide_statements.cc
void CheckDenyAllUnconditional(const StatementView& view, Reporter& report);
void CheckDenyWholeService(const StatementView& view, Reporter& report);
void CheckAllowNotAction(const StatementView& view, Reporter& report);
void CheckDenyNotActionOpenEnded(const StatementView& view, Reporter& report);
// scp409_conditional_allow.cc
void CheckConditionalAllow(const StatementView& view, Reporter& report);
// scp412_wildcard_overreach.cc
void CheckWildcardOverreach(const StatementView& view, Reporter& report);
// scp413_not_restrictable_by_scp.cc
void CheckNotRestrictableByScp(const StatementView& view, Reporter& report);
// scp414_names_against_tests.cc
void CheckInvertedOperatorSuspect(const StatementView& view, Reporter& report);
void CheckOffByOneBound(const StatementView& view, Reporter& report);
// scp901_hardcoded_partition.cc
void CheckHardcodedPartition(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCOPE_RULES_H_

// Well-known kinds of guardrails: SCP801 to SCP812.

#ifndef SCPCHECK_LINT_RULES_PATTERNS_RULES_H_
#define SCPCHECK_LINT_RULES_PATTERNS_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> PatternRules();

// scp801_region_deny_services.cc
void CheckRegionDenyMissingGlobalService(const PolicyView& policy, Reporter& report);
void CheckRegionDenyOverExempt(const PolicyView& policy, Reporter& report);

// scp803_region_deny_shape.cc
void CheckRegionDenyPositiveList(const PolicyView& policy, Reporter& report);
void CheckRegionDenyVsBedrockCris(const PolicyView& policy, Reporter& report);
void CheckRegionDenyIneffectiveScope(const PolicyView& policy, Reporter& report);

// scp806_root_deny_shape.cc
void CheckRootDenyShape(const StatementView& view, Reporter& report);
// scp807_network_perimeter.cc
void CheckNetworkPerimeter(const StatementView& view, Reporter& report);
// scp808_resource_perimeter.cc
void CheckResourcePerimeter(const StatementView& view, Reporter& report);
// scp809_endpoint_owner_keys.cc
void CheckEndpointOwnerKeys(const StatementView& view, Reporter& report);
// scp810_service_linked_roles.cc
void CheckServiceLinkedRoleCreation(const StatementView& view, Reporter& report);
// scp811_require_tag.cc
void CheckRequireTag(const StatementView& view, Reporter& report);
// scp812_other_policy_types.cc
void CheckOtherPolicyTypes(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_PATTERNS_RULES_H_

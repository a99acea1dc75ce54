// Names of services, actions, keys, Regions, ids and ARNs: SCP201 to SCP218.

#ifndef SCPCHECK_LINT_RULES_NAMES_RULES_H_
#define SCPCHECK_LINT_RULES_NAMES_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> NameRules();

// scp201_unknown_service.cc
void CheckUnknownService(const StatementView& view, Reporter& report);
// scp202_unknown_action.cc
void CheckUnknownAction(const StatementView& view, Reporter& report);
// scp203_pattern_matches_no_action.cc
void CheckPatternMatchesNoAction(const StatementView& view, Reporter& report);
// scp204_retired_name.cc
void CheckRetiredName(const StatementView& view, Reporter& report);
// scp205_namespace_twin_missing.cc
void CheckNamespaceTwinMissing(const StatementView& view, Reporter& report);
// scp206_non_canonical_case.cc
void CheckNonCanonicalCase(const StatementView& view, Reporter& report);
// scp207_unknown_condition_key.cc
void CheckUnknownConditionKey(const StatementView& view, Reporter& report);
// scp208_deprecated_condition_key.cc
void CheckDeprecatedConditionKey(const StatementView& view, Reporter& report);
// scp209_missing_tag_name_in_key.cc
void CheckMissingTagNameInKey(const StatementView& view, Reporter& report);
// scp210_unknown_condition_operator.cc
void CheckUnknownConditionOperator(const StatementView& view, Reporter& report);
// scp211_unknown_region.cc
void CheckUnknownRegion(const StatementView& view, Reporter& report);
// scp212_invalid_account_id.cc
void CheckInvalidAccountId(const StatementView& view, Reporter& report);
// scp213_malformed_arn.cc
void CheckMalformedArn(const StatementView& view, Reporter& report);
// scp214_unknown_resource_type.cc
void CheckUnknownResourceType(const StatementView& view, Reporter& report);
// scp215_unresolvable_variable.cc
void CheckUnresolvableVariable(const StatementView& view, Reporter& report);
// scp216_placeholder_left_in.cc
void CheckPlaceholderLeftIn(const StatementView& view, Reporter& report);
// scp217_invalid_id_format.cc
void CheckInvalidIdFormat(const StatementView& view, Reporter& report);
// scp218_org_path_pattern.cc
void CheckOrgPathPattern(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_RULES_H_

// Operators and values of conditions: SCP301 to SCP317, SCP326 to SCP328, SCP330.

#ifndef SCPCHECK_LINT_RULES_CONDITIONS_RULES_H_
#define SCPCHECK_LINT_RULES_CONDITIONS_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> ConditionRules();

// scp301_wildcard_in_exact_operator.cc
void CheckWildcardInExactOperator(const StatementView& view, Reporter& report);
// scp302_operator_type_mismatch.cc
void CheckOperatorTypeMismatch(const StatementView& view, Reporter& report);
// scp303_value_type_mismatch.cc
void CheckValueTypeMismatch(const StatementView& view, Reporter& report);
// scp304_private_ip_in_sourceip.cc
void CheckPrivateIpInSourceIp(const StatementView& view, Reporter& report);
// scp305_cidr_host_bits.cc
void CheckCidrHostBits(const StatementView& view, Reporter& report);
// scp306_set_operator_arity.cc
void CheckSetOperatorOnSingleValuedKey(const StatementView& view, Reporter& report);
void CheckMultivaluedKeyWithoutSetOperator(const StatementView& view, Reporter& report);
// scp308_forallvalues_vacuous_match.cc
void CheckForAllValuesVacuousMatch(const StatementView& view, Reporter& report);
// scp309_foranyvalue_fails_open.cc
void CheckForAnyValueFailsOpen(const StatementView& view, Reporter& report);
// scp310_operator_modifiers.cc
void CheckSetOperatorWithIfExists(const StatementView& view, Reporter& report);
void CheckNullWithModifier(const StatementView& view, Reporter& report);
void CheckRedundantIfExists(const StatementView& view, Reporter& report);
// scp313_missing_key.cc
void CheckDenyFailsOpenOnMissingKey(const StatementView& view, Reporter& report);
void CheckDenyFailsClosedOnMissingKey(const StatementView& view, Reporter& report);
// scp315_key_unsupported_by_action.cc
void CheckKeyUnsupportedByAction(const StatementView& view, Reporter& report);
// scp316_tag_key_wrong_direction.cc
void CheckTagKeyWrongDirection(const StatementView& view, Reporter& report);
// scp317_key_absent_on_some_resource_types.cc
void CheckKeyAbsentOnSomeResourceTypes(const StatementView& view, Reporter& report);
// scp326_redundant_condition_value.cc
void CheckRedundantConditionValue(const StatementView& view, Reporter& report);
// scp330_duplicate_key_different_case.cc
void CheckDuplicateKeyDifferentCase(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_CONDITIONS_RULES_H_

// What particular condition keys can hold: SCP318 to SCP325, SCP329, SCP331 to SCP334.

#ifndef SCPCHECK_LINT_RULES_KEYS_RULES_H_
#define SCPCHECK_LINT_RULES_KEYS_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> KeyRules();

// scp318_key_never_present_for_scp.cc
void CheckKeyNeverPresentForScp(const StatementView& view, Reporter& report);
// scp319_constant_key_in_scp.cc
void CheckConstantKeyInScp(const StatementView& view, Reporter& report);
// scp320_principal_arns.cc
void CheckSessionArnInPrincipalArn(const StatementView& view, Reporter& report);
void CheckPrincipalArnCannotMatch(const StatementView& view, Reporter& report);
void CheckSlrExemptionRedundant(const StatementView& view, Reporter& report);
// scp322_identity_center_role_path.cc
void CheckIdentityCenterRolePath(const StatementView& view, Reporter& report);
// scp324_string_operator_on_arn_key.cc
void CheckStringOperatorOnArnKey(const StatementView& view, Reporter& report);
// scp325_mfa_condition_pitfall.cc
void CheckMfaConditionPitfall(const StatementView& view, Reporter& report);
// scp329_negated_keys_are_anded.cc
void CheckNegatedKeysAreAnded(const StatementView& view, Reporter& report);
// scp331_date_condition_expired.cc
void CheckDateConditionExpired(const StatementView& view, Reporter& report);
// scp332_unknown_enum_value.cc
void CheckUnknownEnumValue(const StatementView& view, Reporter& report);
// scp333_missing_paired_key.cc
void CheckMissingPairedKey(const StatementView& view, Reporter& report);
// scp334_missing_action_for_key.cc
void CheckMissingActionForKey(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_KEYS_RULES_H_

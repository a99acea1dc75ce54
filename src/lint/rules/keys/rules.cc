#include "lint/rules/keys/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfStatement("SCP318", CheckKeyNeverPresentForScp),
    Rule::OfStatement("SCP319", CheckConstantKeyInScp),
    Rule::OfStatement("SCP320", CheckSessionArnInPrincipalArn),
    Rule::OfStatement("SCP321", CheckPrincipalArnCannotMatch),
    Rule::OfStatement("SCP322", CheckIdentityCenterRolePath),
    Rule::OfStatement("SCP323", CheckSlrExemptionRedundant),
    Rule::OfStatement("SCP324", CheckStringOperatorOnArnKey),
    Rule::OfStatement("SCP325", CheckMfaConditionPitfall),
    Rule::OfStatement("SCP329", CheckNegatedKeysAreAnded),
    Rule::OfStatement("SCP331", CheckDateConditionExpired),
    Rule::OfStatement("SCP332", CheckUnknownEnumValue),
    Rule::OfStatement("SCP333", CheckMissingPairedKey),
    Rule::OfStatement("SCP334", CheckMissingActionForKey),
};

}  // namespace

std::span<const Rule> KeyRules() {
  return kRules;
}

}  // namespace scpcheck

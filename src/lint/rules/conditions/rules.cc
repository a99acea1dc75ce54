#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfStatement("SCP301", CheckWildcardInExactOperator),
    Rule::OfStatement("SCP302", CheckOperatorTypeMismatch),
    Rule::OfStatement("SCP303", CheckValueTypeMismatch),
    Rule::OfStatement("SCP304", CheckPrivateIpInSourceIp),
    Rule::OfStatement("SCP305", CheckCidrHostBits),
    Rule::OfStatement("SCP306", CheckSetOperatorOnSingleValuedKey),
    Rule::OfStatement("SCP307", CheckMultivaluedKeyWithoutSetOperator),
    Rule::OfStatement("SCP308", CheckForAllValuesVacuousMatch),
    Rule::OfStatement("SCP309", CheckForAnyValueFailsOpen),
    Rule::OfStatement("SCP310", CheckSetOperatorWithIfExists),
    Rule::OfStatement("SCP311", CheckNullWithModifier),
    Rule::OfStatement("SCP312", CheckRedundantIfExists),
    Rule::OfStatement("SCP313", CheckDenyFailsOpenOnMissingKey),
    Rule::OfStatement("SCP314", CheckDenyFailsClosedOnMissingKey),
    Rule::OfStatement("SCP315", CheckKeyUnsupportedByAction),
    Rule::OfStatement("SCP316", CheckTagKeyWrongDirection),
    Rule::OfStatement("SCP317", CheckKeyAbsentOnSomeResourceTypes),
    Rule::OfStatement("SCP326", CheckRedundantConditionValue),
    Rule::OfStatement("SCP330", CheckDuplicateKeyDifferentCase),
};

}  // namespace

std::span<const Rule> ConditionRules() {
  return kRules;
}

}  // namespace scpcheck

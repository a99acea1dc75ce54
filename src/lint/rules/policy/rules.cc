#include "lint/rules/policy/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfStatement("SCP327", CheckContradictoryCondition),
    Rule::OfStatement("SCP328", CheckTautologicalCondition),
    Rule::OfPolicy("SCP510", CheckDuplicateStatement),
    Rule::OfPolicy("SCP511", CheckSubsumedStatement),
    Rule::OfStatement("SCP512", CheckRedundantAction),
    Rule::OfStatement("SCP513", CheckRedundantResource),
    Rule::OfPolicy("SCP514", CheckMergeableStatements),
    Rule::OfPolicy("SCP515", CheckNotActionDeniesIntersect),
    Rule::OfPolicy("SCP516", CheckExemptionNullified),
    Rule::OfPolicy("SCP517", CheckAllowListsIntersect),
    Rule::OfPolicy("SCP518", CheckDeadAllow),
    Rule::OfPolicy("SCP519", CheckPolicyHasNoEffect),
    Rule::OfPolicy("SCP520", CheckPolicyDeniesEverything),
    Rule::OfPolicy("SCP525", CheckSiblingActionGap),
};

}  // namespace

std::span<const Rule> PolicyRules() {
  return kRules;
}

}  // namespace scpcheck

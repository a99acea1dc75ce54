#include "lint/rules/scope/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfStatement("SCP401", CheckDenyResourceMismatch),
    Rule::OfStatement("SCP402", CheckResourceScopeOnResourcelessAction),
    Rule::OfStatement("SCP403", CheckDenyOnlyOnOptionalResource),
    Rule::OfStatement("SCP404", CheckNotResourceDeniesResourceless),
    Rule::OfStatement("SCP405", CheckBucketVsObjectArn),
    Rule::OfStatement("SCP406", CheckDenyAllUnconditional),
    Rule::OfStatement("SCP407", CheckDenyWholeService),
    Rule::OfStatement("SCP408", CheckAllowNotAction),
    Rule::OfStatement("SCP409", CheckConditionalAllow),
    Rule::OfStatement("SCP410", CheckDenyNotActionOpenEnded),
    Rule::OfStatement("SCP412", CheckWildcardOverreach),
    Rule::OfStatement("SCP413", CheckNotRestrictableByScp),
    Rule::OfStatement("SCP414", CheckInvertedOperatorSuspect),
    Rule::OfStatement("SCP415", CheckOffByOneBound),
    Rule::OfStatement("SCP901", CheckHardcodedPartition),
};

}  // namespace

std::span<const Rule> ScopeRules() {
  return kRules;
}

}  // namespace scpcheck

#include "lint/rules/patterns/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfPolicy("SCP801", CheckRegionDenyMissingGlobalService),
    Rule::OfPolicy("SCP802", CheckRegionDenyOverExempt),
    Rule::OfPolicy("SCP803", CheckRegionDenyPositiveList),
    Rule::OfPolicy("SCP804", CheckRegionDenyVsBedrockCris),
    Rule::OfPolicy("SCP805", CheckRegionDenyIneffectiveScope),
    Rule::OfStatement("SCP806", CheckRootDenyShape),
    Rule::OfStatement("SCP807", CheckNetworkPerimeter),
    Rule::OfStatement("SCP808", CheckResourcePerimeter),
    Rule::OfStatement("SCP809", CheckEndpointOwnerKeys),
    Rule::OfStatement("SCP810", CheckServiceLinkedRoleCreation),
    Rule::OfStatement("SCP811", CheckRequireTag),
    Rule::OfStatement("SCP812", CheckOtherPolicyTypes),
};

}  // namespace

std::span<const Rule> PatternRules() {
  return kRules;
}

}  // namespace scpcheck

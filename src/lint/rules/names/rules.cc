#include "lint/rules/names/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfStatement("SCP201", CheckUnknownService),
    Rule::OfStatement("SCP202", CheckUnknownAction),
    Rule::OfStatement("SCP203", CheckPatternMatchesNoAction),
    Rule::OfStatement("SCP204", CheckRetiredName),
    Rule::OfStatement("SCP205", CheckNamespaceTwinMissing),
    Rule::OfStatement("SCP206", CheckNonCanonicalCase),
    Rule::OfStatement("SCP207", CheckUnknownConditionKey),
    Rule::OfStatement("SCP208", CheckDeprecatedConditionKey),
    Rule::OfStatement("SCP209", CheckMissingTagNameInKey),
    Rule::OfStatement("SCP210", CheckUnknownConditionOperator),
    Rule::OfStatement("SCP211", CheckUnknownRegion),
    Rule::OfStatement("SCP212", CheckInvalidAccountId),
    Rule::OfStatement("SCP213", CheckMalformedArn),
    Rule::OfStatement("SCP214", CheckUnknownResourceType),
    Rule::OfStatement("SCP215", CheckUnresolvableVariable),
    Rule::OfStatement("SCP216", CheckPlaceholderLeftIn),
    Rule::OfStatement("SCP217", CheckInvalidIdFormat),
    Rule::OfStatement("SCP218", CheckOrgPathPattern),
};

}  // namespace

std::span<const Rule> NameRules() {
  return kRules;
}

}  // namespace scpcheck

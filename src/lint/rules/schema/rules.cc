#include "lint/rules/schema/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfPolicy("SCP101", CheckStatementObjects),
    Rule::OfStatement("SCP102", CheckMissingElement),
    Rule::OfStatement("SCP103", CheckInvalidEffect),
    Rule::OfStatement("SCP104", CheckMissingElement),
    Rule::OfStatement("SCP105", CheckMissingElement),
    Rule::OfStatement("SCP106", CheckConflictingElements),
    Rule::OfStatement("SCP107", CheckPrincipalElement),
    Rule::OfStatement("SCP108", CheckUnknownElement),
    Rule::OfPolicy("SCP109", CheckJsonTypes),
    Rule::OfStatement("SCP110", CheckEmptyLists),
    Rule::OfStatement("SCP111", CheckEmptyCondition),
    Rule::OfStatement("SCP112", CheckMalformedAction),
    Rule::OfStatement("SCP113", CheckInvalidSid),
    Rule::OfStatement("SCP114", CheckFullLanguage),
    Rule::OfStatement("SCP115", CheckMisplacedVariable),
    Rule::OfStatement("SCP116", CheckMalformedVariable),
};

}  // namespace

std::span<const Rule> SchemaRules() {
  return kRules;
}

}  // namespace scpcheck

#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfStatement("SCP301", CheckWildcardInExactOperator),
};

}  // namespace

std::span<const Rule> ConditionRules() {
  return kRules;
}

}  // namespace scpcheck

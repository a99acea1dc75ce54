// Operators and values of conditions: SCP301 to SCP317, SCP326 to SCP328, SCP330.

#ifndef SCPCHECK_LINT_RULES_CONDITIONS_RULES_H_
#define SCPCHECK_LINT_RULES_CONDITIONS_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> ConditionRules();

// scp301_wildcard_in_exact_operator.cc
void CheckWildcardInExactOperator(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_CONDITIONS_RULES_H_

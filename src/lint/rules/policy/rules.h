// Statements of one policy together: SCP510 to SCP520, SCP525, SCP526.

#ifndef SCPCHECK_LINT_RULES_POLICY_RULES_H_
#define SCPCHECK_LINT_RULES_POLICY_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> PolicyRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_POLICY_RULES_H_

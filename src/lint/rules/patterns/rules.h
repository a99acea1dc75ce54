// Well-known kinds of guardrails: SCP801 to SCP812.

#ifndef SCPCHECK_LINT_RULES_PATTERNS_RULES_H_
#define SCPCHECK_LINT_RULES_PATTERNS_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> PatternRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_PATTERNS_RULES_H_

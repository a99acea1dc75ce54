// What a statement reaches: SCP401 to SCP415, SCP901.

#ifndef SCPCHECK_LINT_RULES_SCOPE_RULES_H_
#define SCPCHECK_LINT_RULES_SCOPE_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> ScopeRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCOPE_RULES_H_

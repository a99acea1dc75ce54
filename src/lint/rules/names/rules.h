// Names of services, actions, keys, Regions, ids and ARNs: SCP201 to SCP218.

#ifndef SCPCHECK_LINT_RULES_NAMES_RULES_H_
#define SCPCHECK_LINT_RULES_NAMES_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> NameRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_RULES_H_

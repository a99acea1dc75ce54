// What particular condition keys can hold: SCP318 to SCP325, SCP329, SCP331 to SCP334.

#ifndef SCPCHECK_LINT_RULES_KEYS_RULES_H_
#define SCPCHECK_LINT_RULES_KEYS_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> KeyRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_KEYS_RULES_H_

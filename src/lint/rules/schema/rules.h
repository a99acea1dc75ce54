// The elements of statements: SCP101 to SCP116.

#ifndef SCPCHECK_LINT_RULES_SCHEMA_RULES_H_
#define SCPCHECK_LINT_RULES_SCHEMA_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> SchemaRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCHEMA_RULES_H_

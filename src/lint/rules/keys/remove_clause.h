// Taking one test out of a condition.

#ifndef SCPCHECK_LINT_RULES_KEYS_REMOVE_CLAUSE_H_
#define SCPCHECK_LINT_RULES_KEYS_REMOVE_CLAUSE_H_

#include <optional>
#include <vector>

#include "lint/policy_view.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// Takes the key out of its operator; with the last key goes the operator, with the last operator the
// condition. `clause` is one of the statement's.
std::optional<std::vector<TextEdit>> RemoveClause(const StatementView& view, const ConditionClause& clause);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_KEYS_REMOVE_CLAUSE_H_

// What the rules of this folder ask of one test of a condition: a key under an operator, with its values.

#ifndef SCPCHECK_LINT_RULES_CONDITIONS_CLAUSE_H_
#define SCPCHECK_LINT_RULES_CONDITIONS_CLAUSE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/quote.h"
#include "lint/policy_view.h"
#include "lint/rule.h"

namespace scpcheck {

// Whether the test holds for a request without the key (C-03, 4.4, C-16). An unknown operator never holds.
bool HoldsWithoutKey(const ConditionClause& clause);

// Whether only requests that carry `key` (any case) match: a test, on the key or on one that is never there
// without it (U-08), holds for no others, or each resource has the key's variable (V-06).
bool DemandsKey(const StatementView& view, std::string_view key);

// What the catalogue says of the key, if it knows it.
std::optional<KeyInfo> KeyInfoOf(const StatementView& view, const ConditionClause& clause);

// All tests under the operator that `clause` stands under.
std::span<const ConditionClause> BlockOf(const StatementView& view, const ConditionClause& clause);

// Whether `clause` is the first under its operator.
bool IsFirstOfBlock(const StatementView& view, const ConditionClause& clause);

// The documented name of an operator. Precondition: it is none of the unknown.
std::string OperatorName(const ConditionOperator& op);

// Writes another name for the operator of a clause, and so of all tests under it. Nothing if the condition
// has that operator already: two blocks of one name are no valid JSON object.
std::optional<std::vector<TextEdit>> RenameOperator(const StatementView& view, const ConditionClause& clause,
                                                    const std::string& name);

// Adds `"Null": {"key": "false"}` to the condition. Nothing if the condition asks about the key already.
std::optional<std::vector<TextEdit>> DemandKey(const StatementView& view, std::string_view key);

// Whether a value holds a policy variable, `${...}` with a key's name in it; `${*}` is none (V-05).
bool HoldsVariable(std::string_view text);

// `a`, `a and b`, `a, b and 3 more`: at most `shown` of the names, in backquotes.
std::string ListOf(std::span<const std::string> names, size_t shown);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_CONDITIONS_CLAUSE_H_

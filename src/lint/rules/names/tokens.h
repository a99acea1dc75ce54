// Texts of a statement in which something may have been left to be filled in.

#ifndef SCPCHECK_LINT_RULES_NAMES_TOKENS_H_
#define SCPCHECK_LINT_RULES_NAMES_TOKENS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "lint/policy_view.h"

namespace scpcheck {

struct TokenText {
  enum class Kind : uint8_t { kSid, kEffect, kAction, kResource, kOperator, kKey, kValue };
  Kind kind;
  std::string_view text;  // of the policy
  SourceRange range;      // of the string
  bool is_not_resource = false;
  const ConditionClause* clause = nullptr;  // of keys and values
};

// In document order, but for elements that stand in another order than usual.
std::vector<TokenText> TokenTexts(const StatementView& view);

// `${var.account_id}`, `${local.region}`: an expression of Terraform's, no variable of anybody's.
bool IsExpression(std::string_view token);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_TOKENS_H_

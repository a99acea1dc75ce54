// What aws:PrincipalArn can be for the principals that SCPs reach, and texts of policies read as widely as they
// may turn out, to compare the two as sets.

#ifndef SCPCHECK_LINT_RULES_KEYS_PRINCIPAL_ARNS_H_
#define SCPCHECK_LINT_RULES_KEYS_PRINCIPAL_ARNS_H_

#include <optional>
#include <string>
#include <string_view>

#include "lint/policy_view.h"

namespace scpcheck {

enum class PrincipalKind : uint8_t {
  kRoot,
  kUser,
  kRole,  // service-linked ones too, although SCPs don't reach them (E-12)
  kFederatedUser,
};

// The code (match/pattern.h) of a pattern that matches the ARNs of all principals of a kind (C-23, V-09).
const std::string& PrincipalArnCode(PrincipalKind kind);

// Of the roles that AWS services own (E-12).
const std::string& ServiceLinkedRoleCode();

// Whether the pattern `code` matches the ARN of any principal, or of one of a kind.
bool MatchesAnyPrincipal(std::string_view code);
bool MatchesPrincipal(std::string_view code, PrincipalKind kind);

// A text with `*` for everything in it that depends on the request or on a template. Where it is read as a
// pattern, that matches at least what the text can come to match.
std::string WithWildcardsForVariables(std::string_view text, const PolicyView& policy);

// What a value of a String or Arn operator matches at most. Nothing if it matches no text at all: an ARN of
// fewer than six fields under an Arn operator (C-22), or another operator.
std::optional<std::string> WidestCode(const ConditionClause& clause, const ConditionValue& value,
                                      const PolicyView& policy);

bool IsStringOrArnOperator(const ConditionOperator& op);
// Compares whole texts, `*` and `?` included (C-11).
bool IsExactOperator(const ConditionOperator& op);

bool IsKey(const ConditionClause& clause, std::string_view name);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_KEYS_PRINCIPAL_ARNS_H_

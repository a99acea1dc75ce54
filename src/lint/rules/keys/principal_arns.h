// What aws:PrincipalArn can be for the principals that SCPs reach, and values that are compared with it, as
// sets.

#ifndef SCPCHECK_LINT_RULES_KEYS_PRINCIPAL_ARNS_H_
#define SCPCHECK_LINT_RULES_KEYS_PRINCIPAL_ARNS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "lint/policy_view.h"

namespace scpcheck {

// A value of a condition or an entry of Resource, read as a pattern that matches all that the text may come
// to match: what depends on the request or a template is taken for `*`.
struct WidePattern {
  // What it matches at most (a code of match/pattern.h).
  std::string code;
  // Where `code` has wildcards that cross the colons between fields (StringLike, Resource) though the text
  // has six of them: the same with wildcards that stay in their fields, as the author will have meant it.
  std::optional<std::string> meant;

  // No text of the sets is matched. Two codes say what there is: `usual` has no colons in the sixth field,
  // `unusual` any. A pattern that would only match a colon there by running over from an earlier field is not
  // taken to match: paths of roles may have colons, but none has them to be matched so.
  bool MatchesNone(std::string_view usual, std::string_view unusual) const;
  // All texts that are meant to match are in the set.
  bool IsMeantWithin(std::string_view outer) const;
};

enum class PrincipalKind : uint8_t {
  kRoot,
  kUser,
  kRole,  // service-linked ones too, although SCPs don't reach them (E-12)
  kFederatedUser,
};

// Whether the pattern matches the ARN of a principal of that kind (C-23, V-09), or of any.
bool MatchesPrincipal(const WidePattern& pattern, PrincipalKind kind);
bool MatchesAnyPrincipal(const WidePattern& pattern);

// The code of a pattern that matches the ARNs of the roles that AWS services own (E-12).
const std::string& ServiceLinkedRoleCode();

// A text with `*` for everything in it that depends on the request or on a template.
std::string WithWildcardsForVariables(std::string_view text, const PolicyView& policy);

// Nothing if it matches no text at all: an ARN of fewer than six fields under an Arn operator (C-22); nor for
// other operators.
std::optional<WidePattern> ReadWide(const ConditionClause& clause, const ConditionValue& value,
                                    const PolicyView& policy);
// Nothing if the entry matches no resource (R-06a).
std::optional<WidePattern> ReadWideResource(std::string_view text, const PolicyView& policy);

bool IsStringOrArnOperator(const ConditionOperator& op);
// Compares whole texts, `*` and `?` included (C-11).
bool IsExactOperator(const ConditionOperator& op);

bool IsKey(const ConditionClause& clause, std::string_view name);

// The code of an ARN pattern of six fields; in `usual` form its wildcards match no colon in the sixth either.
std::string ArnCode(std::string_view arn);
std::string UsualArnCode(std::string_view arn);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_KEYS_PRINCIPAL_ARNS_H_

#include "lint/rules/keys/principal_arns.h"

#include <array>

#include "base/ascii.h"
#include "base/check.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

std::string ArnCode(std::string_view text) {
  const std::optional<Pattern> pattern = Pattern::Arn(text, false);
  SCPCHECK_CHECK(pattern.has_value());
  return pattern->code();
}

constexpr std::array kKinds = {PrincipalKind::kRoot, PrincipalKind::kUser, PrincipalKind::kRole,
                               PrincipalKind::kFederatedUser};

}  // namespace

// An account id has some digits here, not twelve: a wrong one is SCP212's business.
const std::string& PrincipalArnCode(PrincipalKind kind) {
  static const std::array<std::string, kKinds.size()> codes = {
      ArnCode("arn:?*:iam::?*:root"), ArnCode("arn:?*:iam::?*:user/?*"), ArnCode("arn:?*:iam::?*:role/?*"),
      ArnCode("arn:?*:sts::?*:federated-user/?*")};
  return codes[static_cast<size_t>(kind)];
}

const std::string& ServiceLinkedRoleCode() {
  static const std::string code = ArnCode("arn:*:*:*:*:role/aws-service-role/*");
  return code;
}

bool MatchesPrincipal(std::string_view code, PrincipalKind kind) {
  return !PatternsDisjoint(code, PrincipalArnCode(kind));
}

bool MatchesAnyPrincipal(std::string_view code) {
  for (const PrincipalKind kind : kKinds) {
    if (MatchesPrincipal(code, kind)) return true;
  }
  return false;
}

std::string WithWildcardsForVariables(std::string_view text, const PolicyView& policy) {
  const std::string tokens = WithTokensAsWildcards(text, policy.settings());
  std::string result;
  for (size_t i = 0; i < tokens.size(); ++i) {
    const std::string_view rest = std::string_view(tokens).substr(i);
    const size_t end = rest.starts_with("${") ? rest.find('}') : std::string_view::npos;
    // `${*}` is the character (V-05), where there are variables at all.
    const bool is_character = end == 3 && policy.policy().has_variables;
    if (end == std::string_view::npos || is_character) {
      result += tokens[i];
      continue;
    }
    result += '*';
    i += end;
  }
  return result;
}

std::optional<std::string> WidestCode(const ConditionClause& clause, const ConditionValue& value,
                                      const PolicyView& policy) {
  if (!IsStringOrArnOperator(clause.op)) return std::nullopt;
  const bool has_variables = policy.policy().has_variables;
  const std::string text = WithWildcardsForVariables(value.text, policy);
  if (clause.op.comparison == Comparison::kArnLike) {
    const std::optional<Pattern> pattern = Pattern::Arn(text, has_variables);
    if (!pattern) return std::nullopt;
    return pattern->code();
  }
  // A text that is compared exactly, but is not known exactly, is read as a pattern.
  const Pattern pattern = IsExactOperator(clause.op) && text == value.text
                              ? Pattern::Exact(text, has_variables)
                              : Pattern::Like(text, has_variables);
  // The fixed parts of the ARNs above are in lower case.
  return clause.op.comparison == Comparison::kStringEqualsIgnoreCase ? AsciiLower(pattern.code())
                                                                     : pattern.code();
}

bool IsStringOrArnOperator(const ConditionOperator& op) {
  return op.comparison == Comparison::kStringLike || op.comparison == Comparison::kArnLike ||
         IsExactOperator(op);
}

bool IsExactOperator(const ConditionOperator& op) {
  return op.comparison == Comparison::kStringEquals || op.comparison == Comparison::kStringEqualsIgnoreCase;
}

bool IsKey(const ConditionClause& clause, std::string_view name) {
  return AsciiEqualsIgnoreCase(clause.key.text, name);
}

}  // namespace scpcheck

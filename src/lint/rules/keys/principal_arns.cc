#include "lint/rules/keys/principal_arns.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/check.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// An account id has some digits here, not twelve: a wrong one is SCP212's business.
constexpr std::array<std::string_view, 4> kPrincipalArns = {"arn:?*:iam::?*:root", "arn:?*:iam::?*:user/?*",
                                                            "arn:?*:iam::?*:role/?*",
                                                            "arn:?*:sts::?*:federated-user/?*"};

std::optional<std::string> MeantArn(std::string_view text, bool has_variables) {
  const std::optional<Pattern> pattern = Pattern::Arn(text, has_variables);
  if (!pattern) return std::nullopt;
  return pattern->code();
}

}  // namespace

std::string ArnCode(std::string_view arn) {
  std::optional<std::string> code = MeantArn(arn, false);
  SCPCHECK_CHECK(code.has_value());
  return std::move(*code);
}

std::string UsualArnCode(std::string_view arn) {
  std::string code = ArnCode(arn);
  std::replace(code.begin(), code.end(), static_cast<char>(kRun), static_cast<char>(kSegmentRun));
  std::replace(code.begin(), code.end(), static_cast<char>(kOne), static_cast<char>(kSegmentOne));
  return code;
}

bool WidePattern::MatchesNone(std::string_view usual, std::string_view unusual) const {
  if (!meant) return PatternsDisjoint(code, unusual);
  return PatternsDisjoint(code, usual) && PatternsDisjoint(*meant, unusual);
}

bool WidePattern::IsMeantWithin(std::string_view outer) const {
  return PatternCovers(outer, meant ? *meant : code);
}

bool MatchesPrincipal(const WidePattern& pattern, PrincipalKind kind) {
  struct Codes {
    std::string usual;
    std::string unusual;
  };
  static const std::array<Codes, kPrincipalArns.size()> codes = [] {
    std::array<Codes, kPrincipalArns.size()> made;
    for (size_t i = 0; i < made.size(); ++i) {
      made[i] = {UsualArnCode(kPrincipalArns[i]), ArnCode(kPrincipalArns[i])};
    }
    return made;
  }();
  const Codes& of_kind = codes[static_cast<size_t>(kind)];
  return !pattern.MatchesNone(of_kind.usual, of_kind.unusual);
}

bool MatchesAnyPrincipal(const WidePattern& pattern) {
  return MatchesPrincipal(pattern, PrincipalKind::kRoot) || MatchesPrincipal(pattern, PrincipalKind::kUser) ||
         MatchesPrincipal(pattern, PrincipalKind::kRole) ||
         MatchesPrincipal(pattern, PrincipalKind::kFederatedUser);
}

const std::string& ServiceLinkedRoleCode() {
  static const std::string code = ArnCode("arn:*:*:*:*:role/aws-service-role/*");
  return code;
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

std::optional<WidePattern> ReadWide(const ConditionClause& clause, const ConditionValue& value,
                                    const PolicyView& policy) {
  if (!IsStringOrArnOperator(clause.op)) return std::nullopt;
  const bool has_variables = policy.policy().has_variables;
  const std::string text = WithWildcardsForVariables(value.text, policy);
  if (clause.op.comparison == Comparison::kArnLike) {
    std::optional<std::string> code = MeantArn(text, has_variables);
    if (!code) return std::nullopt;
    return WidePattern{std::move(*code), std::nullopt};
  }
  // A text that is compared exactly, but is not known exactly, is read as a pattern.
  if (IsExactOperator(clause.op) && text == value.text) {
    const Pattern exact = Pattern::Exact(text, has_variables);
    // What it is compared with here has its fixed parts in lower case.
    const bool folds = clause.op.comparison == Comparison::kStringEqualsIgnoreCase;
    return WidePattern{folds ? AsciiLower(exact.code()) : exact.code(), std::nullopt};
  }
  return WidePattern{Pattern::Like(text, has_variables).code(), MeantArn(text, has_variables)};
}

std::optional<WidePattern> ReadWideResource(std::string_view text, const PolicyView& policy) {
  const bool has_variables = policy.policy().has_variables;
  const std::string wide = WithWildcardsForVariables(text, policy);
  const std::optional<Pattern> pattern = Pattern::Resource(wide, has_variables);
  if (!pattern) return std::nullopt;
  return WidePattern{pattern->code(), MeantArn(wide, has_variables)};
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

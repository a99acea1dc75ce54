#include "lint/rules/patterns/perimeter.h"

#include <algorithm>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// A policy has room for some hundred. This keeps hostile ones from taking long.
constexpr size_t kMostResources = 1000;

}  // namespace

bool IsOneOf(const ConditionClause& clause, std::span<const std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return AsciiEqualsIgnoreCase(clause.key.text, key); });
}

bool HasTestOf(const StatementView& view, std::span<const std::string_view> keys) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const ConditionClause& clause) { return IsOneOf(clause, keys); });
}

bool HoldsOutside(const ConditionClause& clause) {
  return clause.op.negated && !clause.values.empty() && HoldsWithoutKey(clause);
}

bool DemandsEndpoint(const StatementView& view) {
  const auto demands = [&](std::string_view key) { return DemandsKey(view, key); };
  return std::any_of(std::begin(kEndpointKeys), std::end(kEndpointKeys), demands) ||
         std::any_of(std::begin(kEndpointOwnerKeys), std::end(kEndpointOwnerKeys), demands);
}

bool Reaches(const StatementView& view, std::string_view arn) {
  const std::string code = ArnCode(arn);
  const std::string usual = UsualArnCode(arn);
  const std::vector<LocatedText>& resources = view.statement().resources;
  if (resources.size() > kMostResources) return false;
  const bool spares = view.statement().not_resource;
  const bool is_listed = std::any_of(resources.begin(), resources.end(), [&](const LocatedText& resource) {
    const std::optional<WidePattern> pattern = ReadWideResource(resource.text, view.policy());
    if (!pattern) return false;
    const bool is_exact = WithWildcardsForVariables(resource.text, view.policy()) == resource.text;
    if (!spares && !is_exact) return false;
    return spares ? !pattern->MatchesNone(usual, code) : PatternCovers(pattern->code, code);
  });
  return is_listed != spares;
}

std::optional<std::vector<TextEdit>> AddTest(const StatementView& view, std::string_view op,
                                             std::string_view key, std::string_view value) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object() || condition->value.size() == 0) return std::nullopt;
  const std::string test = JsonQuoted(key) + ": " + JsonQuoted(value);
  for (const json::Member block : condition->value.members()) {
    if (!AsciiEqualsIgnoreCase(block.key.text(), op)) continue;
    if (!block.value.is_object() || block.value.size() == 0) return std::nullopt;
    for (const json::Member member : block.value.members()) {
      if (AsciiEqualsIgnoreCase(member.key.text(), key)) return std::nullopt;
    }
    return AppendMember(block.value, test);
  }
  return AppendMember(condition->value, JsonQuoted(op) + ": {" + test + "}");
}

}  // namespace scpcheck

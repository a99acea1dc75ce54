#include "lint/rules/conditions/clause.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/assumptions.h"
#include "lint/edits.h"

namespace scpcheck {

namespace {

struct OperatorSpelling {
  std::string_view spelling;
  Comparison comparison;
  bool negated;
};

constexpr OperatorSpelling kOperatorSpellings[] = {
#define OPERATOR(spelling, comparison, negated) {spelling, Comparison::comparison, negated},
#include "policy/operators.def"
#undef OPERATOR
};

bool HasPrefixIgnoringCase(std::string_view text, std::string_view prefix) {
  return AsciiEqualsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

// Whether a request that carries `present` carries `key` too (U-08).
bool Implies(std::string_view present, std::string_view key) {
  if (AsciiEqualsIgnoreCase(present, key)) return true;
  if (AsciiEqualsIgnoreCase(key, "aws:TagKeys")) return HasPrefixIgnoringCase(present, "aws:RequestTag/");
  if (AsciiEqualsIgnoreCase(key, "aws:CalledVia")) {
    return AsciiEqualsIgnoreCase(present, "aws:CalledViaFirst") ||
           AsciiEqualsIgnoreCase(present, "aws:CalledViaLast");
  }
  return false;
}

// Whether a text stands for something only in requests that carry `key`: it holds the key's variable, without
// a default (V-04, V-06).
bool NeedsKey(std::string_view text, std::string_view key) {
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    const size_t end = text.find('}', at);
    if (end == std::string_view::npos) return false;
    if (Implies(text.substr(at + 2, end - at - 2), key)) return true;
  }
  return false;
}

// Whether the statement matches nothing in requests without `key`, since all its resources need it.
bool ResourcesNeedKey(const StatementView& view, std::string_view key) {
  const std::vector<LocatedText>& resources = view.statement().resources;
  return view.policy().policy().has_variables && !view.statement().not_resource && !resources.empty() &&
         std::all_of(resources.begin(), resources.end(),
                     [key](const LocatedText& resource) { return NeedsKey(resource.text, key); });
}

bool HasValue(const ConditionClause& clause, std::string_view text) {
  return std::any_of(clause.values.begin(), clause.values.end(),
                     [text](const ConditionValue& value) { return AsciiEqualsIgnoreCase(value.text, text); });
}

}  // namespace

bool HoldsWithoutKey(const ConditionClause& clause) {
  const ConditionOperator& op = clause.op;
  if (op.comparison == Comparison::kUnknown) return false;
  switch (op.set_operator) {
    case SetOperator::kForAllValues:
      return true;
    case SetOperator::kForAnyValue:
      return op.if_exists && assumptions::kForAnyValueIfExistsOnMissingKey;
    case SetOperator::kNone:
      break;
  }
  if (op.comparison == Comparison::kNull) return HasValue(clause, "true");
  return op.negated || op.if_exists;
}

bool DemandsKey(const StatementView& view, std::string_view key) {
  if (ResourcesNeedKey(view, key)) return true;
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [key](const ConditionClause& clause) {
    return Implies(clause.key.text, key) && !HoldsWithoutKey(clause);
  });
}

std::optional<KeyInfo> KeyInfoOf(const StatementView& view, const ConditionClause& clause) {
  const Catalogue& catalogue = view.policy().catalogue();
  const std::optional<CatalogueKeyId> key = catalogue.FindKey(clause.key.text);
  if (!key) return std::nullopt;
  return catalogue.Key(*key);
}

std::span<const ConditionClause> BlockOf(const StatementView& view, const ConditionClause& clause) {
  // The loader keeps the tests of a block together.
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  const auto is_other = [&](const ConditionClause& other) {
    return other.operator_text.range != clause.operator_text.range;
  };
  const ConditionClause* const all_begin = clauses.data();
  const ConditionClause* const all_end = all_begin + clauses.size();
  const ConditionClause* begin = &clause;
  while (begin != all_begin && !is_other(*(begin - 1))) --begin;
  return {begin, std::find_if(&clause, all_end, is_other)};
}

bool IsFirstOfBlock(const StatementView& view, const ConditionClause& clause) {
  const ConditionClause* const first = view.statement().conditions.data();
  return &clause == first || (&clause - 1)->operator_text.range != clause.operator_text.range;
}

std::string OperatorName(const ConditionOperator& op) {
  std::string name;
  if (op.set_operator == SetOperator::kForAllValues) name = "ForAllValues:";
  if (op.set_operator == SetOperator::kForAnyValue) name = "ForAnyValue:";
  for (const OperatorSpelling& known : kOperatorSpellings) {
    // The first of two that mean the same: `ArnLike`, not `ArnEquals`.
    if (known.comparison != op.comparison || known.negated != op.negated) continue;
    name += known.spelling;
    break;
  }
  if (op.if_exists) name += "IfExists";
  return name;
}

std::optional<std::vector<TextEdit>> RenameOperator(const StatementView& view, const ConditionClause& clause,
                                                    const std::string& name) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object()) return std::nullopt;
  for (const json::Member block : condition->value.members()) {
    if (block.key.range() != clause.operator_text.range && AsciiEqualsIgnoreCase(block.key.text(), name)) {
      return std::nullopt;
    }
  }
  return std::vector<TextEdit>{{clause.operator_text.range, JsonQuoted(name)}};
}

std::optional<std::vector<TextEdit>> DemandKey(const StatementView& view, std::string_view key) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object()) return std::nullopt;
  const std::string test = JsonQuoted(key) + ": \"false\"";
  for (const json::Member block : condition->value.members()) {
    if (!AsciiEqualsIgnoreCase(block.key.text(), "Null")) continue;
    if (!block.value.is_object() || block.value.size() == 0) return std::nullopt;
    for (const json::Member member : block.value.members()) {
      if (AsciiEqualsIgnoreCase(member.key.text(), key)) return std::nullopt;
    }
    return AppendMember(block.value, test);
  }
  return AppendMember(condition->value, "\"Null\": {" + test + "}");
}

bool HoldsVariable(std::string_view text) {
  for (size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
    const size_t end = text.find('}', at);
    if (end == std::string_view::npos) return false;
    if (end > at + 3) return true;
  }
  return false;
}

std::string ListOf(std::span<const std::string> names, size_t shown) {
  std::string list;
  const size_t count = names.size() <= shown ? names.size() : shown;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += Quoted(names[i]);
  }
  if (count < names.size()) list += " and " + std::to_string(names.size() - count) + " more";
  return list;
}

}  // namespace scpcheck

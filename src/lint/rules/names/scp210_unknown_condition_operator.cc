#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "lint/edits.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

constexpr std::string_view kOperators[] = {
#define OPERATOR(spelling, comparison, negated) spelling,
#include "policy/operators.def"
#undef OPERATOR
};
constexpr std::string_view kSetOperators[] = {"", "ForAllValues:", "ForAnyValue:"};
constexpr std::string_view kSuffixes[] = {"", "IfExists"};

// All names of operators.
std::vector<std::string> OperatorNames() {
  std::vector<std::string> names;
  for (const std::string_view set_operator : kSetOperators) {
    for (const std::string_view base : kOperators) {
      for (const std::string_view suffix : kSuffixes) {
        std::string name = std::string(set_operator) + std::string(base) + std::string(suffix);
        if (ParseConditionOperator(name).comparison != Comparison::kUnknown) names.push_back(std::move(name));
      }
    }
  }
  return names;
}

const std::vector<std::string>& AllOperatorNames() {
  static const std::vector<std::string> kNames = OperatorNames();
  return kNames;
}

bool IsNegated(std::string_view lower) {
  return lower.find("not") != std::string_view::npos;
}

// Orders have no negation of their own: what is not less is greater or equal.
std::optional<std::string> OppositeOfOrder(std::string_view lower) {
  constexpr std::pair<std::string_view, std::string_view> kOpposites[] = {
      {"notlessthanequals", "GreaterThan"},
      {"notgreaterthanequals", "LessThan"},
      {"notlessthan", "GreaterThanEquals"},
      {"notgreaterthan", "LessThanEquals"}};
  for (const std::string_view kind : {"Numeric", "Date"}) {
    const size_t at = lower.find(AsciiLower(kind));
    if (at == std::string_view::npos) continue;
    std::string_view rest = lower.substr(at + kind.size());
    const bool if_exists = rest.ends_with("ifexists");
    if (if_exists) rest.remove_suffix(std::string_view("ifexists").size());
    for (const auto& [negated, opposite] : kOpposites) {
      if (rest != negated) continue;
      const std::string name = std::string(lower.substr(0, at)) + std::string(kind) + std::string(opposite) +
                               (if_exists ? "IfExists" : "");
      for (const std::string& known : AllOperatorNames()) {
        if (AsciiEqualsIgnoreCase(known, name)) return known;
      }
    }
  }
  return std::nullopt;
}

// The only operator that is nearest to `name`.
std::optional<std::string> SuggestOperator(std::string_view name) {
  const std::string lower = AsciiLower(name);
  if (std::optional<std::string> opposite = OppositeOfOrder(lower)) return opposite;
  const std::string* nearest = nullptr;
  bool is_only = false;
  size_t limit = std::min<size_t>(3, lower.size() / 3);
  for (const std::string& known : AllOperatorNames()) {
    // One that says the opposite was not meant.
    if (IsNegated(lower) && !IsNegated(AsciiLower(known))) continue;
    const size_t distance = EditDistance(lower, AsciiLower(known), limit);
    if (distance > limit) continue;
    is_only = nearest == nullptr || distance < limit;
    if (is_only) nearest = &known;
    limit = distance;
  }
  return is_only ? std::optional(*nearest) : std::nullopt;
}

// `Null` with `IfExists`, which is SCP311's.
bool IsNullIfExists(std::string_view name) {
  const std::string lower = AsciiLower(name);
  return lower == "nullifexists" || lower.ends_with(":nullifexists");
}

}  // namespace

// G-15: an unknown operator never matches.
void CheckUnknownConditionOperator(const StatementView& view, Reporter& report) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object()) return;
  for (const json::Member block : condition->value.members()) {
    const std::string_view name = block.key.text();
    if (ParseConditionOperator(name).comparison != Comparison::kUnknown || IsNullIfExists(name) ||
        HoldsTemplateToken(name, view.policy().settings())) {
      continue;
    }
    std::string message = Backquoted(name) +
                          " is no condition operator, so the test never holds and the statement " +
                          (view.denies() ? "denies" : "allows") + " nothing: ";
    if (view.policy().catalogue().FindKey(name)) {
      message += "it is a condition key, and belongs below an operator such as `StringEquals`";
      report.Add(block.key.range(), std::move(message));
      continue;
    }
    const std::optional<std::string> meant = SuggestOperator(name);
    message += meant ? "did you mean " + Backquoted(*meant) + "?"
                     : "write one of those that AWS documents, such as `StringEquals`";
    FindingBuilder finding = report.Add(block.key.range(), std::move(message));
    if (!meant || condition->value.Find(*meant)) continue;
    finding.UnsafeFix("write " + Backquoted(*meant), ReplaceString(block.key, *meant));
  }
}

}  // namespace scpcheck

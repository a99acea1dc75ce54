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

// The only operator that is nearest to `name`.
std::optional<std::string> SuggestOperator(std::string_view name) {
  static const std::vector<std::string> kNames = OperatorNames();
  const std::string lower = AsciiLower(name);
  const std::string* nearest = nullptr;
  bool is_only = false;
  size_t limit = std::min<size_t>(3, lower.size() / 3);
  for (const std::string& known : kNames) {
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

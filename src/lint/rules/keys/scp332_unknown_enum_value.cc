#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/rules.h"
#include "lint/tables.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// The values that a key can have. Nothing if it is not one of the few of which that is known.
std::optional<std::vector<std::string>> ValuesOfKey(std::string_view key) {
  const Table& table = TableOf("enum-values");
  for (size_t i = 0; i < table.row_count(); ++i) {
    const std::span<const std::string_view> row = table.Row(i);
    if (!AsciiEqualsIgnoreCase(row[0], key)) continue;
    std::vector<std::string> values;
    std::string_view rest = row[1];
    while (!rest.empty()) {
      const size_t bar = std::min(rest.find('|'), rest.size());
      values.emplace_back(rest.substr(0, bar));
      rest.remove_prefix(std::min(bar + 1, rest.size()));
    }
    return values;
  }
  return std::nullopt;
}

bool Matches(Comparison comparison, std::string_view pattern, std::string_view value) {
  switch (comparison) {
    case Comparison::kStringEquals:
      return pattern == value;
    case Comparison::kStringEqualsIgnoreCase:
      return AsciiEqualsIgnoreCase(pattern, value);
    case Comparison::kStringLike:
      return GlobMatch(pattern, value);
    default:
      return true;
  }
}

}  // namespace

void CheckUnknownEnumValue(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const Comparison comparison = clause.op.comparison;
    const bool is_like = comparison == Comparison::kStringLike;
    if (!is_like && comparison != Comparison::kStringEquals &&
        comparison != Comparison::kStringEqualsIgnoreCase) {
      continue;
    }
    const std::optional<std::vector<std::string>> known = ValuesOfKey(clause.key.text);
    if (!known) continue;
    for (const ConditionValue& value : clause.values) {
      // SCP110 has the empty text, SCP301 the wildcards of exact operators.
      if (value.text.empty() || HoldsVariable(value.text) || value.text.find("${") != std::string::npos ||
          HoldsTemplateToken(value.text, view.policy().settings()) || (!is_like && HasWildcard(value.text)) ||
          std::any_of(known->begin(), known->end(),
                      [&](const std::string& text) { return Matches(comparison, value.text, text); })) {
        continue;
      }
      const auto other_case = std::find_if(known->begin(), known->end(), [&](const std::string& text) {
        return AsciiEqualsIgnoreCase(text, value.text);
      });
      const std::string found = Quoted(value.text) + " is no value of " + Quoted(clause.key.text) +
                                ", so it " + (clause.op.negated ? "exempts" : "matches") + " nothing: write ";
      if (other_case != known->end()) {
        report.Add(value.range, found + Quoted(*other_case))
            .UnsafeFix("write " + Quoted(*other_case), {{value.range, JsonQuoted(*other_case)}});
      } else {
        constexpr size_t kShown = 6;
        report.Add(value.range, found + "one of " + ListOf(*known, kShown));
      }
    }
  }
}

}  // namespace scpcheck

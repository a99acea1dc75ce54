#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/patterns/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// The row of data/other-policy-types.tsv for an action or a key.
std::optional<size_t> RowOf(std::string_view name) {
  const Table& table = TableOf("other-policy-types");
  for (size_t row = 0; row < table.row_count(); ++row) {
    if (AsciiEqualsIgnoreCase(table.Row(row)[0], name)) return row;
  }
  return std::nullopt;
}

// Which type of policy, and why.
std::string TextOf(size_t row) {
  const Table& table = TableOf("other-policy-types");
  return std::string(table.Row(row)[1]) + " " + std::string(table.Row(row)[2]);
}

// For a pattern, all of whose actions one type of policy is for. Empty: none is.
std::string TextOf(const ActionPattern& pattern, const Catalogue& catalogue) {
  std::string text;
  for (const ActionId action : pattern.actions) {
    const std::optional<size_t> row = RowOf(catalogue.ActionName(action));
    if (!row || (!text.empty() && text != TextOf(*row))) return "";
    text = TextOf(*row);
  }
  return text;
}

constexpr std::string_view kNext = ": use that, and this Deny for what it says more";

}  // namespace

void CheckOtherPolicyTypes(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    if (const std::optional<size_t> row = RowOf(clause.key.text)) {
      report.Add(clause.key.range, TextOf(*row) + std::string(kNext));
    }
  }
  if (view.statement().not_action) return;
  for (const ActionPattern& pattern : view.patterns()) {
    const std::string text = TextOf(pattern, view.policy().catalogue());
    if (!text.empty()) report.Add(pattern.written->range, text + std::string(kNext));
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

bool Covers(const StatementView& view, ActionId action) {
  return std::binary_search(view.actions().begin(), view.actions().end(), action);
}

// Whether some Allow of the policy is about the action.
bool IsAllowedSomewhere(const PolicyView& policy, ActionId action) {
  return std::any_of(policy.statements().begin(), policy.statements().end(),
                     [action](const StatementView& view) { return !view.denies() && Covers(view, action); });
}

}  // namespace

void CheckMissingActionForKey(const StatementView& view, Reporter& report) {
  if (view.denies()) return;
  const Catalogue& catalogue = view.policy().catalogue();
  const Table& table = TableOf("dependent-actions");
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison == Comparison::kUnknown || HoldsWithoutKey(clause)) continue;
    const std::string key = AsciiLower(clause.key.text);
    for (size_t i = 0; i < table.row_count(); ++i) {
      const std::span<const std::string_view> row = table.Row(i);
      if (!GlobMatch(AsciiLower(row[0]), key)) continue;
      const std::optional<ActionId> action = catalogue.FindAction(row[1]);
      const std::optional<ActionId> needed = catalogue.FindAction(row[2]);
      if (!action || !needed || !Covers(view, *action) || IsAllowedSomewhere(view.policy(), *needed))
        continue;
      report.Add(clause.key.range,
                 Quoted(row[1]) + " with " + Quoted(clause.key.text) + " in the request needs " +
                     Quoted(row[2]) +
                     " as well, which this policy does not allow, so the call stays denied: "
                     "allow " +
                     Quoted(row[2]) + " too");
    }
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/patterns/perimeter.h"
#include "lint/rules/patterns/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr std::string_view kOwnerKeys[] = {"aws:ResourceOrgID", "aws:ResourceAccount",
                                           "aws:ResourceOrgPaths"};

// Whether the action is one that the author has named, and may so mean to stop for what AWS owns, too.
bool IsNamed(const StatementView& view, ActionId action) {
  if (view.statement().not_action) return false;
  return std::any_of(view.patterns().begin(), view.patterns().end(), [&](const ActionPattern& pattern) {
    return pattern.is_literal && std::binary_search(pattern.actions.begin(), pattern.actions.end(), action);
  });
}

bool SparesBy(const StatementView& view, std::string_view key) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [key](const ConditionClause& clause) {
    return AsciiEqualsIgnoreCase(clause.key.text, key);
  });
}

}  // namespace

void CheckResourcePerimeter(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  const auto test = std::find_if(clauses.begin(), clauses.end(), [](const ConditionClause& clause) {
    return IsOneOf(clause, kOwnerKeys) && HoldsOutside(clause);
  });
  if (test == clauses.end()) return;
  // Who asks for an owner in an organization, or for calls of some services, has thought of AWS's resources.
  constexpr std::string_view kCalledVia[] = {"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"};
  if (HasTestOf(view, kCalledVia) || IsOnlyAboutServiceCalls(view)) return;
  if (std::any_of(std::begin(kOwnerKeys), std::end(kOwnerKeys),
                  [&](std::string_view key) { return DemandsKey(view, key); })) {
    return;
  }
  const Catalogue& catalogue = view.policy().catalogue();
  const std::vector<ActionId> actions = ReachableActions(view);
  std::vector<std::string> whats;
  std::vector<std::string> arns;
  std::vector<std::string> nexts;
  const Table& table = TableOf("aws-owned-resources");
  for (size_t row = 0; row < table.row_count(); ++row) {
    const std::string_view key = table.Row(row)[2];
    const std::string what(table.Row(row)[3]);
    const std::optional<ActionId> action = catalogue.FindAction(table.Row(row)[1]);
    if (!action || !std::binary_search(actions.begin(), actions.end(), *action)) continue;
    if (IsNamed(view, *action) || SparesBy(view, key)) continue;
    std::optional<std::string> arn = Reaches(view, table.Row(row)[0]);
    if (!arn) continue;
    whats.push_back(what);
    if (key == "-") {
      arns.push_back(std::move(*arn));
    } else {
      nexts.push_back(what + " by " + Quoted(key));
    }
  }
  if (whats.empty()) return;
  constexpr size_t kShown = 3;
  if (!arns.empty()) nexts.insert(nexts.begin(), ListOf(arns, kShown) + " by `NotResource`");
  std::string shown;
  for (size_t i = 0; i < std::min(whats.size(), kShown); ++i) shown += (i == 0 ? "" : ", ") + whats[i];
  if (whats.size() > kShown) shown += " and others";
  report.Add(test->key.range, "this also denies the use of what AWS owns (" + shown + "): spare " + nexts[0] +
                                  (nexts.size() > 1 ? ", and " + nexts[1] : ""));
}

}  // namespace scpcheck

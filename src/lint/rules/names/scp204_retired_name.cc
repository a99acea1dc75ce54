#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 3;

// Whether an entry of Action or NotAction covers the action.
bool IsListed(const StatementView& view, ActionId action) {
  const std::vector<ActionId>& actions = view.actions();
  return std::binary_search(actions.begin(), actions.end(), action) != view.statement().not_action;
}

bool OnlyReads(const Catalogue& catalogue, ActionId action) {
  const AccessLevel level = catalogue.ActionAccessLevel(action);
  return level == AccessLevel::kRead || level == AccessLevel::kList;
}

// Whether the entry is about retired actions alone: `purchase-orders:*` covers two of them, and is meant for
// the others. The two by which accounts went over to the new actions do not count.
bool IsRetired(const StatementView& view, const ActionPattern& pattern) {
  const Catalogue& catalogue = view.policy().catalogue();
  const Table& retired = TableOf("retired-names");
  return std::all_of(pattern.actions.begin(), pattern.actions.end(), [&](ActionId action) {
    if (catalogue.ActionBareName(action).ends_with("ConsoleActionSetEnforced")) return true;
    for (size_t i = 0; i < retired.row_count(); ++i) {
      if (retired.Row(i)[0] == catalogue.ActionName(action)) return true;
    }
    return false;
  });
}

// Whether the statement lacks something for want of the successor. To deny a change it is not needed to deny
// what only reads, which others may need.
bool IsMissed(const StatementView& view, std::optional<ActionId> retired, ActionId successor) {
  if (IsListed(view, successor)) return false;
  if (!view.denies() || view.statement().not_action || !retired) return true;
  const Catalogue& catalogue = view.policy().catalogue();
  return OnlyReads(catalogue, *retired) || !OnlyReads(catalogue, successor);
}

}  // namespace

// The entries of a statement that are retired are one finding, since they may have successors in common.
void CheckRetiredName(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  const Table& retired = TableOf("retired-names");
  const ActionPattern* first = nullptr;
  std::string_view since;
  std::vector<std::string> names;
  std::set<std::string> missing;
  for (const ActionPattern& pattern : view.patterns()) {
    if (!HasLookedUpName(pattern) || !IsRetired(view, pattern)) continue;
    bool has_gap = false;
    for (size_t i = 0; i < retired.row_count(); ++i) {
      const std::string_view name = retired.Row(i)[0];
      if (!name.starts_with(pattern.service()) || !GlobMatch(pattern.lower, AsciiLower(name))) continue;
      for (std::string_view rest = retired.Row(i)[2]; !rest.empty();) {
        const size_t comma = std::min(rest.find(','), rest.size());
        const std::optional<ActionId> successor = catalogue.FindAction(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        if (!successor || !IsMissed(view, catalogue.FindAction(name), *successor)) continue;
        missing.emplace(catalogue.ActionName(*successor));
        since = retired.Row(i)[1];
        has_gap = true;
      }
    }
    if (!has_gap) continue;
    if (first == nullptr) first = &pattern;
    names.push_back(pattern.written->text);
  }
  if (first == nullptr) return;

  const std::vector<std::string> added(missing.begin(), missing.end());
  const std::string_view state = view.statement().not_action ? "exempt"
                                 : view.denies()             ? "denied"
                                                             : "allowed";
  FindingBuilder finding =
      report.Add(first->written->range, ListOf(names, kShown) + " " + (names.size() == 1 ? "names" : "name") +
                                            " actions that AWS retired in " + std::string(since) +
                                            ", and what took their place is not " + std::string(state) +
                                            " here: add " + ListOf(added, kShown));
  const auto list = view.Element(view.statement().not_action ? "NotAction" : "Action");
  if (!list) return;
  std::string values;
  for (const std::string& name : added) values += (values.empty() ? "" : ", ") + JsonQuoted(name);
  finding.UnsafeFix("add " + ListOf(added, kShown), AppendValue(list->value, values));
}

}  // namespace scpcheck

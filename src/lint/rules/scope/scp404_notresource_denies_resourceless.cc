#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/resource_scope.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

namespace {

// Whether a test may spare calls without a resource: one of a key that they may lack, or of whose resource it
// is, which then is the caller's own account.
bool MaySpareResourceless(const StatementView& view, const ConditionClause& clause) {
  for (const std::string_view key : {"aws:ResourceAccount", "aws:ResourceOrgID", "aws:ResourceOrgPaths"}) {
    if (AsciiEqualsIgnoreCase(clause.key.text, key)) return true;
  }
  if (HoldsWithoutKey(clause)) return false;
  const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
  return !key || !key->global;
}

}  // namespace

//
void CheckNotResourceDeniesResourceless(const StatementView& view, Reporter& report) {
  const Statement& statement = view.statement();
  if (!view.denies() || !statement.not_resource || statement.resources.empty()) return;
  if (ResourceScope(view).has_everything()) return;
  const std::vector<ConditionClause>& clauses = statement.conditions;
  if (std::any_of(clauses.begin(), clauses.end(),
                  [&](const ConditionClause& clause) { return MaySpareResourceless(view, clause); })) {
    return;
  }
  const Catalogue& catalogue = view.policy().catalogue();
  const std::string end = clauses.empty() ? ": list only actions that take one"
                                          : " where the condition holds: list only actions that take one";
  const auto add = [&](SourceRange range, const std::string& who, const std::vector<ActionId>& actions,
                       bool is_literal) {
    std::vector<std::string> names;
    for (const ActionId action : actions) {
      if (!catalogue.HasResourceTypes(action)) names.emplace_back(catalogue.ActionName(action));
    }
    if (names.empty()) return;
    constexpr size_t kShown = 3;
    report.Add(range, is_literal
                          ? who + " takes no resource, so `NotResource` does not spare it and it is denied" +
                                (clauses.empty() ? " always" : "") + end
                          : who + " actions that take no resource, such as " + ListOf(names, kShown) +
                                ", which `NotResource` does not spare and which are denied" +
                                (clauses.empty() ? " always" : "") + end);
  };
  if (statement.not_action) {
    if (const std::optional<json::Member> element = view.Element("NotAction")) {
      add(element->key.range(), "`NotAction` leaves", view.actions(), false);
    }
    return;
  }
  for (const ActionPattern& pattern : view.patterns()) {
    const std::string name = Quoted(pattern.written->text);
    add(pattern.written->range, pattern.is_literal ? name : name + " covers", pattern.actions,
        pattern.is_literal);
  }
}

}  // namespace scpcheck

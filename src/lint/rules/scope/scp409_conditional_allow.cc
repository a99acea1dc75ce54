#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "lint/proof.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/entries.h"
#include "lint/rules/scope/resource_scope.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

namespace {

// Whether another statement allows the action on everything.
bool IsAllowedElsewhere(const StatementView& view, ActionId action) {
  const std::vector<StatementView>& statements = view.policy().statements();
  return std::any_of(statements.begin(), statements.end(), [&](const StatementView& other) {
    const Statement& statement = other.statement();
    return !other.denies() && !statement.not_resource &&
           std::binary_search(other.actions().begin(), other.actions().end(), action) &&
           std::any_of(statement.resources.begin(), statement.resources.end(),
                       [](const LocatedText& resource) { return resource.text == "*"; });
  });
}

// Whether a statement of the policy allows everything, so that this one's limits keep nothing out.
bool IsAllAllowed(const PolicyView& policy) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [](const StatementView& view) {
    const Statement& statement = view.statement();
    return view.requests().is_readable() && !view.denies() && !statement.not_action &&
           !statement.not_resource && statement.is_unconditional() &&
           std::any_of(view.patterns().begin(), view.patterns().end(),
                       [](const ActionPattern& pattern) { return pattern.is_everything; }) &&
           std::any_of(statement.resources.begin(), statement.resources.end(),
                       [](const LocatedText& resource) { return resource.text == "*"; });
  });
}

// What of the wildcards of Action takes no resource, and so is lost under a narrow Resource.
std::string LostText(const StatementView& view) {
  const Catalogue& catalogue = view.policy().catalogue();
  std::vector<std::string> names;
  for (const ActionPattern& pattern : view.patterns()) {
    if (pattern.is_literal || pattern.is_everything) continue;
    for (const ActionId action : pattern.actions) {
      if (!catalogue.HasResourceTypes(action) && !IsAllowedElsewhere(view, action)) {
        names.emplace_back(catalogue.ActionName(action));
      }
    }
  }
  constexpr size_t kShown = 3;
  return names.empty() ? "" : " (also what takes no resource: " + ListOf(names, kShown) + ")";
}

}  // namespace

// E-02, E-04, R-07.
void CheckConditionalAllow(const StatementView& view, Reporter& report) {
  if (view.denies() || IsAllAllowed(view.policy())) return;
  const Statement& statement = view.statement();
  ResourceScope scope(view);
  std::optional<json::Member> limit;
  const bool is_narrow = !statement.not_resource && !statement.resources.empty() && !scope.has_everything();
  if (!statement.is_unconditional()) {
    limit = view.Element("Condition");
  } else if (statement.not_resource) {
    limit = view.Element("NotResource");
  } else if (is_narrow) {
    limit = view.Element("Resource");
  }
  if (limit) {
    report.Add(limit->key.range(),
               "this Allow is limited, so at its level all else is denied unless another Allow covers it" +
                   (is_narrow && !statement.not_action ? LostText(view) : "") +
                   ", and every other level needs an Allow of the same: make sure that each has one, or "
                   "allow `*` and deny "
                   "the rest");
  }
  for (const Entry& entry : EntriesOf(view, scope).entries) {
    if (!entry.is_dead() || !entry.pattern->is_literal) continue;
    const ActionId action = entry.pattern->actions[0];
    if (IsAllowedElsewhere(view, action)) continue;
    const std::string name = Quoted(entry.pattern->written->text);
    report
        .Add(entry.pattern->written->range,
             entry.fate == Entry::Fate::kNoResource
                 ? name +
                       " takes no resource, so only `*` in `Resource` would match it, and it is not allowed: "
                       "allow it in a statement of its own with `\"Resource\": \"*\"`"
                 : name + " acts on " + TypesText({&action, 1}, view.policy().catalogue()) +
                       ", which `Resource` does not match, so it is not allowed: add an ARN of that form")
        .WithSeverity(Severity::kError);
  }
}

}  // namespace scpcheck

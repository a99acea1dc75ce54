#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

// What FullAWSAccess says.
bool AllowsEverything(const Statement& statement) {
  return !statement.not_action && !statement.not_resource && statement.is_unconditional() &&
         statement.actions.size() == 1 && statement.actions[0].text == "*" &&
         statement.resources.size() == 1 && statement.resources[0].text == "*";
}

}  // namespace

// E-02, E-22.
void CheckAllowListPolicy(const PolicyView& view, Reporter& report) {
  const StatementView* first = nullptr;
  for (const StatementView& statement : view.statements()) {
    if (statement.denies()) continue;
    // With a statement that allows everything the policy lists nothing.
    if (AllowsEverything(statement.statement())) return;
    if (first == nullptr) first = &statement;
  }
  if (first == nullptr) return;
  const std::optional<json::Member> effect = first->Element("Effect");
  report.Add(effect ? effect->value.range() : first->object().range(),
             "the policy lists what it allows: this restricts nothing where FullAWSAccess is attached too; "
             "detach that there");
}

}  // namespace scpcheck

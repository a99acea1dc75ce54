#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/patterns/perimeter.h"
#include "lint/rules/patterns/rules.h"

namespace scpcheck {

namespace {

constexpr std::string_view kCreate = "iam:createservicelinkedrole";

// Whether some Deny of the policy names the action, so that it is meant.
bool IsNamed(const PolicyView& policy) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [](const StatementView& view) {
    return view.denies() && !view.statement().not_action &&
           std::any_of(view.patterns().begin(), view.patterns().end(), [](const ActionPattern& pattern) {
             return pattern.is_literal && pattern.lower == kCreate;
           });
  });
}

}  // namespace

void CheckServiceLinkedRoleCreation(const StatementView& view, Reporter& report) {
  if (!view.denies() || view.statement().not_action || !view.statement().is_unconditional()) return;
  const std::optional<ActionId> create = view.policy().catalogue().FindAction(kCreate);
  if (!create) return;
  for (const ActionPattern& pattern : view.patterns()) {
    // SCP406 and SCP407 speak of whole services.
    if (!pattern.is_well_formed || pattern.is_literal || pattern.is_everything || pattern.name() == "*")
      continue;
    if (!std::binary_search(pattern.actions.begin(), pattern.actions.end(), *create)) continue;
    if (IsNamed(view.policy()) || !Reaches(view, "arn:aws:iam::*:role/aws-service-role/*")) return;
    report.Add(
        pattern.written->range,
        Quoted(pattern.written->text) +
            " also denies `iam:CreateServiceLinkedRole`, which many services call for whoever uses them "
            "first in an account: name the actions that are meant");
    return;
  }
}

}  // namespace scpcheck

#include <algorithm>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/entries.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

namespace {

// Applies to every resource and under every condition.
bool IsUnlimited(const StatementView& view) {
  const Statement& statement = view.statement();
  return statement.is_unconditional() && !statement.not_resource &&
         std::any_of(statement.resources.begin(), statement.resources.end(),
                     [](const LocatedText& resource) { return resource.text == "*"; });
}

}  // namespace

void CheckDenyAllUnconditional(const StatementView& view, Reporter& report) {
  if (!view.denies() || view.statement().not_action || !IsUnlimited(view)) return;
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_everything) continue;
    report.Add(pattern.written->range,
               "this denies everything to everybody in the accounts below: attach it only to accounts in "
               "quarantine, or name actions, resources or a condition");
    return;
  }
}

void CheckDenyWholeService(const StatementView& view, Reporter& report) {
  if (!view.denies() || view.statement().not_action || !IsUnlimited(view)) return;
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_well_formed || pattern.is_everything || pattern.name() != "*" ||
        !IsCoreService(pattern.service())) {
      continue;
    }
    report.Add(
        pattern.written->range,
        Quoted(pattern.written->text) +
            " denies a service that most others need, reading included: name the actions that are meant");
  }
}

// G-11.
void CheckAllowNotAction(const StatementView& view, Reporter& report) {
  if (view.denies() || !view.statement().not_action) return;
  const std::optional<json::Member> element = view.Element("NotAction");
  if (!element || view.patterns().empty()) return;  // SCP110
  report.Add(
      element->key.range(),
      "this allows every action but those listed, those of services to come included: list what is allowed, "
      "or allow `*` and deny these");
}

void CheckDenyNotActionOpenEnded(const StatementView& view, Reporter& report) {
  if (!view.denies() || !view.statement().not_action || !IsUnlimited(view)) return;
  const std::optional<json::Member> element = view.Element("NotAction");
  if (!element || view.patterns().empty()) return;  // SCP110
  report.Add(
      element->key.range(),
      "this denies every action but those listed, those of services to come and calls that services make "
      "for users included: write an Allow of what is listed in place of `FullAWSAccess`, or list what is "
      "denied");
}

}  // namespace scpcheck

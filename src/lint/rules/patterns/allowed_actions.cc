#include "lint/rules/patterns/allowed_actions.h"

#include <algorithm>

#include "lint/template_token.h"

namespace scpcheck {

namespace {

bool Allows(const StatementView& view) {
  return view.statement().effect == Effect::kAllow;
}

// What is left of all actions when the token is filled in, nobody knows.
bool ExceptsToken(const StatementView& view) {
  return view.statement().not_action &&
         std::any_of(view.patterns().begin(), view.patterns().end(),
                     [&](const ActionPattern& pattern) { return pattern.holds_token; });
}

}  // namespace

AllowedActions::AllowedActions(const PolicyView& policy)
    : allowed_(policy.catalogue().action_count(),
               std::none_of(policy.statements().begin(), policy.statements().end(), Allows)) {
  for (const StatementView& view : policy.statements()) {
    if (!Allows(view) || ExceptsToken(view)) continue;
    for (const ActionId action : view.actions()) allowed_[static_cast<size_t>(action)] = true;
  }
}

}  // namespace scpcheck

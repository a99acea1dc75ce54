#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/entries.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

namespace {

bool OnlyReads(AccessLevel level) {
  return level == AccessLevel::kList || level == AccessLevel::kRead;
}

// Whether the author speaks of reading.
bool IsMeantToRead(std::string_view lower_name) {
  constexpr std::array<std::string_view, 10> kVerbs = {"describe", "get",    "list",   "view",    "batchget",
                                                       "search",   "lookup", "select", "preview", "read"};
  return std::any_of(kVerbs.begin(), kVerbs.end(),
                     [&](std::string_view verb) { return lower_name.starts_with(verb); });
}

}  // namespace

void CheckWildcardOverreach(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  // What the entries of NotAction name is exempt from a Deny, and what those of Action name is allowed.
  const bool denies = view.denies() && !view.statement().not_action;
  const bool exempts = view.denies() == view.statement().not_action;
  if (!denies && !exempts) return;
  // A condition says what such a Deny is about: everything outside a Region, say.
  if (denies && !view.statement().is_unconditional()) return;
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_well_formed || pattern.is_literal || pattern.is_everything) continue;
    if (denies && pattern.name() == "*" && IsCoreService(pattern.service())) continue;  // SCP407
    const bool is_meant_to_read = IsMeantToRead(pattern.name());
    if (is_meant_to_read != exempts) continue;
    std::vector<std::string> surprising;
    for (const ActionId action : pattern.actions) {
      if (OnlyReads(catalogue.ActionAccessLevel(action)) == denies) {
        surprising.emplace_back(catalogue.ActionName(action));
      }
    }
    // All of one kind is what was meant, however it is called.
    if (surprising.empty() || (denies && surprising.size() == pattern.actions.size())) continue;
    constexpr size_t kShown = 4;
    report.Add(pattern.written->range,
               Quoted(pattern.written->text) +
                   (denies ? " also denies reading, by " : " also lets through what changes things, by ") +
                   ListOf(surprising, kShown) + ": name the actions that are meant");
  }
}

}  // namespace scpcheck

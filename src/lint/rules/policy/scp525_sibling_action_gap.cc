// SCP525: a Deny of one of several actions that come to the same (data/sibling-actions.tsv).

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/names/text.h"
#include "lint/rules/patterns/allowed_actions.h"
#include "lint/rules/patterns/region_deny.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"
#include "lint/rules/scope/resource_scope.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 6;

// An action of a set.
struct Sibling {
  ActionId action;
  bool shows = false;  // to deny it shows what is guarded
  bool asked = false;
};

struct SiblingSet {
  std::string_view outcome;
  bool only_named = false;  // counts only where the statement names resources
  bool only_all = false;    // counts only where it names none
  bool only_plain = false;  // counts only where no test is about what the actions make or work on
  std::vector<Sibling> siblings;
};

std::vector<SiblingSet> SetsOf(const Catalogue& catalogue) {
  std::vector<SiblingSet> sets;
  const Table& table = TableOf("sibling-actions");
  for (size_t i = 0; i < table.row_count(); ++i) {
    const auto row = table.Row(i);
    const std::optional<ActionId> action = catalogue.FindAction(row[1]);
    if (!action) continue;
    if (sets.empty() || sets.back().outcome != row[0])
      sets.push_back({row[0], row[3] == "named", row[3] == "all", row[3] == "plain", {}});
    sets.back().siblings.push_back({*action, row[2] != "asked", row[2] != "shows"});
  }
  return sets;
}

// Whether a test that the statement has could stand over the action as well: it exempts, or asks about what
// the action works on or about something that its requests carry. Tests of other kinds say what is guarded in
// the terms of the one action.
bool FitsTest(const ConditionClause& clause, const SiblingSet& set, ActionId action,
              const KeysOfStatement& keys) {
  const std::string key = AsciiLower(clause.key.text);
  if (key.starts_with("aws:requesttag/") || key == "aws:tagkeys") return false;
  const KeySupport& support = keys.Of(clause);
  if (support.can_be_ruled_out()) return !set.only_plain && support.Has(action);
  return OnlyExempts(clause) || key == "aws:requestedregion" || key.starts_with("aws:resource");
}

// The other name of an action that has two: SCP205 asks for it.
bool IsTwinOfDenied(const Catalogue& catalogue, ActionId action, const std::vector<bool>& denied) {
  const Table& twins = TableOf("namespace-twins");
  for (size_t i = 0; i < twins.row_count(); ++i) {
    if (catalogue.FindAction(twins.Row(i)[1]) != action) continue;
    const std::optional<ActionId> other = catalogue.FindAction(twins.Row(i)[0]);
    if (other && denied[static_cast<size_t>(*other)]) return true;
  }
  return false;
}

class SiblingCheck {
 public:
  explicit SiblingCheck(const PolicyView& policy) : policy_(policy), allowed_(policy) {}

  void Check(const SiblingSet& set, Reporter& report) {
    for (const StatementView& view : policy_.statements()) {
      if (!view.denies() || view.statement().not_action) continue;
      const ActionPattern* pattern = GuardOf(set, view);
      if (pattern == nullptr) continue;
      const std::vector<std::string> missing = MissingOf(set, view);
      if (missing.empty()) continue;
      FindingBuilder finding =
          report.Add(pattern->written->range,
                     Backquoted(pattern->written->text) + " is denied, but " + std::string(set.outcome) +
                         " by " + ListOf(missing, kShown) + ", which no statement denies: deny " +
                         (missing.size() == 1 ? "it, too" : "them, too"));
      if (const auto list = view.Element("Action")) {
        finding.UnsafeFix("deny " + ListOf(missing, kShown), AppendTexts(list->value, missing));
      }
      return;
    }
  }

 private:
  // The entry of Action that shows that the statement guards against the outcome.
  static const ActionPattern* GuardOf(const SiblingSet& set, const StatementView& view) {
    for (const ActionPattern& pattern : view.patterns()) {
      for (const Sibling& sibling : set.siblings) {
        if (sibling.shows && Includes(pattern.actions, sibling.action)) return &pattern;
      }
    }
    return nullptr;
  }

  std::vector<std::string> MissingOf(const SiblingSet& set, const StatementView& view) {
    const Catalogue& catalogue = policy_.catalogue();
    ResourceScope scope(view);
    const bool covers_everything = view.statement().not_resource || scope.has_everything();
    std::vector<std::string> missing;
    if (set.only_named && covers_everything) return missing;
    if (set.only_all && !scope.has_everything()) return missing;
    const KeysOfStatement keys(view);
    for (const Sibling& sibling : set.siblings) {
      if (!sibling.asked || Denied()[static_cast<size_t>(sibling.action)]) continue;
      if (!allowed_.Has(sibling.action)) continue;
      if (IsTwinOfDenied(catalogue, sibling.action, Denied())) continue;
      if (!covers_everything && FateOf(sibling.action, scope, catalogue) != ActionFate::kCanMatch) continue;
      const std::vector<ConditionClause>& clauses = view.statement().conditions;
      const bool fits = std::all_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
        return FitsTest(clause, set, sibling.action, keys);
      });
      if (fits) missing.emplace_back(catalogue.ActionName(sibling.action));
    }
    return missing;
  }

  // By action, under whatever conditions. Most policies guard against none of the outcomes.
  const std::vector<bool>& Denied() {
    if (denied_.empty()) {
      denied_.resize(policy_.catalogue().action_count());
      for (const StatementView& view : policy_.statements()) {
        if (!view.denies()) continue;
        for (const ActionId action : view.actions()) denied_[static_cast<size_t>(action)] = true;
      }
    }
    return denied_;
  }

  const PolicyView& policy_;
  AllowedActions allowed_;
  std::vector<bool> denied_;  // made when it is first asked for
};

// An entry that is filled in later may deny anything.
bool HoldsTokenInActions(const PolicyView& policy) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [&](const StatementView& view) {
    return view.denies() && std::any_of(view.patterns().begin(), view.patterns().end(),
                                        [&](const ActionPattern& pattern) { return pattern.holds_token; });
  });
}

}  // namespace

void CheckSiblingActionGap(const PolicyView& policy, Reporter& report) {
  if (HoldsTokenInActions(policy)) return;
  SiblingCheck check(policy);
  for (const SiblingSet& set : SetsOf(policy.catalogue())) check.Check(set, report);
}

}  // namespace scpcheck

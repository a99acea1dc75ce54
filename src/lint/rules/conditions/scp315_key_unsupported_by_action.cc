#include <algorithm>
#include <span>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/conditions/rules.h"
#include "lint/value_sets.h"

namespace scpcheck {

namespace {

constexpr size_t kShownActions = 3;

// How often the catalogue may be asked about an action and a key: ten times what the widest statement takes.
constexpr size_t kMaxQuestions = 200'000;

// Asks for several actions at once, within the limit.
class KeyQuestions {
 public:
  explicit KeyQuestions(const StatementView& view) : keys_(view) {}

  bool CanBeRuledOut(const ConditionClause& clause) const { return keys_.Of(clause).can_be_ruled_out(); }

  // Whether none of the actions has the key.
  bool Lack(std::span<const ActionId> actions, const ConditionClause& clause) {
    const KeySupport& support = keys_.Of(clause);
    if (!support.can_be_ruled_out()) return false;
    for (const ActionId action : actions) {
      if (!work_.Spend(1) || support.Has(action)) return false;
    }
    return true;
  }
  // Nothing that was said since then is known.
  bool IsSpent() { return !work_.Spend(0); }

 private:
  KeysOfStatement keys_;
  WorkLimit work_{kMaxQuestions};
};

struct Lacking {
  std::vector<const ActionPattern*> patterns;
  WithoutKey fate = WithoutKey::kFine;
};

// The patterns none of whose actions has the key, where that matters. A pattern of which some action has it
// stands for those.
Lacking FindLacking(const StatementView& view, const ConditionClause& clause, KeyQuestions& keys) {
  Lacking lacking;
  for (const ActionPattern& pattern : view.patterns()) {
    // Of a name that the catalogue does not know nothing is known.
    if (pattern.actions.empty() || !keys.Lack(pattern.actions, clause)) continue;
    const DividedTests tests =
        DivideTests(view, [&](const ConditionClause& other) { return keys.Lack(pattern.actions, other); });
    const WithoutKey fate = FateWithoutKey(view, clause, tests);
    if (fate == WithoutKey::kFine || keys.IsSpent()) continue;
    lacking.patterns.push_back(&pattern);
    lacking.fate = fate;
  }
  return lacking;
}

// `all`: the statement is about no other actions. `count`: how many patterns it is said of.
std::string Consequence(const StatementView& view, WithoutKey fate, bool all, size_t count) {
  const std::string actions = count == 1 ? "the action" : "the actions";
  const std::string statement = view.denies() ? "the Deny" : "the Allow";
  if (all) {
    return (fate == WithoutKey::kAlwaysHolds ? "so the test always holds"
                                             : "so " + statement + " never applies") +
           ": test a key that they carry";
  }
  if (fate == WithoutKey::kAlwaysHolds) {
    return "so for them the test always holds: put " + actions + " into a statement without it";
  }
  return "so " + statement + " never applies to them: put " + actions + " into a statement of " +
         (count == 1 ? "its" : "their") + " own";
}

}  // namespace

// U-06. C-03 and 4.4 say what becomes of a test without its key.
void CheckKeyUnsupportedByAction(const StatementView& view, Reporter& report) {
  KeyQuestions keys(view);
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!keys.CanBeRuledOut(clause)) continue;
    if (view.statement().not_action) {
      if (view.actions().empty() || HoldsWithoutKey(clause) || !keys.Lack(view.actions(), clause) ||
          keys.IsSpent())
        continue;
      report.Add(clause.key.range, "all actions that can carry " + Quoted(clause.key.text) +
                                       " are excepted by `NotAction`, " +
                                       Consequence(view, WithoutKey::kNeverHolds, true, 0));
      continue;
    }
    const Lacking lacking = FindLacking(view, clause, keys);
    if (lacking.patterns.empty()) continue;
    std::vector<std::string> names;
    names.reserve(lacking.patterns.size());
    for (const ActionPattern* pattern : lacking.patterns) names.push_back(pattern->written->text);
    const bool all = lacking.patterns.size() == view.patterns().size();
    FindingBuilder finding =
        report.Add(clause.key.range, "requests for " + ListOf(names, kShownActions) + " carry no " +
                                         Quoted(clause.key.text) + ", " +
                                         Consequence(view, lacking.fate, all, names.size()));
    for (size_t i = 0; i < std::min(names.size(), kShownActions); ++i) {
      finding.Related(lacking.patterns[i]->written->range, "without the key");
    }
  }
}

}  // namespace scpcheck

// SCP515 to SCP517: exceptions of one Deny that another one takes back.
//
// Denies add up, so what a statement exempts is exempt only from itself. Reported is what no request can get
// out of (SCP515, SCP516), or which values remain (SCP517); that one Deny is stricter than another for some
// of the requests is what several statements are for.

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"

namespace scpcheck {

namespace {

std::vector<std::string> TextsOf(const std::vector<LocatedText>& texts) {
  std::vector<std::string> all;
  for (const LocatedText& text : texts) all.push_back(text.text);
  return all;
}

std::vector<std::string> TextsOf(const ConditionClause& clause) {
  std::vector<std::string> all;
  for (const ConditionValue& value : clause.values) all.push_back(value.text);
  return all;
}

constexpr size_t kShown = 4;

// A request that `exempt` spares and `denying` denies.
std::optional<std::string> ExampleOf(StatementSets& sets, const RequestSet& exempt, size_t denying) {
  const std::array<const RequestSet*, 2> inside = {&exempt, &sets.set(denying)};
  return sets.prover().FindRequest(inside, {});
}

// Whether the requests that `exempt` holds are in `denied`, all of them.
bool AreDenied(StatementSets& sets, const RequestSet& exempt, const RequestSet& denied) {
  return sets.prover().Covers(denied, exempt) && !sets.prover().IsEmpty(exempt);
}

// The statement at `other` denies all that the one at `index` does: SCP510, SCP511.
bool IsSubsumed(StatementSets& sets, size_t index, size_t other) {
  return sets.prover().Covers(sets.set(other), sets.set(index));
}

}  // namespace

void CheckNotActionDeniesIntersect(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  std::vector<size_t> denies = sets.Denies();
  std::erase_if(denies, [&](size_t i) { return !sets.view(i).statement().not_action; });
  for (const size_t index : denies) {
    const RequestSet exempt = sets.set(index).WithListedActions();
    for (const size_t other : denies) {
      if (other == index || !AreDenied(sets, exempt, sets.set(other)) || IsSubsumed(sets, index, other)) {
        continue;
      }
      // Where each takes back what the other exempts, the later one is told of it.
      if (other > index && AreDenied(sets, sets.set(other).WithListedActions(), sets.set(index))) continue;
      const StatementView& view = sets.view(index);
      const StatementView& by = sets.view(other);
      const std::vector<std::string> exempted = TextsOf(view.statement().actions);
      FindingBuilder finding =
          report.Add(view.Element("NotAction")->key.range(),
                     NameOf(by) + " denies what this statement exempts, " + ListOf(exempted, kShown) +
                         ", so that it exempts nothing: list every exemption in both");
      finding.Related(by.Element("NotAction")->key.range(), "exempts other actions");
      if (auto example = ExampleOf(sets, exempt, other)) finding.Example(std::move(*example));
      std::vector<TextEdit> edits = AppendTexts(ValueOf(by, "NotAction"), exempted);
      std::vector<TextEdit> here = AppendTexts(ValueOf(view, "NotAction"), TextsOf(by.statement().actions));
      edits.insert(edits.end(), std::make_move_iterator(here.begin()), std::make_move_iterator(here.end()));
      finding.UnsafeFix("list the exemptions of both in both", std::move(edits));
      break;
    }
  }
}

namespace {

// The clause of a statement that exempts by the same key as `clause`.
const ConditionClause* ExemptionOf(const StatementView& view, const ConditionClause& clause) {
  for (const ConditionClause& other : view.statement().conditions) {
    if (IsExemption(other) && AsciiEqualsIgnoreCase(other.key.text, clause.key.text)) return &other;
  }
  return nullptr;
}

// What is in the one list and not, in the same words, in the other.
std::vector<std::string> Missing(const ConditionClause& from, const ConditionClause& in) {
  std::vector<std::string> missing = TextsOf(from);
  std::erase_if(missing, [&](const std::string& text) {
    return std::any_of(in.values.begin(), in.values.end(),
                       [&](const ConditionValue& value) { return value.text == text; });
  });
  return missing;
}

void ReportNullified(StatementSets& sets, size_t index, size_t other, const ConditionClause& clause,
                     const RequestSet& exempt, Reporter& report) {
  const StatementView& view = sets.view(index);
  const StatementView& by = sets.view(other);
  const ConditionClause* theirs = ExemptionOf(by, clause);
  FindingBuilder finding = report.Add(
      clause.key.range, NameOf(by) + " denies whatever this exempts by " + Quoted(clause.key.text) +
                            ", so the exception exempts nothing: make it in " +
                            (theirs != nullptr ? "both statements" : "that statement too"));
  finding.Related(theirs != nullptr ? theirs->key.range : by.object().range(),
                  theirs != nullptr ? "exempts others" : "denies it");
  if (auto example = ExampleOf(sets, exempt, other)) finding.Example(std::move(*example));
  if (theirs == nullptr || theirs->op.comparison != clause.op.comparison) return;
  // What is exempt in one only stays denied by the other, so both need all of it.
  std::vector<TextEdit> edits = AppendTexts(by.ValuesOf(*theirs), Missing(clause, *theirs));
  std::vector<TextEdit> here = AppendTexts(view.ValuesOf(clause), Missing(*theirs, clause));
  edits.insert(edits.end(), std::make_move_iterator(here.begin()), std::make_move_iterator(here.end()));
  finding.UnsafeFix("exempt the same in both", std::move(edits));
}

// Whether the two are lists of what is allowed, which SCP517 compares.
bool AreAllowLists(const StatementView& view, const ConditionClause& clause) {
  return !IsExemptionKey(clause.key.text) && ExemptionOf(view, clause) != nullptr;
}

}  // namespace

void CheckExemptionNullified(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  const std::vector<size_t> denies = sets.Denies();
  std::vector<RequestSet> meant;
  for (size_t i = 0; i < sets.size(); ++i) meant.push_back(sets.set(i).AsMeant());
  for (const size_t index : denies) {
    const StatementView& view = sets.view(index);
    for (const ConditionClause& clause : view.statement().conditions) {
      if (!IsExemption(clause)) continue;
      const std::optional<RequestSet> exempt = meant[index].WithOpposite(clause);
      if (!exempt) continue;
      for (const size_t other : denies) {
        if (other == index || AreAllowLists(sets.view(other), clause)) continue;
        if (!AreDenied(sets, *exempt, meant[other]) || IsSubsumed(sets, index, other)) continue;
        // Of two that take each other's exceptions back, the later one is told of it.
        const ConditionClause* theirs = ExemptionOf(sets.view(other), clause);
        if (other > index && theirs != nullptr) {
          const std::optional<RequestSet> others = meant[other].WithOpposite(*theirs);
          if (others && AreDenied(sets, *others, meant[index])) continue;
        }
        ReportNullified(sets, index, other, clause, *exempt, report);
        break;
      }
    }
    if (!view.statement().not_resource) continue;
    const RequestSet exempt = meant[index].WithListedResources();
    for (const size_t other : denies) {
      if (other == index || !AreDenied(sets, exempt, meant[other]) || IsSubsumed(sets, index, other))
        continue;
      const StatementView& by = sets.view(other);
      if (other > index && by.statement().not_resource &&
          AreDenied(sets, meant[other].WithListedResources(), meant[index])) {
        continue;
      }
      FindingBuilder finding =
          report.Add(view.Element("NotResource")->key.range(),
                     NameOf(by) +
                         " denies the same actions on what `NotResource` exempts here, so it exempts "
                         "nothing: make the exception in that statement too");
      finding.Related(by.object().range(), "denies it");
      if (auto example = ExampleOf(sets, exempt, other)) finding.Example(std::move(*example));
      break;
    }
  }
}

void CheckAllowListsIntersect(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  Prover& prover = sets.prover();
  const std::vector<size_t> denies = sets.Denies();
  // A hostile policy has many pairs of lists. To find a request takes longer than to compare them.
  size_t comparisons_left = 20'000;
  size_t searches_left = 100;
  for (size_t later = 1; later < denies.size(); ++later) {
    const size_t index = denies[later];
    const StatementView& view = sets.view(index);
    for (const ConditionClause& clause : view.statement().conditions) {
      if (!IsExemption(clause) || IsExemptionKey(clause.key.text)) continue;
      const RequestSet scope = sets.set(index).Without(clause);
      for (size_t earlier = 0; earlier < later; ++earlier) {
        const size_t other = denies[earlier];
        const ConditionClause* theirs = ExemptionOf(sets.view(other), clause);
        if (theirs == nullptr || comparisons_left == 0) continue;
        --comparisons_left;
        // One list within the other: the statement is stricter on purpose.
        if (prover.ListCovers(*theirs, clause) || prover.ListCovers(clause, *theirs)) continue;
        const std::array<const ConditionClause*, 2> lists = {theirs, &clause};
        const CommonValues common = prover.Intersect(lists);
        if (!common.complete) continue;
        const RequestSet their_scope = sets.set(other).Without(*theirs);
        const std::array<const RequestSet*, 2> scopes = {&scope, &their_scope};
        if (searches_left == 0 || prover.AreDisjoint(scope, their_scope)) continue;
        --searches_left;
        if (!prover.FindRequest(scopes, {})) continue;
        const bool within = prover.Covers(scope, their_scope) || prover.Covers(their_scope, scope);
        const std::string what = within ? "" : " for the requests that both speak of";
        const std::string key = Quoted(clause.key.text);
        const std::string by = NameOf(sets.view(other));
        FindingBuilder finding =
            report.Add(clause.key.range, common.values.empty()
                                             ? by + " has another list for " + key +
                                                   " that shares no value with this one, so together they "
                                                   "deny every value" +
                                                   what + ": use one list"
                                             : by + " has another list for " + key +
                                                   ", and only what both list stays allowed" + what + ", " +
                                                   ListOf(common.values, kShown) + ": use one list");
        if (!common.values.empty() || !within) finding.WithSeverity(Severity::kWarning);
        finding.Related(theirs->key.range, "the other list");
        if (const std::optional<RequestSet> listed = sets.set(index).WithOpposite(clause)) {
          if (auto example = ExampleOf(sets, *listed, other)) finding.Example(std::move(*example));
        }
        break;
      }
    }
  }
}

}  // namespace scpcheck

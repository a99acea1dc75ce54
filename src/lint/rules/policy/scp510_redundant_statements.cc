// SCP510, SCP511 and SCP514: statements of which one is enough.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/normal_form.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"

namespace scpcheck {

void CheckDuplicateStatement(const PolicyView& policy, Reporter& report) {
  std::map<std::string_view, const StatementView*> seen;
  for (const StatementView& view : policy.statements()) {
    if (!view.requests().is_readable() || HoldsToken(view)) continue;
    const auto [first, is_new] = seen.emplace(view.normal_form(), &view);
    if (is_new) continue;
    FindingBuilder finding =
        report.Add(view.object().range(),
                   "this statement says the same as " + NameOf(*first->second) + ": take one of them out");
    finding.Related(first->second->object().range(), "the same");
    if (auto edits = RemoveStatement(view)) finding.SafeFix("take this statement out", std::move(*edits));
  }
}

namespace {

// What a statement exempts and another one denies all the same: words for it, empty if there is nothing.
std::string ErasedException(StatementSets& sets, size_t exempting, size_t covering) {
  const StatementView& view = sets.view(exempting);
  const RequestSet& set = sets.set(exempting);
  const RequestSet& cover = sets.set(covering);
  Prover& prover = sets.prover();
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsExemption(clause)) continue;
    const std::optional<RequestSet> exempt = set.WithOpposite(clause);
    if (exempt && !prover.IsEmpty(*exempt) && prover.Covers(cover, *exempt)) {
      return "its exception for " + Quoted(clause.key.text);
    }
  }
  const auto is_erased = [&](const RequestSet& exempt) {
    return !prover.IsEmpty(exempt) && prover.Covers(cover, exempt);
  };
  if (view.statement().not_action && is_erased(set.WithListedActions())) return "its `NotAction`";
  if (view.statement().not_resource && is_erased(set.WithListedResources())) return "its `NotResource`";
  return "";
}

}  // namespace

void CheckSubsumedStatement(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  Prover& prover = sets.prover();
  const auto covers = [&](size_t outer, size_t inner) {
    return outer != inner && sets.IsAlive(outer) && sets.IsAlive(inner) &&
           sets.view(outer).denies() == sets.view(inner).denies() &&
           prover.Covers(sets.set(outer), sets.set(inner));
  };
  for (size_t inner = 0; inner < sets.size(); ++inner) {
    for (size_t outer = 0; outer < sets.size(); ++outer) {
      // SCP510 has those that are the same; of two that match the same the later goes.
      if (!covers(outer, inner) || sets.view(outer).normal_form() == sets.view(inner).normal_form()) continue;
      if (outer > inner && covers(inner, outer)) continue;
      const StatementView& view = sets.view(inner);
      const std::string other = NameOf(sets.view(outer));
      const std::string does = view.denies() ? "denies" : "allows";
      const std::string erased = view.denies() ? ErasedException(sets, inner, outer) : "";
      FindingBuilder finding = report.Add(
          view.object().range(),
          erased.empty()
              ? other + " already " + does + " all that this statement " + does + ": take this one out"
              : other + " denies all that this statement denies, and also what " + erased +
                    " exempts, so that it exempts nothing: take one of the two out");
      finding.Related(sets.view(outer).object().range(), "covers it");
      auto edits = RemoveStatement(view);
      if (erased.empty()) {
        if (edits) finding.SafeFix("take this statement out", std::move(*edits));
      } else {
        finding.WithSeverity(Severity::kError);
        if (edits) finding.UnsafeFix("take this statement out", std::move(*edits));
      }
      break;
    }
  }
}

namespace {

struct MergeableLists {
  std::string_view element;  // `Action` or `Resource`
  std::vector<LocatedText> Statement::*texts;
};
constexpr MergeableLists kMergeable[] = {{"Action", &Statement::actions},
                                         {"Resource", &Statement::resources}};

// Appends the later statement's texts to the first one's list, and takes the later one out.
std::optional<std::vector<TextEdit>> Merge(const StatementView& first, const StatementView& later,
                                           const MergeableLists& lists) {
  const bool folds = lists.element == "Action";
  const auto form = [folds](const LocatedText& text) { return folds ? AsciiLower(text.text) : text.text; };
  std::set<std::string> listed;
  for (const LocatedText& text : first.statement().*lists.texts) listed.insert(form(text));
  std::vector<std::string> added;
  for (const LocatedText& text : later.statement().*lists.texts) {
    if (listed.insert(form(text)).second) added.push_back(text.text);
  }
  std::optional<std::vector<TextEdit>> edits = RemoveStatement(later);
  if (!edits) return std::nullopt;
  std::vector<TextEdit> appended = AppendTexts(ValueOf(first, lists.element), added);
  edits->insert(edits->end(), std::make_move_iterator(appended.begin()),
                std::make_move_iterator(appended.end()));
  return edits;
}

}  // namespace

void CheckMergeableStatements(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  std::vector<bool> is_merged(sets.size(), false);
  for (const MergeableLists& lists : kMergeable) {
    // The first of those that differ in the list alone.
    std::map<std::string, size_t> firsts;
    for (size_t i = 0; i < sets.size(); ++i) {
      const StatementView& view = sets.view(i);
      const Statement& statement = view.statement();
      const bool negated = lists.element == "Action" ? statement.not_action : statement.not_resource;
      if (is_merged[i] || negated || !sets.IsAlive(i) || HoldsToken(view)) continue;
      Statement rest = statement;
      (rest.*lists.texts).clear();
      const auto [first, is_new] = firsts.emplace(NormalForm(rest), i);
      if (is_new) continue;
      // SCP510 and SCP511.
      const size_t other = first->second;
      if (sets.prover().Covers(sets.set(other), sets.set(i)) ||
          sets.prover().Covers(sets.set(i), sets.set(other))) {
        continue;
      }
      is_merged[i] = true;
      const StatementView& kept = sets.view(other);
      FindingBuilder finding =
          report.Add(view.object().range(), "this statement differs from " + NameOf(kept) + " in its " +
                                                Quoted(lists.element) +
                                                " only: one statement with both lists is shorter");
      finding.Related(kept.object().range(), "the same but for that list");
      if (auto edits = Merge(kept, view, lists)) {
        finding.SafeFix("put them into one statement", std::move(*edits));
      }
    }
  }
}

}  // namespace scpcheck

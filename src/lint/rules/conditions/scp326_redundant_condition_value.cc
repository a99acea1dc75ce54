#include <algorithm>
#include <limits>
#include <unordered_map>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "lint/template_token.h"
#include "lint/value_sets.h"

namespace scpcheck {

namespace {

constexpr size_t kNone = std::numeric_limits<size_t>::max();

// For the comparisons of one list: some times what the longest list of a policy that AWS accepts takes.
constexpr size_t kStepsOfList = 8'000'000;

// For each value of a list the place of one that makes it needless, or kNone. Without the needless ones the
// list means the same: of equal values the first stays, else the wider one.
std::vector<size_t> CoversOf(const StatementView& view, const ConditionClause& clause) {
  const std::vector<ConditionValue>& values = clause.values;
  std::vector<size_t> covers(values.size(), kNone);
  const bool is_truth =
      clause.op.comparison == Comparison::kBool || clause.op.comparison == Comparison::kNull;
  std::unordered_map<std::string, size_t> first;
  for (size_t i = 0; i < values.size(); ++i) {
    // Two equal placeholders may be filled in with different texts.
    if (HoldsTemplateToken(values[i].text, view.policy().settings())) continue;
    const auto [known, is_new] = first.emplace(is_truth ? AsciiLower(values[i].text) : values[i].text, i);
    if (!is_new) covers[i] = known->second;
  }
  if (clause.op.comparison == Comparison::kNull) return covers;

  const PolicyView& policy = view.policy();
  const ClauseSet set(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
  WorkLimit work(kStepsOfList);
  const std::vector<ValuePattern>& patterns = set.patterns();
  const auto place = [&](size_t pattern) {
    return static_cast<size_t>(&set.ValueOf(pattern) - values.data());
  };
  for (size_t inner = 0; inner < patterns.size(); ++inner) {
    size_t& cover = covers[place(inner)];
    for (size_t outer = 0; outer < patterns.size() && cover == kNone; ++outer) {
      if (outer == inner || !IsInside(patterns[inner], patterns[outer], work)) continue;
      if (outer < inner || !IsInside(patterns[outer], patterns[inner], work)) cover = place(outer);
    }
  }
  return covers;
}

}  // namespace

// C-02: values are alternatives, or all excluded, so one that another covers changes nothing.
void CheckRedundantConditionValue(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.values.size() < 2) continue;
    const std::vector<size_t> covers = CoversOf(view, clause);
    if (std::all_of(covers.begin(), covers.end(), [](size_t cover) { return cover == kNone; })) continue;
    const json::Value list = view.ValuesOf(clause);
    size_t i = 0;
    for (const json::Value element : list.elements()) {
      // What is no value (null, an object) stands in the tree only.
      if (i == covers.size() || element.range() != clause.values[i].range) continue;
      const ConditionValue& value = clause.values[i];
      const size_t cover = covers[i++];
      if (cover == kNone) continue;
      const ConditionValue& other = clause.values[cover];
      report
          .Add(value.range, Quoted(value.text) +
                                (value.text == other.text ? " is listed twice"
                                                          : " adds nothing to " + Quoted(other.text)) +
                                ": take it out")
          .Related(other.range, "the value that covers it")
          .SafeFix("take " + Quoted(value.text) + " out", RemoveElement(list, element));
    }
  }
}

}  // namespace scpcheck

// SCP313 and SCP314: a Deny that is decided by what a request leaves out. Which keys that concerns, and what
// such a request then does, data/key-presence.tsv says.

#include <algorithm>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "lint/tables.h"
#include "lint/value_sets.h"

namespace scpcheck {

namespace {

constexpr size_t kShownActions = 3;

// A row of the table. The views are of its text.
struct Absence {
  std::string_view action;  // `*`: all
  std::string_view key;
  std::string_view means;      // a value, `any` or `none`
  std::string_view also_test;  // `-`: nothing
  std::string_view why;

  explicit Absence(std::span<const std::string_view> row)
      : action(row[0]), key(row[1]), means(row[2]), also_test(row[3]), why(row[4]) {}

  bool concerns_all_actions() const { return action == "*"; }
};

// Whether a Deny covers every request that the row speaks of and `view` is about.
bool Covers(const StatementView& other, const StatementView& view, const Absence& absence) {
  if (!other.denies()) return false;
  const auto& actions = other.actions();
  if (absence.concerns_all_actions()) {
    return actions.size() >= view.actions().size() &&
           std::includes(actions.begin(), actions.end(), view.actions().begin(), view.actions().end());
  }
  const std::optional<ActionId> action = view.policy().catalogue().FindAction(absence.action);
  return action && std::binary_search(actions.begin(), actions.end(), *action);
}

// Whether another Deny is about requests without the key: it tests the key and holds without it, or it tests
// what such a request has instead.
bool IsSeenTo(const StatementView& view, const Absence& absence) {
  const std::string also_test = AsciiLower(absence.also_test);
  for (const StatementView& other : view.policy().statements()) {
    if (&other == &view) continue;
    const std::vector<ConditionClause>& clauses = other.statement().conditions;
    const bool tests = std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
      if (AsciiEqualsIgnoreCase(clause.key.text, absence.key)) return HoldsWithoutKey(clause);
      return GlobMatch(also_test, AsciiLower(clause.key.text));
    });
    if (tests && Covers(other, view, absence)) return true;
  }
  return false;
}

bool AsksForPresence(const StatementView& view, std::string_view key) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [key](const ConditionClause& clause) {
    return clause.op.comparison == Comparison::kNull && AsciiEqualsIgnoreCase(clause.key.text, key);
  });
}

// Whether the statement is about some kinds of principals only, which the row's `why` may not be about.
bool PicksPrincipals(const StatementView& view) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [](const ConditionClause& clause) {
    return !clause.op.negated && (AsciiEqualsIgnoreCase(clause.key.text, "aws:PrincipalArn") ||
                                  AsciiEqualsIgnoreCase(clause.key.text, "aws:PrincipalType"));
  });
}

// `0.0.0.0/0` means: whatever does not come through a VPC endpoint.
bool IsEveryAddress(const ValuePattern& pattern) {
  const auto* block = std::get_if<AddressBlock>(&pattern);
  return block != nullptr && block->prefix_length == 0;
}

bool FailsOpen(const ClauseSet& set, const Absence& absence) {
  // With no value that can be read the test never holds at all: SCP303.
  if (absence.means == "none" || set.patterns().empty()) return false;
  if (absence.means != "any") return set.HoldsForSingle(absence.means) == Truth3::kYes;
  return set.HoldsForEveryValue() != true &&
         std::none_of(set.patterns().begin(), set.patterns().end(), IsEveryAddress);
}

bool FailsClosed(const ClauseSet& set, const Absence& absence) {
  if (absence.means == "any") return false;
  if (absence.means == "none") return true;
  return set.HoldsForSingle(absence.means) == Truth3::kNo;
}

// The rows by which the clause decides requests without its key otherwise than they deserve.
std::vector<Absence> AbsencesOf(const StatementView& view, const ConditionClause& clause,
                                bool (*fails)(const ClauseSet&, const Absence&)) {
  const PolicyView& policy = view.policy();
  std::optional<ClauseSet> set;
  std::vector<Absence> absences;
  const Table& table = TableOf("key-presence");
  for (size_t row = 0; row < table.row_count(); ++row) {
    const Absence absence(table.Row(row));
    if (!AsciiEqualsIgnoreCase(clause.key.text, absence.key)) continue;
    if (absence.concerns_all_actions()) {
      if (view.actions().empty()) continue;
    } else {
      const std::optional<ActionId> action = policy.catalogue().FindAction(absence.action);
      if (!action || !std::binary_search(view.actions().begin(), view.actions().end(), *action)) continue;
    }
    if (!set) set.emplace(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
    if (fails(*set, absence) && !IsSeenTo(view, absence)) absences.push_back(absence);
  }
  return absences;
}

// `requests for `a` and `b` without `key``.
std::string Requests(const std::vector<Absence>& absences, const ConditionClause& clause) {
  std::vector<std::string> actions;
  for (const Absence& absence : absences) {
    if (!absence.concerns_all_actions()) actions.emplace_back(absence.action);
  }
  return "requests " + (actions.empty() ? "" : "for " + ListOf(actions, kShownActions) + " ") + "without " +
         Quoted(clause.key.text);
}

// A request that shows it.
std::string ExampleOf(const StatementView& view, const Absence& absence) {
  const std::string_view action = absence.concerns_all_actions()
                                      ? view.policy().catalogue().ActionName(view.actions().front())
                                      : absence.action;
  return "{\"action\": " + JsonQuoted(action) + ", \"context\": {" + JsonQuoted(absence.key) + ": null}}";
}

}  // namespace

// C-03.
void CheckDenyFailsOpenOnMissingKey(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    const ConditionOperator& op = clause.op;
    if (op.comparison == Comparison::kNull || op.comparison == Comparison::kUnknown) continue;
    if (op.negated || HoldsWithoutKey(clause) || AsksForPresence(view, clause.key.text)) continue;
    const std::vector<Absence> absences = AbsencesOf(view, clause, FailsOpen);
    if (absences.empty()) continue;
    report
        .Add(clause.key.range, Requests(absences, clause) + " pass this Deny (" +
                                   std::string(absences.front().why) +
                                   "): deny them in another statement, if they should be stopped")
        .Example(ExampleOf(view, absences.front()));
  }
}

// C-03, C-18. `IfExists` says that the author wants it so.
void CheckDenyFailsClosedOnMissingKey(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    const ConditionOperator& op = clause.op;
    if (!op.negated || op.if_exists || op.set_operator != SetOperator::kNone) continue;
    if (AsksForPresence(view, clause.key.text) || DemandsKey(view, clause.key.text)) continue;
    const std::vector<Absence> absences = AbsencesOf(view, clause, FailsClosed);
    if (absences.empty() || (absences.front().means == "none" && PicksPrincipals(view))) continue;
    FindingBuilder finding =
        report.Add(clause.key.range, "this Deny stops " + Requests(absences, clause) + " too (" +
                                         std::string(absences.front().why) +
                                         "): demand the key under `Null`, if they should pass");
    finding.Example(ExampleOf(view, absences.front()));
    if (auto edits = DemandKey(view, clause.key.text)) {
      finding.UnsafeFix("demand the key under `Null`", std::move(*edits));
    }
  }
}

}  // namespace scpcheck

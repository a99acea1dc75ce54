#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/patterns/perimeter.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/scope/resource_scope.h"
#include "lint/tables.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

constexpr std::string_view kPrincipalArn = "aws:PrincipalArn";
constexpr std::string_view kRootArn = "arn:*:iam::*:root";

// A positive test of one text.
bool IsPlainTest(const ConditionClause& clause) {
  return !clause.op.negated && clause.op.set_operator == SetOperator::kNone &&
         IsStringOrArnOperator(clause.op) && !clause.values.empty();
}

// Whether the author means the root user: the last part of the text is `root`.
bool NamesRoot(std::string_view text) {
  const size_t part = text.find_last_of(":/");
  const std::string_view last = part == std::string_view::npos ? text : text.substr(part + 1);
  return AsciiEqualsIgnoreCase(last, "root");
}

// Whether the pattern is meant to match users or roles, whose names have no colons.
bool MatchesUserOrRole(const WidePattern& pattern) {
  static const std::string user = UsualArnCode("arn:?*:iam::?*:user/?*");
  static const std::string role = UsualArnCode("arn:?*:iam::?*:role/?*");
  const std::string& code = pattern.meant ? *pattern.meant : pattern.code;
  return !PatternsDisjoint(code, user) || !PatternsDisjoint(code, role);
}

// Writes `ArnLike` on the ARN of the root user in the place of a test. Nothing if its operator holds other
// keys, or if the condition has an `ArnLike`.
std::optional<std::vector<TextEdit>> TestRootArn(const StatementView& view, const ConditionClause& clause) {
  if (BlockOf(view, clause).size() != 1) return std::nullopt;
  std::optional<std::vector<TextEdit>> edits;
  if (clause.op == ParseConditionOperator("ArnLike")) {
    edits.emplace();
  } else {
    edits = RenameOperator(view, clause, "ArnLike");
  }
  if (!edits) return std::nullopt;
  if (!IsKey(clause, kPrincipalArn)) edits->push_back({clause.key.range, JsonQuoted(kPrincipalArn)});
  edits->push_back({view.ValuesOf(clause).range(), JsonQuoted(kRootArn)});
  return edits;
}

void AddFinding(const StatementView& view, const ConditionClause& clause, const ConditionValue& value,
                std::string message, Reporter& report) {
  FindingBuilder finding =
      report.Add(value.range, std::move(message) + ": test `aws:PrincipalArn` by `ArnLike` with `" +
                                  std::string(kRootArn) + "`");
  if (clause.values.size() != 1) return;
  if (auto edits = TestRootArn(view, clause)) {
    finding.UnsafeFix("test `aws:PrincipalArn` by `ArnLike`", std::move(*edits));
  }
}

// What is wrong with an ARN that is to be that of the root user. One that no principal has is the business of
// SCP301, SCP320 and SCP321.
void CheckArn(const StatementView& view, const ConditionClause& clause, const ConditionValue& value,
              Reporter& report) {
  const std::optional<WidePattern> pattern = ReadWide(clause, value, view.policy());
  if (!pattern || !MatchesAnyPrincipal(*pattern)) return;
  if (!MatchesPrincipal(*pattern, PrincipalKind::kRoot)) {
    if (!NamesRoot(value.text)) return;
    AddFinding(view, clause, value,
               "this is the ARN of somebody who is called `root`, not of the root user, who passes", report);
  } else if (AsciiLower(value.text).find("root") != std::string::npos && MatchesUserOrRole(*pattern)) {
    AddFinding(view, clause, value,
               "this also matches users and roles with `root` in their names, and denies them the same",
               report);
  }
}

// V-09.
void CheckTest(const StatementView& view, const ConditionClause& clause, Reporter& report) {
  std::string_view fault;
  if (IsKey(clause, "aws:username")) {
    fault = "the root user has no `aws:username`, so that this matches a user who is called `root` at most";
  } else if (IsKey(clause, "aws:userid")) {
    fault = "`aws:userid` of the root user is the id of the account, so that this does not match it";
  }
  for (const ConditionValue& value : clause.values) {
    if (IsKey(clause, kPrincipalArn)) {
      CheckArn(view, clause, value, report);
    } else if (!fault.empty() && NamesRoot(value.text)) {
      AddFinding(view, clause, value, std::string(fault), report);
    }
  }
}

// Whether the test holds for the root user and for no user or role.
bool PicksRoot(const StatementView& view, const ConditionClause& clause) {
  if (!IsPlainTest(clause)) return false;
  const auto is_root = [&](const ConditionValue& value) {
    if (IsKey(clause, "aws:PrincipalType")) return AsciiEqualsIgnoreCase(value.text, "Account");
    const std::optional<WidePattern> pattern = ReadWide(clause, value, view.policy());
    if (!pattern || !MatchesPrincipal(*pattern, PrincipalKind::kRoot)) return false;
    return !MatchesUserOrRole(*pattern);
  };
  return (IsKey(clause, kPrincipalArn) || IsKey(clause, "aws:PrincipalType")) &&
         std::all_of(clause.values.begin(), clause.values.end(), is_root);
}

// The actions of data/root-tasks.tsv that the statement denies.
std::vector<std::string> DeniedTasks(const StatementView& view) {
  const Catalogue& catalogue = view.policy().catalogue();
  ResourceScope scope(view);
  std::vector<std::string> tasks;
  const Table& table = TableOf("root-tasks");
  for (size_t row = 0; row < table.row_count(); ++row) {
    const std::optional<ActionId> action = catalogue.FindAction(table.Row(row)[0]);
    if (!action || !std::binary_search(view.actions().begin(), view.actions().end(), *action)) continue;
    if (!view.statement().not_resource && FateOf(*action, scope, catalogue) != ActionFate::kCanMatch)
      continue;
    tasks.emplace_back(table.Row(row)[0]);
  }
  return tasks;
}

}  // namespace

// E-16.
void CheckRootDenyShape(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  for (const ConditionClause& clause : clauses) {
    if (IsPlainTest(clause)) CheckTest(view, clause, report);
  }
  if (!view.policy().settings().central_root) return;
  const auto guard = std::find_if(clauses.begin(), clauses.end(),
                                  [&](const ConditionClause& clause) { return PicksRoot(view, clause); });
  constexpr std::string_view kAssumedRoot[] = {"aws:AssumedRoot"};
  if (guard == clauses.end() || HasTestOf(view, kAssumedRoot)) return;
  const std::vector<std::string> tasks = DeniedTasks(view);
  if (tasks.empty()) return;
  constexpr size_t kShown = 3;
  FindingBuilder finding = report.Add(
      guard->key.range,
      "this also denies " + ListOf(tasks, kShown) +
          " to the sessions of `sts:AssumeRoot`, in which root access is managed centrally: spare them by "
          "`Null` with `\"aws:AssumedRoot\": \"true\"`");
  if (auto edits = AddTest(view, "Null", "aws:AssumedRoot", "true")) {
    finding.UnsafeFix("spare sessions of `sts:AssumeRoot`", std::move(*edits));
  }
}

}  // namespace scpcheck

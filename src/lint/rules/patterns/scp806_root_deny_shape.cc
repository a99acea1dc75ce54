#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
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
constexpr std::string_view kAssumedRoot = "aws:AssumedRoot";
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

// The first twelve digits in a row; empty if there are none.
std::string_view AccountIn(std::string_view text) {
  constexpr size_t kDigits = 12;
  size_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    count = IsAsciiDigit(text[i]) ? count + 1 : 0;
    if (count == kDigits) return text.substr(i + 1 - kDigits, kDigits);
  }
  return {};
}

// Whether the author means the root user by a value of aws:userid. Before the colon there is else the id of a
// role, and behind it the name of a session, which may be `root`.
bool NamesRootId(std::string_view text) {
  if (!NamesRoot(text)) return false;
  const size_t colon = text.rfind(':');
  if (colon == std::string_view::npos) return text.find('/') == std::string_view::npos;
  const std::string_view before = text.substr(0, colon);
  return before.empty() || before == "*" || before == AccountIn(before);
}

// Whether the text has `root` only where a field begins, where no name of a user or role has it.
bool HasRootInFieldsOnly(std::string_view lower_text) {
  constexpr std::string_view kRoot = "root";
  for (size_t at = lower_text.find(kRoot); at != std::string_view::npos;
       at = lower_text.find(kRoot, at + 1)) {
    if (at == 0 || lower_text[at - 1] != ':') return false;
  }
  return true;
}

// Whether a value that is read as `pattern` is meant to match users or roles, whose names have no colons.
// What the `*` of a text with fewer fields runs over is the id of an account, and no other text.
bool MatchesUserOrRole(std::string_view value, const WidePattern& pattern, const PolicyView& policy) {
  const std::string text = WithWildcardsForVariables(value, policy);
  constexpr int kColonsOfArn = 5;
  std::string account = "?*";
  if (std::count(text.begin(), text.end(), ':') < kColonsOfArn) {
    constexpr std::string_view kSomeAccount = "111122223333";
    const std::string_view own = AccountIn(text);
    account = own.empty() ? kSomeAccount : own;
  }
  const std::string& code = pattern.meant ? *pattern.meant : pattern.code;
  const auto matches = [&](std::string_view resource) {
    return !PatternsDisjoint(code, UsualArnCode("arn:aws*:iam::" + account + std::string(resource)));
  };
  return matches(":user/?*") || matches(":role/?*");
}

// Whether the test holds for the root user.
bool MatchesRoot(const ConditionClause& clause, const PolicyView& policy) {
  if (!IsPlainTest(clause)) return false;
  const bool is_type = IsKey(clause, "aws:PrincipalType");
  if (!is_type && !IsKey(clause, kPrincipalArn)) return false;
  return std::any_of(clause.values.begin(), clause.values.end(), [&](const ConditionValue& value) {
    if (is_type) return AsciiEqualsIgnoreCase(value.text, "Account");
    const std::optional<WidePattern> pattern = ReadWide(clause, value, policy);
    return pattern && MatchesPrincipal(*pattern, PrincipalKind::kRoot);
  });
}

// Whether the root user is meant by another value of a test, or in another Deny of the policy, so that a test
// of somebody who is called `root` may well be about that one.
bool IsRootSeenTo(const StatementView& view, const ConditionClause& clause) {
  const PolicyView& policy = view.policy();
  if (MatchesRoot(clause, policy)) return true;
  return std::any_of(policy.statements().begin(), policy.statements().end(), [&](const StatementView& other) {
    const std::vector<ConditionClause>& clauses = other.statement().conditions;
    return other.denies() && other.index() != view.index() &&
           std::any_of(clauses.begin(), clauses.end(),
                       [&](const ConditionClause& test) { return MatchesRoot(test, policy); });
  });
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
    if (!NamesRoot(value.text) || IsRootSeenTo(view, clause)) return;
    AddFinding(view, clause, value,
               "this is the ARN of somebody who is called `root`, not of the root user, who passes", report);
    return;
  }
  const std::string lower = AsciiLower(value.text);
  if (lower.find("root") != std::string::npos && !HasRootInFieldsOnly(lower) &&
      MatchesUserOrRole(value.text, *pattern, view.policy())) {
    AddFinding(view, clause, value,
               "this also matches users and roles with `root` in their names, and denies them the same",
               report);
  }
}

// V-09.
void CheckTest(const StatementView& view, const ConditionClause& clause, Reporter& report) {
  for (const ConditionValue& value : clause.values) {
    if (IsKey(clause, kPrincipalArn)) {
      CheckArn(view, clause, value, report);
    } else if (IsKey(clause, "aws:username") && !clause.op.if_exists && NamesRoot(value.text)) {
      AddFinding(
          view, clause, value,
          "the root user has no `aws:username`, so that this matches a user who is called `root` at most",
          report);
    } else if (IsKey(clause, "aws:userid") && NamesRootId(value.text)) {
      AddFinding(view, clause, value,
                 "`aws:userid` of the root user is the id of the account, so that this does not match it",
                 report);
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
    return !MatchesUserOrRole(value.text, *pattern, view.policy());
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
  if (guard == clauses.end()) return;
  // Tests that hold for the sessions spare nothing.
  const bool is_spared = std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
    return IsKey(clause, kAssumedRoot) && HoldsFor(view, clause, "true") != Truth3::kYes;
  });
  if (is_spared) return;
  const std::vector<std::string> tasks = DeniedTasks(view);
  if (tasks.empty()) return;
  constexpr size_t kShown = 3;
  const bool is_only_for_sessions = DemandsKey(view, kAssumedRoot);
  FindingBuilder finding = report.Add(
      guard->key.range,
      std::string(is_only_for_sessions ? "this denies " : "this also denies ") + ListOf(tasks, kShown) +
          (is_only_for_sessions ? " only to" : " to") +
          " the sessions of `sts:AssumeRoot`, in which root access is managed centrally: spare them by "
          "`Null` with `\"aws:AssumedRoot\": \"true\"`");
  constexpr std::string_view kTested[] = {kAssumedRoot};
  if (HasTestOf(view, kTested)) return;
  if (auto edits = AddTest(view, "Null", kAssumedRoot, "true")) {
    finding.UnsafeFix("spare sessions of `sts:AssumeRoot`", std::move(*edits));
  }
}

}  // namespace scpcheck

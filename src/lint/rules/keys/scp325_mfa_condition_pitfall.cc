#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/rules.h"

namespace scpcheck {

namespace {

constexpr std::string_view kKey = "aws:MultiFactorAuthPresent";

// What a test of the key says of the three kinds of requests. The key is absent where a user signs with a
// long-term access key, and in sessions of federated principals; sessions that services make of a role have
// no MFA (T-17 to T-20).
struct MfaTest {
  bool absent;
  bool without;  // false
  bool with;     // true

  friend bool operator==(const MfaTest&, const MfaTest&) = default;
};

// Nothing for what the rule does not read: set operators (SCP306), other operators than Bool, Null and exact
// ones.
std::optional<MfaTest> Read(const ConditionClause& clause) {
  if (clause.op.set_operator != SetOperator::kNone || clause.values.empty()) return std::nullopt;
  const auto has = [&](std::string_view text) {
    return std::any_of(clause.values.begin(), clause.values.end(), [text](const ConditionValue& value) {
      return AsciiEqualsIgnoreCase(value.text, text);
    });
  };
  MfaTest test{HoldsWithoutKey(clause), has("false"), has("true")};
  switch (clause.op.comparison) {
    case Comparison::kNull:
      return MfaTest{test.with, test.without, test.without};
    case Comparison::kBool:
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
      break;
    default:
      return std::nullopt;
  }
  if (clause.op.negated) {
    test.without = !test.without;
    test.with = !test.with;
  }
  return test;
}

constexpr MfaTest kOnlyWithout = {false, true, false};
constexpr MfaTest kNotWith = {true, true, false};
constexpr MfaTest kOnlyAbsent = {true, false, false};
constexpr MfaTest kPresent = {false, true, true};
constexpr MfaTest kNotWithout = {true, false, true};

// Whether a test keeps the statement to principals of that kind: all its values name such ARNs alone.
bool IsLimitedTo(const ConditionClause& clause, const std::string& code, const PolicyView& policy) {
  if (!IsKey(clause, "aws:PrincipalArn") || !IsStringOrArnOperator(clause.op) || clause.op.negated ||
      clause.values.empty()) {
    return false;
  }
  return std::all_of(clause.values.begin(), clause.values.end(), [&](const ConditionValue& value) {
    const std::optional<WidePattern> pattern = ReadWide(clause, value, policy);
    return !pattern || pattern->IsMeantWithin(code);
  });
}

// Roles have no long-term access keys.
bool SparesLongTermKeys(const ConditionClause& clause, const PolicyView& policy) {
  static const std::string roles = ArnCode("arn:*:iam::*:role/*");
  return IsLimitedTo(clause, roles, policy);
}

// Roles that only people who sign in through IAM Identity Center have sessions of.
bool IsAboutIdentityCenter(const ConditionClause& clause, const PolicyView& policy) {
  static const std::string roles = ArnCode("arn:*:iam::*:role/aws-reserved/sso.amazonaws.com/*");
  return IsLimitedTo(clause, roles, policy);
}

// Whether a test keeps the statement from the role sessions that services make.
bool SparesRoles(const ConditionClause& clause, const PolicyView& policy) {
  // Of these only users or sessions of another kind have a value, or the author knows who has which.
  for (const std::string_view key :
       {"aws:username", "aws:userid", "aws:PrincipalType", "aws:TokenIssueTime", "aws:MultiFactorAuthAge",
        "aws:FederatedProvider", "identitystore:UserId", "aws:PrincipalIsAWSService"}) {
    if (IsKey(clause, key)) return true;
  }
  if (!IsKey(clause, "aws:PrincipalArn") || !IsStringOrArnOperator(clause.op)) return false;
  if (IsAboutIdentityCenter(clause, policy)) return true;
  if (clause.op.negated) {
    // Whoever exempts any roles has thought of them.
    return std::any_of(clause.values.begin(), clause.values.end(), [&](const ConditionValue& value) {
      const std::optional<WidePattern> pattern = ReadWide(clause, value, policy);
      return pattern && MatchesPrincipal(*pattern, PrincipalKind::kRole);
    });
  }
  return std::none_of(clause.values.begin(), clause.values.end(), [&](const ConditionValue& value) {
    const std::optional<WidePattern> pattern = ReadWide(clause, value, policy);
    return pattern && MatchesPrincipal(*pattern, PrincipalKind::kRole);
  });
}

// Whether another Deny of the policy has the test that completes this one.
bool IsCompleted(const StatementView& view, const MfaTest& other) {
  const std::vector<StatementView>& statements = view.policy().statements();
  return std::any_of(statements.begin(), statements.end(), [&](const StatementView& statement) {
    const std::vector<ConditionClause>& clauses = statement.statement().conditions;
    return statement.denies() &&
           std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
             return IsKey(clause, kKey) && Read(clause) == other;
           });
  });
}

}  // namespace

void CheckMfaConditionPitfall(const StatementView& view, Reporter& report) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  for (const ConditionClause& clause : clauses) {
    if (!IsKey(clause, kKey)) continue;
    const std::optional<MfaTest> test = Read(clause);
    if (!test) continue;
    if (!view.denies()) {
      if (*test == kNotWithout) {
        report.Add(clause.operator_text.range,
                   "requests that are signed with a long-term access key carry no " +
                       Quoted(clause.key.text) +
                       ", so this test holds for them and the statement allows them: write `Bool`");
      }
    } else if (*test == kOnlyWithout) {
      const bool spares_keys = std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& other) {
        return SparesLongTermKeys(other, view.policy());
      });
      if (spares_keys || IsCompleted(view, kOnlyAbsent)) continue;
      report.Add(clause.operator_text.range,
                 "requests that are signed with a long-term access key carry no " + Quoted(clause.key.text) +
                     ", so they pass: write `BoolIfExists`, and limit it to users by `ArnLike` on "
                     "`aws:PrincipalArn`");
    } else if (*test == kNotWith) {
      const bool spares_roles =
          std::any_of(clauses.begin(), clauses.end(),
                      [&](const ConditionClause& other) { return SparesRoles(other, view.policy()); });
      if (spares_roles) continue;
      report.Add(
          clause.operator_text.range,
          "sessions that AWS services and pipelines make of a role have no MFA, so all of them are denied: "
          "limit the statement to users by `ArnLike` on `aws:PrincipalArn`, `arn:*:iam::*:user/*`");
    } else if (*test == kOnlyAbsent) {
      if (IsCompleted(view, kOnlyWithout)) continue;
      report.Add(
          clause.operator_text.range,
          "in temporary sessions without MFA " + Quoted(clause.key.text) +
              " is there, as `false`, so they pass: write `BoolIfExists` with `false`, and limit it to "
              "users by `ArnLike` on `aws:PrincipalArn`");
    } else if (*test == kPresent) {
      report.Add(
          clause.operator_text.range,
          "this test holds with MFA and without it: to require MFA, write `BoolIfExists` with `false`");
    }
  }
}

}  // namespace scpcheck

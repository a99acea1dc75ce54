// What the pages of SCP318 to SCP334 cannot show: whole fixes, documents that are no policies, the tables.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/calendar.h"
#include "lint/edits.h"
#include "lint/linter.h"
#include "lint/tables.h"

namespace scpcheck {
namespace {

constexpr Day kToday = 20783;  // 2026-11-26

std::vector<Finding> LintWith(const char* rule, const std::string& text) {
  RuleSet rules = RuleSet::None();
  rules.Enable(*FindRule(rule), true);
  LintSettings settings;
  settings.today = kToday;
  return Linter(Catalogue::Embedded(), settings, rules)
      .Lint(Source::FromText("policy.json", text), "policy.json");
}

std::string DenyWhere(const std::string& condition) {
  return R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*", "Condition": )" +
         condition + "}}";
}

struct FixCase {
  const char* rule;
  const char* condition;
  const char* fixed;  // the condition after the first fix of the first finding; empty: it is gone
};

class KeyFixTest : public testing::TestWithParam<FixCase> {};

TEST_P(KeyFixTest, ChangesWhatItMustAndNoMore) {
  const FixCase& c = GetParam();
  const std::string text = DenyWhere(c.condition);
  const std::vector<Finding> findings = LintWith(c.rule, text);
  ASSERT_FALSE(findings.empty()) << text;
  ASSERT_FALSE(findings[0].fixes.empty()) << findings[0].message;
  const std::string expected =
      *c.fixed == '\0'
          ? R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "s3:*", "Resource": "*"}})"
          : DenyWhere(c.fixed);
  EXPECT_EQ(ApplyEdits(text, findings[0].fixes[0].edits), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, KeyFixTest,
    testing::Values(
        FixCase{"SCP319", R"({"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}})", ""},
        FixCase{"SCP319",
                R"({"BoolIfExists": {"aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false"}})",
                R"({"BoolIfExists": {"aws:ViaAWSService": "false"}})"},
        FixCase{"SCP319",
                R"({"Null": {"aws:TagKeys": "true"}, "BoolIfExists": {"aws:PrincipalIsAWSService": false}})",
                R"({"Null": {"aws:TagKeys": "true"}})"},
        FixCase{"SCP320",
                R"({"StringLike": {"aws:PrincipalArn": "arn:aws:sts::111122223333:assumed-role/Ops/*"}})",
                R"({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/Ops"}})"},
        FixCase{"SCP321", R"({"ArnLike": {"aws:PrincipalArn": ["arn:aws:iam:111122223333:user/ops"]}})",
                R"({"ArnLike": {"aws:PrincipalArn": ["arn:aws:iam::111122223333:user/ops"]}})"},
        FixCase{"SCP321",
                R"({"StringLike": {"aws:PrincipalArn": "arn:aws:iam:us-east-1:111122223333:user/ops"}})",
                R"({"StringLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:user/ops"}})"},
        FixCase{
            "SCP322",
            R"({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/AWSReservedSSO_Ops_0123456789abcdef"}})",
            R"({"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/AWSReservedSSO_Ops_*"}})"},
        FixCase{
            "SCP323",
            R"({"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/aws-service-role/*", "arn:aws:iam::*:role/Ops"]}})",
            R"({"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/Ops"]}})"},
        FixCase{"SCP323",
                R"({"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/aws-service-role/*"]}})", ""},
        FixCase{"SCP324", R"({"stringnotlikeifexists": {"aws:PrincipalArn": "arn:aws:iam::*:role/Ops"}})",
                R"({"ArnNotLikeIfExists": {"aws:PrincipalArn": "arn:aws:iam::*:role/Ops"}})"},
        FixCase{"SCP332", R"({"StringEquals": {"ec2:tenancy": ["HOST"]}})",
                R"({"StringEquals": {"ec2:tenancy": ["host"]}})"}));

// C-23, V-09, E-12.
TEST(PrincipalArns, PatternsAgainstPrincipals) {
  struct Case {
    const char* op;
    const char* value;
    bool matches_any;
    bool only_service_linked;
  };
  const std::vector<Case> cases = {
      {"ArnLike", "arn:aws:iam::111122223333:root", true, false},
      {"ArnLike", "arn:aws-cn:iam::*:user/ops/deploy", true, false},
      {"ArnLike", "arn:aws:iam::*:role/aws:ec2-infrastructure", true, false},
      {"ArnLike", "arn:aws:sts::111122223333:federated-user/Ada", true, false},
      {"ArnLike", "arn:*:*:*:*:*", true, false},
      {"ArnLike", "arn:aws:iam::*:role/", false, false},
      {"ArnLike", "arn:aws:iam:::role/Ops", false, false},
      {"ArnLike", "arn:aws:iam::*:instance-profile/Ops", false, false},
      {"ArnLike", "arn:aws:sts::*:role/Ops", false, false},
      {"ArnLike", "arn:aws:iam::*:role/aws-service-role/ops.amazonaws.com/*", true, true},
      {"ArnLike", "arn:aws:iam::*:role/aws-service*", true, false},
      {"StringLike", "*", true, false},
      {"StringLike", "*:group/ops", true, false},  // the path of a role may have a colon
      {"StringLike", "arn:aws:iam::*:group/ops", false, false},
      {"StringLike", "arn:*:user/ops", true, false},
      {"StringEqualsIgnoreCase", "ARN:AWS:IAM::111122223333:ROLE/Ops", true, false},
      {"StringEquals", "ARN:AWS:IAM::111122223333:ROLE/Ops", false, false},
      {"StringEquals", "${aws:PrincipalArn}", true, false},
      {"ArnLike", "arn:aws:iam::${aws:PrincipalAccount}:${aws:PrincipalTag/kind}", true, false},
      {"ArnLike", "arn:aws:iam::*:${*}", false, false},
  };
  for (const Case& c : cases) {
    const std::string text =
        DenyWhere("{\"" + std::string(c.op) + "\": {\"aws:PrincipalArn\": \"" + c.value + "\"}}");
    const bool reported = !LintWith("SCP321", text).empty();
    EXPECT_EQ(reported, !c.matches_any || c.only_service_linked) << c.op << " " << c.value;
  }
}

// Statements of documents that AWS could not read reach the rules too.
TEST(KeyRules, UnreadableDocuments) {
  const std::vector<std::string> documents = {
      R"({"Statement": {"Condition": {"Null": {"aws:SourceArn": "true"}}, "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/aws-service-role/*"}}}})",
      R"({"Statement": [{"Effect": "Deny", "Condition": {"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}, "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}}}]})",
      R"({"Statement": {"Effect": "Deny", "Condition": {"ArnNotLike": {"aws:PrincipalArn": [null, [], ""]}}}})",
      R"({"Statement": {"Effect": "Deny", "Condition": {"DateLessThan": {"aws:CurrentTime": [""]}, "NoSuchOperator": {"aws:CurrentTime": "2020", "aws:SourceArn": "x"}}}})",
      R"({"Statement": {"Effect": 1, "Condition": {"StringEquals": {"aws:MultiFactorAuthPresent": []}, "Bool": []}}})"};
  for (const std::string& document : documents) {
    for (const RuleInfo& rule : AllRules()) {
      if (!rule.id.starts_with("SCP3")) continue;
      for (const Finding& finding : LintWith(std::string(rule.id).c_str(), document)) {
        for (const Fix& fix : finding.fixes) EXPECT_NE(ApplyEdits(document, fix.edits), document);
      }
    }
  }
}

// A run without a day, such as one of an editor, knows nothing to have passed.
TEST(KeyRules, NoDay) {
  RuleSet rules = RuleSet::None();
  rules.Enable(*FindRule("SCP331"), true);
  const std::string text = DenyWhere(R"({"DateLessThan": {"aws:CurrentTime": "2020-01-01"}})");
  EXPECT_TRUE(Linter(Catalogue::Embedded(), LintSettings(), rules)
                  .Lint(Source::FromText("policy.json", text), "policy.json")
                  .empty());
}

// Requests come from the beginning of today on.
TEST(KeyRules, DatesOfToday) {
  struct Case {
    const char* op;
    const char* date;
    bool has_passed;
  };
  constexpr Case kCases[] = {
      {"DateLessThan", "2026-11-26", true},          {"DateLessThan", "2026-11-26T00:00:01Z", false},
      {"DateLessThanEquals", "2026-11-26", false},   {"DateLessThanEquals", "2026-11-25T23:59:59Z", true},
      {"DateEquals", "2026-11-26", false},           {"DateEquals", "2026-11-25T23:59:59Z", true},
      {"DateGreaterThan", "2026-11-26", false},      {"DateGreaterThan", "2026-11-25T23:59:59Z", true},
      {"DateGreaterThanEquals", "2026-11-26", true}, {"DateGreaterThanEquals", "2026-11-26T00:00:01Z", false},
  };
  RuleSet rules = RuleSet::None();
  rules.Enable(*FindRule("SCP331"), true);
  LintSettings settings;
  settings.today = *ParseDay("2026-11-26");
  const Linter linter(Catalogue::Embedded(), settings, rules);
  for (const Case& c : kCases) {
    const std::string text =
        DenyWhere("{\"" + std::string(c.op) + "\": {\"aws:CurrentTime\": \"" + c.date + "\"}}");
    EXPECT_EQ(!linter.Lint(Source::FromText("policy.json", text), "policy.json").empty(), c.has_passed)
        << c.op << ' ' << c.date;
  }
}

TEST(KeyTables, RowsNameWhatTheCatalogueHas) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Table& values = TableOf("enum-values");
  EXPECT_GE(values.row_count(), 60U);
  std::set<std::string_view> keys;
  for (size_t i = 0; i < values.row_count(); ++i) {
    const auto row = values.Row(i);
    const std::optional<CatalogueKeyId> key = catalogue.FindKey(row[0]);
    ASSERT_TRUE(key) << row[0];
    EXPECT_EQ(catalogue.Key(*key).name, row[0]);
    EXPECT_EQ(catalogue.Key(*key).type, KeyType::kString) << row[0];
    EXPECT_TRUE(keys.insert(row[0]).second) << row[0] << " twice";
    EXPECT_FALSE(row[1].empty() || row[1].ends_with('|') || row[1].starts_with('|')) << row[0];
    EXPECT_FALSE(row[2].empty()) << row[0];
  }
  const Table& actions = TableOf("dependent-actions");
  for (size_t i = 0; i < actions.row_count(); ++i) {
    const auto row = actions.Row(i);
    EXPECT_TRUE(catalogue.FindAction(row[1])) << row[1];
    EXPECT_TRUE(catalogue.FindAction(row[2])) << row[2];
    EXPECT_FALSE(row[3].empty()) << row[0];
  }
}

}  // namespace
}  // namespace scpcheck

// What the pages of SCP401 to SCP415 and SCP901 cannot show: whole fixes, names of files, the tables, hostile
// policies.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/edits.h"
#include "lint/linter.h"
#include "lint/rules/scope/names.h"
#include "lint/tables.h"

namespace scpcheck {
namespace {

std::vector<Finding> LintWith(const std::string& rule, const std::string& text,
                              const std::string& file = "policy.json") {
  RuleSet rules = RuleSet::None();
  rules.Enable(*FindRule(rule), true);
  return Linter(Catalogue::Embedded(), LintSettings(), rules).Lint(Source::FromText(file, text), file);
}

std::string Document(const std::string& statement) {
  return R"({"Version": "2012-10-17", "Statement": )" + statement + "}";
}

std::string Deny(const std::string& elements) {
  return Document(R"({"Effect": "Deny", )" + elements + "}");
}

struct FixCase {
  const char* rule;
  const char* statement;
  const char* fixed;
};

class ScopeFixTest : public testing::TestWithParam<FixCase> {};

TEST_P(ScopeFixTest, ChangesWhatItMustAndNoMore) {
  const FixCase& c = GetParam();
  const std::string text = Document(c.statement);
  const std::vector<Finding> findings = LintWith(c.rule, text);
  ASSERT_FALSE(findings.empty()) << text;
  ASSERT_FALSE(findings[0].fixes.empty()) << findings[0].message;
  EXPECT_FALSE(findings[0].fixes[0].safe);
  EXPECT_EQ(ApplyEdits(text, findings[0].fixes[0].edits), Document(c.fixed));
}

INSTANTIATE_TEST_SUITE_P(
    Scope, ScopeFixTest,
    testing::Values(
        FixCase{
            "SCP401",
            R"({"Effect": "Deny", "Action": "lambda:DeleteFunction", "Resource": ["arn:aws:lambda:*:*:function/pay"]})",
            R"({"Effect": "Deny", "Action": "lambda:DeleteFunction", "Resource": ["arn:aws:lambda:*:*:function:pay"]})"},
        FixCase{
            "SCP401",
            R"({"Effect": "Deny", "Action": "dynamodb:DeleteTable", "Resource": "arn:aws:dynamodb:*:*:table:pay"})",
            R"({"Effect": "Deny", "Action": "dynamodb:DeleteTable", "Resource": "arn:aws:dynamodb:*:*:table/pay"})"},
        FixCase{
            "SCP401",
            R"({"Effect": "Deny", "Action": "ssm:PutParameter", "Resource": "arn:aws:ssm:*:*:parameter:/baseline/*"})",
            R"({"Effect": "Deny", "Action": "ssm:PutParameter", "Resource": "arn:aws:ssm:*:*:parameter/baseline/*"})"},
        FixCase{
            "SCP401",
            R"({"Effect": "Deny", "Action": "sns:DeleteTopic", "Resource": "arn:aws:sns:*:*:topic/audit-*"})",
            R"({"Effect": "Deny", "Action": "sns:DeleteTopic", "Resource": "arn:aws:sns:*:*:audit-*"})"},
        FixCase{
            "SCP402",
            R"({"Effect": "Deny", "Action": "iam:CreateAccountAlias", "Resource": ["arn:aws:iam::*:role/a", "arn:aws:iam::*:role/b"]})",
            R"({"Effect": "Deny", "Action": "iam:CreateAccountAlias", "Resource": "*"})"},
        FixCase{
            "SCP402",
            R"([{"Effect": "Deny", "Action": ["iam:DeleteRole", "iam:CreateAccountAlias", "iam:DeleteAccountAlias"], "Resource": "arn:aws:iam::*:role/a", "Condition": {"Bool": {"aws:ViaAWSService": "false"}}}])",
            R"([{"Effect": "Deny", "Action": ["iam:DeleteRole"], "Resource": "arn:aws:iam::*:role/a", "Condition": {"Bool": {"aws:ViaAWSService": "false"}}}, {"Effect": "Deny", "Action": ["iam:CreateAccountAlias", "iam:DeleteAccountAlias"], "Resource": "*", "Condition": {"Bool": {"aws:ViaAWSService": "false"}}}])"},
        FixCase{
            "SCP402",
            R"({"Effect": "Deny", "Action": ["iam:CreateAccountAlias", "iam:DeleteRole"], "Resource": "arn:aws:iam::*:role/a"})",
            R"([{"Effect": "Deny", "Action": ["iam:DeleteRole"], "Resource": "arn:aws:iam::*:role/a"}, {"Effect": "Deny", "Action": ["iam:CreateAccountAlias"], "Resource": "*"}])"},
        FixCase{
            "SCP405",
            R"({"Effect": "Deny", "Action": ["s3:DeleteBucket", "s3:DeleteObject"], "Resource": "arn:aws:s3:::audit"})",
            R"({"Effect": "Deny", "Action": ["s3:DeleteBucket", "s3:DeleteObject"], "Resource": ["arn:aws:s3:::audit", "arn:aws:s3:::audit/*"]})"},
        FixCase{
            "SCP405",
            R"({"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}/*"})",
            R"({"Effect": "Deny", "Action": "s3:DeleteBucket", "Resource": "arn:aws:s3:::${aws:PrincipalTag/team}"})"},
        FixCase{
            "SCP516",
            R"([{"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/A", "arn:aws:iam::*:role/C"]}}}, {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:role/B"}}}])",
            R"([{"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/A", "arn:aws:iam::*:role/C", "arn:aws:iam::*:role/B"]}}}, {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*", "Condition": {"ArnNotLike": {"aws:PrincipalArn": ["arn:aws:iam::*:role/B", "arn:aws:iam::*:role/A", "arn:aws:iam::*:role/C"]}}}])"}));

// R-03, R-04, U-06: `apart` only where no resource of the type has such an ARN.
TEST(ResourceScope, TemplatesAgainstEntries) {
  struct Case {
    const char* arn_template;
    const char* entry;
    bool apart;
  };
  constexpr const char* kFunction = "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}";
  constexpr const char* kBucket = "arn:${Partition}:s3:::${BucketName}";
  constexpr const char* kObject = "arn:${Partition}:s3:::${BucketName}/${ObjectName}";
  constexpr const char* kRole = "arn:${Partition}:iam::${Account}:role/${RoleNameWithPath}";
  constexpr const char* kUser = "arn:${Partition}:iam::${Account}:user/${UserNameWithPath}";
  constexpr const char* kTopic = "arn:${Partition}:sns:${Region}:${Account}:${TopicName}";
  constexpr const char* kOtherTopic = "arn:${Partition}:iot:${Region}:${Account}:${TopicName}";
  constexpr const char* kGroup = "arn:${Partition}:logs:${Region}:${Account}:log-group:${LogGroupName}";
  const std::vector<Case> cases = {
      {kFunction, "*", false},
      {kFunction, "arn:aws:lambda:*:*:function:pay", false},
      {kFunction, "arn:aws:lambda:*:*:function:pay:live", false},  // a name with a colon may be meant
      {kFunction, "arn:aws:lambda:*:function:pay", false},         // `*` takes a colon along
      {kFunction, "arn:aws:lambda:eu-west-1:*", false},            // completed
      {kFunction, "arn:aws:lambda:*:*:function/pay", true},
      {kFunction, "arn:aws:lambda:*:*:layer:pay", true},
      {kFunction, "arn:aws:lambda:*:*:?unction:pay", false},
      {kFunction, "arn:aws:lambda:*:*:pay", false},  // `*` takes `function` along
      {kFunction, "arn:aws:lambda:eu-west-1:111122223333:pay", true},
      {kFunction, "arn:aws:ec2:*:*:function:pay", true},
      {kFunction, "arn:aws:lambda:*:*:function:", true},
      {kFunction, "arn:aws:lambda:*:*:${aws:PrincipalTag/kind}:pay", false},
      {kFunction, "arn:aws:lambda:*:*:{{ kind }}", false},
      {kBucket, "arn:aws:s3:::audit", false},
      {kBucket, "arn:aws:s3:::*", false},
      {kBucket, "arn:aws:s3:::audit/*", true},
      {kBucket, "arn:aws:s3:::*/*", true},
      {kObject, "arn:aws:s3:::audit", true},
      {kObject, "arn:aws:s3:::audit*", false},
      {kObject, "arn:aws:s3:::audit/2026:11", false},
      {kRole, "arn:aws:iam::*:role/path/Ops", false},
      {kRole, "arn:aws:iam::*:role/aws:ec2-infrastructure", false},
      {kRole, "arn:aws:iam::*:user/Ops", true},
      {kUser, "arn:aws:iam::*:role/Ops", true},
      {kUser, "arn:*:aws:iam::*:root", true},
      {kUser, "arn:aws:iam::*:*", false},
      {"arn:${Partition}:acme:::box/*", "arn:aws:acme:::box/a/b", false},
      {"arn:${Partition}:acme:::box/*", "arn:aws:acme:::crate/a/b", true},
      {kObject, "arn:aws:s3:::audit-${aws:PrincipalAccount}", true},
      {kObject, "arn:*:s3:::audit-${aws:principalaccount}-${aws:RequestedRegion}${*}", true},
      {kObject, "arn:aws:s3:::audit-${aws:PrincipalAccount}*", false},
      {kObject, "arn:aws:s3:::audit-${aws:PrincipalAccount}/${aws:username}", false},
      {kObject, "arn:aws:s3:::audit-${aws:PrincipalTag/team}", false},
      {kObject, "arn:aws:s3:::audit-${aws:PrincipalAccount, 'a/b'}", false},
      {kObject, "arn:aws:s3:::audit-${Account}", false},
      {"arn:${Partition}:acme::aws:box/${Name}:${Version}", "arn:aws:acme::*:root", false},
      {"arn:${Partition}:acme::aws:box/${Name}", "arn:aws:acme::*:root", true},
      {kTopic, "arn:aws:sns:*:*:audit", false},
      {kTopic, "arn:aws:sns:*:*:topic/audit", true},
      {kTopic, "arn:aws:sns:*:*:topic?audit", false},
      {kOtherTopic, "arn:aws:iot:*:*:topic/audit", false},
      {kGroup, "arn:aws:logs:*:*:log-group:/aws/lambda/pay:*", false},
      {kGroup, "arn:aws:logs:*:*:log-group:pay:log-stream:x", false},
  };
  for (const Case& c : cases) {
    // Asked through a catalogue whose only type has the template.
    const std::string catalogue_text =
        "scpcheck-catalogue 1\nsource test\ndate 2026-11-26\nlicence none\n\nservice acme Acme\ntype "
        "thing\narn " +
        std::string(c.arn_template) + "\nwrite Make\nneeds thing\n\nend\n";
    const Result<Catalogue> catalogue = Catalogue::FromText(catalogue_text, "test");
    ASSERT_TRUE(catalogue.ok());
    RuleSet rules = RuleSet::None();
    rules.Enable(*FindRule("SCP401"), true);
    const std::string acme =
        Deny("\"Action\": \"acme:Make\", \"Resource\": \"" + std::string(c.entry) + "\"");
    const std::vector<Finding> findings =
        Linter(*catalogue, LintSettings(), rules).Lint(Source::FromText("policy.json", acme), "policy.json");
    EXPECT_EQ(!findings.empty(), c.apart) << c.arn_template << " and " << c.entry;
  }
}

TEST(Names, Words) {
  using Words = std::vector<std::string>;
  EXPECT_EQ(WordsOf("DenyKeysOlderThan90Days"), (Words{"deny", "keys", "older", "than", "90", "days"}));
  EXPECT_EQ(WordsOf("deny_IAMUsers--v2"), (Words{"deny", "iam", "users", "v", "2"}));
  EXPECT_EQ(WordsOf("DenyZones"), (Words{"deny", "zones"}));
  EXPECT_EQ(WordsOf("DenyEC2"), (Words{"deny", "ec", "2"}));
  EXPECT_EQ(WordsOf(""), Words{});
  EXPECT_EQ(WordsOf("\xc3\xa4"
                    "B"),
            (Words{"b"}));
}

TEST(Names, OfTheFile) {
  const std::string models = Deny(
      R"("Action": "bedrock-mantle:CreateInference", "Resource": "*", "Condition": {"StringLike": {"bedrock-mantle:Model": "nova-*"}})");
  EXPECT_EQ(LintWith("SCP414", models, "policies/Deny-models-except-approved-ones.json").size(), 1U);
  EXPECT_EQ(LintWith("SCP414", models, "policies/except/Deny-models.json").size(), 0U);
  EXPECT_EQ(LintWith("SCP414", models, "policies/Deny-models.except.json").size(), 0U);
  const std::string keys = Deny(
      R"("Action": "iam:CreateServiceSpecificCredential", "Resource": "*", "Condition": {"NumericGreaterThanEquals": {"iam:ServiceSpecificCredentialAgeDays": 30}})");
  EXPECT_EQ(LintWith("SCP415", keys, "Deny-api-keys-longer-than-30-days.json").size(), 1U);
  EXPECT_EQ(LintWith("SCP415", keys, "Deny-api-keys-longer-30-days.json").size(), 0U);
  EXPECT_EQ(LintWith("SCP415", keys, "Deny-api-keys-longer-than-31-days.json").size(), 0U);
  EXPECT_EQ(LintWith("SCP415", keys, "30.json").size(), 0U);
}

TEST(ScopeTables, RowsNameWhatTheCatalogueHas) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Table& beyond = TableOf("not-restrictable");
  EXPECT_GT(beyond.row_count(), 0U);
  for (size_t i = 0; i < beyond.row_count(); ++i) {
    const std::string_view name = beyond.Row(i)[0];
    EXPECT_TRUE(name.ends_with(":*") ? catalogue.FindService(name.substr(0, name.size() - 2)).has_value()
                                     : catalogue.FindAction(name).has_value())
        << name;
    EXPECT_FALSE(beyond.Row(i)[1].empty());
  }
  const Table& optional = TableOf("optional-resources");
  EXPECT_GT(optional.row_count(), 0U);
  for (size_t i = 0; i < optional.row_count(); ++i) {
    const auto row = optional.Row(i);
    const std::optional<ActionId> action = catalogue.FindAction(row[0]);
    ASSERT_TRUE(action) << row[0];
    bool found = false;
    for (const ActionRowId id : catalogue.ActionRows(*action)) {
      if (catalogue.TypeName(catalogue.RowType(id)) != row[1]) continue;
      found = true;
      EXPECT_FALSE(catalogue.RowRequired(id)) << row[0] << " " << row[1];
    }
    EXPECT_TRUE(found) << row[0] << " " << row[1];
    EXPECT_FALSE(row[2].empty());
  }
}

TEST(ScopeTables, NamesAndKeysWithoutSlash) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Table& names = TableOf("names-without-slash");
  EXPECT_EQ(names.row_count(), 2U);
  for (size_t i = 0; i < names.row_count(); ++i) {
    EXPECT_TRUE(catalogue.FindService(names.Row(i)[0]).has_value()) << names.Row(i)[0];
    EXPECT_FALSE(names.Row(i)[2].empty());
  }
  const Table& keys = TableOf("keys-without-slash");
  EXPECT_EQ(keys.row_count(), 15U);
  for (size_t i = 0; i < keys.row_count(); ++i) {
    EXPECT_TRUE(catalogue.FindKey(keys.Row(i)[0]).has_value()) << keys.Row(i)[0];
    EXPECT_FALSE(keys.Row(i)[2].empty());
  }
}

TEST(ScopeRules, UnreadableDocuments) {
  const std::vector<std::string> documents = {
      R"({"Statement": {"Effect": "Deny", "Action": "s3:GetObject", "NotAction": "s3:PutObject", "Resource": "arn:aws:s3:::a", "NotResource": "arn:aws:s3:::b"}})",
      R"({"Statement": {"Effect": "Deny", "Action": ["iam:CreateAccountAlias", "iam:DeleteRole", 7], "Resource": ["arn:aws:iam::*:role/a", null], "Resource": "arn:aws:iam::*:role/b"}})",
      R"({"Statement": [{"Action": "iam:CreateAccountAlias", "Resource": "arn"}, {"Effect": "Deny", "NotAction": [], "NotResource": []}]})",
      R"({"Statement": {"Effect": "Allow", "Condition": {"Bool": {"aws:ViaAWSService": "true"}}}})",
      R"({"Statement": {"Effect": "Deny", "Action": ["", ":", "a:b:c", "*:*"], "Resource": ["", "arn:::::", "arn:*:*:*:*:${"]}})"};
  for (const std::string& document : documents) {
    for (const RuleInfo& rule : AllRules()) {
      if (!rule.id.starts_with("SCP4") && rule.id != "SCP901") continue;
      for (const Finding& finding : LintWith(std::string(rule.id), document)) {
        for (const Fix& fix : finding.fixes) EXPECT_NE(ApplyEdits(document, fix.edits), document);
      }
    }
  }
}

// A policy of 64 KB whose every entry has to be compared with every type: the comparisons are bounded.
TEST(ScopeRules, HostilePoliciesTakeBoundedTime) {
  std::string resources;
  for (int i = 0; i < 2000; ++i) {
    resources += std::string(i == 0 ? "" : ", ") + "\"arn:*:*q*q*q*:*:*:*" + std::to_string(i) + "\"";
  }
  const std::string text = Deny(R"("Action": ["?*:*", "e?2:*", "s?*:*"], "Resource": [)" + resources + "]");
  ASSERT_GT(text.size(), 50000U);
  for (const std::string rule : {"SCP401", "SCP402", "SCP403", "SCP405", "SCP409"}) {
    SCOPED_TRACE(rule);
    LintWith(rule, text);
  }
}

}  // namespace
}  // namespace scpcheck

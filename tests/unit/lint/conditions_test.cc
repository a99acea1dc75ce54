// What the pages of SCP301 to SCP317, SCP326 and SCP330 cannot show: whole fixes, example requests, the
// tables, settings, hostile policies.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "catalog/catalogue.h"
#include "lint/edits.h"
#include "lint/linter.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/tables.h"

namespace scpcheck {
namespace {

constexpr std::string_view kRules[] = {"SCP301", "SCP302", "SCP303", "SCP304", "SCP305", "SCP306", "SCP307",
                                       "SCP308", "SCP309", "SCP310", "SCP311", "SCP312", "SCP313", "SCP314",
                                       "SCP315", "SCP316", "SCP317", "SCP326", "SCP330"};

std::vector<Finding> LintWith(std::string_view rule, const std::string& text,
                              const LintSettings& settings = LintSettings()) {
  RuleSet rules = RuleSet::None();
  rules.Enable(*FindRule(rule), true);
  return Linter(Catalogue::Embedded(), settings, rules)
      .Lint(Source::FromText("policy.json", text), "policy.json");
}

Linter LinterWithAll() {
  RuleSet rules = RuleSet::None();
  for (const std::string_view rule : kRules) rules.Enable(*FindRule(rule), true);
  return Linter(Catalogue::Embedded(), LintSettings(), rules);
}

std::string Deny(const std::string& condition, const std::string& actions = R"("s3:*")",
                 const std::string& resources = R"("*")") {
  return R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": )" + actions +
         R"(, "Resource": )" + resources + R"(, "Condition": )" + condition + "}}";
}

struct FixCase {
  const char* rule;
  const char* condition;
  const char* fixed;
};

class ConditionFixTest : public testing::TestWithParam<FixCase> {};

TEST_P(ConditionFixTest, ChangesWhatItMustAndNoMore) {
  const FixCase& c = GetParam();
  const std::string actions = R"("ec2:StopInstances")";
  const std::string text = Deny(c.condition, actions);
  const std::vector<Finding> findings = LintWith(c.rule, text);
  ASSERT_FALSE(findings.empty()) << text;
  ASSERT_FALSE(findings[0].fixes.empty()) << findings[0].message;
  EXPECT_EQ(ApplyEdits(text, findings[0].fixes[0].edits), Deny(c.fixed, actions));
}

INSTANTIATE_TEST_SUITE_P(
    Conditions, ConditionFixTest,
    testing::Values(
        FixCase{"SCP301", R"({"ForAnyValue:stringnotequalsIfExists": {"aws:TagKeys": ["a", "b*"]}})",
                R"({"ForAnyValue:StringNotLikeIfExists": {"aws:TagKeys": ["a", "b*"]}})"},
        FixCase{"SCP302", R"({"StringNotEquals": {"aws:CurrentTime": "2026-01-31"}})",
                R"({"DateNotEquals": {"aws:CurrentTime": "2026-01-31"}})"},
        FixCase{"SCP303", R"({"Bool": {"aws:SecureTransport": " false\n"}})",
                R"({"Bool": {"aws:SecureTransport": "false"}})"},
        FixCase{"SCP303", R"({"StringEquals": {"aws:ResourceTag/a": ["1", 2, true]}})",
                R"({"StringEquals": {"aws:ResourceTag/a": ["1", "2", "true"]}})"},
        FixCase{"SCP304", R"({"IpAddress": {"aws:SourceIp": ["10.0.0.0/8", "203.0.113.0/24"]}})",
                R"({"IpAddress": {"aws:SourceIp": ["203.0.113.0/24"]}})"},
        FixCase{"SCP305", R"({"IpAddress": {"aws:VpcSourceIp": "10.1.2.3/9"}})",
                R"({"IpAddress": {"aws:VpcSourceIp": "10.0.0.0/9"}})"},
        FixCase{"SCP305", R"({"IpAddress": {"aws:VpcSourceIp": "2001:DB8:0:1::1/48"}})",
                R"({"IpAddress": {"aws:VpcSourceIp": "2001:db8::/48"}})"},
        FixCase{"SCP306", R"({"ForAllValues:NumericLessThanEqualsIfExists": {"ec2:RoleDelivery": "1"}})",
                R"({"NumericLessThanEqualsIfExists": {"ec2:RoleDelivery": "1"}})"},
        FixCase{"SCP307", R"({"StringNotLikeIfExists": {"aws:TagKeys": "a*"}})",
                R"({"ForAllValues:StringNotLike": {"aws:TagKeys": "a*"}})"},
        FixCase{"SCP308", R"({"ForAllValues:StringLike": {"aws:TagKeys": "a\"*"}})",
                R"({"ForAllValues:StringLike": {"aws:TagKeys": "a\"*"}, "Null": {"aws:TagKeys": "false"}})"},
        FixCase{"SCP310", R"({"ForAllValues:DateGreaterThanIfExists": {"aws:TagKeys": "2026"}})",
                R"({"ForAllValues:DateGreaterThan": {"aws:TagKeys": "2026"}})"},
        FixCase{"SCP312", R"({"ArnNotEqualsIfExists": {"aws:PrincipalArn": "arn:aws:iam::*:root"}})",
                R"({"ArnNotLike": {"aws:PrincipalArn": "arn:aws:iam::*:root"}})"},
        FixCase{"SCP314", R"({"StringNotEquals": {"aws:username": "ops"}})",
                R"({"StringNotEquals": {"aws:username": "ops"}, "Null": {"aws:username": "false"}})"},
        FixCase{"SCP316", R"({"StringLike": {"AWS:requesttag/Stage": "prod*"}})",
                R"({"StringLike": {"aws:ResourceTag/Stage": "prod*"}})"},
        FixCase{"SCP326", R"({"StringLike": {"aws:PrincipalTag/a": ["b", "b*"]}})",
                R"({"StringLike": {"aws:PrincipalTag/a": ["b*"]}})"},
        FixCase{"SCP330", R"({"Bool": {"aws:SecureTransport": "false", "AWS:SecureTransport": "false"}})",
                R"({"Bool": {"aws:SecureTransport": "false"}})"}));

TEST(Conditions, MissingKeysComeWithARequestThatShowsIt) {
  const std::vector<Finding> open =
      LintWith("SCP313", Deny(R"({"StringEquals": {"s3:X-Amz-Acl": "public-read"}})"));
  ASSERT_EQ(open.size(), 1U);
  EXPECT_EQ(open[0].example, R"({"action": "s3:CreateBucket", "context": {"s3:x-amz-acl": null}})");
  const std::vector<Finding> closed =
      LintWith("SCP314", Deny(R"({"StringNotEquals": {"aws:username": "ops"}})", R"("iam:CreateUser")"));
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_EQ(closed[0].example, R"({"action": "iam:CreateUser", "context": {"aws:username": null}})");
}

// Messages are for people, and texts of policies may be longer than these read.
TEST(Conditions, LongTextsAreShortened) {
  std::string value;
  for (int i = 0; i < 60; ++i) value += "\xc3\xa4";  // 120 bytes, two for each letter
  const std::vector<Finding> findings =
      LintWith("SCP303", Deny(R"({"IpAddress": {"aws:VpcSourceIp": "1)" + value + "\"}}"));
  ASSERT_EQ(findings.size(), 1U);
  const std::string shown = "`1" + value.substr(0, 78) + "...`";
  EXPECT_EQ(findings[0].message.substr(0, shown.size()), shown);
  // One of 80 bytes is shown whole.
  const std::string whole = "1" + std::string(79, 'x');
  const std::vector<Finding> fitting =
      LintWith("SCP303", Deny(R"({"IpAddress": {"aws:VpcSourceIp": ")" + whole + "\"}}"));
  ASSERT_EQ(fitting.size(), 1U);
  EXPECT_EQ(fitting[0].message.substr(0, 83), "`" + whole + "` ");
}

// A family without the name of a tag is no tag that the resource could have.
TEST(Conditions, TagsWithoutNamesAreNotMended) {
  const std::vector<Finding> findings =
      LintWith("SCP316", Deny(R"({"StringEquals": {"aws:RequestTag/": "a"}})", R"("ec2:StopInstances")"));
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_TRUE(findings[0].fixes.empty());
}

TEST(Conditions, ResourcesAreThoseOfTheSettingsPartition) {
  const std::string text = Deny(R"({"Null": {"aws:RequestTag/owner": "true"}})", R"("ec2:CreateSubnet")",
                                R"("arn:aws-us-gov:ec2:*:*:*")");
  EXPECT_TRUE(LintWith("SCP317", text).empty());
  LintSettings settings;
  settings.partitions = {"aws-us-gov"};
  EXPECT_EQ(LintWith("SCP317", text, settings).size(), 1U);
}

// The catalogue must know what a table speaks of: else its row is misspelled, or AWS has renamed it.
TEST(ConditionTables, KeyPresence) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Table& table = TableOf("key-presence");
  EXPECT_GT(table.row_count(), 0U);
  for (size_t i = 0; i < table.row_count(); ++i) {
    const auto row = table.Row(i);
    EXPECT_TRUE(catalogue.FindKey(row[1])) << row[1];
    EXPECT_FALSE(row[4].empty());
    if (row[0] == "*") continue;
    const std::optional<ActionId> action = catalogue.FindAction(row[0]);
    ASSERT_TRUE(action) << row[0];
    EXPECT_TRUE(KeySupport(catalogue, row[1]).Has(*action)) << row[0] << ' ' << row[1];
  }
}

TEST(ConditionTables, CallResources) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Table& table = TableOf("call-resources");
  EXPECT_GT(table.row_count(), 0U);
  for (size_t i = 0; i < table.row_count(); ++i) {
    const auto row = table.Row(i);
    const std::optional<ActionId> action = catalogue.FindAction(row[0]);
    ASSERT_TRUE(action) << row[0];
    bool touches = false;
    for (const ActionRowId id : catalogue.ActionRows(*action)) {
      touches = touches || (catalogue.RowRequired(id) && catalogue.TypeName(catalogue.RowType(id)) == row[1]);
    }
    EXPECT_TRUE(touches) << row[0] << ' ' << row[1];
  }
}

TEST(ConditionTables, PassesNoTags) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const KeySupport request_tag(catalogue, "aws:RequestTag/owner");
  const KeySupport tag_keys(catalogue, "aws:TagKeys");
  const Table& table = TableOf("passes-no-tags");
  EXPECT_GT(table.row_count(), 0U);
  for (size_t i = 0; i < table.row_count(); ++i) {
    const std::string_view name = table.Row(i)[0];
    const std::optional<ActionId> action = catalogue.FindAction(name);
    ASSERT_TRUE(action) << name;
    EXPECT_NE(catalogue.ActionAccessLevel(*action), AccessLevel::kTagging) << name;
    // SCP315 speaks of the others.
    EXPECT_TRUE(request_tag.Has(*action) || tag_keys.Has(*action)) << name;
    for (const ActionRowId row : catalogue.ActionRows(*action)) {
      EXPECT_FALSE(request_tag.RowHas(*action, row) || tag_keys.RowHas(*action, row)) << name;
    }
  }
}

// `ssm:resourceTag/tag-key` and `ssm:resourceTag/${TagKey}` are one key.
TEST(KeySupport, KnowsWhatTheCatalogueLists) {
  const Catalogue& catalogue = Catalogue::Embedded();
  struct Case {
    const char* key;
    const char* action;
    bool can_be_ruled_out;
    bool has;
  };
  const std::vector<Case> cases = {
      {"S3:Prefix", "s3:ListBucket", true, true},
      {"s3:prefix", "s3:GetObject", true, false},
      {"aws:ResourceTag/team", "ec2:StopInstances", true, true},
      {"aws:ResourceTag/team", "kms:CreateCustomKeyStore", true, false},
      {"aws:RequestTag/team", "ec2:CreateVpc", true, true},
      {"aws:TagKeys", "iam:GetRole", true, false},
      {"secretsmanager:ResourceTag/team", "secretsmanager:DeleteSecret", true, true},
      {"ssm:resourceTag/team", "ssm:SendCommand", true, true},
      {"states:HTTPEndpoint", "states:InvokeHTTPEndpoint", false, false},  // listed for nothing
      {"aws:PrincipalTag/team", "s3:GetObject", false, false},             // global
      {"ec2:SourceInstanceArn", "s3:GetObject", false, false},             // global, of another service
      {"acme:Team", "s3:GetObject", false, false},                         // nobody knows it
  };
  for (const Case& c : cases) {
    const KeySupport support(catalogue, c.key);
    EXPECT_EQ(support.can_be_ruled_out(), c.can_be_ruled_out) << c.key;
    if (!c.can_be_ruled_out) continue;
    EXPECT_EQ(support.Has(*catalogue.FindAction(c.action)), c.has) << c.key;
  }
}

// What cannot be read as a policy still reaches the rules.
TEST(Conditions, FaultyDocumentsAreNoMatter) {
  const std::string text =
      R"({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": ["ec2:RunInstances",
    "ec2:StopInstances", 7], "Resource": "*", "Condition": {"StringNotEquals": {"ec2:InstanceType": ["t3.*", null,
    "t3.*"], "aws:RequestTag/a": {}, "AWS:requesttag/a": "b"}, "IpAddress": {"aws:SourceIp": ["10.0.0.1/8", [],
    "10.0.0.0/8"]}, "ForAllValues:StringLike": 3, "Null": [], "null": {"": ""}},
    "Condition": {"ForAllValues:Bool": {"aws:TagKeys": ["true", "false", true]}, "NullIfExists": {"a": []}}}]})";
  const Linter linter = LinterWithAll();
  for (size_t size = 0; size <= text.size(); ++size) {
    linter.Lint(Source::FromText("policy.json", text.substr(0, size)), "policy.json");
  }
}

// Time grows with a policy's size, not with its square: more than AWS accepts, of what is worst for
// each rule.
TEST(Conditions, HostilePoliciesTakeLittleTime) {
  constexpr size_t kSize = 16384;
  const auto repeated = [](const auto& make, size_t size) {
    std::string text;
    for (int i = 0; text.size() < size; ++i)
      text += std::string(text.empty() ? "" : ", ") + make(std::to_string(i));
    return text;
  };
  std::vector<std::string> texts;
  // Lists of values.
  const std::string patterns = repeated([](const std::string& i) { return "\"*" + i + "?a*\""; }, kSize);
  texts.push_back(Deny(R"({"StringEquals": {"aws:CalledViaFirst": [)" + patterns + "]}}"));
  texts.push_back(Deny(R"({"StringLike": {"aws:TagKeys": [)" + patterns + "]}}"));
  texts.push_back(Deny(R"({"NotIpAddress": {"aws:SourceIp": ["1.2.3.4", )" +
                       repeated([](const std::string&) { return "\"10.1.1.1/8\""; }, kSize) + "]}}"));
  texts.push_back(Deny(R"({"NumericLessThan": {"s3:max-keys": [)" +
                       repeated([](const std::string& i) { return "\"" + i + "x\", " + i; }, kSize) + "]}}"));
  // Keys under one operator, and operators.
  const auto keys = [&](const std::string& key) {
    return repeated([&](const std::string& i) { return "\"" + key + i + "\": \"a*\""; }, kSize);
  };
  texts.push_back(
      Deny("{\"ForAllValues:StringEqualsIfExists\": {" + keys("aws:RequestTag/") + "}}", R"("ec2:*")"));
  texts.push_back(Deny("{\"StringNotEquals\": {" + keys("aws:ResourceTag/") + "}}",
                       R"(["ec2:CreateSubnet", "ec2:StopInstances", "lambda:*", "iam:CreateAccountAlias"])"));
  const auto operators = [&](const std::string& name, const std::string& key) {
    return "{" +
           repeated([&](const std::string& i) { return "\"" + name + "\": {\"" + key + "\": [" + i + "]}"; },
                    kSize) +
           "}";
  };
  texts.push_back(Deny(operators("IpAddress", "aws:SourceIp"), R"("*")"));
  texts.push_back(Deny(operators("ForAllValues:StringLike", "aws:TagKeys"), R"("*")"));
  // Actions.
  const std::string literals =
      repeated([](const std::string&) { return R"("ec2:CreateSubnet")"; }, kSize / 2);
  const std::string wide =
      repeated([](const std::string& i) { return "\"ec2:" + std::string(i.size(), '*') + "\""; }, kSize / 8);
  const std::string tests =
      "{\"StringNotEquals\": {" +
      repeated([](const std::string& i) { return "\"aws:RequestTag/" + i + "\": 1"; }, kSize / 2) + "}}";
  texts.push_back(Deny(tests, "[" + literals + "]"));
  const std::string foreign =
      "{\"StringNotEquals\": {" +
      repeated([](const std::string& i) { return "\"s3:RequestObjectTag/" + i + "\": 1"; }, kSize / 2) + "}}";
  texts.push_back(Deny(foreign, "[" + wide + "]"));
  // Statements.
  for (const std::string condition :
       {R"({"ForAnyValue:StringNotEquals": {"aws:TagKeys": "a"}})",
        R"({"IpAddress": {"aws:SourceIp": "1.2.3.4"}})", R"({"StringEquals": {"s3:prefix": "a"}})"}) {
    for (const char* other :
         {R"({"Null": {"aws:TagKeys": "true"}})", R"({"NotIpAddress": {"aws:SourceIp": "1.1.1.1"}})"}) {
      texts.push_back(
          R"({"Version": "2012-10-17", "Statement": [)" +
          repeated(
              [&](const std::string& i) {
                return R"({"Effect": "Deny", "NotAction": "xray:Put)" + i +
                       R"(*", "Resource": "*", "Condition": )" + condition +
                       R"(}, {"Effect": "Deny", "NotAction": "xray:*", "Resource": "*", "Condition": )" +
                       other + "}";
              },
              kSize) +
          "]}");
    }
  }
  const Linter linter = LinterWithAll();
  for (size_t i = 0; i < texts.size(); ++i) {
    SCOPED_TRACE(i);
    linter.Lint(Source::FromText("policy.json", texts[i]), "policy.json");
  }
}

}  // namespace
}  // namespace scpcheck

// What the pages of SCP801 to SCP805 and SCP525 cannot show: whole fixes, settings, the tables, hostile
// policies.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "json/parse.h"
#include "lint/edits.h"
#include "lint/linter.h"
#include "lint/policy_view.h"
#include "lint/rules/patterns/allowed_actions.h"
#include "lint/rules/patterns/region_deny.h"
#include "lint/tables.h"

namespace scpcheck {
namespace {

std::vector<Finding> LintWith(const std::string& rule, const std::string& text,
                              const LintSettings& settings = {}) {
  RuleSet rules = RuleSet::None();
  rules.Enable(*FindRule(rule), true);
  return Linter(Catalogue::Embedded(), settings, rules)
      .Lint(Source::FromText("policy.json", text), "policy.json");
}

std::string Deny(const std::string& elements) {
  return R"({"Version": "2012-10-17", "Statement": {"Effect": "Deny", )" + elements + "}}";
}

// The policy after the fix of the first finding that has one.
std::string Fixed(const std::string& rule, const std::string& text) {
  for (const Finding& finding : LintWith(rule, text)) {
    if (!finding.fixes.empty()) return ApplyEdits(text, finding.fixes[0].edits);
  }
  return "";
}

constexpr const char* kOnlyEast =
    R"("Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "us-east-1"}})";
constexpr const char* kOnlyEurope =
    R"("Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}})";

TEST(RegionPatterns, FixesOfMissingServices) {
  EXPECT_EQ(
      Fixed("SCP801",
            Deny(std::string(
                     R"("NotAction": ["networkmanager:*", "route53-recovery-cluster:*", "chatbot:*",)") +
                 R"( "route53-recovery-control-config:*", "devicefarm:*"], )" + kOnlyEast)),
      Deny(std::string(R"("NotAction": ["networkmanager:*", "route53-recovery-cluster:*", "chatbot:*",)") +
           R"( "route53-recovery-control-config:*", "devicefarm:*", "globalaccelerator:*",)" +
           R"( "route53-recovery-readiness:*"], )" + kOnlyEast));
  // What is asked for is enough, and the entries of the tables do not overlap.
  std::string text = Deny(std::string(R"("NotAction": "ec2:DescribeRegions", )") + kOnlyEurope);
  for (int round = 0; round < 2; ++round) text = Fixed("SCP801", text);
  EXPECT_EQ(LintWith("SCP801", text).size(), 0U) << text;
  EXPECT_EQ(LintWith("SCP802", text).size(), 0U) << text;
  // An empty list is SCP110's.
  EXPECT_EQ(LintWith("SCP801", Deny(std::string(R"("NotAction": [], )") + kOnlyEurope)).size(), 0U);
}

TEST(RegionPatterns, FixesOfSiblings) {
  EXPECT_EQ(
      Fixed("SCP525", Deny(R"("Action": "rds:ModifyDBSnapshotAttribute", "Resource": "*")")),
      Deny(
          R"("Action": ["rds:ModifyDBSnapshotAttribute", "rds:ModifyDBClusterSnapshotAttribute"], "Resource": "*")"));
}

TEST(RegionPatterns, Partitions) {
  const std::string text = Deny(std::string(R"("NotAction": "iam:*", )") + kOnlyEurope);
  LintSettings settings;
  settings.partitions = {"aws-us-gov"};
  EXPECT_EQ(LintWith("SCP801", text, settings).size(), 0U);
  EXPECT_EQ(LintWith("SCP804", text, settings).size(), 0U);
  settings.partitions = {"aws-us-gov", "aws"};
  EXPECT_EQ(LintWith("SCP801", text, settings).size(), 2U);
  EXPECT_EQ(LintWith("SCP804", text, settings).size(), 1U);
}

// Of several Regions that have endpoints of a service, one that is allowed is enough.
TEST(RegionPatterns, SeveralRegionsOfAService) {
  struct Case {
    std::string region;
    std::string service;
    bool denied;
  };
  const std::vector<Case> cases = {
      {"eu-central-1", "pricing:*", false},
      {"ap-south-1", "pricing:*", false},
      {"eu-west-1", "pricing:*", true},
      {"us-west-2", "support:*", false},
      {"eu-west-1", "support:*", false},
      {"us-east-2", "support:*", true},
      {"us-east-2", "health:*", false},
      {"us-west-2", "health:*", true},
      {"us-east-2", "trustedadvisor:*", false},
      {"us-west-2", "trustedadvisor:*", false},
      {"eu-west-1", "trustedadvisor:*", false},
      {"ap-northeast-2", "trustedadvisor:*", false},
      {"ap-southeast-2", "trustedadvisor:*", false},
      {"eu-central-1", "trustedadvisor:*", true},
      {"us-east-1", "route53-recovery-cluster:*", true},
  };
  for (const auto& [region, service, denied] : cases) {
    const std::string fixed =
        Fixed("SCP801",
              Deny(R"("NotAction": "ec2:DescribeRegions", "Resource": "*", "Condition": {"StringNotEquals": )"
                   R"({"aws:RequestedRegion": ")" +
                   region + R"("}})"));
    const std::string whole = fixed + Fixed("SCP801", fixed);
    EXPECT_EQ(whole.find('"' + service + '"') != std::string::npos, denied) << region << " " << service;
  }
}

TEST(RegionPatterns, TablesNameWhatTheCatalogueHas) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Table& services = TableOf("region-deny-services");
  EXPECT_EQ(services.row_count(), 89U);
  const Table& regions = TableOf("regions");
  const Table& regional = TableOf("regional-services");
  EXPECT_GT(regional.row_count(), 0U);
  std::set<std::string_view> regional_names;
  for (size_t i = 0; i < regional.row_count(); ++i) {
    EXPECT_TRUE(catalogue.FindService(regional.Row(i)[0])) << regional.Row(i)[0];
    EXPECT_GE(std::stoi(std::string(regional.Row(i)[1])), 10) << regional.Row(i)[0];
    EXPECT_TRUE(regional_names.insert(regional.Row(i)[0]).second) << regional.Row(i)[0];
    EXPECT_FALSE(regional.Row(i)[2].empty());
  }
  const std::set<std::string_view> tiers = {"must", "should", "judge", "drop"};
  size_t needed = 0;
  for (size_t i = 0; i < services.row_count(); ++i) {
    const auto row = services.Row(i);
    EXPECT_FALSE(ActionsOfEntry(catalogue, row[0]).empty()) << row[0];
    EXPECT_TRUE(tiers.count(row[1])) << row[0];
    needed += row[1] == "must" ? 1 : 0;
    for (std::string_view list = row[2]; !list.empty();) {
      const std::string_view region = list.substr(0, list.find('|'));
      bool is_region = false;
      for (size_t j = 0; j < regions.row_count(); ++j) is_region = is_region || regions.Row(j)[0] == region;
      EXPECT_TRUE(is_region) << row[0] << " " << region;
      list.remove_prefix(std::min(region.size() + 1, list.size()));
    }
    EXPECT_FALSE(row[3].empty());
    if (!row[0].ends_with(":*")) continue;
    const std::string_view service = row[0].substr(0, row[0].size() - 2);
    EXPECT_EQ(regional_names.count(service) == 1, row[1] == "judge") << row[0];
  }
  EXPECT_EQ(needed, 20U);
  const Table& siblings = TableOf("sibling-actions");
  EXPECT_EQ(siblings.row_count(), 57U);
  std::set<std::string_view> outcomes;
  const std::set<std::string_view> roles = {"both", "asked", "shows"};
  const std::set<std::string_view> places = {"all", "any", "named", "plain"};
  for (size_t i = 0; i < siblings.row_count(); ++i) {
    const auto row = siblings.Row(i);
    const bool is_first = i == 0 || siblings.Row(i - 1)[0] != row[0];
    EXPECT_EQ(outcomes.insert(row[0]).second, is_first) << row[0] << ": a set stands in one place";
    EXPECT_TRUE(catalogue.FindAction(row[1])) << row[1];
    EXPECT_TRUE(roles.count(row[2])) << row[1];
    EXPECT_TRUE(places.count(row[3])) << row[1];
    EXPECT_FALSE(row[4].empty());
  }
}

bool Allows(const std::string& statements, std::string_view action) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const std::string text = R"({"Version": "2012-10-17", "Statement": [)" + statements + "]}";
  const LintSettings settings;
  Diagnostics syntax;
  const auto tree = json::Parse(Source::FromText("policy.json", text), syntax);
  const PolicyView view(tree->root(), syntax, catalogue, settings);
  return AllowedActions(view).Has(*catalogue.FindAction(action));
}

TEST(RegionPatterns, AllowedActions) {
  const std::string deny = R"({"Effect": "Deny", "Action": "ec2:*", "Resource": "*"})";
  EXPECT_TRUE(Allows(deny, "iam:GetRole"));
  EXPECT_TRUE(Allows(deny, "ec2:RunInstances"));
  const std::string allow =
      deny + R"(, {"Effect": "Allow", "Action": ["iam:Get*", "s3:{Verb}"], "Resource": "*"})";
  EXPECT_TRUE(Allows(allow, "iam:GetRole"));
  EXPECT_FALSE(Allows(allow, "iam:CreateRole"));
  EXPECT_FALSE(Allows(allow, "ec2:RunInstances"));
  const std::string except = R"({"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"})";
  EXPECT_TRUE(Allows(except, "ec2:RunInstances"));
  EXPECT_FALSE(Allows(except, "iam:GetRole"));
  // What is filled in may be any action.
  const std::string token = R"({"Effect": "Allow", "NotAction": ["iam:*", "{More}"], "Resource": "*"})";
  EXPECT_FALSE(Allows(token, "ec2:RunInstances"));
}

TEST(RegionPatterns, HostilePolicies) {
  std::string guards;
  std::string siblings;
  for (int i = 0; i < 100; ++i) {
    const std::string number = std::to_string(i);
    guards +=
        (i == 0 ? "" : ",") + std::string(R"({"Effect":"Deny","NotAction":["s3:*","kms:L)") + number +
        R"("],"Resource":"*","Condition":{"StringNotLike":{"aws:RequestedRegion":"eu-*","aws:PrincipalArn":"a*)" +
        number + R"("}}})";
    siblings += (i == 0 ? "" : ",") +
                std::string(R"({"Effect":"Deny","Action":["kms:Sch*n","iam:*AccessKey"],)") +
                R"("Resource":"arn:aws:*:*:*:*/)" + number + R"("})";
  }
  for (const std::string& statements : {guards, siblings}) {
    const std::string text = R"({"Version":"2012-10-17","Statement":[)" + statements + "]}";
    for (const std::string rule : {"SCP525", "SCP801", "SCP802", "SCP803", "SCP804", "SCP805"}) {
      const auto start = std::chrono::steady_clock::now();
      LintWith(rule, text);
      EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5)) << rule;
    }
  }
}

TEST(RegionPatterns, UnreadableDocuments) {
  const std::vector<std::string> documents = {
      Deny(
          R"("NotAction": ["iam:*", 7], "Action": "*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1"}})"),
      Deny(
          R"("NotAction": [null], "Resource": ["*", 1], "Condition": {"StringNotEquals": {"aws:RequestedRegion": {}}})"),
      Deny(
          R"("NotAction": "iam:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": []}})"),
      Deny(
          R"("Action": ["kms:ScheduleKeyDeletion", "arn"], "Resource": "arn", "Condition": {"X": {"ec2:Region": 1}})"),
      Deny(
          R"("NotAction": "iam:*", "Resource": "*", "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-west-1", "aws:PrincipalArn": []}})"),
      R"({"Statement": [{"Action": "kms:DisableKey"}, {"Effect": "Deny", "Condition": []}]})",
  };
  for (const std::string& document : documents) {
    for (const std::string rule : {"SCP801", "SCP802", "SCP803", "SCP804", "SCP805"}) {
      EXPECT_EQ(LintWith(rule, document).size(), 0U) << rule << document;
    }
    LintWith("SCP525", document);
  }
}

}  // namespace
}  // namespace scpcheck

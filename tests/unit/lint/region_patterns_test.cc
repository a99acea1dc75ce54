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
#include "lint/edits.h"
#include "lint/linter.h"
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

// Three Regions have endpoints of the price list; one that is allowed is enough.
TEST(RegionPatterns, SeveralRegionsOfAService) {
  const std::vector<std::pair<std::string, bool>> cases = {{"eu-central-1", false}, {"eu-west-1", true}};
  for (const auto& [region, denied] : cases) {
    const std::string fixed =
        Fixed("SCP801",
              Deny(R"("NotAction": "ec2:DescribeRegions", "Resource": "*", "Condition": {"StringNotEquals": )"
                   R"({"aws:RequestedRegion": ")" +
                   region + R"("}})"));
    const std::string whole = fixed + Fixed("SCP801", fixed);
    EXPECT_EQ(whole.find("pricing:*") != std::string::npos, denied) << region;
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
  for (size_t i = 0; i < services.row_count(); ++i) {
    const auto row = services.Row(i);
    EXPECT_FALSE(ActionsOfEntry(catalogue, row[0]).empty()) << row[0];
    EXPECT_TRUE(tiers.count(row[1])) << row[0];
    const std::string_view region = row[2].substr(0, row[2].find('|'));
    bool is_region = false;
    for (size_t j = 0; j < regions.row_count(); ++j) is_region = is_region || regions.Row(j)[0] == region;
    EXPECT_TRUE(is_region) << row[0];
    EXPECT_FALSE(row[3].empty());
    if (!row[0].ends_with(":*")) continue;
    const std::string_view service = row[0].substr(0, row[0].size() - 2);
    EXPECT_EQ(regional_names.count(service) == 1, row[1] == "judge") << row[0];
  }
  const Table& siblings = TableOf("sibling-actions");
  EXPECT_GT(siblings.row_count(), 0U);
  std::set<std::string_view> outcomes;
  const std::set<std::string_view> roles = {"both", "asked", "shows"};
  const std::set<std::string_view> places = {"any", "named", "plain"};
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

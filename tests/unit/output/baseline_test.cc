#include "output/baseline.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace scpcheck {
namespace {

const OutputContext kContext = {.version = "0.1.0", .catalogue_date = "2026-09-26"};

TEST(Baseline, IsSortedAndReadsBack) {
  const Baseline baseline = {
      .findings = {{"ff", "SCP301", "b.json", "b"},
                   {"ee", "SCP301", "a.json", "a \"\\\n\xc3\xa9"},
                   {"dd", "SCP202", "a.json", ""},
                   {"cc", "SCP301", "a.json", "c"}},
      .patterns = {{"a.json",
                    {.catalogue_date = "2026-01-02",
                     .actions = {{"s3:*acl", {"s3:GetBucketAcl", "s3:PutBucketAcl"}}, {"ec2:nothing*", {}}}}},
                   {"b.json", {.catalogue_date = "2026-09-26", .actions = {}}}}};
  const std::string text = BaselineJson(baseline, kContext);
  EXPECT_TRUE(text.starts_with(
      "{\n  \"schema\": 1,\n  \"version\": \"0.1.0\",\n  \"catalogueDate\": \"2026-09-26\",\n"))
      << text;
  const Result<Baseline> read = ParseBaseline(text, "baseline.json");
  ASSERT_TRUE(read.ok()) << read.error().ToString();
  std::string order;
  for (const BaselineEntry& entry : read->findings) order += entry.fingerprint + " ";
  EXPECT_EQ(order, "dd cc ee ff ");
  EXPECT_EQ(read->findings[2].message, "a \"\\\n\xc3\xa9");
  EXPECT_EQ(read->findings[2].file, "a.json");
  EXPECT_EQ(read->findings[2].rule, "SCP301");
  EXPECT_EQ(BaselineJson(*read, kContext), text);
  ASSERT_EQ(read->patterns.size(), 2U);
  EXPECT_EQ(read->patterns.at("a.json").catalogue_date, "2026-01-02");
  EXPECT_EQ(read->patterns.at("a.json").actions, baseline.patterns.at("a.json").actions);
  EXPECT_TRUE(ParseBaseline(BaselineJson({}, kContext), "x")->findings.empty());
}

TEST(Baseline, ActionsOfPatternsMayBeOutOfOrder) {
  const Result<Baseline> read = ParseBaseline(
      R"({"schema": 1, "findings": [],
          "patterns": {"a.json": {"catalogueDate": "2026-09-26", "actions": {"s3:*": ["s3:B", "s3:A"]}}}})",
      "x");
  ASSERT_TRUE(read.ok()) << read.error().ToString();
  EXPECT_EQ(read->patterns.at("a.json").actions.at("s3:*"), (std::vector<std::string>{"s3:A", "s3:B"}));
}

TEST(Baseline, WrongFilesAreRefused) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "this is no baseline"},
      {"nonsense", "this is no baseline"},
      {"[]", "this is no baseline"},
      {"{}", "this is no baseline"},
      {R"({"findings": {}})", "this is no baseline"},
      {R"({"findings": []})", "this is no baseline that this version can read"},
      {R"({"schema": 2, "findings": []})", "this is no baseline that this version can read"},
      {R"({"schema": 1, "findings": [1]})", "an entry of the baseline is no object"},
      {R"({"schema": 1, "findings": [{"rule": "SCP301", "file": "a", "message": "m"}]})",
       "an entry of the baseline has no `fingerprint`"},
      {R"({"schema": 1, "findings": [{"fingerprint": 1, "rule": "SCP301", "file": "a", "message": "m"}]})",
       "an entry of the baseline has no `fingerprint`"},
      {R"({"schema": 1, "findings": [{"fingerprint": "f", "file": "a", "message": "m"}]})",
       "an entry of the baseline has no `rule`"},
      {R"({"schema": 1, "findings": []})", "the baseline has no `patterns`"},
      {R"({"schema": 1, "findings": [], "patterns": {"a.json": []}})",
       "what the patterns of `a.json` stand for is not understood"},
      {R"({"schema": 1, "findings": [], "patterns": {"a.json": {"catalogueDate": "2026-09-26"}}})",
       "what the patterns of `a.json` stand for is not understood"},
      {R"({"schema": 1, "findings": [],
           "patterns": {"a.json": {"catalogueDate": "2026-09-26", "actions": {"s3:*": [1]}}}})",
       "what the patterns of `a.json` stand for is not understood"},
  };
  for (const auto& [text, message] : cases) {
    const Result<Baseline> read = ParseBaseline(text, "baseline.json");
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().ToString(),
              std::string("baseline.json: ") + message + ": make it with `scpcheck baseline create`");
  }
}

}  // namespace
}  // namespace scpcheck

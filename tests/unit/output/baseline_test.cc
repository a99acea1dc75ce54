#include "output/baseline.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace scpcheck {
namespace {

const OutputContext kContext = {.version = "0.1.0", .catalogue_date = "2026-09-26"};

TEST(Baseline, IsSortedAndReadsBack) {
  const std::vector<BaselineEntry> entries = {{"ff", "SCP301", "b.json", "b"},
                                              {"ee", "SCP301", "a.json", "a \"\\\n\xc3\xa9"},
                                              {"dd", "SCP202", "a.json", ""},
                                              {"cc", "SCP301", "a.json", "c"}};
  const std::string text = BaselineJson(entries, kContext);
  EXPECT_TRUE(text.starts_with(
      "{\n  \"schema\": 1,\n  \"version\": \"0.1.0\",\n  \"catalogueDate\": \"2026-09-26\",\n"))
      << text;
  const Result<std::vector<BaselineEntry>> read = ParseBaseline(text, "baseline.json");
  ASSERT_TRUE(read.ok()) << read.error().ToString();
  std::string order;
  for (const BaselineEntry& entry : *read) order += entry.fingerprint + " ";
  EXPECT_EQ(order, "dd cc ee ff ");
  EXPECT_EQ((*read)[2].message, "a \"\\\n\xc3\xa9");
  EXPECT_EQ((*read)[2].file, "a.json");
  EXPECT_EQ((*read)[2].rule, "SCP301");
  EXPECT_EQ(BaselineJson(*read, kContext), text);
  EXPECT_TRUE(ParseBaseline(BaselineJson({}, kContext), "x")->empty());
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
  };
  for (const auto& [text, message] : cases) {
    const Result<std::vector<BaselineEntry>> read = ParseBaseline(text, "baseline.json");
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().ToString(),
              std::string("baseline.json: ") + message + ": make it with `scpcheck baseline create`");
  }
}

}  // namespace
}  // namespace scpcheck

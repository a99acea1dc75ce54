// Every rule has a page and a function; every example of a page gives exactly the findings that stand under
// it.
//
// SCPCHECK_UPDATE_GOLDEN=1 writes the findings into the pages: read the difference before you commit it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "config/configuration.h"
#include "lint/edits.h"
#include "lint/linter.h"
#include "lint/pattern_record.h"
#include "lint/registry.h"

namespace scpcheck {
namespace {

constexpr int64_t kToday = 20783;  // 2026-11-26: examples must not age

// A fenced block of a page: its language, its text, where that stands in the page.
struct Block {
  std::string language;
  std::string text;
  size_t begin;
  size_t end;
};

// The blocks of the section with that title.
std::vector<Block> BlocksOf(std::string_view page, const std::string& title) {
  std::vector<Block> blocks;
  size_t at = page.find("\n## " + title + "\n");
  if (at == std::string_view::npos) return blocks;
  const size_t end = std::min(page.find("\n## ", at + 1), page.size());
  while ((at = page.find("\n```", at)) < end) {
    const size_t language = at + 4;
    const size_t line_end = page.find('\n', language);
    const size_t close = page.find("\n```", line_end);
    if (close > end) break;
    // An empty block closes on the next line.
    const size_t begin = line_end + 1;
    const size_t stop = std::max(begin, close + 1);
    blocks.push_back({std::string(page.substr(language, line_end - language)),
                      std::string(page.substr(begin, stop - begin)), begin, stop});
    at = close + 4;
  }
  return blocks;
}

// What is recorded of one pattern: `2026-01-02 account:close* = account:CloseAccount`.
PatternRecord RecordOf(const std::string& text) {
  std::istringstream words(text);
  PatternRecord record;
  std::string pattern;
  std::string equals;
  words >> record.catalogue_date >> pattern >> equals;
  EXPECT_EQ(equals, "=");
  std::vector<std::string>& actions = record.actions[pattern];
  for (std::string action; words >> action;) actions.push_back(action);
  return record;
}

// The settings of an example: behind `json` a line of configuration, `characters = 120` for the quota, which
// would make examples long, or `recorded` with what a pattern stood for.
LintSettings SettingsOf(const std::string& language) {
  LintSettings settings;
  const size_t space = language.find(' ');
  if (space != std::string::npos) {
    const std::string line = language.substr(space + 1);
    constexpr std::string_view kQuota = "characters = ";
    constexpr std::string_view kRecorded = "recorded ";
    if (line.starts_with(kQuota)) {
      settings.max_policy_characters = static_cast<uint32_t>(std::stoul(line.substr(kQuota.size())));
    } else if (line.starts_with(kRecorded)) {
      settings.recorded_patterns = std::make_shared<PatternRecord>(RecordOf(line.substr(kRecorded.size())));
    } else {
      Diagnostics problems;
      settings = ParseConfiguration(Source::FromText("scpcheck.toml", line), problems).settings;
      EXPECT_TRUE(problems.empty()) << line;
    }
  }
  settings.today = kToday;
  return settings;
}

// Lints an example with one rule: a policy, or a configuration, which is `toml`.
std::vector<Finding> LintWith(const RuleInfo& rule, const Block& example) {
  RuleSet rules = RuleSet::None();
  rules.Enable(rule, true);
  if (example.language == "toml") {
    Diagnostics problems;
    Configuration configuration =
        ParseConfiguration(Source::FromText("scpcheck.toml", example.text), problems);
    EXPECT_TRUE(problems.empty()) << rule.id << ": " << problems.all()[0].ToString();
    configuration.settings.today = kToday;
    const RunOptions options = configuration.ForRun();
    return LintRun(Catalogue::Embedded(), options).Finish(rules).findings;
  }
  return Linter(Catalogue::Embedded(), SettingsOf(example.language), rules)
      .Lint(Source::FromText("example.json", example.text), "example.json");
}

std::string Described(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    const SourcePosition place = finding.source->Locate(finding.range.begin);
    text += std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
            std::string(SeverityName(finding.severity)) + ": " + finding.message + "\n";
    for (const RelatedPlace& related : finding.related) {
      const SourcePosition other = related.source->Locate(related.range.begin);
      text +=
          "  " + std::to_string(other.line) + ":" + std::to_string(other.column) + " " + related.label + "\n";
    }
    for (const Fix& fix : finding.fixes) {
      text += std::string("  ") + (fix.safe ? "safe" : "unsafe") + " fix: " + fix.title + "\n";
    }
  }
  return text;
}

bool Updates() {
  const char* update = std::getenv("SCPCHECK_UPDATE_GOLDEN");
  return update != nullptr && std::string_view(update) == "1";
}

TEST(RulePages, EachRuleHasAPageAndAFunction) {
  std::set<std::string_view> pages;
  for (const RuleInfo& rule : AllRules()) EXPECT_TRUE(pages.insert(rule.id).second) << rule.id;
  std::set<std::string_view> names;
  for (const RuleInfo& rule : AllRules()) EXPECT_TRUE(names.insert(rule.name).second) << rule.name;
  std::string_view last;
  for (const Rule& rule : RegisteredRules()) {
    EXPECT_LT(last, rule.id) << "the registry is sorted by id";
    last = rule.id;
    EXPECT_EQ(pages.erase(rule.id), 1U) << rule.id << " has no page";
    EXPECT_EQ((rule.check_statement != nullptr) + (rule.check_policy != nullptr) +
                  (rule.check_document != nullptr) + (rule.check_configuration != nullptr),
              1)
        << rule.id;
    const RuleScope scope = FindRule(rule.id)->scope;
    EXPECT_EQ(scope == RuleScope::kStatement, rule.check_statement != nullptr) << rule.id;
  }
  EXPECT_TRUE(pages.empty()) << *pages.begin() << " has a page, but is not registered";
}

TEST(RulePages, BadExamplesGiveTheirFindings) {
  for (const RuleInfo& rule : AllRules()) {
    std::string page(rule.page);
    const std::vector<Block> blocks = BlocksOf(page, "Bad");
    std::vector<std::pair<Block, std::string>> updates;
    size_t examples = 0;
    for (size_t i = 0; i < blocks.size(); ++i) {
      if (blocks[i].language == "findings") continue;
      ++examples;
      ASSERT_TRUE(i + 1 < blocks.size() && blocks[i + 1].language == "findings")
          << rule.id << ": a bad example is followed by a block of `findings`";
      const std::vector<Finding> findings = LintWith(rule, blocks[i]);
      EXPECT_FALSE(findings.empty()) << rule.id << ": the bad example gives no finding";
      for (const Finding& finding : findings) {
        EXPECT_LE(finding.fixes.empty()   ? 0
                  : finding.fixes[0].safe ? 1
                                          : 2,
                  rule.fix == FixKind::kNone ? 0 : 2)
            << rule.id << " has fixes, which its page does not say";
      }
      const std::string described = Described(findings);
      if (Updates()) {
        updates.emplace_back(blocks[i + 1], described);
      } else {
        EXPECT_EQ(blocks[i + 1].text, described)
            << rule.id << ": SCPCHECK_UPDATE_GOLDEN=1 writes the findings";
      }
    }
    EXPECT_GT(examples, 0U) << rule.id << " has no bad example";
    if (updates.empty()) continue;
    for (auto update = updates.rbegin(); update != updates.rend(); ++update) {
      page.replace(update->first.begin, update->first.end - update->first.begin, update->second);
    }
    const std::string file =
        std::string(SCPCHECK_RULES_DIR) + "/" + std::string(rule.id) + "-" + std::string(rule.name) + ".md";
    std::ifstream in(file, std::ios::binary);
    std::string whole{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const size_t body = whole.find(rule.page.substr(0, 200));
    ASSERT_NE(body, std::string::npos) << file << " is not the page that was compiled: build first";
    whole.replace(body, std::string::npos, page);
    std::ofstream(file, std::ios::binary) << whole;
  }
}

TEST(RulePages, GoodExamplesGiveNone) {
  for (const RuleInfo& rule : AllRules()) {
    const std::vector<Block> blocks = BlocksOf(rule.page, "Good");
    EXPECT_FALSE(blocks.empty()) << rule.id << " has no good example";
    for (const Block& block : blocks)
      EXPECT_EQ(Described(LintWith(rule, block)), "") << rule.id << block.text;
  }
}

// A fix mends what it was offered for, and breaks nothing of its own rule.
TEST(RulePages, FixesMend) {
  for (const RuleInfo& rule : AllRules()) {
    for (const Block& block : BlocksOf(rule.page, "Bad")) {
      if (block.language == "findings") continue;
      const std::vector<Finding> findings = LintWith(rule, block);
      for (const Finding& finding : findings) {
        for (const Fix& fix : finding.fixes) {
          const std::string fixed = ApplyEdits(block.text, fix.edits);
          EXPECT_LT(LintWith(rule, {block.language, fixed, 0, 0}).size(), findings.size())
              << rule.id << ": " << fix.title << '\n'
              << fixed;
        }
      }
    }
  }
}

}  // namespace
}  // namespace scpcheck

// The diff of two texts, applied, gives the second one: on examples, and on random texts (SCPCHECK_SEED).

#include "output/diff.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "property/environment.h"

namespace scpcheck {
namespace {

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Numbers of `@@ -begin,count +begin,count @@`.
struct Hunk {
  size_t old_begin = 0, old_count = 0, new_begin = 0, new_count = 0;
};

// Applies a unified diff as `patch` does, strictly: context and removed lines must be there, counts and line
// numbers right.
std::string Applied(const std::string& before, const std::string& diff) {
  const std::vector<std::string> old_lines = LinesOf(before);
  std::vector<std::string> lines = LinesOf(diff);
  if (lines.empty()) return before;
  EXPECT_TRUE(lines.size() > 2 && lines[0].starts_with("--- ") && lines[1].starts_with("+++ ")) << diff;
  std::string text;
  size_t at = 0;        // of old_lines
  size_t new_line = 1;  // the next one
  for (size_t i = 2; i < lines.size();) {
    Hunk hunk;
    const int numbers = std::sscanf(lines[i].c_str(), "@@ -%zu,%zu +%zu,%zu @@", &hunk.old_begin,
                                    &hunk.old_count, &hunk.new_begin, &hunk.new_count);
    EXPECT_EQ(numbers, 4) << lines[i];
    if (numbers != 4) return text;
    ++i;
    // A side without lines is told by the line before it.
    const size_t old_begin = hunk.old_count == 0 ? hunk.old_begin : hunk.old_begin - 1;
    EXPECT_GE(old_begin, at);
    while (at < old_begin) {
      text += old_lines[at++];
      ++new_line;
    }
    EXPECT_EQ(hunk.new_count == 0 ? hunk.new_begin + 1 : hunk.new_begin, new_line) << diff;
    size_t removed = 0;
    size_t added = 0;
    for (; i < lines.size() && !lines[i].starts_with("@@"); ++i) {
      const char mark = lines[i][0];
      std::string line = lines[i].substr(1);
      if (i + 1 < lines.size() && lines[i + 1].starts_with("\\ No newline")) {
        line.pop_back();
        EXPECT_EQ(lines[i + 1], "\\ No newline at end of file\n");
      }
      if (mark == '\\') continue;
      EXPECT_TRUE(mark == ' ' || mark == '-' || mark == '+') << lines[i];
      if (mark != '+') {
        EXPECT_TRUE(at < old_lines.size() && old_lines[at] == line) << diff;
        ++at;
        ++removed;
      }
      if (mark != '-') {
        text += line;
        ++new_line;
        ++added;
      }
    }
    EXPECT_EQ(removed, hunk.old_count) << diff;
    EXPECT_EQ(added, hunk.new_count) << diff;
  }
  while (at < old_lines.size()) text += old_lines[at++];
  return text;
}

TEST(UnifiedDiff, Examples) {
  EXPECT_EQ(UnifiedDiff("a.json", "x\n", "x\n"), "");
  EXPECT_EQ(UnifiedDiff("a.json", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nfive\n6\n7\n8\n9\n"),
            "--- a.json\n+++ a.json\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
  EXPECT_EQ(UnifiedDiff("a.json", "", "x\n"), "--- a.json\n+++ a.json\n@@ -0,0 +1,1 @@\n+x\n");
  EXPECT_EQ(UnifiedDiff("a.json", "x\n", ""), "--- a.json\n+++ a.json\n@@ -1,1 +0,0 @@\n-x\n");
  EXPECT_EQ(UnifiedDiff("a.json", "x", "x\n"),
            "--- a.json\n+++ a.json\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n");
  EXPECT_EQ(UnifiedDiff("a.json", "x\ny", "z\ny"),
            "--- a.json\n+++ a.json\n@@ -1,2 +1,2 @@\n-x\n+z\n y\n\\ No newline at end of file\n");
  EXPECT_EQ(UnifiedDiff("a\nb c.json", "x\n", ""),
            "--- a\\nb c.json\t\n+++ a\\nb c.json\t\n@@ -1,1 +0,0 @@\n-x\n");
}

TEST(UnifiedDiff, HunksAreJoinedWhereTheirContextsMeet) {
  std::string before;
  for (int i = 0; i < 40; ++i) before += std::to_string(i) + "\n";
  const auto with = [&](const std::vector<int>& changed) {
    std::string after;
    for (int i = 0; i < 40; ++i) {
      after += (std::find(changed.begin(), changed.end(), i) == changed.end() ? "" : "x") +
               std::to_string(i) + "\n";
    }
    return after;
  };
  const auto hunks = [&](const std::vector<int>& changed) {
    const std::string diff = UnifiedDiff("a", before, with(changed));
    EXPECT_EQ(Applied(before, diff), with(changed));
    size_t count = 0;
    for (size_t at = 0; (at = diff.find("\n@@", at)) != std::string::npos; ++at) ++count;
    return count;
  };
  EXPECT_EQ(hunks({10, 17}), 1U);
  EXPECT_EQ(hunks({10, 18}), 2U);
  EXPECT_EQ(hunks({0, 39}), 2U);
  EXPECT_EQ(hunks({0, 7, 14, 21}), 1U);
}

TEST(UnifiedDiff, AppliedItGivesTheText) {
  const uint64_t seed = property::Seed();
  SCOPED_TRACE("SCPCHECK_SEED=" + std::to_string(seed));
  std::mt19937_64 random(seed);
  const auto below = [&](size_t bound) { return random() % bound; };
  const auto line = [&] {
    constexpr const char* kLines[] = {
        "\n", "a\n", "b\n", "}\n", "-- x\n", "++ x\n", "@@ x\n", "\\ No newline\n", "c\r\n"};
    return std::string(kLines[below(std::size(kLines))]);
  };
  for (int round = 0; round < 20000 && !::testing::Test::HasFailure(); ++round) {
    std::vector<std::string> lines(below(30));
    for (std::string& text : lines) text = line();
    std::vector<std::string> changed = lines;
    for (size_t i = below(5); i > 0; --i) {
      const auto at = changed.begin() + static_cast<ptrdiff_t>(below(changed.size() + 1));
      if (below(2) == 0 || at == changed.end()) {
        changed.insert(at, line());
      } else {
        changed.erase(at);
      }
    }
    std::string before;
    std::string after;
    for (const std::string& text : lines) before += text;
    for (const std::string& text : changed) after += text;
    if (below(4) == 0 && !before.empty()) before.pop_back();
    if (below(4) == 0 && !after.empty()) after.pop_back();
    EXPECT_EQ(Applied(before, UnifiedDiff("a", before, after)), after);
  }
}

// Texts that differ in too many lines to compare each with each are still told rightly, and soon.
TEST(UnifiedDiff, HugeTexts) {
  std::string before;
  std::string after;
  for (int i = 0; i < 20000; ++i) {
    before += "old " + std::to_string(i) + "\n";
    after += "new " + std::to_string(i) + "\n";
  }
  EXPECT_EQ(Applied(before, UnifiedDiff("a", before, after)), after);
}

TEST(ColoredDiff, ColorsLines) {
  EXPECT_EQ(ColoredDiff("--- a\n+++ a\n@@ -1,2 +1,2 @@\n x\n-y\n+z\n"),
            "\x1b[1m--- a\x1b[0m\n\x1b[1m+++ a\x1b[0m\n\x1b[36m@@ -1,2 +1,2 @@\x1b[0m\n "
            "x\n\x1b[31m-y\x1b[0m\n\x1b[32m+z\x1b[0m\n");
}

}  // namespace
}  // namespace scpcheck

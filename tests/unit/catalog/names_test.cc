// Globs, edit distances and hashing of names: what the catalogue's look-ups are made of.

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/folded_name.h"
#include "base/glob.h"

namespace scpcheck {
namespace {

TEST(GlobMatch, Table) {
  struct Case {
    std::string_view pattern;
    std::string_view text;
    bool matches;
  };
  constexpr Case kCases[] = {
      {"", "", true},
      {"", "a", false},
      {"*", "", true},
      {"*", "abc", true},
      {"?", "", false},
      {"?", "a", true},
      {"?", "ab", false},
      {"abc", "abc", true},
      {"abc", "abd", false},
      {"abc", "ab", false},
      {"ab", "abc", false},
      {"a*", "a", true},
      {"a*", "ba", false},
      {"*c", "abc", true},
      {"*c", "abcd", false},
      {"a*c", "abcbc", true},
      {"a**c", "ac", true},
      {"*b*", "abc", true},
      {"*ab?", "aabab", false},
      {"*ab?", "aababx", true},
      {"s3:get*acl", "s3:getbucketacl", true},
      {"*:describe*", "ec2:describeregions", true},
      {"A", "a", false},
      {"[a]", "a", false},
      {"\\*", "\\x", true},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(GlobMatch(c.pattern, c.text), c.matches) << c.pattern << " on " << c.text;
  }
}

// The definition, by recursion.
bool SlowGlobMatch(std::string_view pattern, std::string_view text) {
  if (pattern.empty()) return text.empty();
  if (pattern[0] == '*') {
    return SlowGlobMatch(pattern.substr(1), text) ||
           (!text.empty() && SlowGlobMatch(pattern, text.substr(1)));
  }
  if (text.empty() || (pattern[0] != '?' && pattern[0] != text[0])) return false;
  return SlowGlobMatch(pattern.substr(1), text.substr(1));
}

// All strings over `alphabet` by number, shorter ones first.
std::string NthString(std::string_view alphabet, size_t n) {
  std::string out;
  for (; n > 0; n = (n - 1) / alphabet.size()) out += alphabet[(n - 1) % alphabet.size()];
  return out;
}

TEST(GlobMatch, AgreesWithItsDefinitionOnAllSmallCases) {
  for (size_t p = 0; p < 1365; ++p) {  // all patterns of up to five characters
    const std::string pattern = NthString("ab*?", p);
    for (size_t t = 0; t < 127; ++t) {  // all texts of up to six
      const std::string text = NthString("ab", t);
      ASSERT_EQ(GlobMatch(pattern, text), SlowGlobMatch(pattern, text)) << pattern << " on " << text;
    }
  }
}

TEST(GlobMatch, ManyStarsTakeNoExponentialTime) {
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "*a";
  EXPECT_FALSE(GlobMatch(pattern + "b", std::string(10'000, 'a')));
}

TEST(GlobLiteralPrefix, Table) {
  EXPECT_EQ(GlobLiteralPrefix("s3:Get*"), "s3:Get");
  EXPECT_EQ(GlobLiteralPrefix("s3:?et*"), "s3:");
  EXPECT_EQ(GlobLiteralPrefix("s3:Get"), "s3:Get");
  EXPECT_EQ(GlobLiteralPrefix("*"), "");
}

TEST(EditDistance, Table) {
  struct Case {
    std::string_view a;
    std::string_view b;
    size_t limit;
    size_t distance;
  };
  constexpr Case kCases[] = {
      {"", "", 3, 0},       {"abc", "abc", 3, 0},        {"abc", "abc", 0, 0},
      {"", "abc", 3, 3},    {"abc", "abd", 3, 1},        {"abc", "abcd", 3, 1},
      {"abc", "bc", 3, 1},  {"abcd", "abdc", 3, 1},      {"abcd", "badc", 3, 2},
      {"ca", "abc", 3, 3},  {"kitten", "sitting", 3, 3}, {"kitten", "sitting", 2, 3},
      {"abc", "xyz", 1, 2}, {"a", "abcdef", 3, 4},       {"runinstances", "runinstanecs", 3, 1},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(EditDistance(c.a, c.b, c.limit), c.distance) << c.a << ", " << c.b;
    EXPECT_EQ(EditDistance(c.b, c.a, c.limit), c.distance) << c.b << ", " << c.a;
  }
}

// What is meant by a short name can't be told: any two letters are two mistakes away from any others.
TEST(IsMistypedName, NearForItsLength) {
  struct Case {
    std::string_view name;
    std::string_view known;
    bool mistyped;
  };
  constexpr Case kCases[] = {
      {"", "id", false},
      {"x", "id", false},
      {"di", "id", false},
      {"xy", "id", false},
      {"ids", "id", true},
      {"xids", "id", false},
      {"ech", "echo", true},
      {"ec", "echo", false},
      {"acton", "actions", true},
      {"axton", "action", true},
      {"exton", "action", false},
      {"accnut", "account", true},
      {"acnt", "account", false},
      {"resuorces", "resource", true},
      {"resuorxes", "resource", false},
  };
  for (const Case& c : kCases) EXPECT_EQ(IsMistypedName(c.name, c.known), c.mistyped) << c.name;
}

TEST(FoldedName, FoldsEveryByteAsAsciiToLowerDoesAtEveryOffset) {
  for (size_t size = 1; size < 20; ++size) {
    for (size_t place = 0; place < size; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string name(size, 'x');
        name[place] = static_cast<char>(byte);
        const std::string lower = AsciiLower(name);
        ASSERT_TRUE(EqualsFolded(name, lower)) << byte << " at " << place << " of " << size;
        ASSERT_EQ(FoldedHash(name), FoldedHash(lower));
        // Another byte at the same place differs.
        std::string other = lower;
        other[place] = static_cast<char>(other[place] ^ 0x04);
        ASSERT_FALSE(EqualsFolded(name, other)) << byte << " at " << place << " of " << size;
      }
    }
  }
}

TEST(FoldedName, TellsNamesOfDifferentLengthsApart) {
  EXPECT_FALSE(EqualsFolded("abc", "abcd"));
  EXPECT_FALSE(EqualsFolded(std::string_view("abc\0", 4), "abc"));
  EXPECT_TRUE(EqualsFolded("", ""));
  EXPECT_NE(FoldedHash("abc"), FoldedHash(std::string_view("abc\0", 4)));
}

}  // namespace
}  // namespace scpcheck

// Lines and columns.

#include "scpcheck/source.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scpcheck {
namespace {

std::string Place(const Source& source, uint32_t offset) {
  const SourcePosition position = source.Locate(offset);
  return std::string(position.file) + ':' + std::to_string(position.line) + ':' +
         std::to_string(position.column);
}

// The index that many questions bring about says what single ones do.
TEST(Source, LocateWithAndWithoutIndex) {
  std::string text = "\xef\xbb\xbf";
  for (int i = 0; i < 3000; ++i) {
    text += i % 7 == 0 ? "\n" : i % 5 == 0 ? "\xf0\x9f\x98\x80" : i % 3 == 0 ? "\r\n" : "ab\xc3\xa4";
  }
  const std::string one_line(10000, 'x');
  for (const std::string& whole : {text, one_line}) {
    const std::shared_ptr<const Source> indexed = Source::FromText("f", whole);
    for (int i = 0; i < 20; ++i) static_cast<void>(indexed->Locate(0));
    for (uint32_t offset = 0; offset <= whole.size() + 1; ++offset) {
      ASSERT_EQ(Place(*indexed, offset), Place(*Source::FromText("f", whole), offset)) << offset;
    }
  }
}

TEST(Source, Locate) {
  struct Case {
    std::string_view text;
    uint32_t offset;
    std::string_view place;
    std::string_view line;
  };
  constexpr Case kCases[] = {
      {"", 0, "f:1:1", ""},
      {"abc", 0, "f:1:1", "abc"},
      {"abc", 2, "f:1:3", "abc"},
      {"abc", 3, "f:1:4", "abc"},
      {"abc", 99, "f:1:4", "abc"},  // beyond the end
      {"a\nbc", 1, "f:1:2", "a"},   // the line break itself
      {"a\nbc", 2, "f:2:1", "bc"},
      {"a\n", 2, "f:2:1", ""},
      {"a\n\nb", 2, "f:2:1", ""},
      {"\n", 0, "f:1:1", ""},
      {"a\r\nbc\r\n", 4, "f:2:2", "bc"},
      {"a\r\nbc\r\n", 1, "f:1:2", "a"},
      {"a\r\nbc\r\n", 2, "f:1:3", "a"},
      // Columns count characters, of any size.
      {"\xc3\xa4"
       "b",
       2, "f:1:2",
       "\xc3\xa4"
       "b"},
      {"x\n\xf0\x9f\x98\x80"
       "b",
       6, "f:2:2",
       "\xf0\x9f\x98\x80"
       "b"},
      // A byte order mark has no column.
      {"\xef\xbb\xbf"
       "ab",
       0, "f:1:1", "ab"},
      {"\xef\xbb\xbf"
       "ab",
       3, "f:1:1", "ab"},
      {"\xef\xbb\xbf"
       "ab",
       4, "f:1:2", "ab"},
      {"\xef\xbb\xbf"
       "a\nb",
       5, "f:2:1", "b"},
      {"\xef\xbb\xbf", 3, "f:1:1", ""},
  };
  for (const Case& c : kCases) {
    const auto source = Source::FromText("f", std::string(c.text));
    EXPECT_EQ(Place(*source, c.offset), c.place) << testing::PrintToString(c.text) << ' ' << c.offset;
    EXPECT_EQ(source->LineAt(c.offset), c.line) << testing::PrintToString(c.text) << ' ' << c.offset;
  }
}

TEST(Source, ByteOrderMark) {
  EXPECT_EQ(Source::FromText("f", "\xef\xbb\xbf{}")->bom_size(), 3U);
  EXPECT_EQ(Source::FromText("f", "\xef\xbb{}")->bom_size(), 0U);
  EXPECT_EQ(Source::FromText("f", " \xef\xbb\xbf{}")->bom_size(), 0U);
}

TEST(Source, Nested) {
  // The inner text is `x<tab>y`, written with an escape.
  const auto outer = Source::FromText("outer", "first\n{\"k\": \"x\\ty\"}");
  const auto inner = Source::Nested(outer, "x\ty", {13, 14, 16, 17});
  EXPECT_EQ(inner->name(), "outer");
  EXPECT_EQ(inner->text(), "x\ty");
  EXPECT_EQ(Place(*inner, 0), "outer:2:8");
  EXPECT_EQ(Place(*inner, 1), "outer:2:9");
  EXPECT_EQ(Place(*inner, 2), "outer:2:11");
  EXPECT_EQ(Place(*inner, 3), "outer:2:12");
  EXPECT_EQ(Place(*inner, 99), "outer:2:12");
  EXPECT_EQ(inner->LineAt(2), "{\"k\": \"x\\ty\"}");
  // Another level down.
  const auto innermost = Source::Nested(inner, "y", {2, 3});
  EXPECT_EQ(innermost->name(), "outer");
  EXPECT_EQ(Place(*innermost, 0), "outer:2:11");
}

TEST(SourceDeathTest, NestedNeedsAnOffsetForEveryByte) {
  const auto outer = Source::FromText("outer", "x");
  EXPECT_EXIT(Source::Nested(outer, "x", {0}), testing::ExitedWithCode(70), "internal error");
}

}  // namespace
}  // namespace scpcheck

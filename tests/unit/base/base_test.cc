// UTF-8, ASCII case, texts for terminals, results and failed checks. Globs and edit distances are tested with
// the catalogue.

#include <gtest/gtest.h>

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/bits.h"
#include "base/check.h"
#include "base/find_bytes.h"
#include "base/printable.h"
#include "base/system_message.h"
#include "base/utf8.h"
#include "scpcheck/result.h"

namespace scpcheck {
namespace {

TEST(Utf8, CharLength) {
  struct Case {
    std::string_view text;
    size_t length;
  };
  constexpr Case kCases[] = {
      {"", 0},
      {"a", 1},
      {std::string_view("\0", 1), 1},
      {"\x7f", 1},
      {"\x80", 0},      // a continuation byte
      {"\xc2\x80", 2},  // U+0080
      {"\xc0\x80", 0},  // overlong
      {"\xc1\xbf", 0},  // overlong
      {"\xc3", 0},      // cut off
      {"\xc3(", 0},
      {"\xdf\xbf", 2},      // U+07FF
      {"\xe0\xa0\x80", 3},  // U+0800
      {"\xe0\x9f\xbf", 0},  // overlong
      {"\xe2\x82\xac", 3},
      {"\xe2\x82", 0},
      {"\xed\x9f\xbf", 3},      // U+D7FF
      {"\xed\xa0\x80", 0},      // a surrogate
      {"\xee\x80\x80", 3},      // U+E000
      {"\xef\xbf\xbf", 3},      // U+FFFF
      {"\xf0\x90\x80\x80", 4},  // U+10000
      {"\xf0\x8f\xbf\xbf", 0},  // overlong
      {"\xf0\x9f\x98\x80", 4},
      {"\xf0\x9f\x98", 0},
      {"\xf4\x8f\xbf\xbf", 4},  // U+10FFFF
      {"\xf4\x90\x80\x80", 0},
      {"\xf5\x80\x80\x80", 0},
      {"\xff", 0},
      {"\xc3\xa4"
       "b",
       2},
  };
  for (const Case& c : kCases) EXPECT_EQ(Utf8CharLength(c.text), c.length) << testing::PrintToString(c.text);
}

TEST(Utf8, EveryCodePointThereAndBack) {
  for (uint32_t code_point = 0; code_point <= 0x10ffff; ++code_point) {
    if (code_point >= 0xd800 && code_point < 0xe000) continue;
    std::string text;
    AppendUtf8(code_point, text);
    ASSERT_EQ(Utf8CharLength(text), text.size()) << code_point;
    ASSERT_EQ(CountCodePoints(text), 1U) << code_point;
  }
}

TEST(Utf8, FindInvalid) {
  EXPECT_EQ(FindInvalidUtf8(""), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("a\xc3\xa4\xf0\x9f\x98\x80"), std::string_view::npos);
  EXPECT_EQ(FindInvalidUtf8("a\xc3\xa4\xff"), 3U);
  EXPECT_EQ(FindInvalidUtf8("\xc3\xa4\xc3"), 2U);
}

TEST(Utf8, Count) {
  EXPECT_EQ(CountCodePoints(""), 0U);
  EXPECT_EQ(CountCodePoints("a\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"), 4U);
  EXPECT_EQ(CountCodePoints("a\xff"), 2U);
}

// Around the sizes at which the searches go from one way of looking to another.
TEST(FindBytes, AsOneByteAtATime) {
  constexpr size_t kManyBlocks = 64 * 63 * 2 + 70;
  for (const size_t size : {0, 1, 15, 16, 17, 31, 33, 63, 64, 65, 127, 200, static_cast<int>(kManyBlocks)}) {
    std::string text(size, 'x');
    EXPECT_EQ(CountByte(text, 'x'), size);
    EXPECT_EQ(CountByte(text, '*'), 0U);
    EXPECT_EQ(FindByte(text, '*'), size);
    for (size_t i = 0; i<size; i += size> 1000 ? 97 : 1) {
      text[i] = '*';
      EXPECT_EQ(FindByte(text, '*'), i);
      EXPECT_EQ(FindEither(text, '?', '*'), i);
      EXPECT_EQ(CountByte(text, '*'), 1U);
      text[i] = 'x';
    }
  }
}

TEST(FindBytes, EveryByteThatJsonEscapes) {
  for (const size_t size : {1, 5, 16, 20, 40}) {
    for (size_t at = 0; at < size; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
        ASSERT_EQ(FindJsonEscape(text), escaped ? at : size) << byte << " at " << at << " of " << size;
      }
    }
  }
}

TEST(Bits, LowestFirst) {
  for (const uint64_t word : {uint64_t{0}, uint64_t{1}, uint64_t{1} << 63, uint64_t{0x8000000000000401}}) {
    std::string seen;
    std::string expected;
    ForEachBit(word, [&](uint32_t bit) { seen += std::to_string(bit) + ' '; });
    for (int bit = 0; bit < 64; ++bit) {
      if ((word >> bit & 1) != 0) expected += std::to_string(bit) + ' ';
    }
    EXPECT_EQ(seen, expected);
  }
}

TEST(Ascii, FoldsOnlyAscii) {
  EXPECT_EQ(AsciiLower("AZaz09[@\xc3\x84"), "azaz09[@\xc3\x84");
  EXPECT_TRUE(AsciiEqualsIgnoreCase("", ""));
  EXPECT_TRUE(AsciiEqualsIgnoreCase("aBc", "AbC"));
  EXPECT_FALSE(AsciiEqualsIgnoreCase("aB", "aBc"));
  EXPECT_FALSE(AsciiEqualsIgnoreCase("@", "`"));
  EXPECT_FALSE(AsciiEqualsIgnoreCase("\xc3\x84", "\xc3\xa4"));
  for (int c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    EXPECT_EQ(IsAsciiAlnum(byte),
              c < 128 && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')));
    EXPECT_EQ(IsAsciiAlnum(byte), IsAsciiAlpha(byte) || IsAsciiDigit(byte));
  }
}

TEST(Printable, EscapesWhatMovesTheCursor) {
  constexpr struct {
    std::string_view text;
    std::string_view printable;
  } kCases[] = {
      {"", ""},
      {"plain ~", "plain ~"},
      {"a\\nb", "a\\nb"},  // a backslash is a character like others
      {"a\nb\rc\td", "a\\nb\\rc\\td"},
      {"\x1b[2J", "\\x1b[2J"},
      {std::string_view("\0\x01\x1f\x7f", 4), "\\x00\\x01\\x1f\\x7f"},
      {"Gr\xc3\xbc\xc3\x9f"
       "e \xe2\x82\xac \xf0\x9f\x98\x80",
       "Gr\xc3\xbc\xc3\x9f"
       "e \xe2\x82\xac \xf0\x9f\x98\x80"},
      // C1 controls: U+009B starts a sequence like ESC [ does.
      {"\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "\\u0080\\u009b\\u009f\xc2\xa0"},
      // Separators of lines, and overrides of the direction of writing.
      {"\xe2\x80\xa7\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xae\xe2\x80\xaf",
       "\xe2\x80\xa7\\u2028\\u2029\\u202e\xe2\x80\xaf"},
      {"\xe2\x81\xa5\xe2\x81\xa6\xe2\x81\xa9\xe2\x81\xaa", "\xe2\x81\xa5\\u2066\\u2069\xe2\x81\xaa"},
      // No UTF-8: each byte by itself.
      {"a\xff"
       "b\xc3",
       "a\\xff"
       "b\\xc3"},
      {"\x9b[2J", "\\x9b[2J"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(Printable(c.text), c.printable);
    EXPECT_EQ(Printable(c.printable), c.printable);
  }
}

TEST(SystemMessage, StartsLikeAnyMessage) {
  EXPECT_EQ(SystemMessage(ENOENT), "no such file or directory");
  EXPECT_EQ(SystemMessage(EISDIR), "is a directory");
}

TEST(Result, ValueOrError) {
  Result<std::string> good = std::string("x");
  ASSERT_TRUE(good);
  EXPECT_EQ(*good + good.value(), "xx");
  EXPECT_EQ(good->size(), 1U);
  EXPECT_EQ(std::move(good).value(), "x");
  const Result<std::string> bad = Error{.message = "broken"};
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().message, "broken");
}

TEST(Result, ErrorsAsText) {
  EXPECT_EQ((Error{.message = "m"}).ToString(), "m");
  EXPECT_EQ((Error{.message = "m", .file = "f"}).ToString(), "f: m");
  EXPECT_EQ((Error{.message = "m", .file = "f", .line = 2}).ToString(), "f:2: m");
  EXPECT_EQ((Error{.message = "m", .file = "f", .line = 2, .column = 3}).ToString(), "f:2:3: m");
  EXPECT_EQ((Error{.message = "m", .line = 2, .column = 3}).ToString(), "m");
  // One line, whatever the texts of others in it hold.
  EXPECT_EQ((Error{.message = "a\x1b[2J\nb", .file = "f\n"}).ToString(), "f\\n: a\\x1b[2J\\nb");
}

TEST(CheckDeathTest, AFailedCheckEndsTheProgram) {
  SCPCHECK_CHECK(true);
  EXPECT_EXIT(SCPCHECK_CHECK(1 + 1 == 3), testing::ExitedWithCode(kExitInternalError),
              "internal error: check `1 \\+ 1 == 3` failed at .*base_test.cc:");
}

}  // namespace
}  // namespace scpcheck

// Tokens of JSON: where they end, and what is wrong with them.

#include "json/scan.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

namespace scpcheck::json {
namespace {

// The result of scanning a copy that ends exactly where the text does, so that sanitizers see any read
// beyond.
template <typename Scan>
std::string Scanned(std::string_view text, Scan scan) {
  const auto copy = std::make_unique<char[]>(text.size());
  text.copy(copy.get(), text.size());
  const ScanResult result = scan(copy.get(), copy.get() + text.size());
  return std::to_string(result.next - copy.get()) + (result.has_escape ? " escaped" : "") +
         (result.flaw == Flaw::kNone ? "" : " flaw " + std::to_string(static_cast<int>(result.flaw)));
}

std::string Flawed(size_t at, Flaw flaw, bool has_escape = false) {
  return std::to_string(at) + (has_escape ? " escaped" : "") + " flaw " +
         std::to_string(static_cast<int>(flaw));
}

TEST(Scan, Strings) {
  struct Case {
    std::string text;
    std::string result;
  };
  const Case cases[] = {
      {R"("")", "2"},
      {R"("abc" more)", "5"},
      {"\"\xc3\xa4\xf0\x9f\x98\x80\"", "8"},
      {"\"\x7f\"", "3"},
      {R"("\"\\\/\b\f\n\r\t")", "18 escaped"},
      {R"("\u00e9\uD83d\uDe00")", "20 escaped"},
      {R"("\uffff\u0000")", "14 escaped"},
      {"\"", Flawed(1, Flaw::kUnterminatedString)},
      {"\"abc", Flawed(4, Flaw::kUnterminatedString)},
      {"\"abc\\", Flawed(5, Flaw::kUnterminatedString)},
      {"\"a\nb\"", Flawed(2, Flaw::kControlCharacter)},
      {std::string("\"a\0\"", 4), Flawed(2, Flaw::kControlCharacter)},
      {"\"a\x1f\"", Flawed(2, Flaw::kControlCharacter)},
      {R"("a\x")", Flawed(2, Flaw::kBadEscape)},
      {R"("a\')", Flawed(2, Flaw::kBadEscape)},
      {R"("\u12")", Flawed(1, Flaw::kBadEscape)},
      {R"("\u123)", Flawed(1, Flaw::kBadEscape)},
      {R"("\u12g4")", Flawed(1, Flaw::kBadEscape)},
      {R"("\U0041")", Flawed(1, Flaw::kBadEscape)},
      {R"("\ud83d")", Flawed(1, Flaw::kLoneSurrogate)},
      {R"("\ude00")", Flawed(1, Flaw::kLoneSurrogate)},
      {R"("\ud83dx")", Flawed(1, Flaw::kLoneSurrogate)},
      {R"("\ud83d\n")", Flawed(1, Flaw::kLoneSurrogate)},
      {R"("\ud83d\u0041")", Flawed(1, Flaw::kLoneSurrogate)},
      {R"("\ud83d\ud83d\ude00")", Flawed(1, Flaw::kLoneSurrogate)},
      {R"("\ud83d\ude0)", Flawed(1, Flaw::kLoneSurrogate)},
      {"\"\xff\"", Flawed(1, Flaw::kInvalidUtf8)},
      {"\"\xc3\"", Flawed(1, Flaw::kInvalidUtf8)},
      {"\"\xc3", Flawed(1, Flaw::kInvalidUtf8)},
      {"\"\xed\xa0\x80\"", Flawed(1, Flaw::kInvalidUtf8)},
      {"\"\xc0\xaf\"", Flawed(1, Flaw::kInvalidUtf8)},
  };
  const auto scan_string = [](const char* p, const char* end) {
    SpecialFinder specials(p, end);
    return ScanString(p, end, specials);
  };
  for (const Case& c : cases) EXPECT_EQ(Scanned(c.text, scan_string), c.result) << c.text;
}

// Many bytes are looked at together: every special byte must be found at every place among plain ones, from
// every start, whatever lies behind the text.
TEST(Scan, SpecialBytesAtEveryOffset) {
  const auto is_special = [](int byte) { return byte < 0x20 || byte >= 0x80 || byte == '"' || byte == '\\'; };
  for (const size_t length : {1U, 7U, 8U, 17U, 63U, 64U, 65U, 130U}) {
    for (size_t at = 0; at < length; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(length, at % 2 == 0 ? '!' : '~');
        text[at] = static_cast<char>(byte);
        const char* const end = text.data() + length;
        SpecialFinder specials(text.data(), end);
        const char* found = specials.Next(text.data());
        ASSERT_EQ(found - text.data(), static_cast<std::ptrdiff_t>(is_special(byte) ? at : length))
            << length << ' ' << at << ' ' << byte;
        if (is_special(byte)) {
          ASSERT_EQ(specials.Next(text.data() + at + 1), end);
        }
      }
    }
  }
}

TEST(Scan, SpecialsStopAtTheEndOfTheText) {
  const std::string memory(200, 'x');
  for (size_t length = 0; length < memory.size(); ++length) {
    SpecialFinder specials;
    const char* const end = memory.data() + length;
    specials.Reset(memory.data(), end, memory.data() + memory.size());
    for (size_t from = 0; from <= length; from += 13) ASSERT_EQ(specials.Next(memory.data() + from), end);
    ASSERT_EQ(specials.Next(end), end);
    ASSERT_EQ(specials.Next(memory.data()), end);
  }
}

TEST(Scan, Numbers) {
  struct Case {
    std::string_view text;
    size_t end;
    bool good;
  };
  constexpr Case kCases[] = {
      {"0", 1, true},       {"-0", 2, true},
      {"7", 1, true},       {"1234567890123", 13, true},
      {"0.5", 3, true},     {"-1.25", 5, true},
      {"1e5", 3, true},     {"1E+05", 5, true},
      {"1.0e-10", 7, true}, {"0e0", 3, true},
      {"1,", 1, true},      {"1]", 1, true},
      {"1 2", 1, true},     {"1a", 1, true},
      {"-", 1, false},      {"-a", 1, false},
      {"01", 1, false},     {"-012", 2, false},
      {"00", 1, false},     {"1.", 2, false},
      {"1.e5", 2, false},   {"1e", 2, false},
      {"1e+", 3, false},    {"1.5e-x", 5, false},
      {"1.5.5", 3, true},   {"012345678901", 1, false},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Scanned(c.text, ScanNumber), c.good ? std::to_string(c.end) : Flawed(c.end, Flaw::kBadNumber))
        << c.text;
  }
}

TEST(Scan, Unescaping) {
  struct Case {
    std::string_view inside;
    std::string text;
  };
  const Case cases[] = {
      {"", ""},
      {"plain", "plain"},
      {R"(a\"b\\c\/d)", "a\"b\\c/d"},
      {R"(\b\f\n\r\t)", "\b\f\n\r\t"},
      {R"(\u0000x)", std::string("\0x", 2)},
      {R"(\u00E9\u20ac)", "\xc3\xa9\xe2\x82\xac"},
      {R"(\ud83d\uDE00!)", "\xf0\x9f\x98\x80!"},
      {"\xc3\xa4\\n", "\xc3\xa4\n"},
  };
  for (const Case& c : cases) {
    std::string text;
    AppendUnescaped(c.inside, text);
    EXPECT_EQ(text, c.text) << c.inside;
  }
}

}  // namespace
}  // namespace scpcheck::json

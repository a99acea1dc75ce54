#include "base/printable.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/utf8.h"

namespace scpcheck {

namespace {

constexpr bool IsControl(uint32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

// The separators of lines and paragraphs, and what embeds, overrides or isolates a direction of writing.
constexpr bool ChangesTheLine(uint32_t c) {
  return (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

void AppendHex(uint32_t number, int digits, std::string& out) {
  constexpr char kDigits[] = "0123456789abcdef";
  for (int i = digits - 1; i >= 0; --i) out.push_back(kDigits[number >> (4 * i) & 15]);
}

// The code point of a well-formed character.
uint32_t CodePoint(std::string_view character) {
  const auto lead = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return lead;
  uint32_t code_point = lead & (0x7fU >> character.size());
  for (const char c : character.substr(1))
    code_point = code_point << 6 | (static_cast<unsigned char>(c) & 0x3fU);
  return code_point;
}

void AppendEscape(uint32_t code_point, std::string& out) {
  out.push_back('\\');
  switch (code_point) {
    case '\n':
      out.push_back('n');
      return;
    case '\r':
      out.push_back('r');
      return;
    case '\t':
      out.push_back('t');
      return;
    default:
      out.push_back(code_point < 0x80 ? 'x' : 'u');
      AppendHex(code_point, code_point < 0x80 ? 2 : 4, out);
  }
}

}  // namespace

std::string Printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    // Most of it is plain ASCII.
    const size_t plain = static_cast<size_t>(
        std::find_if(text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }) - text.begin());
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const size_t length = Utf8CharLength(text);
    if (length == 0) {
      out += "\\x";
      AppendHex(static_cast<unsigned char>(text[0]), 2, out);
    } else if (const uint32_t c = CodePoint(text.substr(0, length)); IsControl(c) || ChangesTheLine(c)) {
      AppendEscape(c, out);
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<size_t>(length, 1));
  }
  return out;
}

}  // namespace scpcheck

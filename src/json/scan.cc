#include "json/scan.h"

namespace scpcheck::json {

namespace {

// Value of four hexadecimal digits at `p`, or -1.
int32_t HexQuad(const char* p, const char* end) {
  if (end - p < 4) return -1;
  int32_t value = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = AsciiToLower(p[i]);
    int digit;
    if (IsAsciiDigit(c)) {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

constexpr bool IsHighSurrogate(int32_t unit) {
  return unit >= 0xd800 && unit < 0xdc00;
}
constexpr bool IsLowSurrogate(int32_t unit) {
  return unit >= 0xdc00 && unit < 0xe000;
}

}  // namespace

std::string_view FlawText(Flaw flaw) {
  switch (flaw) {
    case Flaw::kNone:
      return "";
    case Flaw::kUnterminatedString:
      return "the string is not closed: a `\"` is missing";
    case Flaw::kControlCharacter:
      return "a control character stands in a string: write it as an escape such as `\\n` or `\\u0000`";
    case Flaw::kBadEscape:
      return "not an escape of JSON: use `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\u` "
             "with four "
             "hexadecimal digits";
    case Flaw::kLoneSurrogate:
      return "half of a surrogate pair: write both halves, or the character itself";
    case Flaw::kInvalidUtf8:
      return "not valid UTF-8: save the file in UTF-8";
    case Flaw::kBadNumber:
      return "not a number of JSON: digits, then perhaps a fraction and an exponent, without leading zeros";
  }
  return "";
}

ScanResult internal::ScanEscape(const char* p, const char* end) {
  const auto flawed = [&](Flaw flaw) { return ScanResult{p - 1, flaw}; };
  if (p == end) return ScanResult{p, Flaw::kUnterminatedString};
  switch (*p) {
    case '"':
    case '\\':
    case '/':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
      return ScanResult{p + 1};
    case 'u':
      break;
    default:
      return flawed(Flaw::kBadEscape);
  }
  const int32_t unit = HexQuad(p + 1, end);
  if (unit < 0) return flawed(Flaw::kBadEscape);
  if (IsLowSurrogate(unit)) return flawed(Flaw::kLoneSurrogate);
  if (!IsHighSurrogate(unit)) return ScanResult{p + 5};
  if (end - p < 7 || p[5] != '\\' || p[6] != 'u' || !IsLowSurrogate(HexQuad(p + 7, end))) {
    return flawed(Flaw::kLoneSurrogate);
  }
  return ScanResult{p + 11};
}

size_t AppendUnescapedPiece(std::string_view inside, std::string& out) {
  if (inside[0] != '\\') {
    out.push_back(inside[0]);
    return 1;
  }
  switch (inside[1]) {
    case 'b':
      out.push_back('\b');
      return 2;
    case 'f':
      out.push_back('\f');
      return 2;
    case 'n':
      out.push_back('\n');
      return 2;
    case 'r':
      out.push_back('\r');
      return 2;
    case 't':
      out.push_back('\t');
      return 2;
    case 'u':
      break;
    default:
      out.push_back(inside[1]);
      return 2;
  }
  const char* const end = inside.data() + inside.size();
  const int32_t unit = HexQuad(inside.data() + 2, end);
  if (!IsHighSurrogate(unit)) {
    AppendUtf8(static_cast<uint32_t>(unit), out);
    return 6;
  }
  const int32_t low = HexQuad(inside.data() + 8, end);
  AppendUtf8(static_cast<uint32_t>(0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00)), out);
  return 12;
}

void AppendUnescaped(std::string_view inside, std::string& out) {
  while (!inside.empty()) {
    const size_t plain = std::min(inside.find('\\'), inside.size());
    out.append(inside.substr(0, plain));
    inside.remove_prefix(plain);
    if (!inside.empty()) inside.remove_prefix(AppendUnescapedPiece(inside, out));
  }
}

}  // namespace scpcheck::json

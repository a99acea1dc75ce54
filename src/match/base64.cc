#include "match/base64.h"

#include <algorithm>

#include "base/ascii.h"

namespace scpcheck {

namespace {

// The value of a digit, or -1.
int Digit(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (IsAsciiDigit(c)) return c - '0' + 52;
  if (c == '+') return 62;
  return c == '/' ? 63 : -1;
}

std::string_view WithoutPadding(std::string_view text) {
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  return text;
}

// Bits of the last digit that belong to no byte.
int LooseBits(size_t digits) {
  switch (digits % 4) {
    case 2:
      return 4;
    case 3:
      return 2;
    default:
      return 0;
  }
}

}  // namespace

bool IsBase64(std::string_view text) {
  const std::string_view digits = WithoutPadding(text);
  return text.size() % 4 == 0 && digits.size() % 4 != 1 &&
         std::all_of(digits.begin(), digits.end(), [](char c) { return Digit(c) >= 0; });
}

bool Base64Equal(std::string_view a, std::string_view b) {
  if (!IsBase64(a) || !IsBase64(b)) return false;
  a = WithoutPadding(a);
  b = WithoutPadding(b);
  if (a.size() != b.size()) return false;
  if (a.empty()) return true;
  const int loose = LooseBits(a.size());
  return a.substr(0, a.size() - 1) == b.substr(0, b.size() - 1) &&
         Digit(a.back()) >> loose == Digit(b.back()) >> loose;
}

}  // namespace scpcheck

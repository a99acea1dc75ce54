#include "base/display_width.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "base/utf8.h"

namespace scpcheck {

namespace {

struct CodePoints {
  uint32_t first;
  uint32_t last;
};

// Blocks of Unicode 14 with the property East_Asian_Width W or F. Those of pictographs have some narrow
// characters, too.
constexpr CodePoints kWide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x2614, 0x2615},   {0x2648, 0x2653},
    {0x26a1, 0x26a1},   {0x26d4, 0x26d4},   {0x2705, 0x2705},   {0x2728, 0x2728},   {0x274c, 0x274e},
    {0x2753, 0x2757},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b55},   {0x2e80, 0x303e},   {0x3041, 0x3247},
    {0x3250, 0x4dbf},   {0x4e00, 0xa4c6},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfad9},
    {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},   {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x16fe0, 0x1b2fb},
    {0x1f18e, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f53d}, {0x1f54b, 0x1f567}, {0x1f5fb, 0x1f64f},
    {0x1f680, 0x1f6fc}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f9ff}, {0x1fa70, 0x1faff}, {0x20000, 0x3fffd},
};

// Combining marks that any script may have, joiners, selectors of variants.
constexpr CodePoints kZero[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x1ab0, 0x1aff}, {0x1dc0, 0x1dff}, {0x200b, 0x200f},
    {0x2060, 0x2064}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xe0100, 0xe01ef},
};

template <size_t size>
bool IsAmong(const CodePoints (&ranges)[size], uint32_t code_point) {
  const auto after =
      std::upper_bound(std::begin(ranges), std::end(ranges), code_point,
                       [](uint32_t value, const CodePoints& range) { return value < range.first; });
  return after != std::begin(ranges) && code_point <= std::prev(after)->last;
}

}  // namespace

size_t DisplayWidth(std::string_view character) {
  const uint32_t code_point = DecodeUtf8(character);
  if (IsAmong(kZero, code_point)) return 0;
  return IsAmong(kWide, code_point) ? 2 : 1;
}

}  // namespace scpcheck

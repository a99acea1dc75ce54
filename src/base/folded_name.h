// Hashing and comparing names without regard to ASCII case, eight bytes at a time and without a copy.

#ifndef SCPCHECK_BASE_FOLDED_NAME_H_
#define SCPCHECK_BASE_FOLDED_NAME_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace scpcheck {

// The hash of a name is stored in compiled catalogues, and the words below are read in the host's byte order.
static_assert(std::endian::native == std::endian::little, "compiled catalogues are little-endian");

namespace folded_name_internal {

// AsciiToLower on each of eight bytes.
constexpr uint64_t FoldEight(uint64_t bytes) {
  constexpr uint64_t kEach = 0x0101010101010101;
  const uint64_t low_bits = bytes & (0x7f * kEach);
  // Bit 7 of each byte: whether its low seven bits are at least 'A', and whether they are above 'Z'.
  const uint64_t from_a = low_bits + (0x80 - 'A') * kEach;
  const uint64_t above_z = low_bits + (0x7f - 'Z') * kEach;
  const uint64_t upper = from_a & ~above_z & ~bytes & (0x80 * kEach);
  return bytes | (upper >> 2);  // 0x80 >> 2 is 'a' - 'A'
}

inline uint64_t LoadEight(const char* data) {
  uint64_t word;
  std::memcpy(&word, data, 8);
  return word;
}

// The last eight bytes, which may overlap the word before them; a shorter name is padded with zeros. No copy
// of variable length.
inline uint64_t LoadLast(std::string_view name) {
  const size_t size = name.size();
  const char* const data = name.data();
  if (size >= 8) return LoadEight(data + size - 8);
  if (size >= 4) {
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, data, 4);
    std::memcpy(&last, data + size - 4, 4);
    return first | (static_cast<uint64_t>(last) << (8 * (size - 4)));
  }
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) {
    word |= static_cast<uint64_t>(static_cast<unsigned char>(data[i])) << (8 * i);
  }
  return word;
}

}  // namespace folded_name_internal

// Equal for names that differ only by case: bit 5, which tells the cases apart, is ignored in all characters.
// Not keyed: whoever builds a table bounds its probes.
inline uint64_t FoldedHash(std::string_view name) {
  constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15;
  uint64_t hash = name.size() * kMultiplier;
  const auto mix = [&hash](uint64_t word) {
    hash = (hash ^ (word | 0x2020202020202020)) * kMultiplier;
    hash ^= hash >> 29;
  };
  size_t i = 0;
  for (; i + 8 < name.size(); i += 8) mix(folded_name_internal::LoadEight(name.data() + i));
  mix(folded_name_internal::LoadLast(name));
  // The last characters are in the highest bits, and tables look at the lowest.
  hash *= kMultiplier;
  return hash ^ (hash >> 32);
}

// Whether two texts are the same: std::string_view's comparison is a call, which short names don't repay.
inline bool EqualsExactly(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  size_t i = 0;
  for (; i + 8 < a.size(); i += 8) {
    if (folded_name_internal::LoadEight(a.data() + i) != folded_name_internal::LoadEight(b.data() + i))
      return false;
  }
  return folded_name_internal::LoadLast(a) == folded_name_internal::LoadLast(b);
}

namespace folded_name_internal {

// Kept out of line: names are mostly spelled as AWS does.
[[gnu::noinline]] inline bool EqualsInOtherCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (size_t i = 0; i + 8 < a.size(); i += 8) {
    if (FoldEight(LoadEight(a.data() + i)) != FoldEight(LoadEight(b.data() + i))) return false;
  }
  return FoldEight(LoadLast(a)) == FoldEight(LoadLast(b));
}

}  // namespace folded_name_internal

// Whether two names differ at most by case. Fastest if they don't at all.
inline bool EqualsFolded(std::string_view a, std::string_view b) {
  return EqualsExactly(a, b) || folded_name_internal::EqualsInOtherCase(a, b);
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_FOLDED_NAME_H_

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

// Up to eight bytes, padded with zeros.
inline uint64_t LoadUpToEight(const char* data, size_t size) {
  uint64_t word = 0;
  if (size >= 8) {
    std::memcpy(&word, data, 8);
  } else if (size >= 4) {
    // Two reads of four bytes that may overlap, which is cheaper than a copy of variable length.
    uint32_t first = 0;
    uint32_t last = 0;
    std::memcpy(&first, data, 4);
    std::memcpy(&last, data + size - 4, 4);
    word = first | (static_cast<uint64_t>(last) << (8 * (size - 4)));
  } else {
    for (size_t i = 0; i < size; ++i) {
      word |= static_cast<uint64_t>(static_cast<unsigned char>(data[i])) << (8 * i);
    }
  }
  return word;
}

}  // namespace folded_name_internal

// Equal for names that differ only by case. Not keyed: whoever builds a table bounds its probes.
inline uint64_t FoldedHash(std::string_view name) {
  constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15;
  uint64_t hash = name.size() * kMultiplier;
  for (size_t i = 0; i < name.size(); i += 8) {
    const uint64_t word = folded_name_internal::LoadUpToEight(name.data() + i, name.size() - i);
    hash = (hash ^ folded_name_internal::FoldEight(word)) * kMultiplier;
    hash ^= hash >> 29;
  }
  return hash;
}

// Whether `name` in lower case is `lower`.
inline bool EqualsFolded(std::string_view name, std::string_view lower) {
  if (name.size() != lower.size()) return false;
  for (size_t i = 0; i < name.size(); i += 8) {
    const uint64_t a = folded_name_internal::LoadUpToEight(name.data() + i, name.size() - i);
    const uint64_t b = folded_name_internal::LoadUpToEight(lower.data() + i, lower.size() - i);
    if (folded_name_internal::FoldEight(a) != b) return false;
  }
  return true;
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_FOLDED_NAME_H_

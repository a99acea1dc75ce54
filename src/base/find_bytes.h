// Searching short texts byte by byte, sixteen at a time where the processor can: the C library's functions
// are calls, which a text of some dozen bytes doesn't repay.

#ifndef SCPCHECK_BASE_FIND_BYTES_H_
#define SCPCHECK_BASE_FIND_BYTES_H_

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace scpcheck {

namespace find_bytes_internal {

#if defined(__SSE2__)
// `matches` has all bits of a byte set that is looked for, and none of others.
template <typename Matches>
size_t FindInSixteens(std::string_view text, Matches matches) {
  const auto found_at = [&](size_t at) {
    return static_cast<uint32_t>(
        _mm_movemask_epi8(matches(_mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at)))));
  };
  size_t i = 0;
  for (; i + 16 <= text.size(); i += 16) {
    const uint32_t mask = found_at(i);
    if (mask != 0) return i + static_cast<size_t>(std::countr_zero(mask));
  }
  if (i == text.size()) return i;
  // The last sixteen, of which the first ones have been looked at.
  const size_t last = text.size() - 16;
  const uint32_t mask = found_at(last);
  return mask == 0 ? text.size() : last + static_cast<size_t>(std::countr_zero(mask));
}

inline __m128i Equal(__m128i bytes, char byte) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte));
}
#endif

}  // namespace find_bytes_internal

// Where the first `a` or `b` stands, or the text's length.
inline size_t FindEither(std::string_view text, char a, char b) {
#if defined(__SSE2__)
  if (text.size() >= 16) {
    return find_bytes_internal::FindInSixteens(text, [&](__m128i bytes) {
      return _mm_or_si128(find_bytes_internal::Equal(bytes, a), find_bytes_internal::Equal(bytes, b));
    });
  }
#endif
  size_t i = 0;
  while (i < text.size() && text[i] != a && text[i] != b) ++i;
  return i;
}

// What must not stand in a string of JSON as it is: quotes, backslashes and control characters.
constexpr bool NeedsJsonEscape(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

// Where the first such byte stands, or the text's length.
inline size_t FindJsonEscape(std::string_view text) {
#if defined(__SSE2__)
  if (text.size() >= 16) {
    return find_bytes_internal::FindInSixteens(text, [](__m128i bytes) {
      const __m128i is_control = find_bytes_internal::Equal(_mm_max_epu8(bytes, _mm_set1_epi8(0x1f)), 0x1f);
      return _mm_or_si128(is_control, _mm_or_si128(find_bytes_internal::Equal(bytes, '"'),
                                                   find_bytes_internal::Equal(bytes, '\\')));
    });
  }
#endif
  size_t i = 0;
  while (i < text.size() && !NeedsJsonEscape(text[i])) ++i;
  return i;
}

inline size_t FindByte(std::string_view text, char byte) {
  return FindEither(text, byte, byte);
}

// How often `byte` stands in the text.
inline size_t CountByte(std::string_view text, char byte) {
  size_t count = 0;
  size_t i = 0;
#if defined(__SSE2__)
  for (size_t blocks = text.size() / 64; blocks > 0;) {
    // Each lane counts up to 255, four in a block.
    const size_t end = i + 64 * std::min<size_t>(blocks, 63);
    blocks -= (end - i) / 64;
    __m128i lanes = _mm_setzero_si128();
    // Where a byte matches, the comparison gives -1.
    const auto count_at = [&](size_t at) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + at));
      lanes = _mm_sub_epi8(lanes, _mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)));
    };
    for (; i < end; i += 64) {
      count_at(i);
      count_at(i + 16);
      count_at(i + 32);
      count_at(i + 48);
    }
    const __m128i sums = _mm_sad_epu8(lanes, _mm_setzero_si128());
    count += static_cast<size_t>(_mm_cvtsi128_si32(sums)) + static_cast<size_t>(_mm_extract_epi16(sums, 4));
  }
#endif
  for (; i < text.size(); ++i) count += text[i] == byte ? 1 : 0;
  return count;
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_FIND_BYTES_H_

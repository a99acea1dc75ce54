// The lexical level of JSON (RFC 8259), shared by the located tree (parse.h) and the reader of request lines.
//
// Both need exact places and tokens that are views into the input, at the speed of a streaming parser and
// without its start-up cost: docs/architecture.md has the comparison with nlohmann/json and simdjson. All
// functions take `p` in [begin, end) and read nothing at or beyond `end`.

#ifndef SCPCHECK_JSON_SCAN_H_
#define SCPCHECK_JSON_SCAN_H_

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/utf8.h"

namespace scpcheck::json {

// What is wrong with a token; ScanResult::next says where.
enum class Flaw : uint8_t {
  kNone,
  kUnterminatedString,
  kControlCharacter,
  kBadEscape,
  kLoneSurrogate,
  kInvalidUtf8,
  kBadNumber,
};

std::string_view FlawText(Flaw flaw);

struct ScanResult {
  const char* next;  // one past the token; where the flaw is if there is one
  Flaw flaw = Flaw::kNone;
  bool has_escape = false;
};

inline const char* SkipSpace(const char* p, const char* end) {
  while (p != end && (*p == ' ' || *p == '\n' || *p == '\t' || *p == '\r')) ++p;
  return p;
}

namespace internal {

// Nonzero in the high bit of some byte at or after the first one that equals `byte`, zero if none does; the
// lowest set bit marks the first one exactly.
constexpr uint64_t BytesEqual(uint64_t word, uint8_t byte) {
  const uint64_t x = word ^ (0x0101010101010101ULL * byte);
  return (x - 0x0101010101010101ULL) & ~x & 0x8080808080808080ULL;
}

// Marks quotes, backslashes, control characters and bytes above 0x7f.
constexpr uint64_t SpecialBytes(uint64_t word) {
  const uint64_t control = (word - 0x2020202020202020ULL) & ~word;
  return (BytesEqual(word, '"') | BytesEqual(word, '\\') | control | word) & 0x8080808080808080ULL;
}

// A bit for each of the 64 bytes at `p`, set if it is special; the first byte's is the lowest. Bytes after a
// special one may be marked too.
inline uint64_t SpecialMask(const char* p) {
  uint64_t mask = 0;
#if defined(__SSE2__)
  for (size_t i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * i));
    // As signed numbers, control characters and bytes above 0x7f are below a space: the difference is
    // negative.
    const __m128i special = _mm_or_si128(
        _mm_subs_epi8(bytes, _mm_set1_epi8(' ')),
        _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))));
    mask |= static_cast<uint64_t>(static_cast<uint32_t>(_mm_movemask_epi8(special))) << (16 * i);
  }
#else
  for (size_t i = 0; i < 8; ++i) {
    uint64_t word;
    std::memcpy(&word, p + 8 * i, 8);
    // Gathers the high bits of the eight bytes.
    mask |= ((SpecialBytes(word) >> 7) * 0x0102040810204080ULL >> 56) << (8 * i);
  }
#endif
  return mask;
}

// `p` is after a backslash. On success `next` is past the escape.
ScanResult ScanEscape(const char* p, const char* end);

}  // namespace internal

// Finds the bytes that end a string or need a closer look - quotes, backslashes, control characters, bytes
// above 0x7f - 64 at a time, so that many short strings cost little more than one pass over the text.
class SpecialFinder {
 public:
  SpecialFinder() = default;
  SpecialFinder(const char* begin, const char* end) { Reset(begin, end, end); }

  // Memory up to `readable_end` may be looked at, which spares a copy of the last bytes.
  void Reset(const char* begin, const char* end, const char* readable_end) {
    end_ = end;
    readable_end_ = readable_end;
    Load(begin);
  }

  // The first special byte at or after `p`, or the end. Now and then a byte that isn't.
  const char* Next(const char* p) {
    for (;;) {
      const auto offset = static_cast<size_t>(p - window_);
      if (offset < kWindow) {
        const uint64_t rest = mask_ >> offset;
        if (rest != 0) return p + std::countr_zero(rest);
        p = window_ + kWindow;
      }
      if (p == end_) return p;
      Load(p);
    }
  }

 private:
  static constexpr size_t kWindow = 64;

  void Load(const char* p) {
    window_ = p;
    const auto left = static_cast<size_t>(end_ - p);
    if (static_cast<size_t>(readable_end_ - p) >= kWindow) {
      mask_ = internal::SpecialMask(p);
    } else {
      char padded[kWindow] = {};
      if (left > 0) std::memcpy(padded, p, left);
      mask_ = internal::SpecialMask(padded);
    }
    // The search stops at the end.
    if (left < kWindow) mask_ |= ~uint64_t{0} << left;
  }

  const char* window_ = nullptr;  // where mask_ begins
  const char* end_ = nullptr;
  const char* readable_end_ = nullptr;
  uint64_t mask_ = 0;
};

// Precondition: *p is the opening quote. `specials` is of a text up to `end`.
inline ScanResult ScanString(const char* p, const char* end, SpecialFinder& specials) {
  ScanResult result{p + 1};
  for (;;) {
    result.next = specials.Next(result.next);
    if (result.next == end) {
      result.flaw = Flaw::kUnterminatedString;
      return result;
    }
    const char c = *result.next;
    if (c == '"') {
      ++result.next;
      return result;
    }
    if (c == '\\') {
      const ScanResult escape = internal::ScanEscape(result.next + 1, end);
      if (escape.flaw != Flaw::kNone) return escape;
      result.next = escape.next;
      result.has_escape = true;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20) {
      result.flaw = Flaw::kControlCharacter;
      return result;
    }
    const size_t length = Utf8CharLength({result.next, static_cast<size_t>(end - result.next)});
    if (length == 0) {
      result.flaw = Flaw::kInvalidUtf8;
      return result;
    }
    result.next += length;
  }
}

// Precondition: *p is a digit or '-'.
inline ScanResult ScanNumber(const char* p, const char* end) {
  ScanResult result{p};
  const char*& q = result.next;
  const auto digits = [&] {
    if (q == end || !IsAsciiDigit(*q)) return false;
    while (q != end && IsAsciiDigit(*q)) ++q;
    return true;
  };
  if (*q == '-') ++q;
  if (q != end && *q == '0') {
    ++q;
    if (q != end && IsAsciiDigit(*q)) result.flaw = Flaw::kBadNumber;
  } else if (!digits()) {
    result.flaw = Flaw::kBadNumber;
  }
  if (result.flaw == Flaw::kNone && q != end && *q == '.') {
    ++q;
    if (!digits()) result.flaw = Flaw::kBadNumber;
  }
  if (result.flaw == Flaw::kNone && q != end && (*q == 'e' || *q == 'E')) {
    ++q;
    if (q != end && (*q == '+' || *q == '-')) ++q;
    if (!digits()) result.flaw = Flaw::kBadNumber;
  }
  return result;
}

// Appends the text of a string token's inside (without quotes). Precondition: ScanString accepted it.
void AppendUnescaped(std::string_view inside, std::string& out);

// The same for one piece at the start of `inside`: an escape, or one plain byte. Returns how many bytes of
// `inside` it took.
size_t AppendUnescapedPiece(std::string_view inside, std::string& out);

}  // namespace scpcheck::json

#endif  // SCPCHECK_JSON_SCAN_H_

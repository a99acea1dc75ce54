// UTF-8: validation and counting.

#ifndef SCPCHECK_BASE_UTF8_H_
#define SCPCHECK_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace scpcheck {

inline constexpr std::string_view kUtf8Bom = "\xef\xbb\xbf";

// Whether a byte is not the first of its character.
constexpr bool IsUtf8Continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// Length of the well-formed UTF-8 character at the start of `text` (no overlong form, no surrogate, at most
// U+10FFFF), or 0 if there is none.
size_t Utf8CharLength(std::string_view text);

// Offset of the first byte that is not part of well-formed UTF-8, or npos.
size_t FindInvalidUtf8(std::string_view text);

// Characters in well-formed UTF-8; in other text every byte that is no continuation byte counts.
size_t CountCodePoints(std::string_view text);

// Those bytes of well-formed UTF-8 that are not the first of a character.
size_t CountContinuationBytes(std::string_view text);

// The code point of one well-formed character; of anything else U+FFFD.
uint32_t DecodeUtf8(std::string_view character);

// Precondition: code_point <= 0x10FFFF and no surrogate.
void AppendUtf8(uint32_t code_point, std::string& out);

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_UTF8_H_

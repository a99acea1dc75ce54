// What compiled patterns mean, said as plainly as it can be, for holding src/match against. A pattern is a
// string of characters and of four wildcards above them, a text a string of characters; nothing here knows
// of bytes until Encode and Decode.

#ifndef SCPCHECK_TESTS_UNIT_MATCH_PLAIN_PATTERN_H_
#define SCPCHECK_TESTS_UNIT_MATCH_PLAIN_PATTERN_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"
#include "match/pattern.h"

namespace scpcheck::plain {

inline constexpr char32_t kAnyRun = 0x110000;   // any characters or none
inline constexpr char32_t kAnyOne = 0x110001;   // one character
inline constexpr char32_t kPartRun = 0x110002;  // any characters but `:`, or none
inline constexpr char32_t kPartOne = 0x110003;  // one character but `:`

inline bool IsRun(char32_t unit) {
  return unit == kAnyRun || unit == kPartRun;
}

// Whether a character can be (one of) those that a unit of a pattern stands for.
inline bool Takes(char32_t unit, char32_t character) {
  if (unit == kAnyRun || unit == kAnyOne) return true;
  if (unit == kPartRun || unit == kPartOne) return character != U':';
  return unit == character;
}

// By a table: whether the units so far match the first j characters.
inline bool Matches(std::u32string_view pattern, std::u32string_view text) {
  std::vector<char> here(text.size() + 1, 0);
  std::vector<char> next(text.size() + 1, 0);
  here[0] = 1;
  for (const char32_t unit : pattern) {
    for (size_t j = 0; j <= text.size(); ++j) {
      const bool takes_last = j > 0 && Takes(unit, text[j - 1]);
      if (IsRun(unit)) {
        next[j] = here[j] || (takes_last && next[j - 1]);
      } else {
        next[j] = takes_last && here[j - 1];
      }
    }
    here.swap(next);
  }
  return here.back() != 0;
}

inline std::string Encode(std::u32string_view units) {
  std::string code;
  for (const char32_t unit : units) {
    switch (unit) {
      case kAnyRun:
        code.push_back(static_cast<char>(kRun));
        break;
      case kAnyOne:
        code.push_back(static_cast<char>(kOne));
        break;
      case kPartRun:
        code.push_back(static_cast<char>(kSegmentRun));
        break;
      case kPartOne:
        code.push_back(static_cast<char>(kSegmentOne));
        break;
      default:
        AppendUtf8(unit, code);
    }
  }
  return code;
}

// Of well-formed UTF-8 and the bytes of wildcards.
inline std::u32string Decode(std::string_view code) {
  std::u32string units;
  for (const char c : code) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == kRun) {
      units.push_back(kAnyRun);
    } else if (byte == kOne) {
      units.push_back(kAnyOne);
    } else if (byte == kSegmentRun) {
      units.push_back(kPartRun);
    } else if (byte == kSegmentOne) {
      units.push_back(kPartOne);
    } else if (byte >= 0xf0) {
      units.push_back(byte & 0x07U);
    } else if (byte >= 0xe0) {
      units.push_back(byte & 0x0fU);
    } else if (byte >= 0xc0) {
      units.push_back(byte & 0x1fU);
    } else if (byte >= 0x80) {
      units.back() = units.back() << 6 | (byte & 0x3fU);
    } else {
      units.push_back(byte);
    }
  }
  return units;
}

// A compiled pattern for messages: its wildcards are `<*>`, `<?>`, `<:*>` and `<:?>`, its variables `<0>`,
// and `<:0>` for a value without `:`.
inline std::string Show(std::string_view code) {
  std::string shown;
  for (size_t i = 0; i < code.size(); ++i) {
    switch (static_cast<unsigned char>(code[i])) {
      case kRun:
        shown += "<*>";
        break;
      case kOne:
        shown += "<?>";
        break;
      case kSegmentRun:
        shown += "<:*>";
        break;
      case kSegmentOne:
        shown += "<:?>";
        break;
      case kVariable:
      case kSegmentVariable: {
        const bool part = static_cast<unsigned char>(code[i]) == kSegmentVariable;
        const int index =
            static_cast<unsigned char>(code[i + 1]) * 256 + static_cast<unsigned char>(code[i + 2]);
        shown += (part ? "<:" : "<") + std::to_string(index) + ">";
        i += 2;
        break;
      }
      default:
        shown.push_back(code[i]);
    }
  }
  return shown;
}

// All strings of up to `length` of the units, the shortest first.
inline std::vector<std::u32string> AllUpTo(size_t length, const std::u32string& units) {
  std::vector<std::u32string> all = {U""};
  for (size_t first = 0; length > 0; --length) {
    const size_t end = all.size();
    for (; first < end; ++first) {
      for (const char32_t unit : units) all.push_back(all[first] + unit);
    }
  }
  return all;
}

}  // namespace scpcheck::plain

#endif  // SCPCHECK_TESTS_UNIT_MATCH_PLAIN_PATTERN_H_

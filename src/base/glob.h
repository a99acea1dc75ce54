// Glob matching: `*` stands for any characters or none, `?` for exactly one, any other byte for itself.

#ifndef SCPCHECK_BASE_GLOB_H_
#define SCPCHECK_BASE_GLOB_H_

#include <cstddef>
#include <string_view>

#include "base/find_bytes.h"

namespace scpcheck {

// Compares bytes: a caller that ignores case folds both sides first. Time is at most pattern x text and no
// memory is taken, whatever the pattern: after a mismatch only the last `*` can still help, since any earlier
// one that took more would leave less for the pieces between them.
constexpr bool GlobMatch(std::string_view pattern, std::string_view text) {
  constexpr size_t kNone = std::string_view::npos;
  size_t p = 0;
  size_t t = 0;
  size_t after_star = kNone;  // where the pattern goes on after its last `*` so far
  size_t star_end = 0;        // where in the text that `*` ends for now
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      after_star = ++p;
      if (p == pattern.size()) return true;
      star_end = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
      ++p;
      ++t;
    } else if (after_star != kNone) {
      p = after_star;
      t = ++star_end;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

// Where the first `*` or `?` stands, or the text's length.
inline size_t FindWildcard(std::string_view text) {
  return FindEither(text, '*', '?');
}

inline bool HasWildcard(std::string_view text) {
  return FindWildcard(text) != text.size();
}

// The part of `pattern` before its first `*` or `?`: what every text it matches begins with.
inline std::string_view GlobLiteralPrefix(std::string_view pattern) {
  return pattern.substr(0, FindWildcard(pattern));
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_GLOB_H_

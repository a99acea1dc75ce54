#include "match/pattern_sets.h"

#include <algorithm>
#include <string>
#include <vector>

#include "match/pattern.h"

namespace scpcheck {

namespace {

constexpr bool IsRun(char c) {
  return static_cast<unsigned char>(c) == kRun || static_cast<unsigned char>(c) == kSegmentRun;
}
constexpr bool IsOne(char c) {
  return static_cast<unsigned char>(c) == kOne || static_cast<unsigned char>(c) == kSegmentOne;
}
// Wildcards that match a colon, and the colon itself.
constexpr bool TakesColon(char c) {
  return static_cast<unsigned char>(c) == kRun || static_cast<unsigned char>(c) == kOne || c == ':';
}

constexpr bool IsContinuation(char c) {
  return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

// How many bytes the character or wildcard at `at` has. A `?` stands for a whole character.
size_t UnitLength(std::string_view code, size_t at) {
  size_t end = at + 1;
  if (IsPatternByte(code[at])) return 1;
  while (end < code.size() && IsContinuation(code[end])) ++end;
  return end - at;
}

// The code as units: a literal character, or a wildcard.
std::vector<std::string_view> Units(std::string_view code) {
  std::vector<std::string_view> units;
  for (size_t i = 0; i < code.size();) {
    const size_t length = UnitLength(code, i);
    units.push_back(code.substr(i, length));
    i += length;
  }
  return units;
}

// `*?` and `?*` match the same; with all `?` first, units can be compared one by one.
void OrderWildcards(std::vector<std::string_view>& units) {
  for (auto first = units.begin(); first != units.end();) {
    if (!IsPatternByte((*first)[0])) {
      ++first;
      continue;
    }
    const bool open = TakesColon((*first)[0]);
    auto last = first;
    while (last != units.end() && IsPatternByte((*last)[0]) && TakesColon((*last)[0]) == open) ++last;
    std::stable_partition(first, last, [](std::string_view unit) { return IsOne(unit[0]); });
    first = last;
  }
}

}  // namespace

bool PatternCovers(std::string_view outer_code, std::string_view inner_code) {
  std::vector<std::string_view> outer = Units(outer_code);
  std::vector<std::string_view> inner = Units(inner_code);
  OrderWildcards(outer);
  OrderWildcards(inner);
  // Does `outer` match the units of `inner` as if they were characters, where only a run can take a run?
  // reach[i]: the first i units of `outer` match the units of `inner` so far.
  std::vector<bool> reach(outer.size() + 1, false);
  std::vector<bool> next(outer.size() + 1);
  const auto skip_runs = [&](std::vector<bool>& states) {
    for (size_t i = 0; i < outer.size(); ++i) {
      if (states[i] && IsRun(outer[i][0])) states[i + 1] = true;
    }
  };
  reach[0] = true;
  skip_runs(reach);
  for (const std::string_view unit : inner) {
    std::fill(next.begin(), next.end(), false);
    for (size_t i = 0; i < outer.size(); ++i) {
      if (!reach[i]) continue;
      const char o = outer[i][0];
      const bool wide_enough = TakesColon(o) || !TakesColon(unit[0]);
      if (IsRun(o)) {
        if (wide_enough) next[i] = true;
      } else if (IsOne(o) ? wide_enough && !IsRun(unit[0]) : outer[i] == unit) {
        next[i + 1] = true;
      }
    }
    skip_runs(next);
    reach.swap(next);
  }
  return reach[outer.size()];
}

bool PatternsDisjoint(std::string_view a_code, std::string_view b_code) {
  const std::vector<std::string_view> a = Units(a_code);
  const std::vector<std::string_view> b = Units(b_code);
  // Can one character be matched by both units?
  const auto share = [](std::string_view x, std::string_view y) {
    if (!IsPatternByte(x[0]) && !IsPatternByte(y[0])) return x == y;
    if (!IsPatternByte(x[0])) return TakesColon(y[0]) || x != ":";
    if (!IsPatternByte(y[0])) return TakesColon(x[0]) || y != ":";
    return true;
  };
  // reach[j]: some text is matched by the first i units of `a` and by the first j of `b`.
  std::vector<bool> reach(b.size() + 1, false);
  std::vector<bool> next(b.size() + 1);
  const auto skip_runs = [&](std::vector<bool>& states) {
    for (size_t j = 0; j < b.size(); ++j) {
      if (states[j] && IsRun(b[j][0])) states[j + 1] = true;
    }
  };
  reach[0] = true;
  skip_runs(reach);
  for (const std::string_view unit : a) {
    if (IsRun(unit[0])) {
      // The run takes nothing, or one unit of `b` after the other.
      for (size_t j = 0; j < b.size(); ++j) {
        if (reach[j] && (share(unit, b[j]) || IsRun(b[j][0]))) reach[j + 1] = true;
      }
      continue;
    }
    std::fill(next.begin(), next.end(), false);
    for (size_t j = 0; j < b.size(); ++j) {
      if (!reach[j] || !share(unit, b[j])) continue;
      next[IsRun(b[j][0]) ? j : j + 1] = true;
    }
    skip_runs(next);
    reach.swap(next);
  }
  return !reach[b.size()];
}

}  // namespace scpcheck

#include "match/pattern_sets.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

#include "base/utf8.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

// A character, or a wildcard above all characters. `?` stands for a whole character, so bytes would not do.
using Unit = uint32_t;
constexpr Unit kRunUnit = 0x110000;
constexpr Unit kOneUnit = 0x110001;
constexpr Unit kSegmentRunUnit = 0x110002;
constexpr Unit kSegmentOneUnit = 0x110003;

constexpr bool IsRun(Unit unit) {
  return unit == kRunUnit || unit == kSegmentRunUnit;
}
constexpr bool IsOne(Unit unit) {
  return unit == kOneUnit || unit == kSegmentOneUnit;
}
constexpr bool IsWildcard(Unit unit) {
  return unit >= kRunUnit;
}
// The colon, and the wildcards that match it.
constexpr bool TakesColon(Unit unit) {
  return unit == ':' || unit == kRunUnit || unit == kOneUnit;
}

Unit WildcardUnit(char byte) {
  switch (static_cast<unsigned char>(byte)) {
    case kRun:
      return kRunUnit;
    case kOne:
      return kOneUnit;
    case kSegmentRun:
      return kSegmentRunUnit;
    default:
      return kSegmentOneUnit;
  }
}

// An array that lives on the stack unless it is large: patterns are short, and a decision does not allocate.
template <typename T, size_t kInline>
class SmallArray {
 public:
  explicit SmallArray(size_t size) : size_(size) {
    if (size > kInline) large_.resize(size);
  }
  T* data() { return size_ > kInline ? large_.data() : small_.data(); }
  T& operator[](size_t i) { return data()[i]; }

 private:
  size_t size_;
  std::array<T, kInline> small_;
  std::vector<T> large_;
};

class Units {
 public:
  explicit Units(std::string_view code) : units_(code.size()) {
    for (size_t i = 0; i < code.size();) {
      if (IsPatternByte(code[i])) {
        units_[size_++] = WildcardUnit(code[i++]);
        continue;
      }
      Unit unit = static_cast<unsigned char>(code[i]);
      const size_t length = unit < 0x80 ? 1 : std::max<size_t>(1, Utf8CharLength(code.substr(i)));
      if (length > 1) unit &= 0x7fU >> length;
      for (size_t j = 1; j < length; ++j)
        unit = unit << 6 | (static_cast<unsigned char>(code[i + j]) & 0x3fU);
      units_[size_++] = unit;
      i += length;
    }
  }
  size_t size() const { return size_; }
  Unit operator[](size_t i) { return units_[i]; }
  Unit* begin() { return units_.data(); }
  Unit* end() { return units_.data() + size_; }

 private:
  SmallArray<Unit, 192> units_;
  size_t size_ = 0;
};

// `*?` and `?*` match the same; with all `?` first, units can be compared one by one.
void OrderWildcards(Units& units) {
  for (Unit* first = units.begin(); first != units.end();) {
    if (!IsWildcard(*first)) {
      ++first;
      continue;
    }
    const bool open = TakesColon(*first);
    Unit* last = first;
    while (last != units.end() && IsWildcard(*last) && TakesColon(*last) == open) ++last;
    std::partition(first, last, IsOne);
    first = last;
  }
}

// Sets of positions in a pattern; most have one or two members.
class Positions {
 public:
  explicit Positions(size_t size) : word_count_((size + 63) / 64), words_(word_count_) { Clear(); }
  void Clear() { std::fill(words_.data(), words_.data() + word_count_, 0); }
  void Add(size_t i) { words_[i / 64] |= uint64_t{1} << (i % 64); }
  bool Has(size_t i) { return (words_[i / 64] >> (i % 64) & 1) != 0; }
  // Calls `visit` with every member, ascending; it may add larger ones.
  template <typename Visit>
  void ForEach(Visit visit) {
    for (size_t w = 0; w < word_count_; ++w) {
      uint64_t seen = 0;
      while ((words_[w] & ~seen) != 0) {
        const auto bit = static_cast<size_t>(std::countr_zero(words_[w] & ~seen));
        seen |= uint64_t{1} << bit;
        visit(w * 64 + bit);
      }
    }
  }
  void Swap(Positions& other) { std::swap(words_, other.words_); }

 private:
  size_t word_count_;
  SmallArray<uint64_t, 4> words_;
};

// Adds a position, and those after the runs that follow it, which may be empty.
void AddWithRuns(Units& pattern, size_t i, Positions& positions) {
  positions.Add(i);
  while (i < pattern.size() && IsRun(pattern[i])) positions.Add(++i);
}

// Takes off what the codes have in common before any wildcard and behind all of them: there each character of
// the one meets one of the other. False if two of those differ.
bool TakeOffEnds(std::string_view& a, std::string_view& b) {
  const auto at_end = [&](char x, char y) { return IsPatternByte(x) || IsPatternByte(y); };
  size_t size = std::min(a.size(), b.size());
  size_t same = 0;
  for (; same < size && !at_end(a[same], b[same]); ++same) {
    if (a[same] != b[same]) return false;
  }
  a.remove_prefix(same);
  b.remove_prefix(same);
  size -= same;
  for (same = 0; same < size && !at_end(a[a.size() - 1 - same], b[b.size() - 1 - same]); ++same) {
    if (a[a.size() - 1 - same] != b[b.size() - 1 - same]) return false;
  }
  a.remove_suffix(same);
  b.remove_suffix(same);
  return true;
}

bool IsOpenRun(std::string_view code) {
  return code.size() == 1 && static_cast<unsigned char>(code[0]) == kRun;
}

}  // namespace

bool PatternCovers(std::string_view outer_code, std::string_view inner_code) {
  if (!TakeOffEnds(outer_code, inner_code)) return false;
  if (IsOpenRun(outer_code)) return true;
  if (outer_code.empty()) return inner_code.empty();
  // A character that is left at an end would have to meet a wildcard, or nothing.
  if (!IsPatternByte(outer_code.front()) || !IsPatternByte(outer_code.back())) return false;
  Units outer(outer_code);
  Units inner(inner_code);
  OrderWildcards(outer);
  OrderWildcards(inner);
  // Does `outer` match the units of `inner` as if they were characters, where only a run can take a run?
  Positions here(outer.size() + 1);
  Positions next(outer.size() + 1);
  AddWithRuns(outer, 0, here);
  for (const Unit unit : inner) {
    next.Clear();
    here.ForEach([&](size_t i) {
      if (i == outer.size()) return;
      const Unit o = outer[i];
      const bool wide_enough = TakesColon(o) || !TakesColon(unit);
      if (IsRun(o)) {
        if (wide_enough) AddWithRuns(outer, i, next);
      } else if (IsOne(o) ? wide_enough && !IsRun(unit) : o == unit) {
        AddWithRuns(outer, i + 1, next);
      }
    });
    here.Swap(next);
  }
  return here.Has(outer.size());
}

bool PatternsDisjoint(std::string_view a_code, std::string_view b_code) {
  if (!TakeOffEnds(a_code, b_code)) return true;
  if (IsOpenRun(a_code) || IsOpenRun(b_code)) return false;
  Units a(a_code);
  Units b(b_code);
  // Can one character be matched by both units?
  const auto share = [](Unit x, Unit y) {
    if (!IsWildcard(x) && !IsWildcard(y)) return x == y;
    if (!IsWildcard(x)) return TakesColon(y) || x != ':';
    if (!IsWildcard(y)) return TakesColon(x) || y != ':';
    return true;
  };
  // The positions j for which some text is matched by the units of `a` so far and by the first j of `b`.
  Positions here(b.size() + 1);
  Positions next(b.size() + 1);
  AddWithRuns(b, 0, here);
  for (const Unit unit : a) {
    if (IsRun(unit)) {
      // The run takes nothing, or one unit of `b` after the other.
      here.ForEach([&](size_t j) {
        if (j < b.size() && (IsRun(b[j]) || share(unit, b[j]))) AddWithRuns(b, j + 1, here);
      });
      continue;
    }
    next.Clear();
    here.ForEach([&](size_t j) {
      if (j == b.size() || !share(unit, b[j])) return;
      AddWithRuns(b, IsRun(b[j]) ? j : j + 1, next);
    });
    here.Swap(next);
  }
  return !here.Has(b.size());
}

}  // namespace scpcheck

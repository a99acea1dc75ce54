// How many typing mistakes apart two names are, and what a mistyped name was meant to be: `did you mean`.

#ifndef SCPCHECK_BASE_EDIT_DISTANCE_H_
#define SCPCHECK_BASE_EDIT_DISTANCE_H_

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace scpcheck {

// The least number of inserted, deleted, replaced or swapped neighbouring bytes that turns `a` into `b`, or
// `limit` + 1 if it is more than `limit`. Each byte takes part in one mistake at most (optimal string
// alignment). Time is the product of the lengths at worst; names whose lengths differ by more than the limit
// are not compared at all, so a huge name costs nothing against a short one.
inline size_t EditDistance(std::string_view a, std::string_view b, size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  // One mistake brings or takes a single letter. (Letters that share a bit only hide a difference.)
  const auto letters = [](std::string_view text) {
    uint64_t set = 0;
    for (const char c : text) set |= uint64_t{1} << (static_cast<unsigned char>(c) % 64);
    return set;
  };
  const uint64_t of_a = letters(a);
  const uint64_t of_b = letters(b);
  if (static_cast<size_t>(std::max(std::popcount(of_a & ~of_b), std::popcount(of_b & ~of_a))) > limit) {
    return limit + 1;
  }

  // Rows of the usual table: `current[j]` is the distance between the first i bytes of `b` and j of `a`.
  std::vector<size_t> before_previous(a.size() + 1);
  std::vector<size_t> previous(a.size() + 1);
  std::vector<size_t> current(a.size() + 1);
  for (size_t j = 0; j <= a.size(); ++j) previous[j] = j;
  for (size_t i = 1; i <= b.size(); ++i) {
    current[0] = i;
    size_t best = i;
    for (size_t j = 1; j <= a.size(); ++j) {
      const size_t replaced = previous[j - 1] + (a[j - 1] == b[i - 1] ? 0 : 1);
      current[j] = std::min({replaced, previous[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && a[j - 1] == b[i - 2] && a[j - 2] == b[i - 1]) {
        current[j] = std::min(current[j], before_previous[j - 2] + 1);
      }
      best = std::min(best, current[j]);
    }
    if (best > limit) return limit + 1;
    std::swap(before_previous, previous);
    std::swap(previous, current);
  }
  return std::min(previous[a.size()], limit + 1);
}

// How many mistakes a name may have and still be recognised: one in three characters, up to `most`. Any two
// letters are two mistakes away from `id`.
inline size_t MistakeLimit(std::string_view name, size_t most) {
  return std::min(most, name.size() / 3);
}

// Whether `known` may be meant by `name`.
inline bool IsMistypedName(std::string_view name, std::string_view known) {
  const size_t limit = MistakeLimit(name.size() < known.size() ? known : name, 2);
  return EditDistance(name, known, limit) <= limit;
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_EDIT_DISTANCE_H_

// A pseudo-random generator whose sequence depends on nothing but its seed: the standard library leaves the
// algorithms of its distributions open, and a workload must be the same everywhere.

#ifndef SCPCHECK_BENCH_RANDOM_H_
#define SCPCHECK_BENCH_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace scpcheck::bench {

// Draws that belong together are made one statement after the other, or in one braced list: C++ leaves the
// order open in which the operands of `+` and the arguments of a call are evaluated.
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}

  // SplitMix64.
  uint64_t Next() {
    state_ += 0x9E3779B97F4A7C15;
    uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return z ^ (z >> 31);
  }

  // 0 to bound - 1; bound is below 2^32 and not 0. The bias is at most bound / 2^32.
  size_t Below(size_t bound) { return static_cast<size_t>(((Next() >> 32) * uint64_t{bound}) >> 32); }
  size_t Between(size_t low, size_t high) { return low + Below(high - low + 1); }
  bool Percent(size_t percent) { return Below(100) < percent; }

  template <typename T, size_t kExtent>
  const T& Pick(std::span<T, kExtent> items) {
    return items[Below(items.size())];
  }
  template <typename T>
  const T& Pick(const std::vector<T>& items) {
    return items[Below(items.size())];
  }
  template <typename T, size_t kSize>
  const T& Pick(const T (&items)[kSize]) {
    return items[Below(kSize)];
  }

  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Below(i)]);
  }

  std::string Text(std::string_view alphabet, size_t length) {
    std::string text;
    for (size_t i = 0; i < length; ++i) text += alphabet[Below(alphabet.size())];
    return text;
  }

 private:
  uint64_t state_;
};

inline constexpr std::string_view kDigits = "0123456789";
inline constexpr std::string_view kHex = "0123456789abcdef";
inline constexpr std::string_view kLowerAlphanumeric = "0123456789abcdefghijklmnopqrstuvwxyz";

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_RANDOM_H_

// Decimal numbers, compared exactly and without allocation.

#ifndef SCPCHECK_MATCH_NUMBER_H_
#define SCPCHECK_MATCH_NUMBER_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scpcheck {

// A view of a number's digits; the text must outlive it. `2.0` equals `2`, `1e3` equals `1000`.
class Decimal {
 public:
  // An optional sign, digits with an optional point among or around them, an optional exponent. Nothing for
  // other texts. Exponents beyond +-10^15 are taken as these.
  static std::optional<Decimal> Parse(std::string_view text);

  friend std::strong_ordering operator<=>(const Decimal& a, const Decimal& b);
  friend bool operator==(const Decimal& a, const Decimal& b) { return (a <=> b) == 0; }

 private:
  // Digits from the first to the last that is not zero, perhaps with the point among them.
  std::string_view digits_;
  // Where the point stands: the value is 0.d1d2d3... times 10 to the power of this.
  int64_t point_ = 0;
  bool negative_ = false;
};

}  // namespace scpcheck

#endif  // SCPCHECK_MATCH_NUMBER_H_

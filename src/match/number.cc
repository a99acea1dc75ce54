#include "match/number.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/ascii.h"

namespace scpcheck {

namespace {

// Far from where adding the number of digits overflows.
constexpr int64_t kMaxExponent = 1'000'000'000'000'000;

// The digits of a view that may have a point in it.
class DigitReader {
 public:
  explicit DigitReader(std::string_view digits) : rest_(digits) {}
  // 0 after the last digit, which compares like the zeros that could stand there.
  char Next() {
    if (!rest_.empty() && rest_.front() == '.') rest_.remove_prefix(1);
    if (rest_.empty()) return '0';
    const char digit = rest_.front();
    rest_.remove_prefix(1);
    return digit;
  }
  bool AtEnd() const { return rest_.empty(); }

 private:
  std::string_view rest_;
};

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  Decimal number;
  if (!text.empty() && (text.front() == '-' || text.front() == '+')) {
    number.negative_ = text.front() == '-';
    text.remove_prefix(1);
  }
  int64_t exponent = 0;
  const size_t e = text.find_first_of("eE");
  if (e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    if (digits.starts_with('+')) {
      digits.remove_prefix(1);
      if (digits.starts_with('-')) return std::nullopt;
    }
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
    if (error == std::errc::invalid_argument || end != digits.data() + digits.size()) return std::nullopt;
    if (error == std::errc::result_out_of_range)
      exponent = digits.starts_with('-') ? -kMaxExponent : kMaxExponent;
    exponent = std::clamp(exponent, -kMaxExponent, kMaxExponent);
    text = text.substr(0, e);
  }
  size_t point = text.size();
  size_t digit_count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (IsAsciiDigit(text[i])) {
      ++digit_count;
    } else if (text[i] == '.' && point == text.size()) {
      point = i;
    } else {
      return std::nullopt;
    }
  }
  if (digit_count == 0) return std::nullopt;
  const size_t first = text.find_first_not_of("0.");
  if (first == std::string_view::npos) {
    number.negative_ = false;  // -0 is 0
    return number;
  }
  const size_t last = text.find_last_not_of("0.");
  number.digits_ = text.substr(first, last - first + 1);
  // Places between the point and the first digit that counts, the point itself not counted.
  number.point_ =
      first < point ? static_cast<int64_t>(point - first) : -static_cast<int64_t>(first - point - 1);
  number.point_ += exponent;
  return number;
}

std::strong_ordering operator<=>(const Decimal& a, const Decimal& b) {
  const bool a_zero = a.digits_.empty();
  const bool b_zero = b.digits_.empty();
  if (a_zero || b_zero) {
    if (a_zero && b_zero) return std::strong_ordering::equal;
    return (a_zero ? !b.negative_ : a.negative_) ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  if (a.negative_ != b.negative_) {
    return a.negative_ ? std::strong_ordering::less : std::strong_ordering::greater;
  }
  std::strong_ordering magnitude = a.point_ <=> b.point_;
  DigitReader a_digits(a.digits_);
  DigitReader b_digits(b.digits_);
  while (magnitude == 0 && !(a_digits.AtEnd() && b_digits.AtEnd()))
    magnitude = a_digits.Next() <=> b_digits.Next();
  if (!a.negative_) return magnitude;
  return 0 <=> magnitude;
}

}  // namespace scpcheck

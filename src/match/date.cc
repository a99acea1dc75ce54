#include "match/date.h"

#include <algorithm>
#include <limits>

#include "base/ascii.h"
#include "base/assumptions.h"

namespace scpcheck {

namespace {

constexpr int64_t kSecondsPerDay = 86400;
// Epoch seconds with more digits are all as far away.
constexpr size_t kMaxEpochDigits = 18;

// Days since 1970-01-01 in the Gregorian calendar, counted from March so that leap days come last.
constexpr int64_t DaysFromCivil(int64_t year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t year_of_era = year - era * 400;
  const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}
static_assert(DaysFromCivil(1970, 1, 1) == 0 && DaysFromCivil(2000, 3, 1) == 11017);

constexpr int DaysInMonth(int year, int month) {
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[month - 1];
}

// Takes digits from the front of a text.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }
  bool Take(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  // Exactly `digits` digits, as a number of at least `least` and at most `most`.
  bool TakeNumber(size_t digits, int least, int most, int& number) {
    if (rest_.size() < digits ||
        !std::all_of(rest_.begin(), rest_.begin() + static_cast<ptrdiff_t>(digits), IsAsciiDigit)) {
      return false;
    }
    number = 0;
    for (size_t i = 0; i < digits; ++i) number = number * 10 + (rest_[i] - '0');
    rest_.remove_prefix(digits);
    return number >= least && number <= most;
  }
  // One or more digits after a point.
  bool TakeFraction(uint32_t& nanoseconds) {
    if (rest_.empty() || !IsAsciiDigit(rest_.front())) return false;
    uint32_t unit = 100'000'000;
    nanoseconds = 0;
    while (!rest_.empty() && IsAsciiDigit(rest_.front())) {
      nanoseconds += unit * static_cast<uint32_t>(rest_.front() - '0');
      unit /= 10;
      rest_.remove_prefix(1);
    }
    return true;
  }

 private:
  std::string_view rest_;
};

// Whole epoch seconds, if `text` is that.
std::optional<Instant> ParseEpoch(std::string_view text) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text.substr(negative ? 1 : 0);
  if (digits.empty() || !std::all_of(digits.begin(), digits.end(), IsAsciiDigit)) return std::nullopt;
  if (!negative && digits.size() <= assumptions::kMaxYearDigits) return std::nullopt;
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  Instant instant;
  if (digits.size() > kMaxEpochDigits) {
    instant.seconds = std::numeric_limits<int64_t>::max() / 2;
  } else {
    for (const char digit : digits) instant.seconds = instant.seconds * 10 + (digit - '0');
  }
  if (negative) instant.seconds = -instant.seconds;
  return instant;
}

}  // namespace

std::optional<Instant> ParseDate(std::string_view text) {
  if (const std::optional<Instant> epoch = ParseEpoch(text)) return epoch;
  Fields fields(text);
  int year = 0;
  int month = 1;
  int day = 1;
  int hour = 0;
  int minute = 0;
  int second = 0;
  Instant instant;
  // Fewer digits than four are a year too (kMaxYearDigits), but only on their own.
  if (text.size() < 4) {
    if (text.empty() || !fields.TakeNumber(text.size(), 0, 999, year)) return std::nullopt;
  } else if (!fields.TakeNumber(4, 0, 9999, year)) {
    return std::nullopt;
  }
  int offset_minutes = 0;
  if (!fields.AtEnd()) {
    if (!fields.Take('-') || !fields.TakeNumber(2, 1, 12, month)) return std::nullopt;
  }
  if (!fields.AtEnd()) {
    if (!fields.Take('-') || !fields.TakeNumber(2, 1, DaysInMonth(year, month), day)) return std::nullopt;
  }
  if (!fields.AtEnd()) {
    if (!fields.Take('T') || !fields.TakeNumber(2, 0, 23, hour) || !fields.Take(':') ||
        !fields.TakeNumber(2, 0, 59, minute)) {
      return std::nullopt;
    }
    if (fields.Take(':')) {
      if (!fields.TakeNumber(2, 0, 59, second)) return std::nullopt;
      if (fields.Take('.') && !fields.TakeFraction(instant.nanoseconds)) return std::nullopt;
    }
    if (!fields.AtEnd() && !fields.Take('Z')) {
      const bool east = fields.Take('+');
      int hours = 0;
      int minutes = 0;
      if ((!east && !fields.Take('-')) || !fields.TakeNumber(2, 0, 23, hours) || !fields.Take(':') ||
          !fields.TakeNumber(2, 0, 59, minutes)) {
        return std::nullopt;
      }
      offset_minutes = (east ? 1 : -1) * (hours * 60 + minutes);
    }
    if (!fields.AtEnd()) return std::nullopt;
  }
  const int seconds = hour * 3600 + (minute - offset_minutes) * 60 + second;
  instant.seconds = DaysFromCivil(year, month, day) * kSecondsPerDay + seconds;
  return instant;
}

}  // namespace scpcheck

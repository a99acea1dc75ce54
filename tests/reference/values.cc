#include "values.h"

#include <arpa/inet.h>
#include <re2/re2.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <unordered_map>

namespace scpcheck::reference {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// The value of up to 18 digits.
int64_t ToInt(std::string_view digits) {
  int64_t value = 0;
  for (char c : digits) value = value * 10 + (c - '0');
  return value;
}

bool IsLeapYear(int64_t year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int64_t DaysInMonth(int64_t year, int64_t month) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[month - 1];
}

// Days from 1970-01-01 to a date of the years 0 to 9999 (proleptic Gregorian).
int64_t DaysSinceEpoch(int64_t year, int64_t month, int64_t day) {
  // Leap days before 1 January of `y`: one in each of the years 0, 4, 8 ... below y, but for the centuries.
  const auto leap_days = [](int64_t y) { return (y + 3) / 4 - (y + 99) / 100 + (y + 399) / 400; };
  int64_t days = 365 * (year - 1970) + leap_days(year) - leap_days(1970);
  for (int64_t m = 1; m < month; ++m) days += DaysInMonth(year, m);
  return days + day - 1;
}

const re2::RE2& Compiled(const std::string& regex) {
  // Patterns with values of requests put in never end: start anew now and then.
  static constexpr size_t kMostKept = 100000;
  thread_local std::unordered_map<std::string, std::unique_ptr<re2::RE2>> kept;
  if (const auto found = kept.find(regex); found != kept.end()) return *found->second;
  if (kept.size() >= kMostKept) kept.clear();
  re2::RE2::Options options;
  options.set_dot_nl(true);
  options.set_log_errors(false);
  auto compiled = std::make_unique<re2::RE2>(regex, options);
  if (!compiled->ok()) throw std::runtime_error("not a regular expression: " + regex);
  return *kept.emplace(regex, std::move(compiled)).first->second;
}

}  // namespace

Truth And(Truth a, Truth b) {
  return std::min(a, b);
}
Truth Or(Truth a, Truth b) {
  return std::max(a, b);
}
Truth Not(Truth a) {
  return a == Truth::kUnknown ? Truth::kUnknown : a == Truth::kTrue ? Truth::kFalse : Truth::kTrue;
}
Truth FromBool(bool b) {
  return b ? Truth::kTrue : Truth::kFalse;
}

std::string LowerAscii(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool FullMatch(const std::string& regex, std::string_view text) {
  return re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), Compiled(regex));
}

std::string Quote(std::string_view text) {
  return re2::RE2::QuoteMeta(re2::StringPiece(text.data(), text.size()));
}

std::optional<Number> ParseNumber(std::string_view text) {
  Number number;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    number.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  int64_t exponent = 0;
  if (const size_t e = text.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view digits = text.substr(e + 1);
    const bool negative = !digits.empty() && digits[0] == '-';
    if (!digits.empty() && (digits[0] == '+' || digits[0] == '-')) digits.remove_prefix(1);
    if (!AllDigits(digits) || digits.size() > 9) return std::nullopt;
    exponent = negative ? -ToInt(digits) : ToInt(digits);
    text = text.substr(0, e);
  }
  const size_t dot = text.find('.');
  const std::string_view whole = text.substr(0, dot);
  const std::string_view part = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
  if (whole.empty() && part.empty()) return std::nullopt;
  if (!whole.empty() && !AllDigits(whole)) return std::nullopt;
  if (!part.empty() && !AllDigits(part)) return std::nullopt;

  number.digits = std::string(whole) + std::string(part);
  number.point = static_cast<int64_t>(whole.size()) + exponent;
  const size_t first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) return Number{};  // zero; -0 is 0
  number.digits.erase(0, first);
  number.point -= static_cast<int64_t>(first);
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
  return number;
}

int Compare(const Number& a, const Number& b) {
  const int sign_a = a.digits.empty() ? 0 : a.negative ? -1 : 1;
  const int sign_b = b.digits.empty() ? 0 : b.negative ? -1 : 1;
  if (sign_a != sign_b) return sign_a < sign_b ? -1 : 1;
  if (sign_a == 0) return 0;
  int magnitude = 0;
  if (a.point != b.point) {
    magnitude = a.point < b.point ? -1 : 1;
  } else if (a.digits != b.digits) {
    magnitude = a.digits < b.digits ? -1 : 1;  // no trailing zeros, so a prefix is the smaller one
  }
  return sign_a * magnitude;
}

std::optional<Instant> ParseInstant(std::string_view text) {
  // An integer: up to four digits are a year, more are epoch seconds.
  std::string_view digits = text;
  const bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  if (AllDigits(digits) && (negative || digits.size() != 4)) {
    if (digits.size() > 18)
      return Instant{(negative ? -1 : 1) * (int64_t{1} << 62), ""};  // later than any date
    if (!negative && digits.size() < 4) {
      return Instant{DaysSinceEpoch(ToInt(digits), 1, 1) * 86400, ""};
    }
    return Instant{negative ? -ToInt(digits) : ToInt(digits), ""};
  }

  static const re2::RE2 kForm(
      R"((\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d+))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?)");
  std::string year, month, day, hour, minute, second, fraction, zone;
  if (!re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), kForm, &year, &month, &day, &hour,
                           &minute, &second, &fraction, &zone)) {
    return std::nullopt;
  }
  // A coarser form is the start of its period.
  const int64_t y = ToInt(year);
  const int64_t m = month.empty() ? 1 : ToInt(month);
  const int64_t d = day.empty() ? 1 : ToInt(day);
  if (m < 1 || m > 12 || d < 1 || d > DaysInMonth(y, m)) return std::nullopt;
  const int64_t h = ToInt(hour), min = ToInt(minute), s = ToInt(second);
  if (h > 23 || min > 59 || s > 59) return std::nullopt;
  int64_t offset = 0;  // no zone: UTC
  if (zone.size() == 6) {
    const int64_t zone_hour = ToInt(zone.substr(1, 2)), zone_minute = ToInt(zone.substr(4, 2));
    if (zone_hour > 23 || zone_minute > 59) return std::nullopt;
    offset = (zone_hour * 60 + zone_minute) * 60 * (zone[0] == '-' ? -1 : 1);
  }
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return Instant{DaysSinceEpoch(y, m, d) * 86400 + h * 3600 + min * 60 + s - offset, fraction};
}

int Compare(const Instant& a, const Instant& b) {
  if (a.seconds != b.seconds) return a.seconds < b.seconds ? -1 : 1;
  return a.fraction == b.fraction ? 0 : a.fraction < b.fraction ? -1 : 1;
}

std::optional<Address> ParseAddress(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return std::nullopt;
  const std::string terminated(text);
  Address address;
  address.bytes.resize(4);
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes.data()) == 1) return address;
  address.bytes.resize(16);
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes.data()) == 1) return address;
  return std::nullopt;
}

std::optional<Block> ParseBlock(std::string_view text) {
  const size_t slash = text.find('/');
  const auto address = ParseAddress(text.substr(0, slash));
  if (!address) return std::nullopt;
  const unsigned bits = static_cast<unsigned>(address->bytes.size() * 8);
  if (slash == std::string_view::npos) return Block{*address, bits};
  const std::string_view digits = text.substr(slash + 1);
  if (!AllDigits(digits) || digits.size() > 3) return std::nullopt;
  const unsigned prefix = static_cast<unsigned>(ToInt(digits));
  if (prefix > bits) return std::nullopt;
  return Block{*address, prefix};
}

bool Contains(const Block& block, const Address& address) {
  if (block.address.bytes.size() != address.bytes.size()) return false;
  for (unsigned bit = 0; bit < block.prefix; ++bit) {
    const unsigned mask = 0x80u >> (bit % 8);
    if ((block.address.bytes[bit / 8] & mask) != (address.bytes[bit / 8] & mask)) return false;
  }
  return true;
}

std::optional<bool> ParseBool(std::string_view text) {
  const std::string lower = LowerAscii(text);
  if (lower == "true") return true;
  if (lower == "false") return false;
  return std::nullopt;
}

std::optional<std::string> DecodeBase64(std::string_view text) {
  static constexpr std::string_view kAlphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  size_t padding = 0;
  while (padding < 2 && padding < text.size() && text[text.size() - 1 - padding] == '=') ++padding;
  std::string bytes;
  uint32_t bits = 0;
  unsigned held = 0;
  for (char c : text.substr(0, text.size() - padding)) {
    const size_t value = kAlphabet.find(c);
    if (value == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<uint32_t>(value)) & 0xFFFFu;
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes.push_back(static_cast<char>(bits >> held & 0xFFu));
    }
  }
  return bytes;
}

}  // namespace scpcheck::reference

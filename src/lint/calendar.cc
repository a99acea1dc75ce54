#include "lint/calendar.h"

#include <algorithm>
#include <chrono>

#include "match/date.h"

namespace scpcheck {

namespace {

constexpr int64_t kSecondsPerDay = 86400;

}  // namespace

std::optional<Day> ParseDay(std::string_view text) {
  constexpr std::string_view kForm = "YYYY-MM-DD";
  if (text.size() != kForm.size()) return std::nullopt;
  const std::optional<Instant> instant = ParseDate(text);
  if (!instant || text[4] != '-') return std::nullopt;
  return instant->seconds / kSecondsPerDay;
}

std::optional<Day> DayOf(int year, unsigned month, unsigned day) {
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days{date}.time_since_epoch().count();
}

std::string FormatDay(Day day) {
  const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
  const auto digits = [](unsigned number, size_t width) {
    std::string text = std::to_string(number);
    return std::string(width - std::min(width, text.size()), '0') + text;
  };
  return digits(static_cast<unsigned>(static_cast<int>(date.year())), 4) + "-" +
         digits(static_cast<unsigned>(date.month()), 2) + "-" + digits(static_cast<unsigned>(date.day()), 2);
}

}  // namespace scpcheck

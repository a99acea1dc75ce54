// Days, as the configuration writes them.

#ifndef SCPCHECK_LINT_CALENDAR_H_
#define SCPCHECK_LINT_CALENDAR_H_

#include <optional>
#include <string>
#include <string_view>

#include "lint/settings.h"

namespace scpcheck {

// `2026-05-15`. Nothing for other texts and for days that don't exist.
std::optional<Day> ParseDay(std::string_view text);
std::string FormatDay(Day day);
// Nothing for days that don't exist.
std::optional<Day> DayOf(int year, unsigned month, unsigned day);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_CALENDAR_H_

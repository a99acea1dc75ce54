// Dates of the W3C profile of ISO 8601, and epoch seconds (C-13).

#ifndef SCPCHECK_MATCH_DATE_H_
#define SCPCHECK_MATCH_DATE_H_

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scpcheck {

struct Instant {
  int64_t seconds = 0;       // since 1970-01-01T00:00:00Z
  uint32_t nanoseconds = 0;  // digits of a second's fraction beyond the ninth are dropped

  friend auto operator<=>(const Instant&, const Instant&) = default;
};

// `YYYY`, `YYYY-MM`, `YYYY-MM-DD` (the start of the period), `YYYY-MM-DDThh:mm`, with seconds, with their
// fraction, each with `Z`, `+hh:mm`, `-hh:mm` or nothing, which means UTC; or a whole number of epoch
// seconds, perhaps negative; those of more than 18 digits are all equally far away. Nothing for other texts.
std::optional<Instant> ParseDate(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_MATCH_DATE_H_

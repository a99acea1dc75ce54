#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/rules.h"
#include "match/date.h"

namespace scpcheck {

namespace {

constexpr int64_t kSecondsOfDay = 86400;

bool IsDateOperator(Comparison comparison) {
  return comparison >= Comparison::kDateEquals && comparison <= Comparison::kDateGreaterThanEquals;
}

// What becomes of a test on the time of the request, from today on.
enum class Future { kMayChange, kNever, kAlways };

Future FutureOf(Comparison comparison, const Instant& date, const Instant& today) {
  // Every request from now on comes at `today` or later.
  switch (comparison) {
    case Comparison::kDateLessThan:
      return date <= today ? Future::kNever : Future::kMayChange;
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateEquals:
      return date < today ? Future::kNever : Future::kMayChange;
    case Comparison::kDateGreaterThan:
      return date < today ? Future::kAlways : Future::kMayChange;
    case Comparison::kDateGreaterThanEquals:
      return date <= today ? Future::kAlways : Future::kMayChange;
    default:
      return Future::kMayChange;
  }
}

// The date operator that does what `comparison` does: aws:EpochTime is a number too.
std::optional<Comparison> DateOperator(const ConditionClause& clause) {
  if (IsDateOperator(clause.op.comparison)) return clause.op.comparison;
  if (!IsKey(clause, "aws:EpochTime")) return std::nullopt;
  switch (clause.op.comparison) {
    case Comparison::kNumericEquals:
      return Comparison::kDateEquals;
    case Comparison::kNumericLessThan:
      return Comparison::kDateLessThan;
    case Comparison::kNumericLessThanEquals:
      return Comparison::kDateLessThanEquals;
    case Comparison::kNumericGreaterThan:
      return Comparison::kDateGreaterThan;
    case Comparison::kNumericGreaterThanEquals:
      return Comparison::kDateGreaterThanEquals;
    default:
      return std::nullopt;
  }
}

// Of the whole test: one value is enough (C-02), and a negation needs all to fail.
Future FutureOf(const ConditionClause& clause, const Instant& today) {
  const std::optional<Comparison> comparison = DateOperator(clause);
  if (!comparison) return Future::kMayChange;
  bool all_never = !clause.values.empty();
  for (const ConditionValue& value : clause.values) {
    const std::optional<Instant> date = ParseDate(value.text);
    if (!date) return Future::kMayChange;  // SCP303
    const Future future = FutureOf(*comparison, *date, today);
    if (future == Future::kAlways) return clause.op.negated ? Future::kNever : Future::kAlways;
    all_never &= future == Future::kNever;
  }
  if (!all_never) return Future::kMayChange;
  return clause.op.negated ? Future::kAlways : Future::kNever;
}

// On the time of the request, which each request carries.
bool IsClockTest(const ConditionClause& clause) {
  return DateOperator(clause) && clause.op.set_operator == SetOperator::kNone &&
         (IsKey(clause, "aws:CurrentTime") || IsKey(clause, "aws:EpochTime"));
}

// C-13: what a date may be taken for.
void CheckWriting(const ConditionClause& clause, Reporter& report) {
  for (const ConditionValue& value : clause.values) {
    const std::string_view text = value.text;
    if (!ParseDate(text)) continue;
    const bool is_number = std::all_of(text.begin() + (text[0] == '-' ? 1 : 0), text.end(), IsAsciiDigit);
    std::string found;
    if (is_number && text.size() <= 4) {
      found =
          Quoted(text) + " may be read as a year or as seconds since 1970: write the date as `YYYY-MM-DD`";
    } else if (is_number) {
      found = Quoted(text) +
              " is a number of seconds, which says nothing to readers: write the date as "
              "`YYYY-MM-DD`";
    } else if (const size_t time = text.find('T');
               time != std::string_view::npos && text.find_first_of("Z+-", time) == std::string_view::npos) {
      found = Quoted(text) + " has no time zone and is taken as UTC: write `" + std::string(text) + "Z`";
    } else {
      continue;
    }
    report.Add(value.range, std::move(found)).WithSeverity(Severity::kInfo);
  }
}

}  // namespace

void CheckDateConditionExpired(const StatementView& view, Reporter& report) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  const Instant today{view.policy().settings().today * kSecondsOfDay, 0};
  bool is_dead = false;
  bool has_end = false;
  for (const ConditionClause& clause : clauses) {
    if (IsDateOperator(clause.op.comparison) && !IsKey(clause, "aws:EpochTime")) CheckWriting(clause, report);
    if (!IsClockTest(clause)) continue;
    const Future future = FutureOf(clause, today);
    has_end |= future == Future::kMayChange;
    if (future != Future::kNever) continue;
    is_dead = true;
    report.Add(
        clause.values.size() == 1 ? clause.values[0].range : clause.key.range,
        std::string(clause.values.size() == 1 ? "this date has passed" : "these dates have passed") +
            ", so the test never holds again and the statement has no effect: move the date, or remove "
            "the statement");
  }
  // A window that is open says so itself.
  if (is_dead || has_end) return;
  for (const ConditionClause& clause : clauses) {
    if (!IsClockTest(clause) || FutureOf(clause, today) != Future::kAlways) continue;
    report
        .Add(clause.values.size() == 1 ? clause.values[0].range : clause.key.range,
             "this date has passed, so the test holds from now on: leave it out")
        .WithSeverity(Severity::kInfo);
  }
}

}  // namespace scpcheck

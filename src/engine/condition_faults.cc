#include "engine/condition_faults.h"

#include <string>
#include <string_view>
#include <utility>

#include "match/address.h"
#include "match/date.h"
#include "match/number.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

// What a value should be for the operator, if it is not; empty otherwise.
std::string_view MissingKind(Comparison comparison, std::string_view value, bool variables) {
  switch (comparison) {
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals:
      return Decimal::Parse(value) ? "" : "number";
    case Comparison::kDateEquals:
    case Comparison::kDateLessThan:
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateGreaterThan:
    case Comparison::kDateGreaterThanEquals:
      return ParseDate(value) ? "" : "date";
    case Comparison::kIpAddress:
      return AddressBlock::Parse(value) ? "" : "address or address block";
    case Comparison::kArnLike:
      return Pattern::Arn(value, variables) ? "" : "ARN";
    default:
      return "";
  }
}

bool IsDateOperator(Comparison comparison) {
  return comparison == Comparison::kDateEquals || comparison == Comparison::kDateLessThan ||
         comparison == Comparison::kDateLessThanEquals || comparison == Comparison::kDateGreaterThan ||
         comparison == Comparison::kDateGreaterThanEquals;
}

// A time of day without its zone.
bool LacksZone(std::string_view date) {
  const size_t time = date.find('T');
  return time != std::string_view::npos && date.find_first_of("Z+-", time) == std::string_view::npos;
}

}  // namespace

void FindConditionFaults(const Policy& policy, Diagnostics& diagnostics) {
  const auto report = [&](Severity severity, std::string message, SourceRange range) {
    diagnostics.Add({.severity = severity,
                     .code = "condition-value",
                     .message = std::move(message),
                     .source = policy.source,
                     .range = range});
  };
  for (const Statement& statement : policy.statements) {
    for (const ConditionClause& clause : statement.conditions) {
      if (clause.op.comparison == Comparison::kNull && clause.op.set_operator != SetOperator::kNone) {
        const bool for_all = clause.op.set_operator == SetOperator::kForAllValues;
        report(Severity::kError,
               "`Null` asks whether a key is there, and takes no `" +
                   std::string(for_all ? "ForAllValues" : "ForAnyValue") + "`: this " +
                   (for_all ? "always" : "never") + " matches",
               clause.operator_text.range);
      }
      for (const ConditionValue& value : clause.values) {
        const std::string_view missing = MissingKind(clause.op.comparison, value.text, policy.has_variables);
        if (!missing.empty()) {
          report(Severity::kError,
                 "`" + value.text + "` is no " + std::string(missing) + ", so `" + clause.operator_text.text +
                     "` has nothing to compare with: " +
                     (clause.op.negated ? "the condition never matches" : "it matches nothing"),
                 value.range);
        } else if (IsDateOperator(clause.op.comparison) && LacksZone(value.text)) {
          report(Severity::kWarning,
                 "`" + value.text + "` has no time zone, and is taken as UTC: write `" + value.text + "Z`",
                 value.range);
        }
      }
    }
  }
}

}  // namespace scpcheck

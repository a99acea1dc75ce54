#include <algorithm>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "lint/template_token.h"
#include "match/address.h"
#include "match/base64.h"
#include "match/date.h"
#include "match/number.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

bool IsTrue(std::string_view text) {
  return AsciiEqualsIgnoreCase(text, "true");
}
bool IsFalse(std::string_view text) {
  return AsciiEqualsIgnoreCase(text, "false");
}

// What to say of a value that is not what the operator needs, or nothing if any text will do.
std::string_view Fault(Comparison comparison) {
  switch (comparison) {
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals:
      return "no number";
    case Comparison::kDateEquals:
    case Comparison::kDateLessThan:
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateGreaterThan:
    case Comparison::kDateGreaterThanEquals:
      return "no date such as `2026-01-31T00:00:00Z`";
    case Comparison::kBool:
    case Comparison::kNull:
      return "neither `true` nor `false`";
    case Comparison::kBinaryEquals:
      return "no base64 text";
    case Comparison::kIpAddress:
      return "no IP address or block such as `203.0.113.0/24`";
    case Comparison::kArnLike:
      return "no ARN of six fields";
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kStringLike:
    case Comparison::kUnknown:
      break;
  }
  return "";
}

// C-12 to C-16, C-22.
bool CanRead(Comparison comparison, std::string_view text, bool variables) {
  switch (comparison) {
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals:
      return Decimal::Parse(text).has_value();
    case Comparison::kDateEquals:
    case Comparison::kDateLessThan:
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateGreaterThan:
    case Comparison::kDateGreaterThanEquals:
      return ParseDate(text).has_value();
    case Comparison::kBool:
    case Comparison::kNull:
      return IsTrue(text) || IsFalse(text);
    case Comparison::kBinaryEquals:
      return IsBase64(text);
    case Comparison::kIpAddress:
      return AddressBlock::Parse(text).has_value();
    case Comparison::kArnLike:
      return CountArnParts(text, variables) == 6;
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kStringLike:
    case Comparison::kUnknown:
      break;
  }
  return true;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

void CheckValue(const StatementView& view, const ConditionClause& clause, const ConditionValue& value,
                Reporter& report) {
  const Comparison comparison = clause.op.comparison;
  const bool variables = view.policy().policy().has_variables;
  if (CanRead(comparison, value.text, variables)) return;
  const bool is_arn = comparison == Comparison::kArnLike;
  std::string message =
      (value.text.empty() ? "an empty text" : Quoted(value.text)) + " is " + std::string(Fault(comparison));
  // The engine takes NOR over a bad value for false, but AWS doesn't say so.
  message += clause.op.negated
                 ? ", so what " + Quoted(clause.operator_text.text) + " makes of it is not defined"
                 : ", so no request matches it";
  if (is_arn && value.text == "*") {
    message += ": write `arn:*:*:*:*:*`";
  } else if (comparison == Comparison::kIpAddress && value.text.find('*') != std::string::npos) {
    message += ": write the block with its prefix length";
  } else {
    message += ": write one, or take the value out";
  }
  FindingBuilder finding = report.Add(value.range, std::move(message));
  // C-22: what AWS makes of a lone `*` is known from no page.
  if (is_arn && value.text == "*") finding.WithSeverity(Severity::kWarning);
  const std::string_view trimmed = Trimmed(value.text);
  if (trimmed.size() < value.text.size() && CanRead(comparison, trimmed, variables)) {
    finding.UnsafeFix("take the white space out", {{value.range, JsonQuoted(trimmed)}});
  }
}

// `true` and `false` together.
void CheckBothBooleans(const StatementView& view, const ConditionClause& clause, Reporter& report) {
  const auto has = [&](bool (*is)(std::string_view)) {
    return std::any_of(clause.values.begin(), clause.values.end(),
                       [is](const ConditionValue& value) { return is(value.text); });
  };
  if (!has(IsTrue) || !has(IsFalse)) return;
  const std::string_view effect = clause.op.comparison == Comparison::kNull
                                      ? "so the test holds for every request"
                                      : "so the test holds for every request that carries the key";
  report
      .Add(view.ValuesOf(clause).range(), "both `true` and `false` are listed for " +
                                              Quoted(clause.key.text) + ", " + std::string(effect) +
                                              ": keep the one that is meant")
      .Offender(clause.key.text);
}

std::string_view KindName(ConditionValue::Kind kind) {
  switch (kind) {
    case ConditionValue::Kind::kString:
      return "a string";
    case ConditionValue::Kind::kNumber:
      return "a number";
    case ConditionValue::Kind::kBoolean:
      return "a boolean";
  }
  return "a string";
}

void CheckKinds(const ConditionClause& clause, Reporter& report) {
  if (clause.values.empty()) return;
  const ConditionValue& first = clause.values.front();
  const auto other = std::find_if(clause.values.begin(), clause.values.end(),
                                  [&](const ConditionValue& value) { return value.kind != first.kind; });
  if (other == clause.values.end()) return;
  FindingBuilder finding = report.Add(
      other->range, "this is " + std::string(KindName(other->kind)) + " in a list that begins with " +
                        std::string(KindName(first.kind)) +
                        ", and AWS's policy validation rejects mixed lists: put all values in quotes");
  finding.WithSeverity(Severity::kWarning).Related(first.range, "the first value");
  std::vector<TextEdit> edits;
  for (const ConditionValue& value : clause.values) {
    if (value.kind != ConditionValue::Kind::kString) edits.push_back({value.range, JsonQuoted(value.text)});
  }
  finding.SafeFix("put all values in quotes", std::move(edits));
}

}  // namespace

// G-13: numbers and booleans need no quotes.
void CheckValueTypeMismatch(const StatementView& view, Reporter& report) {
  const LintSettings& settings = view.policy().settings();
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison == Comparison::kUnknown) continue;
    CheckKinds(clause, report);
    if (Fault(clause.op.comparison).empty()) continue;
    const bool is_principal = AsciiEqualsIgnoreCase(clause.key.text, "aws:PrincipalArn");
    // SCP311 says what becomes of `Null` under a set operator, SCP321 what `aws:PrincipalArn` can be.
    const bool is_null = clause.op.comparison == Comparison::kNull;
    if (is_null && clause.op.set_operator != SetOperator::kNone) continue;
    if (is_principal && clause.op.comparison == Comparison::kArnLike) continue;
    for (const ConditionValue& value : clause.values) {
      // SCP110 speaks of empty values, SCP116 of variables where there can be none.
      if (value.text.empty() || HoldsVariable(value.text) || HoldsTemplateToken(value.text, settings))
        continue;
      CheckValue(view, clause, value, report);
    }
    if (is_null || clause.op.comparison == Comparison::kBool) CheckBothBooleans(view, clause, report);
  }
}

}  // namespace scpcheck

#include <string>

#include "base/ascii.h"
#include "scpcheck/policy.h"

namespace scpcheck {

namespace {

constexpr std::string_view kForAllValuesPrefix = "ForAllValues:";
constexpr std::string_view kForAnyValuePrefix = "ForAnyValue:";
constexpr std::string_view kIfExistsSuffix = "IfExists";

struct OperatorName {
  std::string_view spelling;
  Comparison comparison;
  bool negated;
};

constexpr OperatorName kOperatorNames[] = {
#define OPERATOR(spelling, comparison, negated) {spelling, Comparison::comparison, negated},
#include "policy/operators.def"
#undef OPERATOR
};

bool TakePrefix(std::string_view prefix, std::string_view& text) {
  if (!AsciiEqualsIgnoreCase(text.substr(0, prefix.size()), prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

struct OperatorParts {
  SetOperator set_operator = SetOperator::kNone;
  const OperatorName* name = nullptr;  // null: unknown
  bool if_exists = false;
};

OperatorParts SplitOperator(std::string_view text) {
  OperatorParts parts;
  if (TakePrefix(kForAllValuesPrefix, text)) {
    parts.set_operator = SetOperator::kForAllValues;
  } else if (TakePrefix(kForAnyValuePrefix, text)) {
    parts.set_operator = SetOperator::kForAnyValue;
  }
  if (text.size() > kIfExistsSuffix.size() &&
      AsciiEqualsIgnoreCase(text.substr(text.size() - kIfExistsSuffix.size()), kIfExistsSuffix)) {
    parts.if_exists = true;
    text.remove_suffix(kIfExistsSuffix.size());
  }
  for (const OperatorName& known : kOperatorNames) {
    if (AsciiEqualsIgnoreCase(text, known.spelling)) parts.name = &known;
  }
  // `NullIfExists` asks for nothing (semantics 4.2), so it is no operator.
  if (parts.name != nullptr && parts.name->comparison == Comparison::kNull && parts.if_exists)
    parts.name = nullptr;
  return parts;
}

}  // namespace

ConditionOperator ParseConditionOperator(std::string_view text) {
  const OperatorParts parts = SplitOperator(text);
  ConditionOperator op;
  op.set_operator = parts.set_operator;
  op.if_exists = parts.if_exists;
  if (parts.name != nullptr) {
    op.comparison = parts.name->comparison;
    op.negated = parts.name->negated;
  }
  return op;
}

std::string DocumentedOperatorName(std::string_view text) {
  const OperatorParts parts = SplitOperator(text);
  if (parts.name == nullptr) return "";
  std::string name;
  if (parts.set_operator == SetOperator::kForAllValues) name = kForAllValuesPrefix;
  if (parts.set_operator == SetOperator::kForAnyValue) name = kForAnyValuePrefix;
  name += parts.name->spelling;
  if (parts.if_exists) name += kIfExistsSuffix;
  return name;
}

}  // namespace scpcheck

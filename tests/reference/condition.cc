#include "condition.h"

#include <algorithm>
#include <string>
#include <vector>

#include "keys.h"
#include "pattern.h"
#include "variables.h"

namespace scpcheck::reference {
namespace {

class ConditionTest {
 public:
  ConditionTest(const Request& request, const KeyArity& key_arity)
      : request_(request), key_arity_(key_arity) {}

  Truth Holds(const Condition& condition) const {
    if (!condition.known) return Truth::kFalse;  // G-15
    if (condition.base == Base::kNull) return NullHolds(condition);
    const KeyState state = request_.Lookup(condition.key);
    switch (condition.set_operator) {
      case SetOperator::kNone:
        return BareHolds(condition, state);
      case SetOperator::kForAllValues:
        return ForAllHolds(condition, state);
      case SetOperator::kForAnyValue:
        return ForAnyHolds(condition, state);
    }
    return Truth::kFalse;
  }

 private:
  Replaced Replace(const Pattern& pattern, Pattern& replaced) const {
    return ReplaceVariables(pattern, request_, key_arity_, replaced);
  }

  Truth NullHolds(const Condition& condition) const {
    if (condition.set_operator == SetOperator::kForAllValues) return Truth::kTrue;  // C-16
    if (condition.set_operator == SetOperator::kForAnyValue) return Truth::kFalse;  // C-16
    const KeyState state = request_.Lookup(condition.key);
    Truth absent = Truth::kUnknown;
    if (state.presence == KeyState::Presence::kAbsent) absent = Truth::kTrue;
    if (state.presence == KeyState::Presence::kPresent) absent = Truth::kFalse;  // C-17: also an empty string
    bool says_true = false, says_false = false;
    for (const Value& value : condition.values) {
      const auto flag = ParseBool(value.text);
      says_true = says_true || (flag && *flag);
      says_false = says_false || (flag && !*flag);
    }
    if (says_true && says_false) return Truth::kTrue;  // C-16
    if (says_true) return absent;
    if (says_false) return Not(absent);
    return Truth::kFalse;
  }

  Truth BareHolds(const Condition& condition, const KeyState& state) const {
    switch (state.presence) {
      case KeyState::Presence::kUnknown:
        return Truth::kUnknown;
      case KeyState::Presence::kAbsent:
        return FromBool(condition.negated || condition.if_exists);  // C-03
      case KeyState::Presence::kPresent:
        if (state.multivalued) return Truth::kFalse;  // C-31
        return ValueHolds(condition, state.values[0]);
    }
    return Truth::kFalse;
  }

  // 4.4
  Truth ForAllHolds(const Condition& condition, const KeyState& state) const {
    switch (state.presence) {
      case KeyState::Presence::kUnknown:
        return Truth::kUnknown;
      case KeyState::Presence::kAbsent:
        return Truth::kTrue;
      case KeyState::Presence::kPresent:
        break;
    }
    if (OnlyEmptyStrings(state)) return Truth::kTrue;  // C-30
    Truth all = Truth::kTrue;
    for (const std::string& value : state.values) all = And(all, ValueHolds(condition, value));
    return all;
  }

  Truth ForAnyHolds(const Condition& condition, const KeyState& state) const {
    switch (state.presence) {
      case KeyState::Presence::kUnknown:
        return Truth::kUnknown;
      case KeyState::Presence::kAbsent:
        return FromBool(condition.if_exists);
      case KeyState::Presence::kPresent:
        break;
    }
    if (OnlyEmptyStrings(state)) return Truth::kFalse;  // C-30
    Truth any = Truth::kFalse;
    for (const std::string& value : state.values) any = Or(any, ValueHolds(condition, value));
    return any;
  }

  static bool OnlyEmptyStrings(const KeyState& state) {
    return std::all_of(state.values.begin(), state.values.end(),
                       [](const std::string& value) { return value.empty(); });
  }

  // C-02: one value of the request against all of the policy: OR, or for a negated operator NOR.
  Truth ValueHolds(const Condition& condition, const std::string& value) const {
    Truth holds = FromBool(condition.negated);
    for (const Value& listed : condition.values) {
      const Truth test = PairHolds(condition.base, condition.negated, value, listed);
      holds = condition.negated ? And(holds, test) : Or(holds, test);
    }
    return holds;
  }

  // One value of the request against one of the policy, negation included: what can't be read as the
  // operator's type holds in neither form (C-12, C-22a).
  Truth PairHolds(Base base, bool negated, const std::string& value, const Value& listed) const {
    const auto sign = [negated](Truth truth) { return negated ? Not(truth) : truth; };
    switch (base) {
      case Base::kStringEquals:
      case Base::kStringEqualsIgnoreCase: {
        Pattern pattern;
        switch (Replace(listed.pattern, pattern)) {
          case Replaced::kUnknown:
            return Truth::kUnknown;
          case Replaced::kUnresolved:
            return FromBool(negated);  // V-06
          case Replaced::kAll:
            break;
        }
        const std::string text = PlainText(pattern);
        return sign(
            FromBool(base == Base::kStringEquals ? text == value : LowerAscii(text) == LowerAscii(value)));
      }
      case Base::kStringLike: {
        Pattern pattern;
        switch (Replace(listed.pattern, pattern)) {
          case Replaced::kUnknown:
            return Truth::kUnknown;
          case Replaced::kUnresolved:
            return FromBool(negated);  // V-06
          case Replaced::kAll:
            break;
        }
        return sign(FromBool(FullMatch(Regex(pattern, ".*", ".*", "."), value)));
      }
      case Base::kArn:
        return ArnHolds(negated, value, listed.pattern);
      case Base::kNumericEquals:
      case Base::kNumericLess:
      case Base::kNumericLessOrEqual:
      case Base::kNumericGreater:
      case Base::kNumericGreaterOrEqual: {
        const auto a = ParseNumber(value), b = ParseNumber(listed.text);
        if (!a || !b) return Truth::kFalse;
        return sign(FromBool(OrderHolds(base, Compare(*a, *b))));
      }
      case Base::kDateEquals:
      case Base::kDateLess:
      case Base::kDateLessOrEqual:
      case Base::kDateGreater:
      case Base::kDateGreaterOrEqual: {
        const auto a = ParseInstant(value), b = ParseInstant(listed.text);
        if (!a || !b) return Truth::kFalse;
        return sign(FromBool(OrderHolds(base, Compare(*a, *b))));
      }
      case Base::kBool: {
        Pattern pattern;
        switch (Replace(listed.pattern, pattern)) {
          case Replaced::kUnknown:
            return Truth::kUnknown;
          case Replaced::kUnresolved:
            return Truth::kFalse;
          case Replaced::kAll:
            break;
        }
        const auto a = ParseBool(value), b = ParseBool(PlainText(pattern));
        return FromBool(a && b && *a == *b);
      }
      case Base::kBinary: {
        const auto a = DecodeBase64(value), b = DecodeBase64(listed.text);
        return FromBool(a && b && *a == *b);
      }
      case Base::kIpAddress: {
        const auto address = ParseAddress(value);
        const auto block = ParseBlock(listed.text);
        if (!address || !block) return Truth::kFalse;
        return sign(FromBool(Contains(*block, *address)));  // C-15
      }
      case Base::kNull:
        break;
    }
    return Truth::kFalse;
  }

  static bool OrderHolds(Base base, int order) {
    switch (base) {
      case Base::kNumericEquals:
      case Base::kDateEquals:
        return order == 0;
      case Base::kNumericLess:
      case Base::kDateLess:
        return order < 0;
      case Base::kNumericLessOrEqual:
      case Base::kDateLessOrEqual:
        return order <= 0;
      case Base::kNumericGreater:
      case Base::kDateGreater:
        return order > 0;
      case Base::kNumericGreaterOrEqual:
      case Base::kDateGreaterOrEqual:
        return order >= 0;
      default:
        return false;
    }
  }

  // C-20 to C-22a
  Truth ArnHolds(bool negated, const std::string& value, const Pattern& pattern) const {
    const std::vector<Pattern> parts = SplitArn(pattern);
    const std::vector<std::string> value_parts = SplitArn(value);
    if (parts.size() != 6 || value_parts.size() != 6) return Truth::kFalse;
    Truth matches = Truth::kTrue;
    for (size_t i = 0; i < 6; ++i) {
      Pattern part;
      switch (Replace(parts[i], part)) {
        case Replaced::kUnresolved:
          return FromBool(negated);  // V-06
        case Replaced::kUnknown:
          matches = And(matches, Truth::kUnknown);
          break;
        case Replaced::kAll:
          matches = And(matches, FromBool(FullMatch(Regex(part, ".*", ".*", "."), value_parts[i])));
          break;
      }
    }
    return negated ? Not(matches) : matches;
  }

  const Request& request_;
  const KeyArity& key_arity_;
};

}  // namespace

Truth Holds(const Condition& condition, const Request& request, const KeyArity& key_arity) {
  return ConditionTest(request, key_arity).Holds(condition);
}

}  // namespace scpcheck::reference

// Names of condition operators.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "scpcheck/policy.h"

namespace scpcheck {
namespace {

struct Documented {
  std::string_view name;
  Comparison comparison;
  bool negated;
};

constexpr Documented kDocumented[] = {
    {"StringEquals", Comparison::kStringEquals, false},
    {"StringNotEquals", Comparison::kStringEquals, true},
    {"StringEqualsIgnoreCase", Comparison::kStringEqualsIgnoreCase, false},
    {"StringNotEqualsIgnoreCase", Comparison::kStringEqualsIgnoreCase, true},
    {"StringLike", Comparison::kStringLike, false},
    {"StringNotLike", Comparison::kStringLike, true},
    {"NumericEquals", Comparison::kNumericEquals, false},
    {"NumericNotEquals", Comparison::kNumericEquals, true},
    {"NumericLessThan", Comparison::kNumericLessThan, false},
    {"NumericLessThanEquals", Comparison::kNumericLessThanEquals, false},
    {"NumericGreaterThan", Comparison::kNumericGreaterThan, false},
    {"NumericGreaterThanEquals", Comparison::kNumericGreaterThanEquals, false},
    {"DateEquals", Comparison::kDateEquals, false},
    {"DateNotEquals", Comparison::kDateEquals, true},
    {"DateLessThan", Comparison::kDateLessThan, false},
    {"DateLessThanEquals", Comparison::kDateLessThanEquals, false},
    {"DateGreaterThan", Comparison::kDateGreaterThan, false},
    {"DateGreaterThanEquals", Comparison::kDateGreaterThanEquals, false},
    {"Bool", Comparison::kBool, false},
    {"BinaryEquals", Comparison::kBinaryEquals, false},
    {"IpAddress", Comparison::kIpAddress, false},
    {"NotIpAddress", Comparison::kIpAddress, true},
    {"ArnEquals", Comparison::kArnLike, false},
    {"ArnNotEquals", Comparison::kArnLike, true},
    {"ArnLike", Comparison::kArnLike, false},
    {"ArnNotLike", Comparison::kArnLike, true},
    {"Null", Comparison::kNull, false},
};

std::string Upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

TEST(Operators, EveryNameWithEveryPrefixAndSuffix) {
  for (const Documented& documented : kDocumented) {
    for (const SetOperator set :
         {SetOperator::kNone, SetOperator::kForAllValues, SetOperator::kForAnyValue}) {
      for (const bool if_exists : {false, true}) {
        std::string name;
        if (set == SetOperator::kForAllValues) name = "ForAllValues:";
        if (set == SetOperator::kForAnyValue) name = "ForAnyValue:";
        name += documented.name;
        if (if_exists) name += "IfExists";
        ConditionOperator expected{documented.comparison, documented.negated, if_exists, set};
        std::string spelling = name;
        // 4.2: `NullIfExists` asks for nothing.
        if (documented.comparison == Comparison::kNull && if_exists) {
          expected.comparison = Comparison::kUnknown;
          spelling = "";
        }
        EXPECT_EQ(ParseConditionOperator(name), expected) << name;
        EXPECT_EQ(DocumentedOperatorName(name), spelling) << name;
        // G-15: the case is ignored.
        EXPECT_EQ(ParseConditionOperator(Upper(name)), expected) << name;
        EXPECT_EQ(DocumentedOperatorName(Upper(name)), spelling) << name;
      }
    }
  }
}

TEST(Operators, G15_Unknown) {
  for (const std::string_view name :
       {"", "String", "StringEqual", "StringEqualss", "IfExists", "ForAllValues:", "ForAnyValues:StringLike",
        "ForAllValues:IfExists", "StringLike IfExists", "StringLikeIfExistsIfExists", " StringLike",
        "ForAllValues:ForAnyValue:StringLike", "ArnNotLikeIfExist", "BoolIfNotExists"}) {
    EXPECT_EQ(ParseConditionOperator(name).comparison, Comparison::kUnknown) << name;
    EXPECT_EQ(DocumentedOperatorName(name), "") << name;
  }
}

}  // namespace
}  // namespace scpcheck

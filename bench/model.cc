#include "model.h"

namespace scpcheck::bench {
namespace {

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

template <typename Equal>
bool Glob(std::string_view pattern, std::string_view text, Equal equal) {
  size_t p = 0;
  size_t t = 0;
  size_t star = std::string_view::npos;
  size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && (pattern[p] == '?' || equal(pattern[p], text[t]))) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string_view BaseName(Test test, bool negated) {
  switch (test) {
    case Test::kStringEquals:
      return negated ? "StringNotEquals" : "StringEquals";
    case Test::kStringLike:
      return negated ? "StringNotLike" : "StringLike";
    case Test::kArnLike:
      return negated ? "ArnNotLike" : "ArnLike";
    case Test::kBool:
      return "Bool";
    case Test::kIpAddress:
      return negated ? "NotIpAddress" : "IpAddress";
    case Test::kNumericGreaterThan:
      return "NumericGreaterThan";
    case Test::kDateGreaterThan:
      return "DateGreaterThan";
    case Test::kNull:
      return "Null";
  }
  return "";
}

}  // namespace

std::string OperatorName(const Condition& condition) {
  std::string name;
  if (condition.quantifier == Quantifier::kForAnyValue) name = "ForAnyValue:";
  if (condition.quantifier == Quantifier::kForAllValues) name = "ForAllValues:";
  name += BaseName(condition.test, condition.negated);
  if (condition.if_exists) name += "IfExists";
  return name;
}

std::string ConditionText(const Condition& condition) {
  std::string text = OperatorName(condition);
  text += ' ';
  text += condition.key;
  for (const std::string& value : condition.values) {
    text += ' ';
    text += value;
  }
  return text;
}

bool GlobMatches(std::string_view pattern, std::string_view text) {
  return Glob(pattern, text, [](char a, char b) { return a == b; });
}

bool ActionMatches(std::string_view pattern, std::string_view action) {
  return Glob(pattern, action, [](char a, char b) { return Lower(a) == Lower(b); });
}

}  // namespace scpcheck::bench

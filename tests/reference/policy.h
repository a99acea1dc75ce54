// Policies, read so that they can be evaluated part by part.
#ifndef SCPCHECK_TESTS_REFERENCE_POLICY_H_
#define SCPCHECK_TESTS_REFERENCE_POLICY_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pattern.h"

namespace scpcheck::reference {

// What an operator tests, without its negation.
enum class Base {
  kStringEquals,
  kStringEqualsIgnoreCase,
  kStringLike,
  kNumericEquals,
  kNumericLess,
  kNumericLessOrEqual,
  kNumericGreater,
  kNumericGreaterOrEqual,
  kDateEquals,
  kDateLess,
  kDateLessOrEqual,
  kDateGreater,
  kDateGreaterOrEqual,
  kBool,
  kBinary,
  kIpAddress,
  kArn,
  kNull,
};

enum class SetOperator { kNone, kForAllValues, kForAnyValue };

struct Value {
  std::string text;
  Pattern pattern;  // of the String, Arn and Bool operators
};

struct Condition {
  bool known = false;  // whether the operator is one
  SetOperator set_operator = SetOperator::kNone;
  Base base = Base::kNull;
  bool negated = false;
  bool if_exists = false;
  std::string key;  // in lower case
  std::vector<Value> values;
};

struct ResourcePattern {
  bool everything = false;     // "*"
  std::vector<Pattern> parts;  // six, or none when nothing can match
};

struct Statement {
  std::string sid;
  bool deny = false;
  bool not_action = false;
  std::vector<std::string> actions;  // expressions over the lower-case action
  bool not_resource = false;
  std::vector<ResourcePattern> resources;
  std::vector<Condition> conditions;
  bool never_matches = false;  // an operator that does not exist, without keys (G-15)
};

struct Policy {
  std::string id;
  std::vector<Statement> statements;
};

// Throws std::runtime_error when `document` can't be read as a policy.
Policy ParsePolicy(const std::string& id, const nlohmann::json& document);

// A string, number or boolean as text. `where` is for the message when it is none.
std::string ScalarText(const nlohmann::json& value, const std::string& where);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_POLICY_H_

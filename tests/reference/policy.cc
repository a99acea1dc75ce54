#include "policy.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "fail.h"
#include "values.h"

namespace scpcheck::reference {
namespace {

using nlohmann::json;

struct OperatorName {
  std::string_view name;  // in lower case
  Base base;
  bool negated;
};

// C-02, section 4.2.
constexpr std::array<OperatorName, 27> kOperators = {{
    {"stringequals", Base::kStringEquals, false},
    {"stringnotequals", Base::kStringEquals, true},
    {"stringequalsignorecase", Base::kStringEqualsIgnoreCase, false},
    {"stringnotequalsignorecase", Base::kStringEqualsIgnoreCase, true},
    {"stringlike", Base::kStringLike, false},
    {"stringnotlike", Base::kStringLike, true},
    {"numericequals", Base::kNumericEquals, false},
    {"numericnotequals", Base::kNumericEquals, true},
    {"numericlessthan", Base::kNumericLess, false},
    {"numericlessthanequals", Base::kNumericLessOrEqual, false},
    {"numericgreaterthan", Base::kNumericGreater, false},
    {"numericgreaterthanequals", Base::kNumericGreaterOrEqual, false},
    {"dateequals", Base::kDateEquals, false},
    {"datenotequals", Base::kDateEquals, true},
    {"datelessthan", Base::kDateLess, false},
    {"datelessthanequals", Base::kDateLessOrEqual, false},
    {"dategreaterthan", Base::kDateGreater, false},
    {"dategreaterthanequals", Base::kDateGreaterOrEqual, false},
    {"bool", Base::kBool, false},
    {"binaryequals", Base::kBinary, false},
    {"ipaddress", Base::kIpAddress, false},
    {"notipaddress", Base::kIpAddress, true},
    {"arnequals", Base::kArn, false},
    {"arnlike", Base::kArn, false},
    {"arnnotequals", Base::kArn, true},
    {"arnnotlike", Base::kArn, true},
    {"null", Base::kNull, false},
}};

std::vector<std::string> StringOrList(const json& value, const std::string& where) {
  std::vector<std::string> texts;
  if (value.is_string()) return {value.get<std::string>()};
  if (!value.is_array()) Fail(where + ": neither a string nor a list");
  for (const json& element : value) {
    if (!element.is_string()) Fail(where + ": not a string");
    texts.push_back(element.get<std::string>());
  }
  return texts;
}

// G-10: `*`, or a service and a name with one colon between; anything else matches no action.
std::optional<std::string> ActionRegex(const std::string& text) {
  if (text == "*") return ".*";
  if (std::count(text.begin(), text.end(), ':') != 1) return std::nullopt;
  return Regex(ParsePattern(LowerAscii(text), true, false), "[^:]*", "[^:]*", "[^:]");
}

ResourcePattern ParseResource(const std::string& text, bool variables) {
  ResourcePattern resource;
  if (text == "*") {
    resource.everything = true;
    return resource;
  }
  resource.parts = SplitArn(ParsePattern(text, true, variables));
  if (resource.parts.size() < 6) {
    // completed when it ends in a wildcard; R-06a: else it matches nothing.
    const Pattern& last = resource.parts.back();
    if (last.empty() || last.back().kind != Piece::Kind::kAnyRun) {
      resource.parts.clear();
      return resource;
    }
    while (resource.parts.size() < 6) resource.parts.push_back({{Piece::Kind::kAnyRun, "", std::nullopt}});
  }
  return resource;
}

bool RemovePrefix(std::string& text, std::string_view prefix) {
  if (text.compare(0, prefix.size(), prefix) != 0) return false;
  text.erase(0, prefix.size());
  return true;
}

bool RemoveSuffix(std::string& text, std::string_view suffix) {
  if (text.size() < suffix.size() || text.compare(text.size() - suffix.size(), suffix.size(), suffix) != 0) {
    return false;
  }
  text.resize(text.size() - suffix.size());
  return true;
}

// `operator_name`: [ForAllValues:|ForAnyValue:]Name[IfExists], in any case (G-15, C-18).
Condition ParseCondition(const std::string& operator_name, const std::string& key, const json& values,
                         bool variables, const std::string& where) {
  Condition condition;
  condition.key = LowerAscii(key);  // G-14
  std::string name = LowerAscii(operator_name);
  if (RemovePrefix(name, "forallvalues:")) {
    condition.set_operator = SetOperator::kForAllValues;
  } else if (RemovePrefix(name, "foranyvalue:")) {
    condition.set_operator = SetOperator::kForAnyValue;
  }
  condition.if_exists = RemoveSuffix(name, "ifexists");
  for (const OperatorName& known : kOperators) {
    if (known.name != name) continue;
    condition.known = true;
    condition.base = known.base;
    condition.negated = known.negated;
  }
  // NullIfExists is no operator.
  if (condition.known && condition.base == Base::kNull && condition.if_exists) condition.known = false;

  const bool like = condition.base == Base::kStringLike || condition.base == Base::kArn;
  // V-02; section 10 item 3 for Bool.
  const bool takes_variables = like || condition.base == Base::kStringEquals ||
                               condition.base == Base::kStringEqualsIgnoreCase ||
                               condition.base == Base::kBool;
  const auto add = [&](const json& value) {
    const std::string text = ScalarText(value, where);
    condition.values.push_back({text, ParsePattern(text, like, variables && takes_variables)});
  };
  if (values.is_array()) {
    for (const json& value : values) add(value);
  } else {
    add(values);
  }
  return condition;
}

Statement ParseStatement(const json& node, bool variables, const std::string& where) {
  if (!node.is_object()) Fail(where + ": not an object");
  Statement statement;
  for (const auto& [name, value] : node.items()) {
    if (name == "Sid") {
      if (!value.is_string()) Fail(where + ": Sid is not a string");
      statement.sid = value.get<std::string>();
    } else if (name == "Effect") {
      if (value != "Allow" && value != "Deny") Fail(where + ": Effect");  // G-05
      statement.deny = value == "Deny";
    } else if (name == "Action" || name == "NotAction") {
      statement.not_action = name == "NotAction";
      for (const std::string& text : StringOrList(value, where + ": " + name)) {
        if (const auto regex = ActionRegex(text)) statement.actions.push_back(*regex);
      }
    } else if (name == "Resource" || name == "NotResource") {
      statement.not_resource = name == "NotResource";
      for (const std::string& text : StringOrList(value, where + ": " + name)) {
        statement.resources.push_back(ParseResource(text, variables));
      }
    } else if (name == "Condition") {
      if (!value.is_object()) Fail(where + ": Condition is not an object");
      for (const auto& [operator_name, keys] : value.items()) {
        if (!keys.is_object()) Fail(where + ": " + operator_name + " is not an object");
        statement.never_matches |= keys.empty() && !ParseCondition(operator_name, "", "", false, where).known;
        for (const auto& [key, values] : keys.items()) {
          statement.conditions.push_back(ParseCondition(operator_name, key, values, variables,
                                                        where + ": " + operator_name + ": " + key));
        }
      }
    } else {
      Fail(where + ": unknown element " + name);  // G-07, G-09
    }
  }
  // G-06
  if (!node.contains("Effect")) Fail(where + ": no Effect");
  if (node.contains("Action") == node.contains("NotAction")) Fail(where + ": Action");
  if (node.contains("Resource") == node.contains("NotResource")) Fail(where + ": Resource");
  return statement;
}

}  // namespace

std::string ScalarText(const json& value, const std::string& where) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return value.dump();
  Fail(where + ": neither a string nor a number nor a boolean");
}

Policy ParsePolicy(const std::string& id, const json& document) {
  if (!document.is_object()) Fail(id + ": not an object");
  for (const auto& [name, value] : document.items()) {
    if (name != "Version" && name != "Id" && name != "Statement") Fail(id + ": unknown element " + name);
  }
  bool variables = false;  // G-03
  if (document.contains("Version")) {
    const json& version = document.at("Version");
    if (version != "2012-10-17" && version != "2008-10-17") Fail(id + ": Version");
    variables = version == "2012-10-17";
  }
  if (!document.contains("Statement")) Fail(id + ": no Statement");
  Policy policy;
  policy.id = id;
  const json& statements = document.at("Statement");
  if (statements.is_array()) {
    if (statements.empty()) Fail(id + ": no statements");  // G-04
    for (size_t i = 0; i < statements.size(); ++i) {
      policy.statements.push_back(
          ParseStatement(statements[i], variables, id + ": statement " + std::to_string(i)));
    }
  } else {
    policy.statements.push_back(ParseStatement(statements, variables, id + ": statement"));
  }
  return policy;
}

}  // namespace scpcheck::reference

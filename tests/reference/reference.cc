#include "reference.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "values.h"

namespace scpcheck::reference {
namespace {

using nlohmann::json;

[[noreturn]] void Fail(const std::string& message) {
  throw std::runtime_error(message);
}

// ---------------------------------------------------------------------------------------------------------------
// Patterns: text with wildcards and variables

struct Piece {
  enum class Kind { kText, kAnyRun, kAnyOne, kVariable };
  Kind kind;
  std::string text;                     // kText: as it is; kVariable: the key, in lower case
  std::optional<std::string> fallback;  // kVariable: the default value
};
using Pattern = std::vector<Piece>;

void AppendText(Pattern& pattern, std::string_view text) {
  if (text.empty()) return;
  if (pattern.empty() || pattern.back().kind != Piece::Kind::kText) {
    pattern.push_back({Piece::Kind::kText, "", std::nullopt});
  }
  pattern.back().text += text;
}

// V-01, V-04, V-05: reads the `${...}` that `text` begins with into `piece` and returns its length; 0 when it
// is not well formed, and then is plain text.
size_t ReadVariable(std::string_view text, Piece& piece) {
  const size_t end = text.find_first_of("},");
  if (end == std::string_view::npos) return 0;
  const std::string_view name = text.substr(2, end - 2);
  if (name.empty() || name.find(' ') != std::string_view::npos) return 0;
  if (text[end] == '}') {
    if (name == "*" || name == "?" || name == "$") {
      piece = {Piece::Kind::kText, std::string(name), std::nullopt};
    } else {
      piece = {Piece::Kind::kVariable, LowerAscii(name), std::nullopt};
    }
    return end + 1;
  }
  const std::string_view rest = text.substr(end);
  if (rest.substr(0, 3) != ", '") return 0;
  const size_t close = rest.find("'}", 3);
  if (close == std::string_view::npos) return 0;
  piece = {Piece::Kind::kVariable, LowerAscii(name), std::string(rest.substr(3, close - 3))};
  return end + close + 2;
}

Pattern ParsePattern(std::string_view text, bool wildcards, bool variables) {
  Pattern pattern;
  while (!text.empty()) {
    Piece piece;
    size_t length = 0;
    if (variables && text.substr(0, 2) == "${" && (length = ReadVariable(text, piece)) > 0) {
      if (piece.kind == Piece::Kind::kText) {
        AppendText(pattern, piece.text);
      } else {
        pattern.push_back(piece);
      }
      text.remove_prefix(length);
      continue;
    }
    if (wildcards && text[0] == '*') {
      pattern.push_back({Piece::Kind::kAnyRun, "", std::nullopt});
    } else if (wildcards && text[0] == '?') {
      pattern.push_back({Piece::Kind::kAnyOne, "", std::nullopt});
    } else {
      AppendText(pattern, text.substr(0, 1));
    }
    text.remove_prefix(1);
  }
  return pattern;
}

// C-20, C-20a, R-03a: the parts between the first five colons; a colon inside `${...}` divides nothing.
std::vector<Pattern> SplitArn(const Pattern& pattern) {
  std::vector<Pattern> parts(1);
  for (const Piece& piece : pattern) {
    if (piece.kind != Piece::Kind::kText) {
      parts.back().push_back(piece);
      continue;
    }
    std::string_view rest = piece.text;
    size_t colon;
    while (parts.size() < 6 && (colon = rest.find(':')) != std::string_view::npos) {
      AppendText(parts.back(), rest.substr(0, colon));
      parts.emplace_back();
      rest.remove_prefix(colon + 1);
    }
    AppendText(parts.back(), rest);
  }
  return parts;
}

std::vector<std::string> SplitArn(std::string_view text) {
  std::vector<std::string> parts;
  size_t colon;
  while (parts.size() < 5 && (colon = text.find(':')) != std::string_view::npos) {
    parts.emplace_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.emplace_back(text);
  return parts;
}

// An expression for a pattern whose variables are all replaced. `run` and `last_run` stand for a `*` and for
// one at the end of the pattern, `one` for a `?`.
std::string Regex(const Pattern& pattern, const char* run, const char* last_run, const char* one) {
  std::string regex;
  for (size_t i = 0; i < pattern.size(); ++i) {
    switch (pattern[i].kind) {
      case Piece::Kind::kText:
        regex += Quote(pattern[i].text);
        break;
      case Piece::Kind::kAnyRun:
        regex += i + 1 == pattern.size() ? last_run : run;
        break;
      case Piece::Kind::kAnyOne:
        regex += one;
        break;
      case Piece::Kind::kVariable:
        Fail("a variable was not replaced");
    }
  }
  return regex;
}

std::string PlainText(const Pattern& pattern) {
  std::string text;
  for (const Piece& piece : pattern) text += piece.text;
  return text;
}

// ---------------------------------------------------------------------------------------------------------------
// Condition keys

// Semantics section 7. A name that ends in `/` stands for the keys with any tail.
const std::set<std::string, std::less<>>& MultivaluedGlobals() {
  static const std::set<std::string, std::less<>> keys = {"aws:principalorgpaths",
                                                          "aws:principalservicenameslist",
                                                          "aws:resourceorgpaths",
                                                          "aws:sourceorgpaths",
                                                          "aws:vpceorgpaths",
                                                          "aws:calledvia",
                                                          "aws:tagkeys"};
  return keys;
}

const std::set<std::string, std::less<>>& SingleValuedGlobals() {
  static const std::set<std::string, std::less<>> keys = {"aws:principalarn",
                                                          "aws:principalaccount",
                                                          "aws:principalorgid",
                                                          "aws:principaltag/",
                                                          "aws:principalisawsservice",
                                                          "aws:principalservicename",
                                                          "aws:principaltype",
                                                          "aws:userid",
                                                          "aws:username",
                                                          "aws:assumedroot",
                                                          "aws:federatedprovider",
                                                          "aws:tokenissuetime",
                                                          "aws:signinsessionarn",
                                                          "aws:multifactorauthage",
                                                          "aws:multifactorauthpresent",
                                                          "aws:chatbotsourcearn",
                                                          "aws:ec2instancesourcevpc",
                                                          "aws:ec2instancesourceprivateipv4",
                                                          "aws:sourceidentity",
                                                          "ec2:roledelivery",
                                                          "ec2:sourceinstancearn",
                                                          "glue:roleassumedby",
                                                          "glue:credentialissuingservice",
                                                          "codebuild:buildarn",
                                                          "codebuild:projectarn",
                                                          "lambda:sourcefunctionarn",
                                                          "ssm:sourceinstancearn",
                                                          "identitystore:userid",
                                                          "aws:sourceip",
                                                          "aws:sourcevpc",
                                                          "aws:sourcevpce",
                                                          "aws:sourcevpcarn",
                                                          "aws:vpceaccount",
                                                          "aws:vpceorgid",
                                                          "aws:vpcsourceip",
                                                          "aws:resourceaccount",
                                                          "aws:resourceorgid",
                                                          "aws:resourcetag/",
                                                          "aws:calledviafirst",
                                                          "aws:calledvialast",
                                                          "aws:calledviaawsmcp",
                                                          "aws:viaawsservice",
                                                          "aws:viaawsmcpservice",
                                                          "aws:ismcpserviceaction",
                                                          "aws:currenttime",
                                                          "aws:epochtime",
                                                          "aws:requestedregion",
                                                          "aws:securetransport",
                                                          "aws:useragent",
                                                          "aws:referer",
                                                          "aws:requesttag/",
                                                          "aws:sourceaccount",
                                                          "aws:sourceorgid",
                                                          "aws:sourcearn"};
  return keys;
}

std::optional<Arity> KnownArity(std::string_view key, const KeyArity& key_arity) {
  if (MultivaluedGlobals().count(key) > 0) return Arity::kMulti;
  const size_t slash = key.find('/');
  const std::string_view name = slash == std::string_view::npos ? key : key.substr(0, slash + 1);
  if (SingleValuedGlobals().count(name) > 0) return Arity::kSingle;
  return key_arity ? key_arity(key) : std::nullopt;
}

// What a request says of a key.
struct KeyState {
  enum class Presence { kUnknown, kAbsent, kPresent };
  Presence presence = Presence::kUnknown;
  std::vector<std::string> values;  // kPresent: at least one
  bool multivalued = false;
};

// ---------------------------------------------------------------------------------------------------------------
// Policies

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
};

struct Policy {
  std::string id;
  std::vector<Statement> statements;
};

std::string ScalarText(const json& value, const std::string& where) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
  if (value.is_number()) return value.dump();
  Fail(where + ": neither a string nor a number nor a boolean");
}

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
  if (text == "*") {  // R-01
    resource.everything = true;
    return resource;
  }
  resource.parts = SplitArn(ParsePattern(text, true, variables));
  if (resource.parts.size() < 6) {
    // R-06: completed when it ends in a wildcard; R-06a: else it matches nothing.
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

// ---------------------------------------------------------------------------------------------------------------
// Organizations

constexpr std::string_view kFullAccessId = "p-FullAWSAccess";

// One node on the way from the root to an account.
struct Level {
  std::string node;
  std::vector<std::shared_ptr<const Policy>> policies;  // the SCPs, in order of attachment
};

struct Account {
  std::string id;
  std::string name;
  std::string path;      // /OU/OU/Name
  std::string org_path;  // r-id/ou-id/ou-id/: where it hangs
  std::vector<Level> levels;
};

}  // namespace

struct Organization::Model {
  std::string id;
  std::string partition = "aws";
  std::string management_account;
  bool scps_enabled = true;
  std::vector<Account> accounts;
  KeyArity key_arity;
  ActionFacts action_facts;
};

namespace {

class Loader {
 public:
  Loader(const json& organization, Organization::Model& model) : organization_(organization), model_(model) {}

  void Load() {
    if (!organization_.is_object()) Fail("the organization is not an object");
    model_.id = organization_.value("id", "");
    model_.partition = organization_.value("partition", "aws");
    model_.management_account = organization_.value("managementAccount", "");
    if (organization_.contains("policyTypes")) {  // E-20
      const json& types = organization_.at("policyTypes");
      model_.scps_enabled = std::find(types.begin(), types.end(), "SERVICE_CONTROL_POLICY") != types.end();
    }
    AddUnit(organization_.at("root"), "", "", {});
  }

 private:
  void AddUnit(const json& unit, const std::string& path, const std::string& org_path,
               std::vector<Level> levels) {
    levels.push_back(MakeLevel(unit));
    const std::string own_org_path = org_path + unit.at("id").get<std::string>() + "/";
    if (unit.contains("accounts")) {
      for (const json& node : unit.at("accounts")) {
        Account account;
        account.id = node.at("id").get<std::string>();
        account.name = node.value("name", "");
        account.path = path + "/" + EscapeSlash(account.name);
        account.org_path = own_org_path;
        account.levels = levels;
        account.levels.push_back(MakeLevel(node));
        model_.accounts.push_back(account);
      }
    }
    if (unit.contains("organizationalUnits")) {
      for (const json& child : unit.at("organizationalUnits")) {
        AddUnit(child, path + "/" + EscapeSlash(child.value("name", "")), own_org_path, levels);
      }
    }
  }

  static std::string EscapeSlash(const std::string& name) {
    std::string escaped;
    for (char c : name) {
      if (c == '/') escaped += '\\';
      escaped += c;
    }
    return escaped;
  }

  Level MakeLevel(const json& node) {
    Level level;
    level.node = node.at("id").get<std::string>();
    if (!node.contains("policies")) {
      level.policies.push_back(Find(std::string(kFullAccessId)));
      return level;
    }
    for (const json& reference : node.at("policies")) {
      if (auto policy = Find(reference.get<std::string>())) level.policies.push_back(policy);
    }
    return level;
  }

  // The policy of an id or a name; none for one that is not an SCP.
  std::shared_ptr<const Policy> Find(const std::string& reference) {
    static const json kNone = json::object();
    const json& policies = organization_.contains("policies") ? organization_.at("policies") : kNone;
    std::string id = reference;
    if (!policies.contains(id)) {
      std::vector<std::string> found;
      for (const auto& [candidate, policy] : policies.items()) {
        if (policy.value("name", "") == reference) found.push_back(candidate);
      }
      if (found.size() > 1) Fail("several policies are named " + reference);
      if (found.size() == 1) id = found[0];
      if (found.empty() && reference == "FullAWSAccess") id = kFullAccessId;
    }
    if (const auto known = parsed_.find(id); known != parsed_.end()) return known->second;
    std::shared_ptr<const Policy> policy;
    if (policies.contains(id)) {
      const json& entry = policies.at(id);
      if (entry.value("type", "SERVICE_CONTROL_POLICY") == "SERVICE_CONTROL_POLICY") {
        if (!entry.contains("document")) Fail(id + ": no document");
        policy = std::make_shared<Policy>(ParsePolicy(id, entry.at("document")));
      }
    } else if (id == kFullAccessId) {  // E-22
      policy = std::make_shared<Policy>(ParsePolicy(id, json::parse(R"({"Version": "2012-10-17",
              "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})")));
    } else {
      Fail("no policy " + reference);
    }
    parsed_.emplace(id, policy);
    return policy;
  }

  const json& organization_;
  Organization::Model& model_;
  std::map<std::string, std::shared_ptr<const Policy>> parsed_;
};

// ---------------------------------------------------------------------------------------------------------------
// Requests

struct Principal {
  enum class Kind { kUnknown, kRoot, kUser, kRole, kRoleOfUnknownPath, kFederatedUser, kService };
  Kind kind = Kind::kUnknown;
  std::string arn;                          // kRoot, kUser, kRole, kFederatedUser
  std::string account;                      // empty when it names none
  bool service_linked = false;              // E-12: it, or all that fit the pattern
  bool may_be_service_linked_only = false;  // a pattern: not known that any other principal fits
};

bool IsAccountId(std::string_view text) {
  return FullMatch("[0-9]{12}", text);
}

// A concrete principal; kUnknown when `text` is none.
Principal ParseConcretePrincipal(const std::string& text) {
  Principal principal;
  if (FullMatch("[a-z0-9][a-z0-9.-]*\\.amazonaws\\.com(\\.cn)?", text)) {
    principal.kind = Principal::Kind::kService;
    return principal;
  }
  const std::vector<std::string> parts = SplitArn(text);
  if (parts.size() != 6 || parts[0] != "arn" || parts[1].empty() || !parts[3].empty() ||
      !IsAccountId(parts[4])) {
    return principal;
  }
  principal.account = parts[4];
  principal.arn = text;
  const std::string& resource = parts[5];
  if (parts[2] == "iam" && resource == "root") {
    principal.kind = Principal::Kind::kRoot;
  } else if (parts[2] == "iam" && FullMatch("user/(.*/)?[^/]+", resource)) {
    principal.kind = Principal::Kind::kUser;
  } else if (parts[2] == "iam" && FullMatch("role/(.*/)?[^/]+", resource)) {
    principal.kind = Principal::Kind::kRole;
    principal.service_linked = FullMatch("role/aws-service-role/.*", resource);
  } else if (parts[2] == "sts" && FullMatch("assumed-role/[^/]+/[^/]+", resource)) {
    principal.kind = Principal::Kind::kRoleOfUnknownPath;  // C-23a
  } else if (parts[2] == "sts" && FullMatch("federated-user/[^/]+", resource)) {
    principal.kind = Principal::Kind::kFederatedUser;
  }
  return principal;
}

std::string ReplaceWildcards(const std::string& text, std::string_view run, std::string_view one) {
  std::string replaced;
  for (char c : text) {
    if (c == '*') {
      replaced += run;
    } else if (c == '?') {
      replaced += one;
    } else {
      replaced += c;
    }
  }
  return replaced;
}

Principal ParsePrincipal(const std::string& text, const std::string& account, const std::string& partition) {
  if (text == "root") return ParseConcretePrincipal("arn:" + partition + ":iam::" + account + ":root");
  if (text.find_first_of("*?") == std::string::npos) {
    Principal principal = ParseConcretePrincipal(text);
    if (principal.kind == Principal::Kind::kUnknown) Fail("not a principal: " + text);
    return principal;
  }
  Principal principal;
  const std::vector<std::string> parts = SplitArn(text);
  if (parts.size() == 6 && IsAccountId(parts[4])) principal.account = parts[4];
  if (parts.size() == 6 && parts[2] == "iam") {
    const std::string certain = parts[5].substr(0, parts[5].find_first_of("*?"));
    principal.service_linked = FullMatch("role/aws-service-role/.*", certain);
  }
  if (principal.service_linked) return principal;
  // A few of the principals that fit, to be sure that not only service-linked roles do.
  principal.may_be_service_linked_only = true;
  const std::string own_account = account.empty() ? principal.account : account;
  for (const std::string resource : {"root", "user/x", "role/x", "federated-user/x"}) {
    const std::string service = resource == "federated-user/x" ? "sts" : "iam";
    const std::string candidate = "arn:" + partition + ":" + service + "::" + own_account + ":" + resource;
    if (FullMatch(Regex(ParsePattern(text, true, false), ".*", ".*", "."), candidate)) {
      principal.may_be_service_linked_only = false;
    }
  }
  for (const char* run : {"", "x", "x/x"}) {
    const Principal candidate = ParseConcretePrincipal(ReplaceWildcards(text, run, "x"));
    if (candidate.kind != Principal::Kind::kUnknown && candidate.kind != Principal::Kind::kService &&
        !candidate.service_linked) {
      principal.may_be_service_linked_only = false;
    }
  }
  return principal;
}

// A request with all that follows from it.
struct Request {
  const Account* account = nullptr;  // nullptr: the management account, which the tree does not list
  std::string account_id;
  std::string action;  // in lower case
  Principal principal;
  enum class Resource { kUnknown, kConcrete, kStar } resource_kind = Resource::kUnknown;
  std::string resource;
  std::map<std::string, KeyState, std::less<>> keys;
  bool complete = false;
};

const Account* FindAccount(const Organization::Model& model, const std::string& reference) {
  std::vector<const Account*> found;
  for (const Account& account : model.accounts) {
    if (account.id == reference) return &account;
    if (account.name == reference || account.path == reference) found.push_back(&account);
  }
  if (found.size() > 1) Fail("several accounts are called " + reference);
  return found.empty() ? nullptr : found[0];
}

KeyState Present(std::vector<std::string> values, bool multivalued) {
  return {KeyState::Presence::kPresent, std::move(values), multivalued};
}
KeyState Absent() {
  return {KeyState::Presence::kAbsent, {}, false};
}

// The contract's 'what the other fields imply is filled in', and V-09.
void AddImpliedKeys(const Organization::Model& model, Request& request) {
  auto& keys = request.keys;
  keys["aws:principalaccount"] = Present({request.account_id}, false);
  keys["aws:principalisawsservice"] = Present({"false"}, false);
  // Without an id nothing is implied: like any other key, unknown, or absent in a complete context.
  if (!model.id.empty()) {
    keys["aws:principalorgid"] = Present({model.id}, false);
    if (request.account != nullptr) {
      keys["aws:principalorgpaths"] = Present({model.id + "/" + request.account->org_path}, true);
    }
  }
  const Principal& principal = request.principal;
  const std::string& arn = principal.arn;
  switch (principal.kind) {
    case Principal::Kind::kRoot:
      keys["aws:principalarn"] = Present({arn}, false);
      keys["aws:principaltype"] = Present({"Account"}, false);
      keys["aws:username"] = Absent();
      break;
    case Principal::Kind::kUser:
      keys["aws:principalarn"] = Present({arn}, false);
      keys["aws:principaltype"] = Present({"User"}, false);
      keys["aws:username"] = Present({arn.substr(arn.rfind('/') + 1)}, false);
      break;
    case Principal::Kind::kRole:
      keys["aws:principalarn"] = Present({arn}, false);
      keys["aws:principaltype"] = Present({"AssumedRole"}, false);
      keys["aws:username"] = Absent();
      break;
    case Principal::Kind::kRoleOfUnknownPath:  // C-23a
      keys["aws:principalarn"] = KeyState{};
      keys["aws:principaltype"] = Present({"AssumedRole"}, false);
      keys["aws:username"] = Absent();
      break;
    case Principal::Kind::kFederatedUser:
      keys["aws:principalarn"] = Present({arn}, false);
      keys["aws:principaltype"] = Present({"FederatedUser"}, false);
      keys["aws:username"] = Absent();
      break;
    case Principal::Kind::kUnknown:  // also a pattern: unknown, even in a complete context
    case Principal::Kind::kService:
      keys["aws:principalarn"] = KeyState{};
      keys["aws:principaltype"] = KeyState{};
      keys["aws:username"] = KeyState{};
      break;
  }
}

void AddContext(const Organization::Model& model, const json& context, Request& request) {
  if (!context.is_object()) Fail("context is not an object");
  std::set<std::string> given;
  for (const auto& [name, value] : context.items()) {
    const std::string key = LowerAscii(name);
    if (!given.insert(key).second) Fail("context has " + name + " twice");
    const auto arity = KnownArity(key, model.key_arity);
    if (value.is_null()) {
      request.keys[key] = Absent();
      continue;
    }
    std::vector<std::string> values;
    if (value.is_array()) {
      for (const json& element : value) values.push_back(ScalarText(element, "context: " + name));
    } else {
      values.push_back(ScalarText(value, "context: " + name));
    }
    if (values.size() > 1 && arity == Arity::kSingle) Fail("context: " + name + " has one value");  // C-31a
    const bool multivalued = arity ? *arity == Arity::kMulti : value.is_array();
    // C-30: an empty list is an absent key.
    request.keys[key] = values.empty() ? Absent() : Present(values, multivalued);
  }
}

Request ParseRequest(const Organization::Model& model, const json& node) {
  static const std::set<std::string> kFields = {
      "id",        "account", "action", "resource", "context", "where", "completeContext",
      "principal", "echo",    "assume", "call"};
  if (!node.is_object()) Fail("a request is an object");
  for (const auto& [name, value] : node.items()) {
    if (kFields.count(name) == 0) Fail("unknown field " + name);
  }
  if (node.value("call", false)) Fail("the reference does not do calls");

  Request request;
  request.action = LowerAscii(node.at("action").get<std::string>());
  if (!FullMatch("[^:*?\\s]+:[^:*?\\s]+", request.action)) Fail("not an action: " + request.action);
  request.complete = node.value("completeContext", false);

  if (node.contains("account")) {
    const std::string reference = node.at("account").get<std::string>();
    request.account = FindAccount(model, reference);
    if (request.account == nullptr && reference != model.management_account) Fail("no account " + reference);
    request.account_id = request.account != nullptr ? request.account->id : reference;
  }
  if (node.contains("principal")) {
    request.principal =
        ParsePrincipal(node.at("principal").get<std::string>(), request.account_id, model.partition);
    const std::string& named = request.principal.account;
    if (request.account_id.empty()) {
      if (named.empty()) Fail("no account");
      request.account_id = named;
      request.account = FindAccount(model, named);
      if (request.account == nullptr && named != model.management_account) Fail("no account " + named);
    } else if (!named.empty() && named != request.account_id) {
      Fail("the principal is of another account");
    }
  } else if (request.account_id.empty()) {
    Fail("no account");
  }

  // R-07: what has no resource types acts on `*`, whatever the request names.
  const auto has_resource_types = model.action_facts ? model.action_facts(request.action) : std::nullopt;
  if (has_resource_types && !*has_resource_types) {
    request.resource_kind = Request::Resource::kStar;
  } else if (node.contains("resource")) {
    request.resource = node.at("resource").get<std::string>();
    if (request.resource.find_first_of("*?") == std::string::npos) {
      request.resource_kind = Request::Resource::kConcrete;
    }
  }

  AddImpliedKeys(model, request);
  if (node.contains("context")) AddContext(model, node.at("context"), request);
  return request;
}

// ---------------------------------------------------------------------------------------------------------------
// Evaluation

class Evaluator {
 public:
  Evaluator(const Organization::Model& model, const Request& request) : model_(model), request_(request) {}

  Truth Applies(const Statement& statement) const {
    Truth truth = FromBool(ActionApplies(statement));
    if (truth == Truth::kFalse) return truth;
    truth = And(truth, ResourceApplies(statement));
    for (const Condition& condition : statement.conditions) {  // C-01, C-04
      if (truth == Truth::kFalse) return truth;
      truth = And(truth, Holds(condition));
    }
    return truth;
  }

 private:
  // G-10, G-11
  bool ActionApplies(const Statement& statement) const {
    bool listed = false;
    for (const std::string& regex : statement.actions) listed = listed || FullMatch(regex, request_.action);
    return listed != statement.not_action;
  }

  // G-11
  Truth ResourceApplies(const Statement& statement) const {
    Truth listed = Truth::kFalse;
    for (const ResourcePattern& resource : statement.resources) listed = Or(listed, Matches(resource));
    return statement.not_resource ? Not(listed) : listed;
  }

  Truth Matches(const ResourcePattern& resource) const {
    if (resource.everything) return Truth::kTrue;
    if (resource.parts.empty()) return Truth::kFalse;
    if (request_.resource_kind == Request::Resource::kStar) return Truth::kFalse;  // R-07
    bool unknown = request_.resource_kind == Request::Resource::kUnknown;
    // R-03: a `*` that ends a segment runs past colons, other wildcards stay in theirs; the sixth has no
    // bounds.
    std::string regex;
    for (size_t i = 0; i < resource.parts.size(); ++i) {
      Pattern part;
      switch (Replace(resource.parts[i], part)) {
        case Replaced::kAll:
          break;
        case Replaced::kUnknown:
          unknown = true;
          continue;
        case Replaced::kUnresolved:
          return Truth::kFalse;  // V-06
      }
      if (i > 0) regex += ':';
      regex += i < 5 ? Regex(part, "[^:]*", ".*", "[^:]") : Regex(part, ".*", ".*", ".");
    }
    return unknown ? Truth::kUnknown : FromBool(FullMatch(regex, request_.resource));
  }

  KeyState Lookup(std::string_view key) const {
    const auto found = request_.keys.find(key);
    if (found != request_.keys.end()) return found->second;
    return request_.complete ? Absent() : KeyState{};
  }

  enum class Replaced { kAll, kUnknown, kUnresolved };

  // Puts the values of its variables into a pattern, as plain text (V-08).
  Replaced Replace(const Pattern& pattern, Pattern& replaced) const {
    bool unknown = false;
    for (const Piece& piece : pattern) {
      if (piece.kind == Piece::Kind::kText) {
        AppendText(replaced, piece.text);
        continue;
      }
      if (piece.kind != Piece::Kind::kVariable) {
        replaced.push_back(piece);
        continue;
      }
      // V-03a: a multivalued key never resolves.
      if (KnownArity(piece.text, model_.key_arity) == Arity::kMulti) return Replaced::kUnresolved;
      const KeyState state = Lookup(piece.text);
      switch (state.presence) {
        case KeyState::Presence::kUnknown:
          unknown = true;
          break;
        case KeyState::Presence::kAbsent:
          if (!piece.fallback) return Replaced::kUnresolved;  // V-06
          AppendText(replaced, *piece.fallback);
          break;
        case KeyState::Presence::kPresent:
          if (state.multivalued) return Replaced::kUnresolved;  // V-03a
          AppendText(replaced, state.values[0]);
          break;
      }
    }
    return unknown ? Replaced::kUnknown : Replaced::kAll;
  }

  Truth Holds(const Condition& condition) const {
    if (!condition.known) return Truth::kFalse;  // G-15
    if (condition.base == Base::kNull) return NullHolds(condition);
    const KeyState state = Lookup(condition.key);
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

  Truth NullHolds(const Condition& condition) const {
    if (condition.set_operator == SetOperator::kForAllValues) return Truth::kTrue;  // C-16
    if (condition.set_operator == SetOperator::kForAnyValue) return Truth::kFalse;  // C-16
    const KeyState state = Lookup(condition.key);
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

  const Organization::Model& model_;
  const Request& request_;
};

Decision Exempt(const char* reason) {
  return {"allowed", reason, "", "", "", std::nullopt, true};
}

}  // namespace

Organization Organization::Load(const json& organization, KeyArity key_arity, ActionFacts action_facts) {
  auto model = std::make_shared<Model>();
  model->key_arity = std::move(key_arity);
  model->action_facts = std::move(action_facts);
  Loader(organization, *model).Load();
  Organization result;
  result.model_ = std::move(model);
  return result;
}

Decision Decide(const Organization& organization, const json& node) {
  const Organization::Model& model = organization.model();
  const Request request = ParseRequest(model, node);

  // The first reason that fits (contract, 'A decision').
  if (!model.scps_enabled) return Exempt("scpNotEnabled");                                     // E-20
  if (request.account_id == model.management_account) return Exempt("managementAccount");      // E-11
  if (request.principal.service_linked) return Exempt("serviceLinkedRole");                    // E-12
  if (request.principal.kind == Principal::Kind::kService) return Exempt("servicePrincipal");  // E-14
  if (request.action == "sts:getcalleridentity") return Exempt("noPermissionRequired");        // E-17

  const Evaluator evaluator(model, request);
  Decision denied;                                 // by the first Deny that certainly applies
  bool earlier_deny = false, some_deny = false;    // that may apply
  std::string closed;                              // the first level that certainly allows nothing
  bool earlier_level = false, some_level = false;  // that may allow nothing
  for (const Level& level : request.account->levels) {
    Truth allows = Truth::kFalse;  // E-02
    for (const auto& policy : level.policies) {
      for (size_t i = 0; i < policy->statements.size(); ++i) {
        const Statement& statement = policy->statements[i];
        const Truth applies = evaluator.Applies(statement);
        if (!statement.deny) {
          allows = Or(allows, applies);
        } else if (applies == Truth::kUnknown) {
          some_deny = true;
          earlier_deny = earlier_deny || denied.decision.empty();
        } else if (applies == Truth::kTrue && denied.decision.empty()) {
          denied = {"denied",      "explicitDeny",      level.node, policy->id,
                    statement.sid, static_cast<int>(i), false};
        }
      }
    }
    if (allows == Truth::kFalse && closed.empty()) closed = level.node;  // E-01, E-03
    if (allows == Truth::kUnknown) {
      some_level = true;
      earlier_level = earlier_level || closed.empty();
    }
  }

  if (request.principal.may_be_service_linked_only) return {"undecided", "", "", "", "", std::nullopt, false};
  if (!denied.decision.empty()) {
    denied.place_certain = !earlier_deny;
    return denied;
  }
  if (!closed.empty()) {
    return {"denied", "implicitDeny", closed, "", "", std::nullopt, !some_deny && !earlier_level};
  }
  if (some_deny || some_level) return {"undecided", "", "", "", "", std::nullopt, false};
  return {"allowed", "allowedAtEveryLevel", "", "", "", std::nullopt, true};
}

}  // namespace scpcheck::reference

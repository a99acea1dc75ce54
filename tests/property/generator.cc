#include "generator.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"

namespace scpcheck::property {
namespace {

using nlohmann::json;

constexpr const char* kManagementAccount = "999999999999";
// Policies and requests name the first account.
constexpr int64_t kFirstAccount = 111111111111;

const std::vector<std::string>& Actions() {
  static const std::vector<std::string> actions = {
      "s3:GetObject",      "s3:GetObject",   "s3:PutObject",          "s3:ListBucket",  "s3:ListAllMyBuckets",
      "ec2:RunInstances",  "ec2:CreateTags", "ec2:DescribeInstances", "iam:CreateUser", "dynamodb:GetItem",
      "logs:PutLogEvents", "sts:AssumeRole", "sts:GetCallerIdentity", "acme:DoIt"};
  return actions;
}

const std::vector<std::string>& ActionPatterns() {
  static const std::vector<std::string> patterns = {"*",
                                                    "*",
                                                    "s3:*",
                                                    "s3:*",
                                                    "s3:Get*",
                                                    "S3:GET*",
                                                    "s3:?etObject",
                                                    "s3:*Object",
                                                    "s3:*t*",
                                                    "s?:*",
                                                    "s*:Get*",
                                                    "*:*",
                                                    "*:Get*",
                                                    "ec2:*",
                                                    "ec2:Describe*",
                                                    "ec2:*s",
                                                    "iam:Create*",
                                                    "IAM:createuser",
                                                    "dynamodb:*",
                                                    "logs:Put*",
                                                    "sts:*",
                                                    "acme:*",
                                                    "ACME:doit",
                                                    "acme:D?It",
                                                    "s3:Nothing",
                                                    "s3: GetObject",
                                                    "s3:GetObject ",
                                                    "s3:",
                                                    "s3",
                                                    "",
                                                    "**",
                                                    "s3:Get:Object",
                                                    "s3:*:*",
                                                    "s3:${aws:username}",
                                                    "e*2:*"};
  return patterns;
}

const std::vector<std::string>& Resources() {
  static const std::vector<std::string> resources = {
      "arn:aws:s3:::bucket/a",
      "arn:aws:s3:::bucket/a",
      "arn:aws:s3:::bucket/ann/b",
      "arn:aws:s3:::bucket/Blue",
      "arn:aws:s3:::bucket",
      "arn:aws:s3:::bucket/a:b",
      "arn:aws:s3:::bucket/${aws:username}/a",
      "arn:aws:ec2:eu-west-1:111111111111:instance/i-1",
      "arn:aws:ec2:eu-west-1::image/ami-1",
      "arn:aws:iam::111111111111:user/ann",
      "arn:aws:iam::111111111111:role/team/app",
      "arn:aws:dynamodb:eu-west-1:111111111111:table/t",
      "arn:aws:logs:eu-west-1:111111111111:log-group:/a:log-stream:b",
      "arn:aws-cn:s3:::bucket/a"};
  return resources;
}

const std::vector<std::string>& ResourcePatterns() {
  static const std::vector<std::string> patterns = {"*",
                                                    "*",
                                                    "*",
                                                    "arn:aws:s3:::bucket/*",
                                                    "arn:aws:s3:::bucket/${aws:username}/*",
                                                    "arn:aws:s3:::bucket/${aws:PrincipalTag/team}",
                                                    "arn:aws:s3:::bucket/${aws:PrincipalTag/Team, 'a'}",
                                                    "arn:aws:s3:::bucket/${aws:TagKeys}",
                                                    "arn:aws:s3:::bucket/${*}",
                                                    "arn:aws:s3:::*",
                                                    "arn:aws:s3*",
                                                    "arn:aws:s3:*",
                                                    "arn:aws:s3",
                                                    "arn:aws:s3:::b?cket/?",
                                                    "arn:*:s3:::bucket/*",
                                                    "arn:aws:*:*:*:*",
                                                    "arn:aws:ec2:*:*:instance/*",
                                                    "arn:aws:ec2:eu-*-1:*:*",
                                                    "arn:aws:ec2:*",
                                                    "arn:aws:iam::*:user/*",
                                                    "arn:aws:iam::*:role/*/app",
                                                    "arn:aws:logs:*:log-group:/a:*",
                                                    "arn:aws:logs:e*p:/a:log-stream:b",
                                                    "arn:aws:logs:eu-west-1?111111111111:log-group:/a*",
                                                    "arn:aws:logs:e*1:*:log-group:/a:*",
                                                    "arn:aws:logs:*:*:log-group:*b",
                                                    "arn:aws:dynamodb:*:*:table/?",
                                                    "*:bucket/a",
                                                    "arn:*",
                                                    "a*",
                                                    "**",
                                                    "?",
                                                    ""};
  return patterns;
}

// Every account of a unit and of those below it.
void CollectAccounts(const json& unit, const std::string& path,
                     std::vector<std::pair<json, std::string>>& accounts) {
  for (const json& account : unit.at("accounts")) {
    accounts.emplace_back(account, path + "/" + account.at("name").get<std::string>());
  }
  for (const json& child : unit.at("organizationalUnits")) {
    CollectAccounts(child, path + "/" + child.at("name").get<std::string>(), accounts);
  }
}

// The id of the account that a request is about.
std::string AccountOf(const json& organization, const json& request) {
  std::vector<std::pair<json, std::string>> accounts;
  CollectAccounts(organization.at("root"), "", accounts);
  const std::string principal = request.value("principal", "");
  for (const auto& [account, path] : accounts) {
    const std::string id = account.at("id").get<std::string>();
    if (!request.contains("account")) {
      if (principal.find("::" + id + ":") != std::string::npos) return id;
      continue;
    }
    const json& reference = request.at("account");
    if (reference == id || reference == account.at("name") || reference == path) return id;
  }
  return kManagementAccount;
}

}  // namespace

const std::vector<Generator::Key>& Generator::Keys() {
  static const std::vector<Key> keys = {
      {"aws:PrincipalTag/team", Type::kString, false, true},
      {"aws:PrincipalTag/team", Type::kString, false, true},
      {"aws:PrincipalTag/Team2", Type::kString, false, true},
      {"aws:RequestTag/Cost", Type::kNumber, false, true},
      {"aws:RequestedRegion", Type::kString, false, true},
      {"aws:ResourceTag/flag", Type::kBool, false, true},
      {"aws:username", Type::kString, false, true},
      {"aws:PrincipalType", Type::kString, false, true},
      {"aws:PrincipalAccount", Type::kString, false, true},
      {"aws:PrincipalOrgID", Type::kString, false, true},
      {"aws:PrincipalArn", Type::kArn, false, true},
      {"aws:PrincipalArn", Type::kArn, false, true},
      {"aws:SourceArn", Type::kArn, false, true},
      {"aws:MultiFactorAuthAge", Type::kNumber, false, true},
      {"aws:CurrentTime", Type::kDate, false, true},
      {"aws:EpochTime", Type::kDate, false, true},
      {"aws:ViaAWSService", Type::kBool, false, true},
      {"aws:PrincipalIsAWSService", Type::kBool, false, true},
      {"aws:SourceIp", Type::kAddress, false, true},
      {"aws:TagKeys", Type::kString, true, true},
      {"aws:TagKeys", Type::kString, true, true},
      {"aws:CalledVia", Type::kString, true, true},
      {"aws:PrincipalOrgPaths", Type::kString, true, true},
      {"dynamodb:Attributes", Type::kString, true, true},
      {"ecs:capacity-provider", Type::kArn, true, true},
      {"s3:prefix", Type::kString, false, true},
      {"ec2:InstanceType", Type::kString, false, true},
      {"acme:Thing", Type::kString, false, false},
      {"acme:Blob", Type::kBinary, false, false},
      {"acme:Many", Type::kNumber, true, false},
  };
  return keys;
}

size_t Generator::Below(size_t bound) {
  return static_cast<size_t>(random_() % bound);
}

bool Generator::Chance(unsigned percent) {
  return random_() % 100 < percent;
}

std::string Generator::OddCase(std::string text) {
  if (!Chance(15)) return text;
  for (char& c : text) {
    if (c >= 'a' && c <= 'z' && Chance(50)) {
      c = static_cast<char>(c - 'a' + 'A');
    } else if (c >= 'A' && c <= 'Z' && Chance(50)) {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return text;
}

json Generator::OneOrList(const std::vector<json>& values) {
  if (values.size() == 1 && Chance(70)) return values[0];
  return json(values);
}

json Generator::Organization() {
  next_unit_ = 0;
  next_account_ = 0;
  json organization = {{"policies", json::object()}};
  if (!Chance(8)) organization["id"] = "o-exampleorg1";
  if (Chance(10)) organization["partition"] = "aws";
  if (Chance(80)) organization["managementAccount"] = kManagementAccount;
  if (Chance(30)) {
    organization["policyTypes"] = {"SERVICE_CONTROL_POLICY"};
    if (Chance(20)) organization["policyTypes"].push_back("RESOURCE_CONTROL_POLICY");
  } else if (Chance(4)) {
    organization["policyTypes"] = Chance(50) ? json::array() : json::array({"RESOURCE_CONTROL_POLICY"});
  }
  std::vector<std::string> references;  // by id or by name
  const size_t count = 2 + Below(6);
  for (size_t i = 0; i < count; ++i) {
    const std::string id = "p-" + std::to_string(i), name = "Policy" + std::to_string(i);
    organization["policies"][id] = {{"name", name}, {"document", Policy()}};
    if (Chance(10)) organization["policies"][id]["type"] = "SERVICE_CONTROL_POLICY";
    references.push_back(Chance(80) ? id : name);
  }
  if (Chance(10)) {
    organization["policies"]["p-rcp"] = {
        {"name", "Resources"},
        {"type", "RESOURCE_CONTROL_POLICY"},
        {"document",
         {{"Version", "2012-10-17"},
          {"Statement", {{{"Effect", "Deny"}, {"Principal", "*"}, {"Action", "s3:*"}, {"Resource", "*"}}}}}}};
    references.push_back("p-rcp");
  }
  if (Chance(30)) {
    organization["policies"]["p-FullAWSAccess"] = {
        {"name", "FullAWSAccess"},
        {"awsManaged", true},
        {"document",
         {{"Version", "2012-10-17"},
          {"Statement", {{{"Effect", "Allow"}, {"Action", "*"}, {"Resource", "*"}}}}}}};
  }
  json root = Unit("r-root", references, 0);
  if (Chance(25)) {
    json management = {{"id", kManagementAccount}, {"name", "Management"}};
    if (Chance(70)) management["policies"] = Attachments(references);
    root["accounts"].push_back(management);
  }
  organization["root"] = root;
  return organization;
}

json Generator::Unit(const std::string& id, const std::vector<std::string>& policies, int depth) {
  json unit = {{"id", id},
               {"name", depth == 0 ? "Root" : "Unit" + std::to_string(next_unit_)},
               {"accounts", json::array()},
               {"organizationalUnits", json::array()}};
  if (Chance(85)) unit["policies"] = Attachments(policies);
  const size_t accounts = depth == 0 ? 1 + Below(2) : Below(3);
  for (size_t i = 0; i < accounts; ++i) {
    ++next_account_;
    json account = {{"id", std::to_string(kFirstAccount + next_account_ - 1)},
                    {"name", "Account" + std::to_string(next_account_)}};
    if (Chance(70)) account["policies"] = Attachments(policies);
    if (Chance(10)) account["state"] = Chance(50) ? "ACTIVE" : "SUSPENDED";
    unit["accounts"].push_back(account);
  }
  if (depth < 3) {
    for (size_t i = Below(depth == 0 ? 3 : 2); i > 0; --i) {
      const std::string child = "ou-" + std::to_string(++next_unit_);
      unit["organizationalUnits"].push_back(Unit(child, policies, depth + 1));
    }
  }
  return unit;
}

json Generator::Attachments(const std::vector<std::string>& policies) {
  json attached = json::array();
  if (Chance(4)) return attached;
  if (Chance(85)) attached.push_back(Chance(90) ? "p-FullAWSAccess" : "FullAWSAccess");
  std::vector<std::string> left = policies;
  for (size_t i = Below(4) + (attached.empty() ? 1 : 0); i > 0 && !left.empty(); --i) {
    const size_t pick = Below(left.size());
    attached.push_back(left[pick]);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(pick));
  }
  if (attached.size() > 1 && Chance(30)) std::swap(attached.front(), attached.back());
  return attached;
}

json Generator::Policy() {
  json policy = json::object();
  const size_t version = Below(10);
  if (version < 8) policy["Version"] = "2012-10-17";
  if (version == 8) policy["Version"] = "2008-10-17";
  const size_t count = 1 + Below(5);
  if (count == 1 && Chance(50)) {
    policy["Statement"] = Statement();
    return policy;
  }
  policy["Statement"] = json::array();
  for (size_t i = 0; i < count; ++i) {
    policy["Statement"].push_back(Statement());
    if (Chance(40)) policy["Statement"].back()["Sid"] = "Sid" + std::to_string(i);
  }
  return policy;
}

json Generator::Statement() {
  json statement = {{"Effect", Chance(60) ? "Deny" : "Allow"}};
  std::vector<json> actions;
  for (size_t i = Chance(2) ? 0 : 1 + (Chance(30) ? Below(3) : 0); i > 0; --i)
    actions.push_back(ActionPattern());
  statement[Chance(80) ? "Action" : "NotAction"] = OneOrList(actions);
  std::vector<json> resources;
  for (size_t i = Chance(2) ? 0 : 1 + (Chance(25) ? Below(3) : 0); i > 0; --i)
    resources.push_back(ResourcePattern());
  statement[Chance(80) ? "Resource" : "NotResource"] = OneOrList(resources);
  if (Chance(85)) statement["Condition"] = Conditions();
  return statement;
}

std::string Generator::ActionPattern() {
  if (Chance(20)) return "*";
  if (Chance(40)) return OddCase(Pick(Actions()));
  return Pick(ActionPatterns());
}

std::string Generator::ResourcePattern() {
  if (Chance(30)) return "*";
  if (Chance(35)) return Bend(Pick(Resources()));
  return Pick(ResourcePatterns());
}

std::string Generator::Bend(std::string text) {
  static const std::vector<std::string> insertions = {"*",
                                                      "*",
                                                      "?",
                                                      "??",
                                                      "**",
                                                      "*?",
                                                      "${aws:username}",
                                                      "${aws:PrincipalTag/team}",
                                                      "${aws:PrincipalTag/team, 'a'}",
                                                      "${aws:PrincipalAccount}",
                                                      "${aws:PrincipalTag/team}*",
                                                      "${acme:Thing}",
                                                      "${*}",
                                                      "${?}",
                                                      "${$}",
                                                      "x",
                                                      "/",
                                                      ":",
                                                      ""};
  for (size_t i = Below(3); i > 0; --i) {
    const size_t from = Below(text.size() + 1);
    const size_t length = std::min(Below(5), text.size() - from);
    text.replace(from, length, Pick(insertions));
  }
  return text;
}

json Generator::Conditions() {
  json conditions = json::object();
  for (size_t i = Chance(2) ? 0 : 1 + (Chance(45) ? Below(3) : 0); i > 0; --i) {
    const Key& key = Pick(Keys());
    std::vector<json> values;
    for (size_t n = Chance(4) ? 0 : 1 + (Chance(40) ? Below(3) : 0); n > 0; --n) {
      values.push_back(PolicyValue(Chance(90) ? key.type : Pick(Keys()).type));
    }
    std::string name = Operator(key.type);
    if (name == "Null" && Chance(95)) {
      for (json& value : values) value = PolicyValue(Type::kBool);
    }
    // Multivalued keys mostly with a set operator, others mostly without.
    if (Chance(key.multivalued ? 80 : 15)) name = (Chance(50) ? "ForAllValues:" : "ForAnyValue:") + name;
    if (Chance(3)) name = OddCase(name);
    conditions[name][OddCase(key.name)] = OneOrList(values);
  }
  return conditions;
}

std::string Generator::Operator(Type type) {
  static const std::vector<std::string> strings = {
      "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase",
      "StringLike",   "StringNotLike"};
  static const std::vector<std::string> numbers = {"NumericEquals",      "NumericNotEquals",
                                                   "NumericLessThan",    "NumericLessThanEquals",
                                                   "NumericGreaterThan", "NumericGreaterThanEquals"};
  static const std::vector<std::string> dates = {"DateEquals",      "DateNotEquals",
                                                 "DateLessThan",    "DateLessThanEquals",
                                                 "DateGreaterThan", "DateGreaterThanEquals"};
  static const std::vector<std::string> arns = {"ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"};
  static const std::vector<std::string> addresses = {"IpAddress", "NotIpAddress"};
  static const std::vector<std::string> odd = {"StringStartsWith", "Numeric", "NullIfExists", "ForAllValues",
                                               ""};
  if (Chance(1)) return Pick(odd);
  if (Chance(10)) return "Null";
  if (Chance(10)) type = Pick(Keys()).type;
  std::string name;
  switch (type) {
    case Type::kString:
      name = Pick(strings);
      break;
    case Type::kArn:
      name = Chance(75) ? Pick(arns) : Pick(strings);
      break;
    case Type::kNumber:
      name = Pick(numbers);
      break;
    case Type::kDate:
      name = Chance(90) ? Pick(dates) : Pick(numbers);
      break;
    case Type::kBool:
      name = "Bool";
      break;
    case Type::kAddress:
      name = Pick(addresses);
      break;
    case Type::kBinary:
      name = "BinaryEquals";
      break;
  }
  return Chance(25) ? name + "IfExists" : name;
}

json Generator::RequestValue(Type type) {
  static const std::vector<json> strings = {"a",    "a",    "ab",           "abc",       "b",
                                            "A",    "",     "a*",           "a?",        "ann",
                                            "Blue", "blue", "111111111111", "eu-west-1", "o-exampleorg1",
                                            "User", "a:b",  "a/b",          "\u00e4",    "${aws:username}",
                                            5,      true};
  static const std::vector<json> numbers = {"0", "5",  "5",     "5.0", "5.00", "05", "10",
                                            "9", "-1", "4.999", "-0",  "1e1",  "+5", "abc",
                                            "",  "5 ", "1.2.3", 5,     10,     2.5,  -1};
  static const std::vector<json> dates = {"2026-01-01T00:00:00Z",
                                          "2026-01-01T01:00:00+01:00",
                                          "2025-12-31T23:59:59Z",
                                          "2025-12-31T23:59:59.5Z",
                                          "2026-01-01T00:00:00.000Z",
                                          "2026-01-01T00:00Z",
                                          "2026-01-01T00:00:00",
                                          "2026-01-01",
                                          "2026-01",
                                          "2026",
                                          2026,
                                          "1767225600",
                                          1767225600,
                                          1767225601,
                                          "2026-02-30",
                                          "2024-02-29",
                                          "2026-13-01T00:00:00Z",
                                          "tomorrow",
                                          "999",
                                          "0999-01-01",
                                          ""};
  static const std::vector<json> bools = {"true", "true",  "false", "false", true, false,
                                          "True", "FALSE", "yes",   "",      1};
  static const std::vector<json> addresses = {
      "10.0.0.1", "10.0.0.1",        "10.1.2.3",   "192.0.2.1", "2001:db8::1", "2001:0DB8:0:0:0:0:0:1",
      "::1",      "::ffff:10.0.0.1", "10.0.0.256", "10.0.0",    "localhost",   "10.0.0.0/8",
      ""};
  static const std::vector<json> binaries = {
      "AAEC", "AAEC", "AAED", "aGk=", "aGVsbG8=", "aaec", "!!!!", "a", ""};
  static const std::vector<json> arns = {"arn:aws:iam::111111111111:role/app",
                                         "arn:aws:iam::111111111111:role/app",
                                         "arn:aws:iam::111111111111:role/team/app",
                                         "arn:aws:iam::111111111111:user/ann",
                                         "arn:aws:iam::111111111111:root",
                                         "arn:aws:iam::222222222222:role/app",
                                         "arn:aws:sns:eu-west-1:111111111111:a:b",
                                         "arn:aws:sns:eu-west-1:111111111111:a",
                                         "arn:aws:iam::111111111111:role/a*",
                                         "arn:aws:iam::x",
                                         "arn:aws:iam",
                                         "app",
                                         "*",
                                         ""};
  switch (type) {
    case Type::kString:
      return Pick(strings);
    case Type::kArn:
      return Pick(arns);
    case Type::kNumber:
      return Pick(numbers);
    case Type::kDate:
      return Pick(dates);
    case Type::kBool:
      return Pick(bools);
    case Type::kAddress:
      return Pick(addresses);
    case Type::kBinary:
      return Pick(binaries);
  }
  return "";
}

json Generator::PolicyValue(Type type) {
  static const std::vector<json> strings = {"*",
                                            "a*",
                                            "a?",
                                            "?",
                                            "*b*",
                                            "??*",
                                            "${aws:username}",
                                            "${aws:PrincipalTag/team}",
                                            "${AWS:principaltag/TEAM, 'a'}",
                                            "${aws:PrincipalTag/team, 'a*'}",
                                            "${aws:PrincipalTag/Team2}*",
                                            "a${*}",
                                            "a${?}",
                                            "${$}{aws:username}",
                                            "${aws:TagKeys}",
                                            "${aws:TagKeys, 'a'}",
                                            "${acme:Thing}",
                                            "${acme:Many}",
                                            "${aws:RequestTag/Cost}",
                                            "${aws:PrincipalAccount}",
                                            "$a",
                                            "eu-*",
                                            "o-exampleorg1/r-root/*",
                                            "o-exampleorg1/r-root/ou-1/",
                                            "Account",
                                            "AssumedRole"};
  static const std::vector<json> addresses = {"10.0.0.0/8", "10.0.0.5/24",   "0.0.0.0/0",
                                              "::/0",       "2001:DB8::/32", "10.0.0.1/33",
                                              "10.0.0.0/",  "10.0.0.1/32",   "2001:db8::1/128"};
  static const std::vector<json> arns = {"arn:aws:iam::*:role/*",
                                         "arn:aws:iam::*:role/app",
                                         "arn:aws:iam::111111111111:role/a??",
                                         "arn:*:iam::*:user/${aws:username}",
                                         "arn:aws:iam::${aws:PrincipalAccount}:role/app",
                                         "arn:aws:iam::${aws:PrincipalTag/team, 'a:b'}:role/app",
                                         "arn:aws:sns:*:*:a:*",
                                         "arn:aws:sns:*:a",
                                         "arn:*:*:*:*:*",
                                         "arn:*",
                                         "arn:aws:iam::*:root",
                                         "arn:aws:iam::*:role/a${*}"};
  switch (type) {
    case Type::kString:
      return Chance(55) ? RequestValue(type) : Pick(strings);
    case Type::kArn:
      if (Chance(15)) return Bend("arn:aws:iam::111111111111:role/app");
      return Chance(25) ? RequestValue(type) : Pick(arns);
    case Type::kAddress:
      return Chance(30) ? RequestValue(type) : Pick(addresses);
    case Type::kBool:
      return Chance(8) ? json("${aws:PrincipalTag/team}") : RequestValue(type);
    case Type::kNumber:
    case Type::kDate:
    case Type::kBinary:
      return RequestValue(type);
  }
  return "";
}

json Generator::ContextValue(const Key& key) {
  if (Chance(8)) return nullptr;
  const auto value = [&] { return RequestValue(Chance(90) ? key.type : Pick(Keys()).type); };
  const bool list = key.multivalued ? Chance(85) : Chance(key.known ? 8 : 5);
  if (!list) return value();
  // C-31a: a key that is known to have one value gets no more.
  json values = json::array();
  const size_t most = key.known && !key.multivalued ? 1 : 3;
  for (size_t i = Below(most + 1); i > 0; --i) values.push_back(value());
  return values;
}

std::string Generator::Principal(const std::string& account) {
  const std::string iam = "arn:aws:iam::" + account + ":", sts = "arn:aws:sts::" + account + ":";
  const std::vector<std::string> principals = {
      iam + "role/app",
      iam + "role/app",
      iam + "role/app",
      iam + "role/team/app",
      iam + "user/ann",
      iam + "user/ann",
      iam + "user/team/ann",
      iam + "root",
      "root",
      sts + "assumed-role/app/session",
      sts + "federated-user/ann",
      iam + "role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS",
      "cloudtrail.amazonaws.com",
      iam + "role/*",
      iam + "role/a??",
      iam + "user/*",
      iam + "*",
      "arn:aws:iam::*:role/app",
      "arn:aws:iam::*:role/*",
      "arn:*:iam::" + account + ":user/ann",
      "arn:*:*:*:*:*",
      sts + "assumed-role/*",
      sts + "assumed-role/ap*",
      sts + "assumed-role/a??*/*",
      sts + "*",
      iam + "role/aws-service-role/*",
      "*"};
  // The concrete ones, which the first are, more often.
  return principals[Chance(75) ? Below(11) : Below(principals.size())];
}

json Generator::Request(const json& organization) {
  std::vector<std::pair<json, std::string>> accounts;
  CollectAccounts(organization.at("root"), "", accounts);
  const auto& [account, path] = accounts[Below(accounts.size())];
  std::string id = account.at("id").get<std::string>();
  std::string reference = id;
  if (Chance(10)) reference = Chance(50) ? account.at("name").get<std::string>() : path;
  if (organization.contains("managementAccount") && Chance(2)) reference = id = kManagementAccount;

  json request = {{"action", OddCase(Pick(Actions()))}};
  request["account"] = reference;
  if (Chance(15)) request["id"] = "q" + std::to_string(Below(1000));
  if (Chance(85)) {
    const std::string principal = Principal(id);
    request["principal"] = principal;
    // The principal may be what names the account.
    if (principal.find("::" + id + ":") != std::string::npos && Chance(10)) request.erase("account");
  }
  if (Chance(90)) {
    std::string resource = Pick(Resources());
    if (Chance(10)) {
      static const std::vector<std::string> patterns = {"arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/?", "*",
                                                        "arn:aws:s3:::*",
                                                        "arn:aws:ec2:*:111111111111:instance/*"};
      resource = Pick(patterns);
    }
    request["resource"] = resource;
  }
  if (Chance(70)) request["completeContext"] = true;
  json context = json::object();
  for (const Key& key : Keys()) {
    if (Chance(35) && !context.contains(key.name)) context[key.name] = ContextValue(key);
  }
  if (!context.empty()) {
    // Key names ignore case, so each is there only once.
    json renamed = json::object();
    for (const auto& [name, value] : context.items()) renamed[OddCase(name)] = value;
    request["context"] = renamed;
  }
  return request;
}

std::string Generator::FillWildcards(const std::string& pattern) {
  static const std::vector<std::string> runs = {"", "a", "b", "ann", "team/app", "bucket/a", "a:b", "x/y:z"};
  std::string text;
  for (const char c : pattern) {
    if (c == '*') {
      text += Pick(runs);
    } else if (c == '?') {
      text += Chance(50) ? "a" : "x";
    } else {
      text += c;
    }
  }
  return text;
}

std::string Generator::ConcreteResource(const std::string& pattern) {
  if (pattern != "*") return FillWildcards(pattern);
  return Chance(70) ? Pick(Resources()) : FillWildcards("arn:aws:s3:::bucket/*");
}

std::string Generator::ConcretePrincipal(const std::string& pattern, const std::string& account) {
  const std::string iam = "arn:aws:iam::" + account + ":", sts = "arn:aws:sts::" + account + ":";
  if (pattern != "*" && pattern.find_first_of("*?") == std::string::npos &&
      pattern.rfind(sts + "assumed-role/", 0) != 0) {
    return pattern;
  }
  const std::vector<std::string> all = {
      iam + "root",         iam + "user/ann",          iam + "user/b", iam + "user/team/ann",
      iam + "role/app",     iam + "role/abc",          iam + "role/b", iam + "role/team/app",
      iam + "role/x/y/app", sts + "federated-user/ann"};
  std::vector<std::string> fitting;
  for (const std::string& principal : all) {
    // C-23a: a session tells the name of its role, and not its path.
    const std::string session =
        sts + "assumed-role/" + principal.substr(principal.rfind('/') + 1) + "/session";
    const bool is_role = principal.rfind(iam + "role/", 0) == 0;
    if (GlobMatch(pattern, principal) || (is_role && GlobMatch(pattern, session)))
      fitting.push_back(principal);
  }
  return Pick(fitting);
}

json Generator::Completed(const json& organization, const json& request) {
  // What follows from the rest (the contract on requests), where the organization has an id.
  std::vector<std::string> implied = {"aws:principalarn", "aws:principalaccount", "aws:principaltype",
                                      "aws:username", "aws:principalisawsservice"};
  if (organization.contains("id")) {
    implied.insert(implied.end(), {"aws:principalorgid", "aws:principalorgpaths"});
  }
  json completed = request;
  json context = request.value("context", json::object());
  std::vector<std::string> taken = implied;
  for (const auto& [name, value] : context.items()) taken.push_back(AsciiLower(name));
  if (!request.value("completeContext", false)) {
    for (const Key& key : Keys()) {
      const std::string name = AsciiLower(key.name);
      if (std::find(taken.begin(), taken.end(), name) != taken.end()) continue;
      taken.push_back(name);
      if (Chance(75)) context[key.name] = ContextValue(key);
    }
  }
  completed["context"] = context;
  completed["completeContext"] = true;

  const std::string principal = request.value("principal", "*");
  const std::string account = AccountOf(organization, request);
  completed["principal"] = principal == "root" ? principal : ConcretePrincipal(principal, account);
  completed["resource"] = ConcreteResource(request.value("resource", "*"));
  return completed;
}

}  // namespace scpcheck::property

#include "request.h"

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "fail.h"
#include "values.h"

namespace scpcheck::reference {
namespace {

using nlohmann::json;

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

}  // namespace

KeyState Request::Lookup(std::string_view key) const {
  const auto found = keys.find(key);
  if (found != keys.end()) return found->second;
  return complete ? Absent() : KeyState{};
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

  // what has no resource types acts on `*`, whatever the request names.
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

}  // namespace scpcheck::reference

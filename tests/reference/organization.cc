#include "organization.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "fail.h"

namespace scpcheck::reference {
namespace {

using nlohmann::json;

constexpr std::string_view kFullAccessId = "p-FullAWSAccess";

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

}  // namespace

const Account* FindAccount(const Organization::Model& model, const std::string& reference) {
  std::vector<const Account*> found;
  for (const Account& account : model.accounts) {
    if (account.id == reference) return &account;
    if (account.name == reference || account.path == reference) found.push_back(&account);
  }
  if (found.size() > 1) Fail("several accounts are called " + reference);
  return found.empty() ? nullptr : found[0];
}

Organization Organization::Load(const json& organization, KeyArity key_arity, ActionFacts action_facts) {
  auto model = std::make_shared<Model>();
  model->key_arity = std::move(key_arity);
  model->action_facts = std::move(action_facts);
  Loader(organization, *model).Load();
  Organization result;
  result.model_ = std::move(model);
  return result;
}

}  // namespace scpcheck::reference

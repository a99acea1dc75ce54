#include "organization_writer.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "scpcheck/policy.h"

namespace scpcheck::property {
namespace {

// Writes text, not a tree of values: a number must come out as it was written.
std::string String(std::string_view text) {
  return nlohmann::json(text).dump();
}

template <typename T, typename Write>
std::string List(const std::vector<T>& items, const Write& write) {
  std::string text = "[";
  for (const T& item : items) text += (text.size() > 1 ? "," : "") + write(item);
  return text + "]";
}

std::string Object(const std::vector<std::pair<std::string, std::string>>& members) {
  std::string text = "{";
  for (const auto& [name, value] : members) text += (text.size() > 1 ? "," : "") + String(name) + ":" + value;
  return text + "}";
}

std::string Texts(const std::vector<LocatedText>& texts) {
  return List(texts, [](const LocatedText& text) { return String(text.text); });
}

std::string Conditions(const std::vector<ConditionClause>& clauses) {
  // The clauses of one operator stand in one object.
  std::map<std::string, std::vector<std::pair<std::string, std::string>>> by_operator;
  for (const ConditionClause& clause : clauses) {
    by_operator[clause.operator_text.text].emplace_back(
        clause.key.text, List(clause.values, [](const ConditionValue& value) {
          return value.kind == ConditionValue::Kind::kString ? String(value.text) : value.text;
        }));
  }
  std::vector<std::pair<std::string, std::string>> operators;
  for (const auto& [name, keys] : by_operator) operators.emplace_back(name, Object(keys));
  return Object(operators);
}

std::string WriteStatement(const Statement& statement) {
  std::vector<std::pair<std::string, std::string>> members = {
      {"Effect", statement.effect == Effect::kAllow ? R"("Allow")" : R"("Deny")"},
      {statement.not_action ? "NotAction" : "Action", Texts(statement.actions)},
      {statement.not_resource ? "NotResource" : "Resource", Texts(statement.resources)},
      {"Condition", Conditions(statement.conditions)}};
  if (statement.sid) members.emplace_back("Sid", String(statement.sid->text));
  return Object(members);
}

std::string WritePolicy(const OrganizationPolicy& policy) {
  std::vector<std::pair<std::string, std::string>> document = {
      {"Statement", List(policy.document.statements, WriteStatement)}};
  if (policy.document.has_variables) document.emplace_back("Version", R"("2012-10-17")");
  return Object({{"name", String(policy.name)},
                 {"type", String(policy.type)},
                 {"awsManaged", policy.aws_managed ? "true" : "false"},
                 {"document", Object(document)}});
}

class TreeWriter {
 public:
  explicit TreeWriter(const Organization& organization) : organization_(organization) {}

  std::string WriteNode(NodeIndex index) const {
    const OrganizationNode& node = organization_.node(index);
    std::vector<std::string> accounts;
    for (const Account& account : organization_.accounts) {
      if (account.parent == index) accounts.push_back(WriteAccount(account));
    }
    std::vector<std::string> units;
    for (size_t i = 0; i < organization_.nodes.size(); ++i) {
      if (organization_.nodes[i].parent != index) continue;
      units.push_back(WriteNode(static_cast<NodeIndex>(i)));
    }
    const auto as_it_is = [](const std::string& text) { return text; };
    return Object({{"id", String(node.id)},
                   {"name", String(node.name)},
                   {"policies", WriteAttachments(node.attachments)},
                   {"accounts", List(accounts, as_it_is)},
                   {"organizationalUnits", List(units, as_it_is)}});
  }

 private:
  std::string WriteAccount(const Account& account) const {
    std::vector<std::pair<std::string, std::string>> members = {
        {"id", String(account.id)},
        {"name", String(account.name)},
        {"policies", WriteAttachments(account.attachments)}};
    if (!account.state.empty()) members.emplace_back("state", String(account.state));
    return Object(members);
  }

  std::string WriteAttachments(const std::vector<Attachment>& attachments) const {
    return List(attachments, [&](const Attachment& attachment) {
      return String(organization_.policy(attachment.policy).id);
    });
  }

  const Organization& organization_;
};

}  // namespace

std::string WriteOrganization(const Organization& organization) {
  std::vector<std::pair<std::string, std::string>> policies;
  for (const OrganizationPolicy& policy : organization.policies) {
    policies.emplace_back(policy.id, WritePolicy(policy));
  }
  std::vector<std::pair<std::string, std::string>> members = {
      {"partition", String(organization.partition)},
      {"policyTypes", organization.scps_enabled ? "[" + String(kServiceControlPolicy) + "]" : "[]"},
      {"policies", Object(policies)},
      {"root", TreeWriter(organization).WriteNode(NodeIndex{0})}};
  if (!organization.id.empty()) members.emplace_back("id", String(organization.id));
  if (organization.management_account) {
    members.emplace_back("managementAccount", String(*organization.management_account));
  }
  return Object(members);
}

}  // namespace scpcheck::property

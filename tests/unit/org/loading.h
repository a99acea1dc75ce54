// Loading organizations from memory, and showing what was loaded.

#ifndef SCPCHECK_TESTS_UNIT_ORG_LOADING_H_
#define SCPCHECK_TESTS_UNIT_ORG_LOADING_H_

#include <map>
#include <optional>
#include <string>
#include <utility>

#include "scpcheck/diagnostic.h"
#include "scpcheck/files.h"
#include "scpcheck/organization.h"

namespace scpcheck {

struct Loading {
  std::optional<Organization> organization;
  Diagnostics diagnostics;
  std::string error;  // as the command line prints it; empty if there is an organization

  // All diagnostics, one a line.
  std::string AllDiagnostics() const {
    std::string out;
    for (const Diagnostic& diagnostic : diagnostics.all()) out += diagnostic.ToString() + '\n';
    return out;
  }
};

inline Loading Load(const Files& files, const std::string& path, const LoadOptions& options = {}) {
  Loading loading;
  Result<Organization> result = LoadOrganization(path, files, options, loading.diagnostics);
  if (result) {
    loading.organization = std::move(result).value();
  } else {
    loading.error = result.error().ToString();
  }
  return loading;
}

inline Loading Load(std::map<std::string, std::string> files, const std::string& path,
                    const LoadOptions& options = {}) {
  return Load(MemoryFiles(std::move(files)), path, options);
}

inline Loading LoadText(std::string text, const LoadOptions& options = {}) {
  return Load({{"org.json", std::move(text)}}, "org.json", options);
}

// Everything but places and stored sizes, which differ between formats.
inline std::string Describe(const Organization& organization) {
  std::string out = organization.id + ' ' + organization.partition + " management " +
                    organization.management_account.value_or("?") + " scps " +
                    (organization.scps_enabled ? "on" : "off") + '\n';
  for (const OrganizationPolicy& policy : organization.policies) {
    out += policy.id + ' ' + policy.name + ' ' + policy.type + (policy.aws_managed ? " managed" : "") +
           (policy.document.decidable ? "" : " undecidable") + '\n';
    for (const Statement& statement : policy.document.statements) {
      out += "  " + (statement.sid ? statement.sid->text : "-") +
             (statement.effect == Effect::kAllow ? " allow" : " deny");
      for (const LocatedText& action : statement.actions) out += ' ' + action.text;
      out += statement.not_action ? " except on" : " on";
      for (const LocatedText& resource : statement.resources) out += ' ' + resource.text;
      for (const ConditionClause& clause : statement.conditions) {
        out += " if " + clause.operator_text.text + ' ' + clause.key.text;
        for (const ConditionValue& value : clause.values) out += ' ' + value.text;
      }
      out += '\n';
    }
  }
  const auto attachments = [&](const std::vector<Attachment>& attached) {
    for (const Attachment& attachment : attached) out += ' ' + organization.policy(attachment.policy).id;
    out += '\n';
  };
  for (size_t i = 0; i < organization.nodes.size(); ++i) {
    const OrganizationNode& node = organization.nodes[i];
    out += node.id + ' ' + organization.PathOf(static_cast<NodeIndex>(i)) + ':';
    attachments(node.attachments);
  }
  for (size_t i = 0; i < organization.accounts.size(); ++i) {
    const Account& account = organization.accounts[i];
    // Not every format tells the state of an account that works.
    out += account.id + ' ' + organization.PathOf(static_cast<AccountIndex>(i)) + ' ' +
           organization.node(account.parent).id + ' ' + (account.state.empty() ? "ACTIVE" : account.state) +
           ':';
    attachments(account.attachments);
  }
  return out;
}

}  // namespace scpcheck

#endif  // SCPCHECK_TESTS_UNIT_ORG_LOADING_H_

// An organization: its tree of organizational units and accounts, its policies, and what is attached where.

#ifndef SCPCHECK_ORGANIZATION_H_
#define SCPCHECK_ORGANIZATION_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scpcheck/diagnostic.h"
#include "scpcheck/files.h"
#include "scpcheck/policy.h"
#include "scpcheck/result.h"
#include "scpcheck/source.h"

namespace scpcheck {

inline constexpr std::string_view kServiceControlPolicy = "SERVICE_CONTROL_POLICY";
inline constexpr std::string_view kResourceControlPolicy = "RESOURCE_CONTROL_POLICY";
inline constexpr std::string_view kFullAwsAccessId = "p-FullAWSAccess";

// AWS's default quotas (semantics section 2).
inline constexpr uint32_t kMaxPolicyCharacters = 10240;
inline constexpr uint32_t kMaxPoliciesPerTarget = 10;

// Indices into the vectors of an Organization.
enum class PolicyIndex : uint32_t {};
enum class NodeIndex : uint32_t {};
enum class AccountIndex : uint32_t {};

struct OrganizationPolicy {
  std::string id;
  std::string name;
  std::string type = std::string(kServiceControlPolicy);
  bool aws_managed = false;
  Policy document;  // parsed only if is_scp()
  // What counts against kMaxPolicyCharacters (G-18): the file's text, or an inline document's compact form.
  uint32_t stored_characters = 0;
  uint32_t stored_bytes = 0;
  SourceRange range;  // of its entry in the organization file

  bool is_scp() const { return type == kServiceControlPolicy; }
};

struct Attachment {
  PolicyIndex policy;
  SourceRange range;
};

// The root or an organizational unit.
struct OrganizationNode {
  std::string id;
  std::string name;
  std::optional<NodeIndex> parent;      // none: the root, which is node 0
  std::vector<Attachment> attachments;  // in order of attachment, policies of all types
  SourceRange range;
};

struct Account {
  std::string id;  // 12 digits
  std::string name;
  std::string state;  // ACTIVE, SUSPENDED, CLOSED ... or empty
  NodeIndex parent;
  std::vector<Attachment> attachments;
  SourceRange range;
};

struct Organization {
  std::string id;  // empty: not given
  std::string partition = "aws";
  std::optional<std::string> management_account;
  bool scps_enabled = true;  // E-20
  std::vector<OrganizationPolicy> policies;
  std::vector<OrganizationNode> nodes;   // parents before children
  std::vector<Account> accounts;         // in document order
  std::shared_ptr<const Source> source;  // null if it does not come from one file

  const OrganizationPolicy& policy(PolicyIndex i) const { return policies[static_cast<uint32_t>(i)]; }
  const OrganizationNode& node(NodeIndex i) const { return nodes[static_cast<uint32_t>(i)]; }
  const Account& account(AccountIndex i) const { return accounts[static_cast<uint32_t>(i)]; }

  // From the root down to `node`.
  std::vector<NodeIndex> PathTo(NodeIndex node) const;
  // `/Stages/Dev`: names below the root, a `/` inside a name written `\/`.
  std::string PathOf(NodeIndex node) const;
  std::string PathOf(AccountIndex account) const;

  // An account by its id, its unique name or its path. The error names near misses.
  Result<AccountIndex> FindAccount(std::string_view text) const;
  // Whether a text means the accounts of an OU: it ends in `/*` or `/**`.
  static bool IsSelector(std::string_view text) { return text.ends_with("/*") || text.ends_with("/**"); }
  // The accounts that a selector means, in document order: one account as FindAccount takes it, an OU's id or
  // path followed by `/*` (directly in it) or `/**` (anywhere below). An empty selection is an error.
  Result<std::vector<AccountIndex>> SelectAccounts(std::string_view selector) const;
};

struct LoadOptions {
  // Policies, by id or name, that are left out as if they were not attached.
  std::vector<std::string> ignored_policies;
  // Take a cut-off listing of the AWS CLI as it is, instead of refusing it.
  bool allow_partial = false;
};

// Loads the organization at `path`, a file or directory in any format that an importer recognises
// (docs/formats.md). Everything wrong with it goes to `diagnostics`; if there are errors the result is the
// first of them. Undecidable policies (Policy::decidable) are errors only where they are attached.
Result<Organization> LoadOrganization(const std::string& path, const Files& files, const LoadOptions& options,
                                      Diagnostics& diagnostics);

}  // namespace scpcheck

#endif  // SCPCHECK_ORGANIZATION_H_

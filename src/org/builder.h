// Puts an organization together and checks that it is consistent. Every importer ends here, so that each kind
// of inconsistency has one check and one message.

#ifndef SCPCHECK_ORG_BUILDER_H_
#define SCPCHECK_ORG_BUILDER_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "scpcheck/diagnostic.h"
#include "scpcheck/organization.h"
#include "scpcheck/result.h"
#include "scpcheck/source.h"

namespace scpcheck {

struct Place {
  std::shared_ptr<const Source> source;
  SourceRange range;
};

// Whether what is wrong inside attached policies counts as wrong with the organization (G-04a).
enum class PolicyFaults : uint8_t { kReported, kLeftOut };

// Order of calls: all policies first, then nodes (parents before children) and accounts, each followed by
// what is attached to it.
class OrganizationBuilder {
 public:
  OrganizationBuilder(const LoadOptions& options, Diagnostics& diagnostics,
                      PolicyFaults policy_faults = PolicyFaults::kReported)
      : options_(options), diagnostics_(diagnostics), policy_faults_(policy_faults) {}

  // The parts without references (id, partition, scps_enabled, source) are filled in directly.
  Organization& organization() { return organization_; }
  // An account of the tree need not have that id.
  void SetManagementAccount(std::string_view id, const Place& place);

  void AddPolicy(OrganizationPolicy policy, const Place& place);
  // The first node is the root and has no parent.
  NodeIndex AddNode(OrganizationNode node, const Place& place);
  void AddAccount(Account account, const Place& place);
  // Takes memory for that many accounts at once.
  void ReserveAccounts(size_t count);

  // `policy` is an id or a unique name.
  void AttachToNode(NodeIndex node, std::string_view policy, const Place& place);
  void AttachToLastAccount(std::string_view policy, const Place& place);

  void Report(std::string code, std::string message, const Place& place);

  // An attached SCP that can't be decided on is an error (G-04a). The result is the organization, or the
  // first error among all diagnostics.
  Result<Organization> Finish();

 private:
  bool CheckAccountId(std::string_view id, const Place& place);
  // Empties what is too long, which is reported.
  void CheckLength(std::string& text, std::string_view what, const Place& place);
  // Nothing if the policy is unknown, which is reported, or ignored.
  std::optional<PolicyIndex> Attachable(std::string_view policy, const Place& place);
  std::optional<PolicyIndex> FindPolicy(std::string_view policy, const Place& place);
  void AttachTo(std::vector<Attachment>& attachments, std::string_view policy, const Place& place);

  const LoadOptions& options_;
  Diagnostics& diagnostics_;
  PolicyFaults policy_faults_;
  Organization organization_;
  std::unordered_map<std::string, PolicyIndex> policies_by_id_;
  std::unordered_multimap<std::string, PolicyIndex> policies_by_name_;
  std::vector<size_t> last_target_;  // by policy: the latest it is attached to, counted from 1; 0 for none
  std::vector<bool> ignored_;        // by policy
  std::unordered_map<std::string, NodeIndex> nodes_by_id_;
  std::unordered_map<uint64_t, AccountIndex> accounts_by_id_;
  int suggestions_left_ = 20;
  // Most nodes and accounts have the same policy attached as the one before.
  std::string last_reference_;
  std::optional<PolicyIndex> last_policy_;
};

// The policy that AWS attaches to everything (E-22).
OrganizationPolicy FullAwsAccess();

}  // namespace scpcheck

#endif  // SCPCHECK_ORG_BUILDER_H_

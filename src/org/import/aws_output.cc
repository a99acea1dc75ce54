// An organization from the output of `aws organizations` (docs/formats.md): the facts that the single answers
// give (aws_facts.h) are held against each other and put together.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/quote.h"
#include "org/import/aws_answers.h"
#include "org/import/aws_facts.h"
#include "org/import/aws_reports.h"
#include "org/import/importer.h"

namespace scpcheck {

namespace aws {

namespace {

// AWS allows five levels of organizational units.
constexpr size_t kMaxUnitDepth = 64;

class Assembler {
 public:
  Assembler(Facts facts, const LoadOptions& options, OrganizationBuilder& builder, Reports& reports)
      : facts_(std::move(facts)), options_(options), builder_(builder), reports_(reports) {}

  void Assemble() {
    OrderPolicies();
    if (!CheckPieces()) {
      AddPolicies();
      return;
    }
    ResolveParents();
    if (facts_.attachments_listed.empty()) {
      InvertTargets();
    } else {
      CompareListings();
    }
    AddPolicies();
    AddTree();
    CheckAllPlaced();
  }

  // The policies alone, of an organization that can't be put together.
  void AddPoliciesOnly() {
    OrderPolicies();
    AddPolicies();
  }

 private:
  void AddPolicies() {
    for (const std::string& id : facts_.policy_order) {
      PolicyEntry& entry = facts_.policies.at(id);
      if (!IsRead(entry.policy)) continue;
      if (!entry.described && id == kFullAwsAccessId) {
        entry.policy = FullAwsAccess();  // its content is known
      } else if (!entry.described && entry.policy.is_scp() && !IsIgnored(entry.policy)) {
        continue;  // an error where it is attached
      }
      builder_.AddPolicy(entry.policy, entry.place);
      entry.added = true;
    }
  }

  // --- checking ---

  // The pieces without which nothing can be put together.
  bool CheckPieces() {
    if (!facts_.organization_described) reports_.AddMissingOrganization();
    if (facts_.root_id.empty()) {
      reports_.AddMissing(AwsOperation::kListRoots, "", "the root, and whether SCPs are enabled");
      return false;
    }
    if (!facts_.all_accounts_listed && facts_.accounts_listed.empty()) {
      reports_.AddMissing(AwsOperation::kListAccounts, "", "the accounts");
      return false;
    }
    if (facts_.attachments_listed.empty() && facts_.targets_listed.empty() &&
        builder_.organization().scps_enabled) {
      reports_.AddMissing(AwsOperation::kListPoliciesForTarget, "", "what is attached where");
      return false;
    }
    return true;
  }

  void ResolveParents() {
    std::stable_sort(facts_.claims.begin(), facts_.claims.end(),
                     [](const Claim& a, const Claim& b) { return a.evidence < b.evidence; });
    for (const Claim& claim : facts_.claims) {
      const auto [first, is_new] = parents_.emplace(claim.child, &claim);
      if (!is_new) {
        const Claim& other = *first->second;
        if (other.parent != claim.parent) {
          reports_.AddContradiction(Quoted(claim.child) + " lies in " + Quoted(claim.parent) +
                                        " here, but elsewhere in " + Quoted(other.parent),
                                    claim.place, other.place);
        }
        continue;
      }
      if (claim.parent != facts_.root_id && facts_.units.count(claim.parent) == 0) {
        reports_.Add(reports_.incomplete_severity(), "aws-contradiction",
                     Quoted(claim.child) + " lies in " + Quoted(claim.parent) + ", which no answer lists",
                     claim.place);
      } else if (facts_.units.count(claim.child) != 0) {
        units_in_[claim.parent].push_back(claim.child);
      } else if (facts_.accounts.count(claim.child) != 0) {
        accounts_in_[claim.parent].push_back(claim.child);
      }  // else somebody asked for the parent of what is gone since
    }
    for (const std::string& id : facts_.account_order) CheckHasParent(id, "account", facts_.accounts.at(id));
    for (const std::string& id : facts_.unit_order) {
      CheckHasParent(id, "organizational unit", facts_.units.at(id));
    }
  }

  void CheckHasParent(const std::string& id, std::string_view what, const Entity& entity) {
    if (parents_.count(id) != 0) return;
    reports_.Add(reports_.incomplete_severity(), "aws-missing",
                 "no answer tells where the " + std::string(what) + " " + Quoted(id) +
                     " lies: save the listings of its parent, or `list-parents` for it",
                 entity.place);
  }

  // Both listings of attachments are here: they must agree on what both tell.
  void CompareListings() {
    const auto key = [](std::string_view policy, std::string_view target) {
      return std::string(policy) + ' ' + std::string(target);
    };
    std::unordered_set<std::string> by_policy;
    std::unordered_set<std::string> by_target;
    for (const auto& [policy, targets] : facts_.targets) {
      for (const Attached& target : targets) by_policy.insert(key(policy, target.id));
    }
    for (const auto& [target, policies] : facts_.attachments) {
      for (const Attached& policy : policies) by_target.insert(key(policy.id, target));
    }
    const auto differ = [&](std::string_view policy, std::string_view target, const Place& here,
                            const Place& there) {
      reports_.AddContradiction(
          Quoted(policy) + " is attached to " + Quoted(target) + " here, but not elsewhere", here, there);
    };
    for (const auto& [policy, targets] : facts_.targets) {
      for (const Attached& target : targets) {
        const auto listed = facts_.attachments_listed.find(target.id);
        if (listed != facts_.attachments_listed.end() && by_target.count(key(policy, target.id)) == 0) {
          differ(policy, target.id, target.place, listed->second);
        }
      }
    }
    for (const auto& [target, policies] : facts_.attachments) {
      for (const Attached& policy : policies) {
        const auto listed = facts_.targets_listed.find(policy.id);
        if (listed != facts_.targets_listed.end() && by_policy.count(key(policy.id, target)) == 0) {
          differ(policy.id, target, policy.place, listed->second);
        }
      }
    }
  }

  // --- putting together ---

  bool IsIgnored(const OrganizationPolicy& policy) const {
    const auto& ignored = options_.ignored_policies;
    return std::any_of(ignored.begin(), ignored.end(),
                       [&](const std::string& name) { return name == policy.id || name == policy.name; });
  }

  // Those of list-policies first, in its order, then the others as they were met.
  void OrderPolicies() {
    facts_.policy_order.insert(facts_.policy_order.end(), facts_.met_policies.begin(),
                               facts_.met_policies.end());
    std::unordered_set<std::string_view> seen;
    std::vector<std::string> once;
    for (const std::string& id : facts_.policy_order) {
      if (seen.insert(id).second) once.push_back(id);
    }
    facts_.policy_order = std::move(once);
  }

  // list-targets-for-policy alone says what is attached where; the order on a target is that of the policies.
  void InvertTargets() {
    for (const std::string& policy : facts_.policy_order) {
      if (facts_.targets_listed.count(policy) == 0 && facts_.policies.at(policy).policy.is_scp() &&
          builder_.organization().scps_enabled) {
        reports_.AddMissing(AwsOperation::kListTargetsForPolicy, policy, "where it is attached");
      }
      Invert(policy);
    }
    for (const auto& [policy, place] : facts_.targets_listed) {
      if (facts_.policies.count(policy) == 0) Invert(policy);
    }
  }

  void Invert(const std::string& policy) {
    const auto found = facts_.targets.find(policy);
    if (found == facts_.targets.end()) return;
    for (const Attached& target : found->second) {
      facts_.attachments[target.id].push_back({policy, target.place});
    }
  }

  void AddTree() {
    struct Pending {
      std::string id;
      std::optional<NodeIndex> parent;
      size_t depth;
    };
    std::vector<Pending> stack = {{facts_.root_id, std::nullopt, 0}};
    while (!stack.empty()) {
      const Pending next = std::move(stack.back());
      stack.pop_back();
      const Entity& entity = next.parent ? facts_.units.at(next.id) : facts_.root;
      if (next.depth > kMaxUnitDepth) {
        reports_.Add(Severity::kError, "aws-answer",
                     "organizational units nested more than " + std::to_string(kMaxUnitDepth) +
                         " levels deep: AWS allows five",
                     entity.place);
        return;
      }
      const NodeIndex index = AddNode(next.id, next.parent, entity);
      for (const std::string& account : accounts_in_[next.id]) AddAccount(account, index);
      const std::vector<std::string>& units = units_in_[next.id];
      for (auto unit = units.rbegin(); unit != units.rend(); ++unit) {
        stack.push_back({*unit, index, next.depth + 1});
      }
    }
  }

  NodeIndex AddNode(const std::string& id, std::optional<NodeIndex> parent, const Entity& entity) {
    if (parent && !id.starts_with("ou-" + facts_.root_id.substr(2) + '-')) {
      reports_.Add(Severity::kError, "aws-id",
                   "the OU id " + Quoted(id) + " does not repeat the root's: it must start with `ou-" +
                       facts_.root_id.substr(2) + "-`",
                   entity.place);
    }
    OrganizationNode node;
    node.id = id;
    node.name = entity.name.empty() ? id : entity.name;
    node.parent = parent;
    node.range = RangeInFile(entity.place, builder_.organization());
    const NodeIndex index = builder_.AddNode(std::move(node), entity.place);
    placed_.insert(id);
    if (facts_.units_listed.count(id) == 0) {
      reports_.AddMissing(AwsOperation::kListOrganizationalUnitsForParent, id, "the units in it",
                          reports_.incomplete_severity());
    }
    if (!facts_.all_accounts_listed && facts_.accounts_listed.count(id) == 0) {
      reports_.AddMissing(AwsOperation::kListAccountsForParent, id, "the accounts in it",
                          reports_.incomplete_severity());
    }
    AttachAll(id, [&](std::string_view policy, const Place& place) {
      builder_.AttachToNode(index, policy, place);
    });
    return index;
  }

  void AddAccount(const std::string& id, NodeIndex parent) {
    const Entity& entity = facts_.accounts.at(id);
    Account account;
    account.id = id;
    account.name = entity.name;
    account.state = entity.state;
    account.parent = parent;
    account.range = RangeInFile(entity.place, builder_.organization());
    builder_.AddAccount(std::move(account), entity.place);
    placed_.insert(id);
    AttachAll(id, [&](std::string_view policy, const Place& place) {
      builder_.AttachToLastAccount(policy, place);
    });
  }

  template <typename Attach>
  void AttachAll(const std::string& target, Attach attach) {
    if (!facts_.attachments_listed.empty() && facts_.attachments_listed.count(target) == 0 &&
        builder_.organization().scps_enabled) {
      reports_.AddMissing(AwsOperation::kListPoliciesForTarget, target, "what is attached there");
    }
    const auto found = facts_.attachments.find(target);
    if (found == facts_.attachments.end()) return;
    for (const Attached& policy : found->second) {
      if (IsAttachable(policy)) attach(policy.id, policy.place);
    }
  }

  // Reports a policy whose content is needed and missing, once.
  bool IsAttachable(const Attached& attached) {
    const auto known = facts_.policies.find(attached.id);
    const bool is_known = known != facts_.policies.end();
    // The builder knows FullAWSAccess by itself.
    if (is_known ? known->second.added : attached.id == kFullAwsAccessId) return true;
    if (is_known && !IsRead(known->second.policy)) return false;
    if (undescribed_.insert(attached.id).second) {
      reports_.Add(Severity::kError, "aws-missing",
                   "the policy " + Quoted(attached.id) +
                       " is attached here, but no answer of `describe-policy` has its content",
                   attached.place);
    }
    return false;
  }

  void CheckAllPlaced() {
    for (const std::string& id : facts_.unit_order) {
      if (parents_.count(id) == 0 || placed_.count(id) != 0) continue;
      reports_.Add(reports_.incomplete_severity(), "aws-contradiction",
                   "the organizational unit " + Quoted(id) + " does not lie below the root",
                   facts_.units.at(id).place);
    }
    for (const auto& [target, policies] : facts_.attachments) {
      if (placed_.count(target) != 0) continue;
      reports_.Add(reports_.incomplete_severity(), "aws-contradiction",
                   "policies are attached to " + Quoted(target) + " here, but no answer lists it",
                   policies.front().place);
    }
  }

  Facts facts_;
  const LoadOptions& options_;
  OrganizationBuilder& builder_;
  Reports& reports_;

  std::unordered_map<std::string, const Claim*> parents_;
  std::unordered_map<std::string, std::vector<std::string>> units_in_;
  std::unordered_map<std::string, std::vector<std::string>> accounts_in_;
  std::unordered_set<std::string> placed_;
  std::unordered_set<std::string> undescribed_;
};

void Read(ImportInput& input, OrganizationBuilder& builder) {
  if (!input.is_directory) builder.organization().source = input.source;
  Reports reports(input);
  Facts facts = GatherFacts(input, builder, reports);
  Assembler assembler(std::move(facts), input.options, builder, reports);
  // What is missing because it could not be read would only be reported again.
  if (input.diagnostics.has_errors()) {
    assembler.AddPoliciesOnly();
  } else {
    assembler.Assemble();
  }
}

}  // namespace

}  // namespace aws

const Importer kAwsOutput = {
    "a directory with `list-roots.json`, or JSON lines of `operation`, `request` and `response`",
    HoldsAwsAnswers, aws::Read};

}  // namespace scpcheck

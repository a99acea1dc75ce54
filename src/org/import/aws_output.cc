// An organization from the output of `aws organizations` (docs/formats.md): what the single answers say is
// gathered first, in any order, then held against each other and put together.

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "org/import/aws_answers.h"
#include "org/import/importer.h"

namespace scpcheck {

namespace {

using json::Value;

// AWS allows five levels of organizational units.
constexpr size_t kMaxUnitDepth = 64;

std::string Quoted(std::string_view text) {
  return "`" + std::string(text) + "`";
}

bool IsRootId(std::string_view text) {
  return !text.empty() && AwsRootIdLength(text) == text.size();
}
bool IsUnitId(std::string_view text) {
  return !text.empty() && AwsUnitIdLength(text) == text.size();
}
bool IsAccountId(std::string_view text) {
  return !text.empty() && AwsAccountIdLength(text) == text.size();
}
bool IsPolicyId(std::string_view text) {
  return !text.empty() && AwsPolicyIdLength(text) == text.size();
}
bool IsOrganizationId(std::string_view text) {
  return !text.empty() && AwsOrganizationIdLength(text) == text.size();
}

class Reader {
 public:
  Reader(ImportInput& input, OrganizationBuilder& builder) : input_(input), builder_(builder) {}

  void Read() {
    if (!input_.is_directory) builder_.organization().source = input_.source;
    ForEachAwsAnswer(input_, [this](const AwsAnswer& answer) { Take(answer); });
    // What is missing because it could not be read would only be reported again.
    if (input_.diagnostics.has_errors()) return;
    if (!CheckPieces()) return;
    ResolveParents();
    OrderPolicies();
    if (attachments_listed_.empty()) {
      InvertTargets();
    } else {
      CompareListings();
    }
    AddPolicies();
    AddTree();
    CheckAllPlaced();
  }

 private:
  // Listings give the order of what lies in a node; what only mentions a parent comes after them.
  enum class Evidence : uint8_t { kListedByParent, kListedWithPath, kMentioned };

  struct Claim {
    std::string child;
    std::string parent;
    Evidence evidence;
    Place place;
  };

  struct Entity {  // a root, an organizational unit or an account
    std::string name;
    std::string state;
    bool state_is_current = false;  // from `State`, not from the retiring `Status`
    Place place;
  };

  struct PolicyEntry {
    OrganizationPolicy policy;
    Place place;
    bool described = false;
    bool added = false;
  };

  // One end of an attachment: a policy's id or a target's.
  struct Attached {
    std::string id;
    Place place;
  };
  using AttachedBy = std::map<std::string, std::vector<Attached>>;

  // --- gathering ---

  void Take(const AwsAnswer& answer) {
    switch (answer.operation) {
      case AwsOperation::kDescribeOrganization:
        TakeOrganization(answer.content);
        return;
      case AwsOperation::kListRoots:
        for (const Value root : answer.content.elements()) TakeRoot(root);
        return;
      case AwsOperation::kListOrganizationalUnitsForParent:
        if (!CheckContainerId(answer)) return;
        units_listed_.insert(answer.subject);
        for (const Value unit : answer.content.elements()) TakeUnit(unit, &answer.subject);
        return;
      case AwsOperation::kListAccountsForParent:
        if (!CheckContainerId(answer)) return;
        accounts_listed_.insert(answer.subject);
        for (const Value account : answer.content.elements()) TakeAccount(account, &answer.subject);
        return;
      case AwsOperation::kListAccounts:
        all_accounts_listed_ = true;
        for (const Value account : answer.content.elements()) TakeAccount(account, nullptr);
        return;
      case AwsOperation::kListChildren:
        if (CheckContainerId(answer)) TakeChildren(answer);
        return;
      case AwsOperation::kListParents:
        for (const Value parent : answer.content.elements()) {
          if (const auto id = Text(parent, "Id")) {
            claims_.push_back({answer.subject, std::string(*id), Evidence::kMentioned, At(parent)});
          }
        }
        return;
      case AwsOperation::kListPolicies:
        for (const Value summary : answer.content.elements()) {
          if (const PolicyEntry* entry = TakeSummary(summary)) policy_order_.push_back(entry->policy.id);
        }
        return;
      case AwsOperation::kListPoliciesForTarget:
        TakePoliciesOfTarget(answer);
        return;
      case AwsOperation::kListTargetsForPolicy:
        TakeTargetsOfPolicy(answer);
        return;
      case AwsOperation::kDescribePolicy:
        TakePolicy(answer);
        return;
      case AwsOperation::kDescribeAccount:
        TakeAccount(answer.content, nullptr);
        return;
      case AwsOperation::kDescribeOrganizationalUnit:
        TakeUnit(answer.content, nullptr);
        return;
      case AwsOperation::kDescribeEffectivePolicy:
        return;  // refused before
    }
  }

  void TakeOrganization(Value organization) {
    organization_described_ = true;
    Organization& target = builder_.organization();
    if (const auto id = Id(organization, "Id", IsOrganizationId, "an organization id")) {
      target.id = *id;
    }
    if (const auto arn = OptionalText(organization, "Arn")) {
      const size_t begin = arn->find(':') + 1;  // arn:PARTITION:...
      const size_t end = arn->find(':', begin);
      if (arn->starts_with("arn:") && end != std::string_view::npos) {
        target.partition = arn->substr(begin, end - begin);
      }
    }
    if (const auto id = Text(organization, "MasterAccountId")) {
      builder_.SetManagementAccount(*id, At(*organization.Find("MasterAccountId")));
    }
  }

  void TakeRoot(Value root) {
    const auto id = Id(root, "Id", IsRootId, "a root id");
    if (!id) return;
    if (!root_id_.empty()) {
      Contradict("an organization has one root, here is a second", At(root), root_.place);
      return;
    }
    root_id_ = *id;
    root_ = {std::string(OptionalText(root, "Name").value_or("Root")), "", false, At(root)};
    bool enabled = false;
    const std::optional<Value> types = root.Find("PolicyTypes");
    if (types && types->is_array()) {
      for (const Value type : types->elements()) {
        if (!type.is_object()) continue;
        enabled |=
            OptionalText(type, "Type") == kServiceControlPolicy && OptionalText(type, "Status") == "ENABLED";
      }
    }
    builder_.organization().scps_enabled = enabled;
  }

  void TakeUnit(Value unit, const std::string* parent) {
    const auto id = Id(unit, "Id", IsUnitId, "an OU id");
    if (!id) return;
    Note(units_, unit_order_, *id, unit);
    const std::string child(*id);
    if (parent != nullptr) claims_.push_back({child, *parent, Evidence::kListedByParent, At(unit)});
    if (const std::optional<Value> path = unit.Find("Path")) TakePath(child, *path);
  }

  void TakeAccount(Value account, const std::string* parent) {
    const auto id = Text(account, "Id");
    if (!id) return;
    Entity& entity = Note(accounts_, account_order_, *id, account);
    const auto state = OptionalText(account, "State");
    const auto status = OptionalText(account, "Status");
    if (state && !entity.state_is_current) {
      entity.state = *state;
      entity.state_is_current = true;
    } else if (status && entity.state.empty()) {
      entity.state = *status;
    }
    const std::string child(*id);
    if (parent != nullptr) claims_.push_back({child, *parent, Evidence::kListedByParent, At(account)});
    const std::optional<Value> paths = account.Find("Paths");
    if (paths && paths->is_array()) {
      for (const Value path : paths->elements()) TakePath(child, path);
    }
  }

  // `o-.../r-.../ou-.../CHILD/`: the parent stands before the child.
  void TakePath(const std::string& child, Value path) {
    if (!path.is_string()) return;
    std::string_view text = path.text();
    const std::string end = '/' + child + '/';
    if (!text.starts_with("o-") || !text.ends_with(end)) {
      Report(Severity::kError, "aws-answer",
             "the path of " + Quoted(child) + " must be `o-.../r-.../..." + end + "`", At(path));
      return;
    }
    text.remove_suffix(end.size());
    const std::string parent(text.substr(text.rfind('/') + 1));
    claims_.push_back({child, parent, Evidence::kListedWithPath, At(path)});
  }

  void TakeChildren(const AwsAnswer& answer) {
    // Which listing it is shows in the request; an answer that has both kinds tells about both.
    if (answer.variant != "ACCOUNT") units_listed_.insert(answer.subject);
    if (answer.variant != "ORGANIZATIONAL_UNIT") accounts_listed_.insert(answer.subject);
    for (const Value child : answer.content.elements()) {
      const auto id = Text(child, "Id");
      if (!id) continue;
      if (IsUnitId(*id)) {
        Note(units_, unit_order_, *id, child);
      } else if (IsAccountId(*id)) {
        Note(accounts_, account_order_, *id, child);
      } else {
        Report(Severity::kError, "aws-id", Quoted(*id) + " is neither an OU id nor an account id",
               At(*child.Find("Id")));
        continue;
      }
      claims_.push_back({std::string(*id), answer.subject, Evidence::kListedByParent, At(child)});
    }
  }

  // Remembers an organizational unit or an account. Some answers have no names.
  Entity& Note(std::unordered_map<std::string, Entity>& entities, std::vector<std::string>& order,
               std::string_view id, Value value) {
    const auto [found, is_new] = entities.try_emplace(std::string(id));
    Entity& entity = found->second;
    if (is_new) {
      order.emplace_back(id);
      entity.place = At(value);
    }
    if (entity.name.empty()) entity.name = OptionalText(value, "Name").value_or("");
    return entity;
  }

  // Nothing if it has no id. Policies of the types that are not read are remembered too: attachments name
  // them.
  PolicyEntry* TakeSummary(Value summary) {
    const auto id = Id(summary, "Id", IsPolicyId, "a policy id");
    if (!id) return nullptr;
    const auto [found, is_new] = policies_.try_emplace(std::string(*id));
    PolicyEntry& entry = found->second;
    if (is_new) {
      met_policies_.emplace_back(*id);
      entry.place = At(summary);
      OrganizationPolicy& policy = entry.policy;
      policy.id = *id;
      policy.name = OptionalText(summary, "Name").value_or(*id);
      policy.type = OptionalText(summary, "Type").value_or(kServiceControlPolicy);
      const std::optional<Value> managed = summary.Find("AwsManaged");
      policy.aws_managed = managed && managed->is_boolean() && managed->truth();
      policy.range = RangeIn(entry.place);
    }
    return &entry;
  }

  void TakePolicy(const AwsAnswer& answer) {
    const std::optional<Value> summary = answer.content.Find("PolicySummary");
    const std::optional<Value> content = answer.content.Find("Content");
    if (!summary || !summary->is_object() || !content || !content->is_string()) {
      Report(Severity::kError, "aws-answer",
             "a `Policy` must have an object `PolicySummary` and a string `Content`", At(answer.content));
      return;
    }
    PolicyEntry* entry = TakeSummary(*summary);
    if (entry == nullptr) return;
    if (!answer.subject.empty() && answer.subject != entry->policy.id) {
      Report(Severity::kError, "aws-contradiction",
             "this was asked for " + Quoted(answer.subject) + ", but is " + Quoted(entry->policy.id),
             At(*summary->Find("Id")));
      return;
    }
    entry->described = true;
    entry->place = At(answer.content);
    entry->policy.range = RangeIn(entry->place);
    if (IsRead(entry->policy)) ReadPolicyText(json::NestedSource(*content), entry->policy);
  }

  void TakePoliciesOfTarget(const AwsAnswer& answer) {
    if (!CheckTargetId(answer.subject, At(answer.content))) return;
    if (answer.variant.empty() || answer.variant == kServiceControlPolicy) {
      attachments_listed_.emplace(answer.subject, At(answer.content));
    }
    for (const Value summary : answer.content.elements()) {
      const PolicyEntry* entry = TakeSummary(summary);
      if (entry != nullptr) attachments_[answer.subject].push_back({entry->policy.id, At(summary)});
    }
  }

  void TakeTargetsOfPolicy(const AwsAnswer& answer) {
    if (!IsPolicyId(answer.subject)) {
      Report(Severity::kError, "aws-id", Quoted(answer.subject) + " is no policy id", At(answer.content));
      return;
    }
    targets_listed_.emplace(answer.subject, At(answer.content));
    for (const Value target : answer.content.elements()) {
      const auto id = Text(target, "TargetId");
      if (!id || !CheckTargetId(*id, At(target))) continue;
      targets_[answer.subject].push_back({std::string(*id), At(target)});
    }
  }

  // --- checking ---

  // The pieces without which nothing can be put together.
  bool CheckPieces() {
    if (!organization_described_) {
      Report(Severity::kWarning, "aws-missing",
             Beginning() +
                 "there is no answer of `describe-organization`: the management account is unknown, so it is "
                 "judged like a member account",
             {input_.source, {}});
    }
    if (root_id_.empty()) {
      ReportMissing(AwsOperation::kListRoots, "", "the root, and whether SCPs are enabled");
      return false;
    }
    if (!all_accounts_listed_ && accounts_listed_.empty()) {
      ReportMissing(AwsOperation::kListAccounts, "", "the accounts");
      return false;
    }
    if (attachments_listed_.empty() && targets_listed_.empty() && builder_.organization().scps_enabled) {
      ReportMissing(AwsOperation::kListPoliciesForTarget, "", "what is attached where");
      return false;
    }
    return true;
  }

  void ResolveParents() {
    std::stable_sort(claims_.begin(), claims_.end(),
                     [](const Claim& a, const Claim& b) { return a.evidence < b.evidence; });
    for (const Claim& claim : claims_) {
      const auto [first, is_new] = parents_.emplace(claim.child, &claim);
      if (!is_new) {
        const Claim& other = *first->second;
        if (other.parent != claim.parent) {
          Contradict(Quoted(claim.child) + " lies in " + Quoted(claim.parent) + " here, but elsewhere in " +
                         Quoted(other.parent),
                     claim.place, other.place);
        }
        continue;
      }
      if (claim.parent != root_id_ && units_.count(claim.parent) == 0) {
        Report(IncompleteSeverity(), "aws-contradiction",
               Quoted(claim.child) + " lies in " + Quoted(claim.parent) + ", which no answer lists",
               claim.place);
      } else if (units_.count(claim.child) != 0) {
        units_in_[claim.parent].push_back(claim.child);
      } else if (accounts_.count(claim.child) != 0) {
        accounts_in_[claim.parent].push_back(claim.child);
      }  // else somebody asked for the parent of what is gone since
    }
    for (const std::string& id : account_order_) CheckHasParent(id, "account", accounts_.at(id));
    for (const std::string& id : unit_order_) CheckHasParent(id, "organizational unit", units_.at(id));
  }

  void CheckHasParent(const std::string& id, std::string_view what, const Entity& entity) {
    if (parents_.count(id) != 0) return;
    Report(IncompleteSeverity(), "aws-missing",
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
    for (const auto& [policy, targets] : targets_) {
      for (const Attached& target : targets) by_policy.insert(key(policy, target.id));
    }
    for (const auto& [target, policies] : attachments_) {
      for (const Attached& policy : policies) by_target.insert(key(policy.id, target));
    }
    const auto differ = [&](std::string_view policy, std::string_view target, const Place& here,
                            const Place& there) {
      Contradict(Quoted(policy) + " is attached to " + Quoted(target) + " here, but not elsewhere", here,
                 there);
    };
    for (const auto& [policy, targets] : targets_) {
      for (const Attached& target : targets) {
        const auto listed = attachments_listed_.find(target.id);
        if (listed != attachments_listed_.end() && by_target.count(key(policy, target.id)) == 0) {
          differ(policy, target.id, target.place, listed->second);
        }
      }
    }
    for (const auto& [target, policies] : attachments_) {
      for (const Attached& policy : policies) {
        const auto listed = targets_listed_.find(policy.id);
        if (listed != targets_listed_.end() && by_policy.count(key(policy.id, target)) == 0) {
          differ(policy.id, target, policy.place, listed->second);
        }
      }
    }
  }

  // --- putting together ---

  // The types that an Organization has.
  static bool IsRead(const OrganizationPolicy& policy) {
    return policy.is_scp() || policy.type == kResourceControlPolicy;
  }

  bool IsIgnored(const OrganizationPolicy& policy) const {
    const auto& ignored = input_.options.ignored_policies;
    return std::any_of(ignored.begin(), ignored.end(),
                       [&](const std::string& name) { return name == policy.id || name == policy.name; });
  }

  // Those of list-policies first, in its order, then the others as they were met.
  void OrderPolicies() {
    policy_order_.insert(policy_order_.end(), met_policies_.begin(), met_policies_.end());
    std::unordered_set<std::string_view> seen;
    std::vector<std::string> once;
    for (const std::string& id : policy_order_) {
      if (seen.insert(id).second) once.push_back(id);
    }
    policy_order_ = std::move(once);
  }

  // list-targets-for-policy alone says what is attached where; the order on a target is that of the policies.
  void InvertTargets() {
    for (const std::string& policy : policy_order_) {
      if (targets_listed_.count(policy) == 0 && policies_.at(policy).policy.is_scp() &&
          builder_.organization().scps_enabled) {
        ReportMissing(AwsOperation::kListTargetsForPolicy, policy, "where it is attached");
      }
      Invert(policy);
    }
    for (const auto& [policy, place] : targets_listed_) {
      if (policies_.count(policy) == 0) Invert(policy);
    }
  }

  void Invert(const std::string& policy) {
    const auto found = targets_.find(policy);
    if (found == targets_.end()) return;
    for (const Attached& target : found->second) attachments_[target.id].push_back({policy, target.place});
  }

  void AddPolicies() {
    for (const std::string& id : policy_order_) {
      PolicyEntry& entry = policies_.at(id);
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

  void AddTree() {
    struct Pending {
      std::string id;
      std::optional<NodeIndex> parent;
      size_t depth;
    };
    std::vector<Pending> stack = {{root_id_, std::nullopt, 0}};
    while (!stack.empty()) {
      const Pending next = std::move(stack.back());
      stack.pop_back();
      const Entity& entity = next.parent ? units_.at(next.id) : root_;
      if (next.depth > kMaxUnitDepth) {
        Report(Severity::kError, "aws-answer",
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
    if (parent && !id.starts_with("ou-" + root_id_.substr(2) + '-')) {
      Report(Severity::kError, "aws-id",
             "the OU id " + Quoted(id) + " does not repeat the root's: it must start with `ou-" +
                 root_id_.substr(2) + "-`",
             entity.place);
    }
    OrganizationNode node;
    node.id = id;
    node.name = entity.name.empty() ? id : entity.name;
    node.parent = parent;
    node.range = RangeIn(entity.place);
    const NodeIndex index = builder_.AddNode(std::move(node), entity.place);
    placed_.insert(id);
    if (units_listed_.count(id) == 0) {
      ReportMissing(AwsOperation::kListOrganizationalUnitsForParent, id, "the units in it",
                    IncompleteSeverity());
    }
    if (!all_accounts_listed_ && accounts_listed_.count(id) == 0) {
      ReportMissing(AwsOperation::kListAccountsForParent, id, "the accounts in it", IncompleteSeverity());
    }
    AttachAll(id, [&](std::string_view policy, const Place& place) {
      builder_.AttachToNode(index, policy, place);
    });
    return index;
  }

  void AddAccount(const std::string& id, NodeIndex parent) {
    const Entity& entity = accounts_.at(id);
    Account account;
    account.id = id;
    account.name = entity.name;
    account.state = entity.state;
    account.parent = parent;
    account.range = RangeIn(entity.place);
    builder_.AddAccount(std::move(account), entity.place);
    placed_.insert(id);
    AttachAll(id, [&](std::string_view policy, const Place& place) {
      builder_.AttachToLastAccount(policy, place);
    });
  }

  template <typename Attach>
  void AttachAll(const std::string& target, Attach attach) {
    if (!attachments_listed_.empty() && attachments_listed_.count(target) == 0 &&
        builder_.organization().scps_enabled) {
      ReportMissing(AwsOperation::kListPoliciesForTarget, target, "what is attached there");
    }
    const auto found = attachments_.find(target);
    if (found == attachments_.end()) return;
    for (const Attached& policy : found->second) {
      if (IsAttachable(policy)) attach(policy.id, policy.place);
    }
  }

  // Reports a policy whose content is needed and missing, once.
  bool IsAttachable(const Attached& attached) {
    const auto known = policies_.find(attached.id);
    const bool is_known = known != policies_.end();
    // The builder knows FullAWSAccess by itself.
    if (is_known ? known->second.added : attached.id == kFullAwsAccessId) return true;
    if (is_known && !IsRead(known->second.policy)) return false;
    if (undescribed_.insert(attached.id).second) {
      Report(Severity::kError, "aws-missing",
             "the policy " + Quoted(attached.id) +
                 " is attached here, but no answer of `describe-policy` has its content",
             attached.place);
    }
    return false;
  }

  void CheckAllPlaced() {
    for (const std::string& id : unit_order_) {
      if (parents_.count(id) == 0 || placed_.count(id) != 0) continue;
      Report(IncompleteSeverity(), "aws-contradiction",
             "the organizational unit " + Quoted(id) + " does not lie below the root", units_.at(id).place);
    }
    for (const auto& [target, policies] : attachments_) {
      if (placed_.count(target) != 0) continue;
      Report(IncompleteSeverity(), "aws-contradiction",
             "policies are attached to " + Quoted(target) + " here, but no answer lists it",
             policies.front().place);
    }
  }

  // --- reading members, reporting ---

  // Nothing, with a report, unless `object` has a string of that name.
  std::optional<std::string_view> Text(Value object, std::string_view name) {
    const std::optional<Value> value = object.is_object() ? object.Find(name) : std::nullopt;
    if (value && value->is_string()) return value->text();
    Report(Severity::kError, "aws-answer", "an object with a string " + Quoted(name) + " must stand here",
           At(value ? *value : object));
    return std::nullopt;
  }

  // Precondition: object.is_object().
  static std::optional<std::string_view> OptionalText(Value object, std::string_view name) {
    const std::optional<Value> value = object.Find(name);
    if (!value || !value->is_string()) return std::nullopt;
    return value->text();
  }

  std::optional<std::string_view> Id(Value object, std::string_view name, bool (*fits)(std::string_view),
                                     std::string_view what) {
    const auto id = Text(object, name);
    if (!id || fits(*id)) return id;
    Report(Severity::kError, "aws-id", Quoted(*id) + " does not have the form of " + std::string(what),
           At(*object.Find(name)));
    return std::nullopt;
  }

  bool CheckContainerId(const AwsAnswer& answer) {
    if (IsRootId(answer.subject) || IsUnitId(answer.subject)) return true;
    Report(Severity::kError, "aws-id",
           Quoted(answer.subject) + " does not have the form of a root id or an OU id", At(answer.content));
    return false;
  }

  bool CheckTargetId(std::string_view id, const Place& place) {
    if (IsRootId(id) || IsUnitId(id) || IsAccountId(id)) return true;
    Report(Severity::kError, "aws-id",
           Quoted(id) + " does not have the form of a root id, an OU id or an account id", place);
    return false;
  }

  Place At(Value value) const { return {value.tree().source(), value.range()}; }

  // Ranges of an Organization are in its one file, if it has one.
  SourceRange RangeIn(const Place& place) {
    return place.source == builder_.organization().source ? place.range : SourceRange{};
  }

  // What is incomplete is accepted on demand.
  Severity IncompleteSeverity() const {
    return input_.options.allow_partial ? Severity::kWarning : Severity::kError;
  }

  // A directory has no place for a diagnostic.
  std::string Beginning() const { return input_.is_directory ? input_.path + ": " : ""; }

  void ReportMissing(AwsOperation operation, std::string_view subject, std::string_view told,
                     Severity severity = Severity::kError) {
    std::string message = Beginning() + "there is no answer of " + Quoted(AwsOperationName(operation));
    if (!subject.empty()) message += " for " + Quoted(subject);
    Report(severity, "aws-missing", message + ": it tells " + std::string(told), {input_.source, {}});
  }

  void Contradict(std::string message, const Place& here, const Place& there) {
    const SourcePosition position = there.source->Locate(there.range.begin);
    message += ": see " + std::string(position.file) + ':' + std::to_string(position.line) + ':' +
               std::to_string(position.column);
    input_.diagnostics.Add({.code = "aws-contradiction",
                            .message = std::move(message),
                            .source = here.source,
                            .range = here.range,
                            .related = {{there.source, there.range, "the other one"}}});
  }

  void Report(Severity severity, std::string code, std::string message, const Place& place) {
    input_.diagnostics.Add({.severity = severity,
                            .code = std::move(code),
                            .message = std::move(message),
                            .source = place.source,
                            .range = place.range,
                            .related = {}});
  }

  ImportInput& input_;
  OrganizationBuilder& builder_;

  bool organization_described_ = false;
  std::string root_id_;
  Entity root_;
  std::unordered_map<std::string, Entity> units_;
  std::unordered_map<std::string, Entity> accounts_;
  std::vector<std::string> unit_order_;  // as met
  std::vector<std::string> account_order_;
  std::vector<Claim> claims_;
  std::unordered_map<std::string, PolicyEntry> policies_;
  std::vector<std::string> met_policies_;
  std::vector<std::string> policy_order_;
  AttachedBy attachments_;  // policies by target
  AttachedBy targets_;      // targets by policy

  // Which answers there are.
  bool all_accounts_listed_ = false;
  std::unordered_set<std::string> units_listed_;     // by parent
  std::unordered_set<std::string> accounts_listed_;  // by parent
  std::map<std::string, Place> attachments_listed_;  // by target
  std::map<std::string, Place> targets_listed_;      // by policy

  std::unordered_map<std::string, const Claim*> parents_;
  std::unordered_map<std::string, std::vector<std::string>> units_in_;
  std::unordered_map<std::string, std::vector<std::string>> accounts_in_;
  std::unordered_set<std::string> placed_;
  std::unordered_set<std::string> undescribed_;
};

void ReadOutput(ImportInput& input, OrganizationBuilder& builder) {
  Reader(input, builder).Read();
}

}  // namespace

const Importer kAwsOutput = {
    "aws", "a directory with `list-roots.json`, or JSON lines of `operation`, `request` and `response`",
    HoldsAwsAnswers, ReadOutput};

}  // namespace scpcheck

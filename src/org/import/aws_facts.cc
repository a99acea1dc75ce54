#include "org/import/aws_facts.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/ascii.h"
#include "base/quote.h"
#include "org/import/aws_answers.h"
#include "org/known_names.h"

namespace scpcheck::aws {

namespace {

using json::Value;

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
// AWS adds types now and then; what it never does is to write them otherwise.
bool HasFormOfPolicyType(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || IsAsciiDigit(c) || c == '_';
  });
}
constexpr std::string_view kPolicyTypeStatuses[] = {"ENABLED", "PENDING_ENABLE", "PENDING_DISABLE"};
bool IsOrganizationId(std::string_view text) {
  return !text.empty() && AwsOrganizationIdLength(text) == text.size();
}

class Gatherer {
 public:
  Gatherer(ImportInput& input, OrganizationBuilder& builder, Reports& reports)
      : input_(input), builder_(builder), reports_(reports) {}

  Facts Gather() {
    ForEachAwsAnswer(input_, [this](const AwsAnswer& answer) { Take(answer); });
    return std::move(facts_);
  }

 private:
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
        facts_.units_listed.insert(answer.subject);
        for (const Value unit : answer.content.elements()) TakeUnit(unit, &answer.subject);
        return;
      case AwsOperation::kListAccountsForParent:
        if (!CheckContainerId(answer)) return;
        facts_.accounts_listed.insert(answer.subject);
        for (const Value account : answer.content.elements()) TakeAccount(account, &answer.subject);
        return;
      case AwsOperation::kListAccounts:
        facts_.all_accounts_listed = true;
        for (const Value account : answer.content.elements()) TakeAccount(account, nullptr);
        return;
      case AwsOperation::kListChildren:
        if (CheckContainerId(answer)) TakeChildren(answer);
        return;
      case AwsOperation::kListParents:
        for (const Value parent : answer.content.elements()) {
          if (const auto id = Text(parent, "Id")) {
            facts_.claims.push_back(
                {answer.subject, std::string(*id), Evidence::kMentioned, PlaceOf(parent)});
          }
        }
        return;
      case AwsOperation::kListPolicies:
        for (const Value summary : answer.content.elements()) {
          if (const PolicyEntry* entry = TakeSummary(summary)) {
            facts_.policy_order.push_back(entry->policy.id);
          }
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
    facts_.organization_described = true;
    Organization& target = builder_.organization();
    if (const auto id = Id(organization, "Id", IsOrganizationId, "an organization id")) {
      target.id = *id;
    }
    if (const auto arn = OptionalText(organization, "Arn")) {
      const size_t begin = arn->find(':') + 1;  // arn:PARTITION:...
      const size_t end = arn->find(':', begin);
      if (arn->starts_with("arn:") && end != std::string_view::npos) {
        target.partition = arn->substr(begin, end - begin);
        if (!IsKnownName(target.partition, kPartitionNames)) {
          reports_.Add(Severity::kError, "aws-answer",
                       Quoted(target.partition) + " is no partition of AWS" +
                           KnownNamesHint(target.partition, kPartitionNames),
                       PlaceOf(*organization.Find("Arn")));
        }
      }
    }
    if (const auto id = Text(organization, "MasterAccountId")) {
      builder_.SetManagementAccount(*id, PlaceOf(*organization.Find("MasterAccountId")));
    }
  }

  void TakeRoot(Value root) {
    const auto id = Id(root, "Id", IsRootId, "a root id");
    if (!id) return;
    if (!facts_.root_id.empty()) {
      reports_.AddContradiction("an organization has one root, here is a second", PlaceOf(root),
                                facts_.root.place);
      return;
    }
    facts_.root_id = *id;
    facts_.root = {std::string(OptionalText(root, "Name").value_or("Root")), "", false, PlaceOf(root)};
    builder_.organization().scps_enabled = AreScpsEnabled(root);
  }

  // E-20. AWS always tells which types are on; a guess could turn all policies off.
  bool AreScpsEnabled(Value root) {
    const std::optional<Value> types = root.Find("PolicyTypes");
    if (!types || !types->is_array()) {
      reports_.Add(
          Severity::kError, "aws-answer",
          "a root must have an array `PolicyTypes`, which tells whether SCPs are enabled: save the whole "
          "answer of `list-roots`",
          PlaceOf(types ? *types : root));
      return true;
    }
    bool enabled = false;
    for (const Value type : types->elements()) {
      const auto name = Text(type, "Type");
      const auto status = name ? Text(type, "Status") : std::nullopt;
      if (!status) continue;
      if (!IsKnownName(*status, kPolicyTypeStatuses)) {
        reports_.Add(
            Severity::kError, "aws-answer",
            Quoted(*status) + " is no status of a policy type" + KnownNamesHint(*status, kPolicyTypeStatuses),
            PlaceOf(*type.Find("Status")));
      }
      enabled |= name == kServiceControlPolicy && status == "ENABLED";
    }
    return enabled;
  }

  void TakeUnit(Value unit, const std::string* parent) {
    const auto id = Id(unit, "Id", IsUnitId, "an OU id");
    if (!id) return;
    Note(facts_.units, facts_.unit_order, *id, unit);
    const std::string child(*id);
    if (parent != nullptr) {
      facts_.claims.push_back({child, *parent, Evidence::kListedByParent, PlaceOf(unit)});
    }
    if (const std::optional<Value> path = unit.Find("Path")) TakePath(child, *path);
  }

  void TakeAccount(Value account, const std::string* parent) {
    const auto id = Text(account, "Id");
    if (!id) return;
    Entity& entity = Note(facts_.accounts, facts_.account_order, *id, account);
    const auto state = OptionalText(account, "State");
    const auto status = OptionalText(account, "Status");
    if (state && !entity.state_is_current) {
      entity.state = *state;
      entity.state_is_current = true;
    } else if (status && entity.state.empty()) {
      entity.state = *status;
    }
    const std::string child(*id);
    if (parent != nullptr) {
      facts_.claims.push_back({child, *parent, Evidence::kListedByParent, PlaceOf(account)});
    }
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
      reports_.Add(Severity::kError, "aws-answer",
                   "the path of " + Quoted(child) + " must be `o-.../r-.../..." + end + "`", PlaceOf(path));
      return;
    }
    text.remove_suffix(end.size());
    const std::string parent(text.substr(text.rfind('/') + 1));
    facts_.claims.push_back({child, parent, Evidence::kListedWithPath, PlaceOf(path)});
  }

  void TakeChildren(const AwsAnswer& answer) {
    // Which listing it is shows in the request; an answer that has both kinds tells about both.
    if (answer.variant != "ACCOUNT") facts_.units_listed.insert(answer.subject);
    if (answer.variant != "ORGANIZATIONAL_UNIT") facts_.accounts_listed.insert(answer.subject);
    for (const Value child : answer.content.elements()) {
      const auto id = Text(child, "Id");
      if (!id) continue;
      if (IsUnitId(*id)) {
        Note(facts_.units, facts_.unit_order, *id, child);
      } else if (IsAccountId(*id)) {
        Note(facts_.accounts, facts_.account_order, *id, child);
      } else {
        reports_.Add(Severity::kError, "aws-id", Quoted(*id) + " is neither an OU id nor an account id",
                     PlaceOf(*child.Find("Id")));
        continue;
      }
      facts_.claims.push_back({std::string(*id), answer.subject, Evidence::kListedByParent, PlaceOf(child)});
    }
  }

  // Remembers an organizational unit or an account. Some answers have no names.
  Entity& Note(std::unordered_map<std::string, Entity>& entities, std::vector<std::string>& order,
               std::string_view id, Value value) {
    const auto [found, is_new] = entities.try_emplace(std::string(id));
    Entity& entity = found->second;
    if (is_new) {
      order.emplace_back(id);
      entity.place = PlaceOf(value);
    }
    if (entity.name.empty()) entity.name = OptionalText(value, "Name").value_or("");
    return entity;
  }

  // Nothing if it has no id. Policies of the types that are not read are remembered too: attachments name
  // them.
  PolicyEntry* TakeSummary(Value summary) {
    const auto id = Id(summary, "Id", IsPolicyId, "a policy id");
    if (!id) return nullptr;
    const auto [found, is_new] = facts_.policies.try_emplace(std::string(*id));
    PolicyEntry& entry = found->second;
    if (is_new) {
      facts_.met_policies.emplace_back(*id);
      entry.place = PlaceOf(summary);
      OrganizationPolicy& policy = entry.policy;
      policy.id = *id;
      policy.name = OptionalText(summary, "Name").value_or(*id);
      policy.type = OptionalText(summary, "Type").value_or(kServiceControlPolicy);
      if (!HasFormOfPolicyType(policy.type)) {
        reports_.Add(
            Severity::kError, "aws-answer",
            Quoted(policy.type) + " is no type of policy" + KnownNamesHint(policy.type, kPolicyTypes),
            PlaceOf(*summary.Find("Type")));
      }
      const std::optional<Value> managed = summary.Find("AwsManaged");
      policy.aws_managed = managed && managed->is_boolean() && managed->truth();
      policy.range = RangeInFile(entry.place, builder_.organization());
    }
    return &entry;
  }

  void TakePolicy(const AwsAnswer& answer) {
    const std::optional<Value> summary = answer.content.Find("PolicySummary");
    const std::optional<Value> content = answer.content.Find("Content");
    if (!summary || !summary->is_object() || !content || !content->is_string()) {
      reports_.Add(Severity::kError, "aws-answer",
                   "a `Policy` must have an object `PolicySummary` and a string `Content`",
                   PlaceOf(answer.content));
      return;
    }
    PolicyEntry* entry = TakeSummary(*summary);
    if (entry == nullptr) return;
    if (!answer.subject.empty() && answer.subject != entry->policy.id) {
      reports_.Add(Severity::kError, "aws-contradiction",
                   "this was asked for " + Quoted(answer.subject) + ", but is " + Quoted(entry->policy.id),
                   PlaceOf(*summary->Find("Id")));
      return;
    }
    entry->described = true;
    entry->place = PlaceOf(answer.content);
    entry->policy.range = RangeInFile(entry->place, builder_.organization());
    if (IsRead(entry->policy)) ReadPolicyText(json::NestedSource(*content), entry->policy);
  }

  void TakePoliciesOfTarget(const AwsAnswer& answer) {
    if (!CheckTargetId(answer.subject, PlaceOf(answer.content))) return;
    if (answer.variant.empty() || answer.variant == kServiceControlPolicy) {
      facts_.attachments_listed.emplace(answer.subject, PlaceOf(answer.content));
    }
    for (const Value summary : answer.content.elements()) {
      const PolicyEntry* entry = TakeSummary(summary);
      if (entry == nullptr) continue;
      facts_.attachments[answer.subject].push_back({entry->policy.id, PlaceOf(summary)});
    }
  }

  void TakeTargetsOfPolicy(const AwsAnswer& answer) {
    if (!IsPolicyId(answer.subject)) {
      reports_.Add(Severity::kError, "aws-id", Quoted(answer.subject) + " is no policy id",
                   PlaceOf(answer.content));
      return;
    }
    facts_.targets_listed.emplace(answer.subject, PlaceOf(answer.content));
    for (const Value target : answer.content.elements()) {
      const auto id = Text(target, "TargetId");
      if (!id || !CheckTargetId(*id, PlaceOf(target))) continue;
      facts_.targets[answer.subject].push_back({std::string(*id), PlaceOf(target)});
    }
  }

  // --- reading members ---

  // Nothing, with a report, unless `object` has a string of that name.
  std::optional<std::string_view> Text(Value object, std::string_view name) {
    const std::optional<Value> value = object.is_object() ? object.Find(name) : std::nullopt;
    if (value && value->is_string()) return value->text();
    reports_.Add(Severity::kError, "aws-answer",
                 "an object with a string " + Quoted(name) + " must stand here",
                 PlaceOf(value ? *value : object));
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
    reports_.Add(Severity::kError, "aws-id", Quoted(*id) + " does not have the form of " + std::string(what),
                 PlaceOf(*object.Find(name)));
    return std::nullopt;
  }

  bool CheckContainerId(const AwsAnswer& answer) {
    if (IsRootId(answer.subject) || IsUnitId(answer.subject)) return true;
    reports_.Add(Severity::kError, "aws-id",
                 Quoted(answer.subject) + " does not have the form of a root id or an OU id",
                 PlaceOf(answer.content));
    return false;
  }

  bool CheckTargetId(std::string_view id, const Place& place) {
    if (IsRootId(id) || IsUnitId(id) || IsAccountId(id)) return true;
    reports_.Add(Severity::kError, "aws-id",
                 Quoted(id) + " does not have the form of a root id, an OU id or an account id", place);
    return false;
  }

  ImportInput& input_;
  OrganizationBuilder& builder_;
  Reports& reports_;
  Facts facts_;
};

}  // namespace

Facts GatherFacts(ImportInput& input, OrganizationBuilder& builder, Reports& reports) {
  return Gatherer(input, builder, reports).Gather();
}

bool IsRead(const OrganizationPolicy& policy) {
  return policy.is_scp() || policy.type == kResourceControlPolicy;
}

SourceRange RangeInFile(const Place& place, const Organization& organization) {
  return place.source == organization.source ? place.range : SourceRange{};
}

}  // namespace scpcheck::aws

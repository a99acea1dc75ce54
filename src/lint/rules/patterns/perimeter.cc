#include "lint/rules/patterns/perimeter.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/patterns/allowed_actions.h"
#include "lint/rules/scope/resource_scope.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// A policy has room for some hundred. This keeps hostile ones from taking long.
constexpr size_t kMostResources = 1000;

constexpr std::string_view kArn = "arn:";
constexpr std::string_view kPartitions[] = {"aws",     "aws-cn",    "aws-us-gov", "aws-eusc",
                                            "aws-iso", "aws-iso-b", "aws-iso-e",  "aws-iso-f"};

// A field of an ARN, from 1; empty if there is none.
std::string_view FieldOf(std::string_view arn, int field) {
  for (int i = 1; i < field; ++i) {
    const size_t colon = arn.find(':');
    if (colon == std::string_view::npos) return {};
    arn.remove_prefix(colon + 1);
  }
  return arn.substr(0, arn.find(':'));
}

constexpr int kPartitionField = 2;
constexpr int kAccountField = 5;

// Precondition: `arn` has that field.
std::string WithField(std::string_view arn, int field, std::string_view text) {
  const std::string_view old = FieldOf(arn, field);
  std::string result(arn);
  result.replace(static_cast<size_t>(old.data() - arn.data()), old.size(), text);
  return result;
}

// The partitions that the entries name; `aws` if they name none.
std::vector<std::string_view> PartitionsOf(const std::vector<LocatedText>& entries) {
  std::vector<std::string_view> partitions;
  std::copy_if(std::begin(kPartitions), std::end(kPartitions), std::back_inserter(partitions),
               [&](std::string_view partition) {
                 return std::any_of(entries.begin(), entries.end(), [&](const LocatedText& entry) {
                   return entry.text.starts_with(kArn) && FieldOf(entry.text, kPartitionField) == partition;
                 });
               });
  if (partitions.empty()) partitions.push_back(kPartitions[0]);
  return partitions;
}

// The entry with the id of some account where it has that of the principal's.
std::string WithAccountForVariable(std::string_view entry, const PolicyView& policy) {
  constexpr std::string_view kVariable = "${aws:principalaccount}";
  constexpr std::string_view kSomeAccount = "111122223333";
  std::string text(entry);
  if (!policy.policy().has_variables) return text;
  const size_t at = AsciiLower(text).find(kVariable);
  if (at != std::string::npos) text.replace(at, kVariable.size(), kSomeAccount);
  return text;
}

bool IsAccountId(std::string_view text) {
  constexpr size_t kDigits = 12;
  return text.size() == kDigits && std::all_of(text.begin(), text.end(), IsAsciiDigit);
}

// The services that the entries' ARNs name, as patterns.
std::vector<std::string> ServicesOf(const StatementView& view) {
  constexpr int kServiceField = 3;
  std::vector<std::string> services;
  for (const LocatedText& entry : view.statement().resources) {
    const std::string text = WithWildcardsForVariables(entry.text, view.policy());
    std::string service(FieldOf(text, kServiceField));
    if (service.empty()) service = "*";
    if (std::find(services.begin(), services.end(), service) == services.end()) {
      services.push_back(std::move(service));
    }
  }
  return services;
}

// Whether the actions are those of all services, of which some may take what belongs to another one.
bool IsAboutAllServices(const StatementView& view) {
  return view.statement().not_action ||
         std::any_of(view.patterns().begin(), view.patterns().end(),
                     [](const ActionPattern& pattern) { return pattern.is_everything; });
}

// Whether an entry of Resource certainly matches all that the ARN stands for, in the account that it names.
bool ListsAll(std::string_view entry, std::string_view arn, const PolicyView& policy) {
  const std::string text = WithAccountForVariable(entry, policy);
  if (WithWildcardsForVariables(text, policy) != text) return false;
  const std::optional<WidePattern> pattern = ReadWideResource(text, policy);
  if (!pattern) return false;
  const std::string_view account = FieldOf(text, kAccountField);
  const bool is_of_account = IsAccountId(account) && FieldOf(arn, kAccountField) == "*";
  return PatternCovers(pattern->code,
                       ArnCode(is_of_account ? WithField(arn, kAccountField, account) : std::string(arn)));
}

// Whether an entry of NotResource may spare some of what the ARN stands for.
bool MaySpare(std::string_view entry, std::string_view arn, const PolicyView& policy) {
  const std::optional<WidePattern> pattern = ReadWideResource(entry, policy);
  return pattern && !pattern->MatchesNone(UsualArnCode(arn), ArnCode(arn));
}

}  // namespace

bool IsOneOf(const ConditionClause& clause, std::span<const std::string_view> keys) {
  return std::any_of(keys.begin(), keys.end(),
                     [&](std::string_view key) { return AsciiEqualsIgnoreCase(clause.key.text, key); });
}

bool HasTestOf(const StatementView& view, std::span<const std::string_view> keys) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(),
                     [&](const ConditionClause& clause) { return IsOneOf(clause, keys); });
}

bool HoldsOutside(const ConditionClause& clause) {
  return clause.op.negated && !clause.values.empty() && HoldsWithoutKey(clause);
}

bool DemandsEndpoint(const StatementView& view) {
  const auto demands = [&](std::string_view key) { return DemandsKey(view, key); };
  return std::any_of(std::begin(kEndpointKeys), std::end(kEndpointKeys), demands) ||
         std::any_of(std::begin(kEndpointOwnerKeys), std::end(kEndpointOwnerKeys), demands);
}

Truth3 HoldsFor(const StatementView& view, const ConditionClause& clause, std::string_view value) {
  const PolicyView& policy = view.policy();
  return ClauseSet(clause, policy.policy().has_variables, policy.catalogue(), policy.settings())
      .HoldsForSingle(value);
}

bool IsOnlyAboutServiceCalls(const StatementView& view) {
  if (DemandsKey(view, "aws:CalledVia")) return true;
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
    return IsKey(clause, "aws:ViaAWSService") && HoldsFor(view, clause, "false") == Truth3::kNo;
  });
}

std::vector<ActionId> ReachableActions(const StatementView& view) {
  const Catalogue& catalogue = view.policy().catalogue();
  std::vector<KeySupport> needed;
  for (const ConditionClause& clause : view.statement().conditions) {
    if (HoldsWithoutKey(clause)) continue;
    KeySupport support(catalogue, clause.key.text);
    if (support.can_be_ruled_out()) needed.push_back(std::move(support));
  }
  const bool is_everywhere = view.statement().not_resource;
  ResourceScope scope(view);
  std::vector<std::string> services;
  if (!is_everywhere && !scope.has_everything() && IsAboutAllServices(view)) services = ServicesOf(view);
  // Neighbours in the list are of one service mostly.
  std::optional<ServiceId> last;
  bool last_is_meant = true;
  const auto is_meant = [&](ServiceId service) {
    if (services.empty() || last == service) return last_is_meant;
    last = service;
    last_is_meant = std::any_of(services.begin(), services.end(), [&](const std::string& pattern) {
      return GlobMatch(pattern, catalogue.LowerServiceName(service));
    });
    return last_is_meant;
  };
  const AllowedActions allowed(view.policy());
  std::vector<ActionId> reachable;
  for (const ActionId action : view.actions()) {
    if (!allowed.Has(action)) continue;
    if (!is_meant(catalogue.ActionService(action))) continue;
    if (!is_everywhere && FateOf(action, scope, catalogue) != ActionFate::kCanMatch) continue;
    if (std::all_of(needed.begin(), needed.end(),
                    [&](const KeySupport& support) { return support.Has(action); })) {
      reachable.push_back(action);
    }
  }
  return reachable;
}

std::vector<ActionId> Common(const std::vector<ActionId>& actions, const std::vector<ActionId>& others) {
  std::vector<ActionId> common;
  std::set_intersection(actions.begin(), actions.end(), others.begin(), others.end(),
                        std::back_inserter(common));
  return common;
}

std::optional<std::string> Reaches(const StatementView& view, std::string_view arn) {
  const PolicyView& policy = view.policy();
  const std::vector<LocatedText>& entries = view.statement().resources;
  if (entries.size() > kMostResources) return std::nullopt;
  const bool spares = view.statement().not_resource;
  std::optional<std::string> reached;
  for (const std::string_view partition : PartitionsOf(entries)) {
    std::string in_partition = WithField(arn, kPartitionField, partition);
    const bool is_listed = std::any_of(entries.begin(), entries.end(), [&](const LocatedText& entry) {
      return spares ? MaySpare(entry.text, in_partition, policy) : ListsAll(entry.text, in_partition, policy);
    });
    // An organization has one partition, and what NotResource spares in any may be spared in that.
    if (spares && is_listed) return std::nullopt;
    if (is_listed != spares && !reached) reached = std::move(in_partition);
  }
  return reached;
}

std::optional<std::vector<TextEdit>> AddTest(const StatementView& view, std::string_view op,
                                             std::string_view key, std::string_view value) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object() || condition->value.size() == 0) return std::nullopt;
  const std::string test = JsonQuoted(key) + ": " + JsonQuoted(value);
  for (const json::Member block : condition->value.members()) {
    if (!AsciiEqualsIgnoreCase(block.key.text(), op)) continue;
    if (!block.value.is_object() || block.value.size() == 0) return std::nullopt;
    for (const json::Member member : block.value.members()) {
      if (AsciiEqualsIgnoreCase(member.key.text(), key)) return std::nullopt;
    }
    return AppendMember(block.value, test);
  }
  return AppendMember(condition->value, JsonQuoted(op) + ": {" + test + "}");
}

}  // namespace scpcheck

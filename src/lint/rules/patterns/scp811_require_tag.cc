#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/patterns/allowed_actions.h"
#include "lint/rules/patterns/perimeter.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/scope/resource_scope.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 4;
constexpr std::string_view kRequestTag = "aws:RequestTag/";

// A Deny of requests without a tag, and the tag that it demands; empty if there are several.
struct Demand {
  const ConditionClause* clause = nullptr;
  std::string tag;
};

bool Contains(const std::vector<ActionId>& actions, ActionId action) {
  return std::binary_search(actions.begin(), actions.end(), action);
}

std::optional<Demand> DemandOf(const StatementView& view, const ConditionClause& clause) {
  const std::string& key = clause.key.text;
  // Where each request has the tag anyhow, its value is what is looked at.
  if (DemandsKey(view, key)) return std::nullopt;
  const bool is_null_test = clause.op.comparison == Comparison::kNull;
  if (AsciiEqualsIgnoreCase(key, "aws:TagKeys")) {
    // Denied is a request none of whose tags is listed.
    const bool is_demand = clause.op.set_operator == SetOperator::kForAllValues && HoldsOutside(clause);
    if (!is_demand) return std::nullopt;
    return Demand{&clause, clause.values.size() == 1 ? clause.values.front().text : ""};
  }
  if (!AsciiEqualsIgnoreCase(std::string_view(key).substr(0, kRequestTag.size()), kRequestTag)) {
    return std::nullopt;
  }
  if (clause.op.set_operator != SetOperator::kNone) return std::nullopt;
  if (is_null_test ? !HoldsWithoutKey(clause) : !HoldsOutside(clause)) return std::nullopt;
  return Demand{&clause, key.substr(kRequestTag.size())};
}

std::optional<Demand> DemandOf(const StatementView& view) {
  if (!view.denies() || view.statement().not_action) return std::nullopt;
  for (const ConditionClause& clause : view.statement().conditions) {
    if (auto demand = DemandOf(view, clause)) return demand;
  }
  return std::nullopt;
}

// Whether the action takes tags off resources, as its name says.
bool IsUntag(const Catalogue& catalogue, ActionId action) {
  if (catalogue.ActionAccessLevel(action) != AccessLevel::kTagging) return false;
  const std::string_view name = catalogue.LowerActionBareName(action);
  return name.starts_with("untag") || name.starts_with("deletetag") || name.starts_with("removetag");
}

bool IsDeniedSomewhere(const PolicyView& policy, ActionId action) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [&](const StatementView& view) {
    return view.denies() && Contains(view.actions(), action);
  });
}

// Whether some Deny asks for tags in requests for the action.
bool IsAskedForTags(const PolicyView& policy, ActionId action) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [&](const StatementView& view) {
    const std::vector<ConditionClause>& clauses = view.statement().conditions;
    return view.denies() && Contains(view.actions(), action) &&
           (clauses.empty() ||
            std::any_of(clauses.begin(), clauses.end(), [&view](const ConditionClause& clause) {
              return DemandOf(view, clause).has_value();
            }));
  });
}

// The resource types that the statement's actions create and tag, as far as the catalogue tells, and whether
// it is certain that each call of one of them creates one, and that this is what is tagged.
std::map<ResourceTypeId, bool> TypesTaggedBy(const StatementView& view, const KeySupport& support,
                                             std::optional<CatalogueKeyId> key) {
  const Catalogue& catalogue = view.policy().catalogue();
  ResourceScope scope(view);
  std::map<ResourceTypeId, bool> types;
  for (const ActionId action : view.actions()) {
    if (catalogue.ActionAccessLevel(action) != AccessLevel::kWrite) continue;
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const bool is_told = key && catalogue.RowKeys(row).Contains(*key);
      // Where the catalogue does not say which type is tagged, it is one that each call touches.
      if (!support.RowHas(action, row) || (!is_told && !catalogue.RowRequired(row))) continue;
      const ResourceTypeId type = catalogue.RowType(row);
      if (!view.statement().not_resource && !scope.CanMatch(type)) continue;
      bool& is_certain = types[type];
      is_certain = is_certain || (is_told && catalogue.RowRequired(row));
    }
  }
  return types;
}

// Whether requests for the action may touch a resource of one of the types.
bool TakesOneOf(const Catalogue& catalogue, ActionId action, const std::map<ResourceTypeId, bool>& types) {
  if (!catalogue.HasResourceTypes(action)) return true;
  for (const ActionRowId row : catalogue.ActionRows(action)) {
    if (types.contains(catalogue.RowType(row))) return true;
  }
  return false;
}

// Whether each call of the action makes and tags a resource of one of the types that are certain.
bool MakesOneOf(const Catalogue& catalogue, ActionId action, const std::map<ResourceTypeId, bool>& types,
                CatalogueKeyId key) {
  if (catalogue.ActionAccessLevel(action) != AccessLevel::kWrite) return false;
  // A fleet launches its instances by `ec2:RunInstances`, which the caller may need, too.
  if (catalogue.ActionName(action) == "ec2:CreateFleet") return false;
  for (const ActionRowId row : catalogue.ActionRows(action)) {
    if (!catalogue.RowRequired(row) || !catalogue.RowKeys(row).Contains(key)) continue;
    const auto type = types.find(catalogue.RowType(row));
    if (type != types.end() && type->second) return true;
  }
  return false;
}

}  // namespace

void CheckRequireTag(const StatementView& view, Reporter& report) {
  const std::optional<Demand> demand = DemandOf(view);
  if (!demand) return;
  const PolicyView& policy = view.policy();
  const Catalogue& catalogue = policy.catalogue();
  const KeySupport support(catalogue, demand->clause->key.text);
  const std::optional<CatalogueKeyId> key = catalogue.FindKey(demand->clause->key.text);

  const std::map<ResourceTypeId, bool> types = TypesTaggedBy(view, support, key);
  std::set<ServiceId> services;
  for (const auto& type : types) services.insert(catalogue.TypeService(type.first));
  const AllowedActions allowed(policy);
  std::set<std::string> untags;
  std::set<std::string> others;
  for (const ServiceId service : services) {
    for (const ActionId action : catalogue.ServiceActions(service)) {
      if (!allowed.Has(action)) continue;
      if (IsUntag(catalogue, action)) {
        if (TakesOneOf(catalogue, action, types) && !IsDeniedSomewhere(policy, action)) {
          untags.emplace(catalogue.ActionName(action));
        }
      } else if (key && MakesOneOf(catalogue, action, types, *key) && !IsAskedForTags(policy, action)) {
        others.emplace(catalogue.ActionName(action));
      }
    }
  }
  if (!untags.empty()) {
    const std::vector<std::string> names(untags.begin(), untags.end());
    report.Add(demand->clause->key.range,
               "the tag that this demands can be taken off again, since the policy does not deny " +
                   ListOf(names, kShown) + ": deny that" +
                   (demand->tag.empty() ? "" : " where `aws:TagKeys` has " + Quoted(demand->tag)));
  }
  if (!others.empty()) {
    const std::vector<std::string> names(others.begin(), others.end());
    report
        .Add(demand->clause->key.range, "what this demands a tag for can also be made by " +
                                            ListOf(names, kShown) + ", without the tag: demand it there, too")
        .WithSeverity(Severity::kInfo);
  }
}

}  // namespace scpcheck

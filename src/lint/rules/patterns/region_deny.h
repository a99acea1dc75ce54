// Denies that are about the Region of a request: what SCP801 to SCP805 have in common.

#ifndef SCPCHECK_LINT_RULES_PATTERNS_REGION_DENY_H_
#define SCPCHECK_LINT_RULES_PATTERNS_REGION_DENY_H_

#include <optional>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/policy_view.h"
#include "lint/proof.h"
#include "lint/value_sets.h"

namespace scpcheck {

inline constexpr std::string_view kRegionKey = "aws:RequestedRegion";

// Whether a test takes some principals, networks or calls by services out of a Deny and leaves it what it is
// for all others. Any further test that is not of this kind narrows the Deny to something that it is about.
bool OnlyExempts(const ConditionClause& clause);

// Whether some test of the statement is about the Region of requests.
bool TestsRegion(const StatementView& view);

// Whether Resource has `*`, so that the statement is about every resource.
bool HasEveryResource(const StatementView& view);

// A Deny on every resource whose condition has tests of the Region and else only exemptions.
class RegionDeny {
 public:
  // Nothing for other statements, for those that apply to no request, and for those that hold a template
  // token in Action or NotAction.
  static std::optional<RegionDeny> Read(const StatementView& view, Prover& prover);

  const StatementView& view() const { return *view_; }
  // The test that denies all but what it lists; null if every test denies what it lists.
  const ConditionClause* allowing() const { return allowing_; }
  // The first test of what the Region is, not of whether there is one; null if there is none.
  const ConditionClause* first() const;

  // Requests with that value of the key are denied, for certain.
  bool Denies(std::string_view region) const;
  // Every request is, whatever its Region.
  bool DeniesEverywhere() const;
  // Whether it is about the Regions of the partition `aws`: it allows, or denies, one of them by name.
  bool IsAboutCommercialRegions() const;

 private:
  RegionDeny() = default;

  const StatementView* view_ = nullptr;
  const ConditionClause* allowing_ = nullptr;
  std::vector<ClauseSet> tests_;
};

// Those of the policy, in order.
std::vector<RegionDeny> RegionDeniesOf(const PolicyView& policy);

// The actions that the policy denies on every resource and without any condition, ascending.
std::vector<ActionId> DeniedOutright(const PolicyView& policy);

// Whether `action` is one of an ascending list.
bool Includes(const std::vector<ActionId>& actions, ActionId action);

// Adds a list to another, both ascending.
void AddActions(std::vector<ActionId>& actions, const std::vector<ActionId>& more);

// The catalogue's actions that an entry of a table names: an action, or the beginning of some and a `*`.
std::vector<ActionId> ActionsOfEntry(const Catalogue& catalogue, std::string_view entry);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_PATTERNS_REGION_DENY_H_

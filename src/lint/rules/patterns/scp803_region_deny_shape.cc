// SCP803 to SCP805: Denies that are about Regions and do not keep accounts to them, or keep out too much.

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/names/regions.h"
#include "lint/rules/names/text.h"
#include "lint/rules/patterns/allowed_actions.h"
#include "lint/rules/patterns/region_deny.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/policy/statements.h"
#include "lint/tables.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

// Some service as a whole, or everything but what is listed.
bool IsAboutWholeServices(const StatementView& view) {
  return view.statement().not_action ||
         std::any_of(view.patterns().begin(), view.patterns().end(), [](const ActionPattern& pattern) {
           return pattern.is_everything || (pattern.is_well_formed && pattern.name() == "*");
         });
}

bool ListsRegion(const ConditionClause& clause) {
  return std::any_of(clause.values.begin(), clause.values.end(),
                     [](const ConditionValue& value) { return MatchesRegion(value.text); });
}

// Whether nothing is allowed but in Regions that the Allows of the policy list.
bool AllowsOnlyListedRegions(const PolicyView& policy) {
  bool has_allow = false;
  for (const StatementView& view : policy.statements()) {
    if (view.denies()) continue;
    has_allow = true;
    const std::vector<ConditionClause>& clauses = view.statement().conditions;
    const bool is_limited = std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
      if (!IsKey(clause, kRegionKey) || clause.op.negated) return false;
      const ClauseSet test(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
      return !test.is_null_test() && test.HoldsForEverySingle() != true;
    });
    if (!is_limited) return false;
  }
  return has_allow;
}

// What is denied outside of some Regions, and what AWS exempts from such Denies: ascending. A list of what is
// denied only says that again, or more of some Regions.
std::vector<ActionId> ActionsLimitedToRegions(const std::vector<RegionDeny>& denies,
                                              const Catalogue& catalogue) {
  std::vector<ActionId> limited;
  for (const RegionDeny& deny : denies) {
    if (deny.allowing() != nullptr) AddActions(limited, deny.view().actions());
  }
  if (limited.empty()) return limited;
  const Table& services = TableOf("region-deny-services");
  std::vector<ActionId> exempt;
  for (size_t i = 0; i < services.row_count(); ++i) {
    for (const ActionId action : ActionsOfEntry(catalogue, services.Row(i)[0])) exempt.push_back(action);
  }
  std::sort(exempt.begin(), exempt.end());
  AddActions(limited, exempt);
  return limited;
}

}  // namespace

void CheckRegionDenyPositiveList(const PolicyView& policy, Reporter& report) {
  const std::vector<RegionDeny> denies = RegionDeniesOf(policy);
  if (denies.empty() || AllowsOnlyListedRegions(policy)) return;
  const std::vector<ActionId> limited = ActionsLimitedToRegions(denies, policy.catalogue());
  for (const RegionDeny& deny : denies) {
    const std::vector<ActionId>& actions = deny.view().actions();
    if (deny.allowing() != nullptr || deny.first() == nullptr || !ListsRegion(*deny.first())) continue;
    if (!IsAboutWholeServices(deny.view()) || deny.DeniesEverywhere()) continue;
    if (!limited.empty() && std::includes(limited.begin(), limited.end(), actions.begin(), actions.end())) {
      continue;
    }
    report.Add(
        deny.first()->operator_text.range,
        "this denies only the Regions that it lists, so each that AWS opens later is open: deny all but "
        "those that are allowed, with `StringNotEquals`");
  }
}

namespace {

constexpr std::string_view kProfileKey = "bedrock:InferenceProfileArn";
// The Region of requests that a global inference profile routes.
constexpr std::string_view kNoRegion = "unspecified";

// Whether the policy has thought of inference profiles: it tests them somewhere, or what they make of the
// Region.
bool KnowsInferenceProfiles(const PolicyView& policy) {
  for (const StatementView& view : policy.statements()) {
    for (const ConditionClause& clause : view.statement().conditions) {
      if (IsKey(clause, kProfileKey)) return true;
      if (!IsKey(clause, kRegionKey)) continue;
      for (const ConditionValue& value : clause.values) {
        if (AsciiEqualsIgnoreCase(value.text, kNoRegion)) return true;
      }
    }
  }
  return false;
}

}  // namespace

void CheckRegionDenyVsBedrockCris(const PolicyView& policy, Reporter& report) {
  if (KnowsInferenceProfiles(policy)) return;
  const std::vector<RegionDeny> denies = RegionDeniesOf(policy);
  if (denies.empty()) return;
  const AllowedActions allowed(policy);
  const std::vector<ActionId> denied_outright = DeniedOutright(policy);
  for (const RegionDeny& deny : denies) {
    if (deny.allowing() == nullptr || !deny.IsAboutCommercialRegions() || !deny.Denies(kNoRegion)) continue;
    for (const std::string_view name : {"bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"}) {
      const std::optional<ActionId> action = policy.catalogue().FindAction(name);
      if (!action || !allowed.Has(*action)) continue;
      if (!Includes(deny.view().actions(), *action) || Includes(denied_outright, *action)) continue;
      report.Add(deny.allowing()->key.range,
                 "this denies " + Backquoted(name) +
                     " through inference profiles: a global one's requests have the Region `unspecified`, a "
                     "geographic one's that of any Region it routes to; exempt it here, and limit it by a "
                     "second Deny with `ArnNotLike` on `bedrock:InferenceProfileArn`");
      break;
    }
  }
}

namespace {

// Whether a test of aws:PrincipalArn exempts all principals of a kind, in whatever account.
bool MatchesAll(const ClauseSet& test, size_t pattern, std::string_view arn) {
  const auto* text = std::get_if<TextPattern>(&test.patterns()[pattern]);
  if (text == nullptr) return false;
  TextPattern all;
  all.code = UsualArnCode(arn);
  constexpr size_t kSteps = 100'000;
  WorkLimit work(kSteps);
  return IsInside(all, *text, work);
}

// Whether a test of aws:PrincipalType exempts that type.
bool MatchesType(const ClauseSet& test, size_t pattern, std::string_view type) {
  const auto* text = std::get_if<TextPattern>(&test.patterns()[pattern]);
  return text != nullptr && text->exact && !text->is_binary &&
         MatchPattern(text->code, text->folds ? AsciiLower(type) : std::string(type));
}

// A value of aws:PrincipalArn or aws:PrincipalType that exempts whole kinds of principals.
struct WideExemption {
  const ConditionValue* value;
  bool roles;
  bool users;
};

std::vector<WideExemption> WideExemptionsOf(const StatementView& view) {
  std::vector<WideExemption> exemptions;
  const PolicyView& policy = view.policy();
  for (const ConditionClause& clause : view.statement().conditions) {
    const bool is_type = IsKey(clause, "aws:PrincipalType");
    if (!clause.op.negated || (!is_type && !IsKey(clause, "aws:PrincipalArn"))) continue;
    const ClauseSet test(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
    for (size_t i = 0; i < test.patterns().size(); ++i) {
      const bool roles =
          is_type ? MatchesType(test, i, "AssumedRole") : MatchesAll(test, i, "arn:aws:iam::*:role/*");
      const bool users =
          is_type ? MatchesType(test, i, "User") : MatchesAll(test, i, "arn:aws:iam::*:user/*");
      if (roles || users) exemptions.push_back({&test.ValueOf(i), roles, users});
    }
  }
  return exemptions;
}

// Exemptions of whole kinds of principals that no other Deny about Regions takes back: then it has a list for
// these.
void ReportExemptEverybody(const std::vector<RegionDeny>& denies, const PolicyView& policy,
                           Reporter& report) {
  bool roles_limited = false;
  bool users_limited = false;
  for (const StatementView& view : policy.statements()) {
    if (!view.denies() || !TestsRegion(view)) continue;
    const std::vector<WideExemption> exemptions = WideExemptionsOf(view);
    const auto exempts_roles = [](const WideExemption& exemption) { return exemption.roles; };
    const auto exempts_users = [](const WideExemption& exemption) { return exemption.users; };
    if (std::none_of(exemptions.begin(), exemptions.end(), exempts_roles)) roles_limited = true;
    if (std::none_of(exemptions.begin(), exemptions.end(), exempts_users)) users_limited = true;
  }
  for (const RegionDeny& deny : denies) {
    for (const WideExemption& exemption : WideExemptionsOf(deny.view())) {
      const bool roles = exemption.roles && !roles_limited;
      const bool users = exemption.users && !users_limited;
      if (!roles && !users) continue;
      report.Add(exemption.value->range,
                 std::string("this exempts ") +
                     (!roles   ? "every user"
                      : !users ? "every role, and whoever may assume one"
                               : "every user and every role") +
                     ", so the Regions are hardly limited: name those that must work elsewhere");
    }
  }
}

// `ec2:DescribeImages`: an action that shows what there is.
bool OnlyShows(const Catalogue& catalogue, ActionId action) {
  const std::string_view name = catalogue.LowerActionBareName(action);
  const AccessLevel level = catalogue.ActionAccessLevel(action);
  return (name.starts_with("describe") || name.starts_with("list")) &&
         (level == AccessLevel::kList || level == AccessLevel::kRead);
}

bool OnlyShows(const StatementView& view) {
  return !view.actions().empty() &&
         std::all_of(view.actions().begin(), view.actions().end(),
                     [&](ActionId action) { return OnlyShows(view.policy().catalogue(), action); });
}

constexpr std::string_view kEc2RegionKey = "ec2:Region";

// A test of `ec2:Region` in a statement about other services, too: their requests carry no such key.
void ReportKeyOfOneService(const StatementView& view, Reporter& report) {
  if (!view.denies() || !HasEveryResource(view)) return;
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsKey(clause, kEc2RegionKey) || clause.op.comparison == Comparison::kUnknown) continue;
    const bool has_others = std::any_of(view.actions().begin(), view.actions().end(), [&](ActionId action) {
      return catalogue.LowerServiceName(catalogue.ActionService(action)) != "ec2";
    });
    // It leaves the others to a test of `aws:RequestedRegion` beside it.
    if (!has_others || (HoldsWithoutKey(clause) && TestsRegion(view))) continue;
    report.Add(
        clause.key.range,
        "only requests to Amazon EC2 carry " + Backquoted(clause.key.text) + ", so " +
            (HoldsWithoutKey(clause) ? "this test holds for those to any other service, in every Region"
                                     : "this test fails for those to any other service, in every Region") +
            ": test `aws:RequestedRegion`");
  }
}

}  // namespace

void CheckRegionDenyIneffectiveScope(const PolicyView& policy, Reporter& report) {
  const std::vector<RegionDeny> denies = RegionDeniesOf(policy);
  const bool limits_changes =
      std::any_of(policy.statements().begin(), policy.statements().end(), [](const StatementView& view) {
        return view.denies() && TestsRegion(view) && (!OnlyShows(view) || HoldsToken(view));
      });
  ReportExemptEverybody(denies, policy, report);
  for (const RegionDeny& deny : denies) {
    const std::optional<json::Member> element = deny.view().Element("Action");
    if (limits_changes || !element || !OnlyShows(deny.view())) continue;
    report.Add(element->key.range(),
               "this denies only looking at what there is in other Regions, not making or changing it: deny "
               "the actions that do, or all but the global ones with `NotAction`");
  }
  for (const StatementView& view : policy.statements()) ReportKeyOfOneService(view, report);
}

}  // namespace scpcheck

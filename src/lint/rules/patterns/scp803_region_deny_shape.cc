// SCP803 to SCP805: Denies that are about Regions and do not keep accounts to them, or keep out too much.

#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/names/regions.h"
#include "lint/rules/names/text.h"
#include "lint/rules/patterns/region_deny.h"
#include "lint/rules/patterns/rules.h"

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

}  // namespace

void CheckRegionDenyPositiveList(const PolicyView& policy, Reporter& report) {
  const std::vector<RegionDeny> denies = RegionDeniesOf(policy);
  // A list of what is denied beside one of what is allowed only says it again, or more of some Regions.
  const bool has_allowed = std::any_of(denies.begin(), denies.end(),
                                       [](const RegionDeny& deny) { return deny.allowing() != nullptr; });
  if (has_allowed) return;
  for (const RegionDeny& deny : denies) {
    if (!ListsRegion(deny.first()) || !IsAboutWholeServices(deny.view()) || deny.DeniesEverywhere()) continue;
    report.Add(
        deny.first().operator_text.range,
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
  const std::vector<ActionId> denied_outright = DeniedOutright(policy);
  for (const RegionDeny& deny : denies) {
    if (deny.allowing() == nullptr || !deny.IsAboutCommercialRegions() || !deny.Denies(kNoRegion)) continue;
    for (const std::string_view name : {"bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"}) {
      const std::optional<ActionId> action = policy.catalogue().FindAction(name);
      if (!action || !Includes(deny.view().actions(), *action) || Includes(denied_outright, *action))
        continue;
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

void ReportExemptEverybody(const RegionDeny& deny, Reporter& report) {
  const StatementView& view = deny.view();
  const PolicyView& policy = view.policy();
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!clause.op.negated || !IsKey(clause, "aws:PrincipalArn")) continue;
    const ClauseSet test(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
    for (size_t i = 0; i < test.patterns().size(); ++i) {
      const bool roles = MatchesAll(test, i, "arn:aws:iam::*:role/*");
      const bool users = MatchesAll(test, i, "arn:aws:iam::*:user/*");
      if (!roles && !users) continue;
      report.Add(test.ValueOf(i).range,
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
    if (!has_others) continue;
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
  const bool limits_changes = std::any_of(denies.begin(), denies.end(),
                                          [](const RegionDeny& deny) { return !OnlyShows(deny.view()); });
  for (const RegionDeny& deny : denies) {
    ReportExemptEverybody(deny, report);
    const std::optional<json::Member> element = deny.view().Element("Action");
    if (limits_changes || !element || !OnlyShows(deny.view())) continue;
    report.Add(element->key.range(),
               "this denies only looking at what there is in other Regions, not making or changing it: deny "
               "the actions that do, or all but the global ones with `NotAction`");
  }
  for (const StatementView& view : policy.statements()) ReportKeyOfOneService(view, report);
}

}  // namespace scpcheck

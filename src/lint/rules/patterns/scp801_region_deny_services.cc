// SCP801 and SCP802: what a Deny outside of some Regions exempts, too little and too much of it.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/names/text.h"
#include "lint/rules/patterns/allowed_actions.h"
#include "lint/rules/patterns/region_deny.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/policy/statements.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 4;
constexpr std::string_view kSts = "sts:*";

// Calls `use` with each of the texts that `|` parts.
template <typename Use>
void ForEachPart(std::string_view list, Use use) {
  while (true) {
    const size_t end = list.find('|');
    use(list.substr(0, end));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end + 1);
  }
}

// Entries of data/region-deny-services.tsv that a statement denies, and where their requests are made.
struct MissingEntries {
  std::vector<std::string> entries;
  std::vector<std::string> regions;

  // `places`: Regions that `|` parts.
  void Add(std::string_view entry, std::string_view places) {
    entries.emplace_back(entry);
    ForEachPart(places, [&](std::string_view region) {
      if (std::find(regions.begin(), regions.end(), region) == regions.end()) regions.emplace_back(region);
    });
  }
};

struct Missing {
  MissingEntries needed;     // nothing works without
  MissingEntries advisable;  // the rest, and services of which `NotAction` has some actions
};

// Whether requests to the entry are denied wherever they can be made.
bool DeniesAll(const RegionDeny& deny, std::string_view regions) {
  bool all = true;
  ForEachPart(regions, [&](std::string_view region) { all = all && deny.Denies(region); });
  return all;
}

// Whether the statement names what it denies, and so meant each of it. `*` names nothing.
bool NamesActions(const StatementView& view) {
  return !view.statement().not_action &&
         std::none_of(view.patterns().begin(), view.patterns().end(),
                      [](const ActionPattern& pattern) { return pattern.is_everything; });
}

Missing MissingOf(const RegionDeny& deny, const AllowedActions& allowed,
                  const std::vector<ActionId>& denied_outright) {
  const StatementView& view = deny.view();
  const Catalogue& catalogue = view.policy().catalogue();
  const Table& table = TableOf("region-deny-services");
  const bool names_actions = NamesActions(view);
  Missing missing;
  std::vector<ActionId> found;  // ascending
  for (size_t i = 0; i < table.row_count(); ++i) {
    const std::string_view entry = table.Row(i)[0];
    const std::string_view tier = table.Row(i)[1];
    const std::string_view regions = table.Row(i)[2];
    if ((tier != "must" && tier != "should") || !DeniesAll(deny, regions)) continue;
    std::vector<ActionId> matched;
    bool is_whole = true;
    bool is_new = false;
    for (const ActionId action : ActionsOfEntry(catalogue, entry)) {
      if (!allowed.Has(action)) continue;
      if (!Includes(view.actions(), action)) {
        is_whole = false;
      } else if (!Includes(denied_outright, action)) {
        // What is denied in every Region anyway is not missed here.
        matched.push_back(action);
        is_new = is_new || !Includes(found, action);
      }
    }
    if (!is_new) continue;
    const bool is_needed = tier == "must" && is_whole;
    if (names_actions && !is_needed) continue;
    (is_needed ? missing.needed : missing.advisable).Add(entry, regions);
    AddActions(found, matched);
  }
  return missing;
}

void AddFix(const StatementView& view, const std::vector<std::string>& entries, FindingBuilder finding) {
  const std::optional<json::Member> list = view.Element("NotAction");
  if (!list) return;
  finding.UnsafeFix("exempt " + ListOf(entries, kShown), AppendTexts(list->value, entries));
}

std::string Them(const MissingEntries& missing) {
  return missing.entries.size() == 1 ? "it" : "them";
}

// AWS STS has endpoints in every Region, too.
bool IsOnlySts(const MissingEntries& missing) {
  return missing.entries.size() == 1 && missing.entries[0] == kSts;
}

// Which endpoints the statement cuts off, and which it does not.
std::string EffectText(const MissingEntries& missing) {
  return ListOf(missing.entries, kShown) +
         (missing.entries.size() == 1 ? " has its global endpoint" : " have their global endpoints") +
         " in " + ListOf(missing.regions, missing.regions.size()) +
         ", which this statement does not allow, so it denies requests there, from wherever they come" +
         (IsOnlySts(missing) ? "; the Regional endpoints in allowed Regions are not affected" : "");
}

}  // namespace

void CheckRegionDenyMissingGlobalService(const PolicyView& policy, Reporter& report) {
  const std::vector<RegionDeny> denies = RegionDeniesOf(policy);
  if (denies.empty()) return;
  const AllowedActions allowed(policy);
  const std::vector<ActionId> denied_outright = DeniedOutright(policy);
  for (const RegionDeny& deny : denies) {
    if (deny.allowing() == nullptr || !deny.IsAboutCommercialRegions()) continue;
    const StatementView& view = deny.view();
    const std::optional<json::Member> element =
        view.Element(view.statement().not_action ? "NotAction" : "Action");
    if (!element) continue;
    const SourceRange place = element->key.range();
    const auto [needed, advisable] = MissingOf(deny, allowed, denied_outright);
    const bool has_list = view.statement().not_action;
    if (!needed.entries.empty()) {
      const bool names_actions = NamesActions(view);
      FindingBuilder finding = report.Add(place, EffectText(needed) + ": " +
                                                     (names_actions ? "take " + Them(needed) + " out"
                                                      : has_list ? "add " + Them(needed) + " to `NotAction`"
                                                                 : "write `NotAction` with " + Them(needed)));
      if (names_actions || IsOnlySts(needed)) finding.WithSeverity(Severity::kWarning);
      finding.Related(deny.allowing()->key.range, "the Regions that are allowed");
      AddFix(view, needed.entries, finding);
    }
    if (!advisable.entries.empty()) {
      FindingBuilder finding = report.Add(
          place,
          "AWS's own Region guards also exempt " + ListOf(advisable.entries, kShown) +
              ", which consoles and tools use outside of the allowed Regions: " +
              (has_list ? "add what is needed to `NotAction`" : "write `NotAction` with what is needed"));
      finding.WithSeverity(Severity::kInfo);
      finding.Related(deny.allowing()->key.range, "the Regions that are allowed");
      AddFix(view, advisable.entries, finding);
    }
  }
}

namespace {

// In how many Regions a service works on its own; empty for a global one.
std::string_view RegionsOfService(std::string_view lower_prefix) {
  const Table& table = TableOf("regional-services");
  for (size_t i = 0; i < table.row_count(); ++i) {
    if (table.Row(i)[0] == lower_prefix) return table.Row(i)[1];
  }
  return {};
}

// Whether a condition limits where something is done.
bool IsAboutPlaces(const ConditionClause& clause) {
  return IsKey(clause, kRegionKey) || IsKey(clause, "s3:LocationConstraint");
}

// Whether another Deny limits something of the service to Regions, or denies it everywhere.
bool IsLimitedElsewhere(const StatementView& exempting, const ActionPattern& pattern) {
  const std::vector<StatementView>& statements = exempting.policy().statements();
  return std::any_of(statements.begin(), statements.end(), [&](const StatementView& other) {
    const std::vector<ConditionClause>& clauses = other.statement().conditions;
    if (!other.denies() || other.index() == exempting.index()) return false;
    if (!clauses.empty() && std::none_of(clauses.begin(), clauses.end(), IsAboutPlaces)) return false;
    return std::any_of(pattern.actions.begin(), pattern.actions.end(),
                       [&](ActionId action) { return Includes(other.actions(), action); });
  });
}

}  // namespace

void CheckRegionDenyOverExempt(const PolicyView& policy, Reporter& report) {
  const Catalogue& catalogue = policy.catalogue();
  const AllowedActions allowed(policy);
  for (const RegionDeny& deny : RegionDeniesOf(policy)) {
    const StatementView& view = deny.view();
    if (!view.statement().not_action) continue;
    for (const ActionPattern& pattern : view.patterns()) {
      if (!pattern.is_well_formed || pattern.is_everything || pattern.name() != "*") continue;
      const std::string_view regions = RegionsOfService(pattern.service());
      const std::optional<ServiceId> service = catalogue.FindService(pattern.service());
      if (regions.empty() || !service || IsLimitedElsewhere(view, pattern)) continue;
      if (std::none_of(pattern.actions.begin(), pattern.actions.end(),
                       [&](ActionId action) { return allowed.Has(action); })) {
        continue;
      }
      report.Add(
          pattern.written->range,
          Backquoted(pattern.written->text) + " exempts " + std::string(catalogue.ServiceTitle(*service)) +
              ", which works in " + std::string(regions) +
              " Regions on its own, so it can be used in all of them: exempt only the actions that are "
              "needed outside of the allowed Regions");
    }
  }
}

}  // namespace scpcheck

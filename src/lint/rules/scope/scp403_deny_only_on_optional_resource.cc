#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/resource_scope.h"
#include "lint/rules/scope/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// Whether the statement tests a key of the row or its type: then it speaks of such resources, and of calls
// that have one.
bool TestsKeyOf(const StatementView& view, ActionRowId row) {
  const Catalogue& catalogue = view.policy().catalogue();
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
    const std::optional<CatalogueKeyId> key = catalogue.FindKey(clause.key.text);
    return key && (catalogue.RowKeys(row).Contains(*key) ||
                   catalogue.TypeKeys(catalogue.RowType(row)).Contains(*key));
  });
}

// Whether the parameter that names the resource may be left out. What the catalogue does not mark as required
// may still be one of several of which each call has one.
bool MayBeLeftOut(const Catalogue& catalogue, ActionId action, ResourceTypeId type) {
  const Table& table = TableOf("optional-resources");
  for (size_t i = 0; i < table.row_count(); ++i) {
    if (table.Row(i)[0] == catalogue.ActionName(action) && table.Row(i)[1] == catalogue.TypeName(type))
      return true;
  }
  return false;
}

// The entries of Resource for the resources of any account and Region: who names all key pairs of his own
// account names no single one.
std::vector<std::string> Everywhere(const StatementView& view) {
  constexpr std::array<int, 3> kFields = {2, 4, 5};  // partition, Region, account
  std::vector<std::string> entries;
  for (const LocatedText& resource : view.statement().resources) {
    const std::string& text = resource.text;
    if (text.find("${") != std::string::npos || std::count(text.begin(), text.end(), ':') < 5) {
      entries.push_back(text);
      continue;
    }
    std::string wide;
    int field = 1;
    for (const char c : text) {
      const bool is_widened = std::find(kFields.begin(), kFields.end(), field) != kFields.end();
      if (c == ':' && field < 6) {
        if (is_widened) wide += '*';
        ++field;
        wide += ':';
      } else if (!is_widened) {
        wide += c;
      }
    }
    entries.push_back(std::move(wide));
  }
  return entries;
}

// What a statement reaches of an action.
struct Reach {
  std::vector<std::string> optional_types;
  std::vector<std::string> required_types;
  bool may_be_meant = false;  // it reaches a resource that each call touches, or speaks of single ones
};

Reach ReachOf(const StatementView& view, ActionId action, ResourceScope& scope, ResourceScope& everywhere) {
  const Catalogue& catalogue = view.policy().catalogue();
  Reach reach;
  for (const ActionRowId row : catalogue.ActionRows(action)) {
    const ResourceTypeId type = catalogue.RowType(row);
    const std::string name(catalogue.TypeName(type));
    if (catalogue.RowRequired(row)) {
      reach.required_types.push_back(name);
      reach.may_be_meant |= scope.CanMatch(type);
    } else if (scope.CanMatch(type)) {
      reach.optional_types.push_back(name);
      // Who names single resources guards these.
      reach.may_be_meant |=
          !MayBeLeftOut(catalogue, action, type) || !everywhere.Covers(type) || TestsKeyOf(view, row);
    }
  }
  return reach;
}

}  // namespace

void CheckDenyOnlyOnOptionalResource(const StatementView& view, Reporter& report) {
  const Statement& statement = view.statement();
  if (!view.denies() || statement.not_action || statement.not_resource) return;
  ResourceScope scope(view);
  if (scope.has_everything() || !scope.is_well_formed()) return;
  ResourceScope everywhere(view.policy(), Everywhere(view));
  for (const ActionPattern& pattern : view.patterns()) {
    if (pattern.is_everything) continue;
    std::optional<ActionId> found;
    Reach of_found;
    bool may_be_meant = false;
    for (const ActionId action : pattern.actions) {
      // A wildcard is meant for what fits.
      if (FateOf(action, scope, view.policy().catalogue()) != ActionFate::kCanMatch) continue;
      Reach reach = ReachOf(view, action, scope, everywhere);
      may_be_meant = reach.may_be_meant || reach.optional_types.empty() || reach.required_types.empty();
      if (may_be_meant) break;
      if (found) continue;
      found = action;
      of_found = std::move(reach);
    }
    if (may_be_meant || !found) continue;
    const std::string name = Quoted(view.policy().catalogue().ActionName(*found));
    constexpr size_t kShown = 3;
    report.Add(
        pattern.written->range,
        (pattern.is_literal ? Quoted(pattern.written->text)
                            : name + ", which " + Quoted(pattern.written->text) + " covers,") +
            " need not touch " + ListOf(of_found.optional_types, kShown) +
            ", and a call that does not is not denied: name a resource that each call touches, such as " +
            Quoted(of_found.required_types[0]));
  }
}

}  // namespace scpcheck

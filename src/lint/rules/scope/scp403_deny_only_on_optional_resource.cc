#include <algorithm>
#include <optional>
#include <string>
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

}  // namespace

void CheckDenyOnlyOnOptionalResource(const StatementView& view, Reporter& report) {
  const Statement& statement = view.statement();
  if (!view.denies() || statement.not_action || statement.not_resource) return;
  ResourceScope scope(view);
  if (scope.has_everything() || !scope.is_well_formed()) return;
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_literal || pattern.actions.empty()) continue;
    const ActionId action = pattern.actions[0];
    std::vector<std::string> optional_types;
    std::vector<std::string> required_types;
    bool may_be_meant = false;
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const ResourceTypeId type = catalogue.RowType(row);
      const std::string name(catalogue.TypeName(type));
      if (catalogue.RowRequired(row)) {
        required_types.push_back(name);
        may_be_meant |= scope.CanMatch(type);
      } else if (scope.CanMatch(type)) {
        optional_types.push_back(name);
        // Who names single resources guards these.
        may_be_meant |=
            !MayBeLeftOut(catalogue, action, type) || !scope.Covers(type) || TestsKeyOf(view, row);
      }
    }
    if (may_be_meant || optional_types.empty() || required_types.empty()) continue;
    constexpr size_t kShown = 3;
    report.Add(
        pattern.written->range,
        Quoted(pattern.written->text) + " need not touch " + ListOf(optional_types, kShown) +
            ", and a call that does not is not denied: name a resource that each call touches, such as " +
            Quoted(required_types[0]));
  }
}

}  // namespace scpcheck

#include "lint/pattern_record.h"

#include <algorithm>

#include "json/recover.h"
#include "lint/document_kind.h"
#include "lint/limits.h"
#include "lint/policy_view.h"

namespace scpcheck {

PatternRecord RecordPatterns(const std::shared_ptr<const Source>& source, const Catalogue& catalogue) {
  PatternRecord record{.catalogue_date = std::string(catalogue.date()), .actions = {}};
  Diagnostics syntax;
  const json::Recovery reading = json::Recover(source, syntax);
  if (!reading.tree) return record;
  const DocumentClass what = ClassifyDocument(reading.tree->root());
  if (!IsLinted(what.kind)) return record;
  if (what.string) return RecordPatterns(json::NestedSource(*what.string), catalogue);
  if (!what.policy || IsTooLargeToLint(*what.policy)) return record;
  const LintSettings settings;
  const PolicyView policy(*what.policy, syntax, catalogue, settings);
  for (const StatementView& statement : policy.statements()) {
    for (const ActionPattern& pattern : statement.patterns()) {
      if (!pattern.is_well_formed || pattern.is_literal || pattern.is_everything) continue;
      std::vector<std::string> names;
      for (const ActionId action : pattern.actions) names.emplace_back(catalogue.ActionName(action));
      std::sort(names.begin(), names.end());
      record.actions.insert_or_assign(pattern.lower, std::move(names));
    }
  }
  return record;
}

}  // namespace scpcheck

#include <optional>
#include <string>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/keys.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

// A key that no request carries is absent from each (C-03).
void CheckUnknownConditionKey(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ConditionClause& clause : view.statement().conditions) {
    const std::string& key = clause.key.text;
    if (key.empty() || MayBeKey(catalogue, key) || FamilyWithoutName(catalogue, key) || SuccessorOfKey(key) ||
        HoldsTemplateToken(key, view.policy().settings())) {
      continue;
    }
    const std::optional<std::string> meant = SuggestKey(catalogue, key);
    FindingBuilder finding = report.Add(
        clause.key.range, Backquoted(key) +
                              " is no condition key, so no request carries it and this "
                              "test " +
                              std::string(EffectOfTest(HoldsWithoutKey(clause))) +
                              (meant ? ": did you mean " + Backquoted(*meant) + "?"
                                     : ": look the key up in the Service Authorization Reference"));
    if (meant && !StandsBeside(view, clause, *meant))
      finding.UnsafeFix("write " + Backquoted(*meant), {{clause.key.range, JsonQuoted(*meant)}});
  }
}

}  // namespace scpcheck

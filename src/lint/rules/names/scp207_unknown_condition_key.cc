#include <optional>
#include <string>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/keys.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

bool IsTagOfPrincipal(std::string_view key) {
  return AsciiLower(key.substr(key.find(':') + 1)).starts_with("principaltag/");
}

}  // namespace

// A key that no request carries is absent from each (C-03).
void CheckUnknownConditionKey(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ConditionClause& clause : view.statement().conditions) {
    const std::string& key = clause.key.text;
    const std::string effect(EffectOfTest(HoldsWithoutKey(clause)));
    if (key.empty()) {
      report.Add(clause.key.range,
                 "an empty text is no condition key, so no request carries it and this test " + effect +
                     ": name a key, or take the test out");
      continue;
    }
    if (MayBeKey(catalogue, key) || FamilyWithoutName(catalogue, key) || SuccessorOfKey(key) ||
        HoldsTemplateToken(key, view.policy().settings())) {
      continue;
    }
    const std::optional<std::string> meant = SuggestKey(catalogue, key);
    const std::string advice = meant ? ": did you mean " + Backquoted(*meant) + "?"
                                     : ": look the key up in the Service Authorization Reference";
    // Some services have tags of their own, and AWS has come to describe more of them; but those of
    // principals are no service's.
    const bool may_be_new = IsTagOfService(catalogue, key) && !IsTagOfPrincipal(key);
    FindingBuilder finding = report.Add(
        clause.key.range,
        may_be_new ? Backquoted(key) +
                         " is no tag that AWS documents, so no request is known to carry it and "
                         "this test " +
                         effect + advice
                   : Backquoted(key) + " is no condition key, so no request carries it and this test " +
                         effect + advice);
    if (may_be_new) finding.WithSeverity(Severity::kWarning);
    if (meant && !StandsBeside(view, clause, *meant))
      finding.UnsafeFix("write " + Backquoted(*meant), {{clause.key.range, JsonQuoted(*meant)}});
  }
}

}  // namespace scpcheck

#include <optional>
#include <vector>

#include "base/ascii.h"
#include "catalog/search.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// The actions that authorise an API call of that name, `s3:ListObjectsV2`, in any case.
std::vector<std::string> ActionsOfCall(const Catalogue& catalogue, std::string_view name) {
  std::vector<std::string> actions;
  const Table& calls = TableOf("api-names");
  for (size_t i = 0; i < calls.row_count(); ++i) {
    if (AsciiEqualsIgnoreCase(calls.Row(i)[0], name) && catalogue.FindAction(calls.Row(i)[1])) {
      actions.emplace_back(calls.Row(i)[1]);
    }
  }
  return actions;
}

}  // namespace

// G-10: an action that does not exist has no effect.
void CheckUnknownAction(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_literal || !pattern.actions.empty() || !HasLookedUpName(pattern)) continue;
    if (!catalogue.FindService(pattern.service())) continue;  // SCP201
    const LocatedText& written = *pattern.written;
    std::vector<std::string> meant = ActionsOfCall(catalogue, written.text);
    std::string message = Backquoted(written.text);
    if (!meant.empty()) {
      message += " is the name of an API call and of no action, so it " +
                 std::string(EffectOfIdleAction(view)) + ": write " + ListOf(meant, meant.size());
    } else {
      message += " is no action, so it " + std::string(EffectOfIdleAction(view));
      if (const std::optional<ActionId> nearest = SuggestAction(catalogue, pattern.lower)) {
        meant.emplace_back(catalogue.ActionName(*nearest));
        message += ": did you mean " + Backquoted(meant[0]) + "?";
      } else {
        message += ": look the name up with `scpcheck actions '" +
                   std::string(written.text.substr(0, pattern.colon)) + ":*'`";
      }
    }
    FindingBuilder finding = report.Add(written.range, std::move(message));
    finding.WithSeverity(SeverityOfIdleAction(view));
    if (meant.size() == 1) {
      finding.UnsafeFix("write " + Backquoted(meant[0]), {{written.range, JsonQuoted(meant[0])}});
    }
  }
}

}  // namespace scpcheck

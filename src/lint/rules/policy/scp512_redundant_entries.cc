// SCP512 and SCP513: entries of a list that another one covers.

#include <utility>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/proof.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"

namespace scpcheck {

namespace {

void ReportCovered(const StatementView& view, std::string_view element, const std::vector<LocatedText>& texts,
                   const std::vector<CoveredEntry>& entries, Reporter& report) {
  const json::Value list = ValueOf(view, element);
  for (const CoveredEntry& covered : entries) {
    const LocatedText& text = texts[covered.entry];
    const LocatedText& by = texts[covered.by];
    const bool is_same = AsciiEqualsIgnoreCase(text.text, by.text);
    FindingBuilder finding =
        report.Add(text.range, is_same ? Quoted(text.text) + " is listed twice: take one of them out"
                                       : Quoted(by.text) + " already covers " + Quoted(text.text) +
                                             ": take the narrower one out");
    finding.Related(by.range, is_same ? "the same" : "covers it");
    if (const std::optional<json::Value> value = EntryAt(list, text.range); value && list.is_array()) {
      finding.SafeFix("take " + Quoted(text.text) + " out", RemoveElement(list, *value));
    }
  }
}

}  // namespace

void CheckRedundantAction(const StatementView& view, Reporter& report) {
  if (!view.requests().is_readable()) return;
  const Statement& statement = view.statement();
  ReportCovered(view, statement.not_action ? "NotAction" : "Action", statement.actions,
                Prover(view.policy()).RedundantActions(view), report);
}

void CheckRedundantResource(const StatementView& view, Reporter& report) {
  if (!view.requests().is_readable()) return;
  const Statement& statement = view.statement();
  ReportCovered(view, statement.not_resource ? "NotResource" : "Resource", statement.resources,
                Prover(view.policy()).RedundantResources(view), report);
}

}  // namespace scpcheck

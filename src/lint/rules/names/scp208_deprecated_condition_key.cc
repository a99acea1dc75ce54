#include <optional>
#include <string_view>

#include "lint/edits.h"
#include "lint/rules/names/keys.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"

namespace scpcheck {

void CheckDeprecatedConditionKey(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const std::optional<std::string_view> successor = SuccessorOfKey(clause.key.text);
    if (!successor) continue;
    FindingBuilder finding =
        report.Add(clause.key.range, Backquoted(clause.key.text) +
                                         " is a key that AWS no longer supports, so requests "
                                         "may lack it: write " +
                                         Backquoted(*successor));
    if (StandsBeside(view, clause, *successor)) continue;
    finding.UnsafeFix("write " + Backquoted(*successor), {{clause.key.range, JsonQuoted(*successor)}});
  }
}

}  // namespace scpcheck

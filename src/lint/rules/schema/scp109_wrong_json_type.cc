#include <algorithm>

#include "lint/diagnosed.h"
#include "lint/rules/schema/rules.h"

namespace scpcheck {

// G-13, and the values of section 1.2's table. Statements that are no objects are SCP101's.
void CheckJsonTypes(const PolicyView& view, Reporter& report) {
  std::vector<SourceRange> statements;
  if (view.document().is_object()) {
    for (const json::Member member : view.document().members()) {
      if (member.key.text() != "Statement" || !member.value.is_array()) continue;
      for (const json::Value element : member.value.elements()) statements.push_back(element.range());
    }
  }
  const auto is_before = [](SourceRange a, SourceRange b) { return a.begin < b.begin; };
  for (const Diagnostic* diagnostic :
       DiagnosedInside(view, report.rule().id, {0, static_cast<uint32_t>(view.source()->text().size())})) {
    const auto same = std::lower_bound(statements.begin(), statements.end(), diagnostic->range, is_before);
    if (same != statements.end() && *same == diagnostic->range) continue;
    report.Add(diagnostic->range, diagnostic->message);
  }
}

}  // namespace scpcheck

#include "lint/rules/schema/rules.h"

namespace scpcheck {

// G-04.
void CheckStatementObjects(const PolicyView& view, Reporter& report) {
  if (!view.document().is_object()) return;
  for (const json::Member member : view.document().members()) {
    if (member.key.text() != "Statement" || !member.value.is_array()) continue;
    for (const json::Value element : member.value.elements()) {
      if (element.is_object()) continue;
      report.Add(element.range(),
                 "a statement is an object, this is " + std::string(KindName(element.kind())) +
                     ", so AWS rejects the policy: write an object with `Effect`, `Action` and "
                     "`Resource`");
    }
  }
}

}  // namespace scpcheck

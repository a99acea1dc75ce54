#include "lint/diagnosed.h"
#include "lint/edits.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

// G-09, and for `Id` semantics 1.2: nobody says that SCPs may not have it.
void CheckTopLevelElements(const PolicyView& view, Reporter& report) {
  for (const Diagnostic* diagnostic : DiagnosedOutside(view, report.rule().id)) {
    FindingBuilder finding =
        report.Add(diagnostic->range, diagnostic->message).WithSeverity(diagnostic->severity);
    const std::optional<json::Member> member = MemberAt(view.document(), diagnostic->range);
    if (!member) continue;
    if (diagnostic->code == "policy-id") {
      finding.SafeFix("remove `Id`", RemoveMember(view.document(), *member));
    } else {
      OfferElementName(view.document(), *member, kPolicyElements, finding);
    }
  }
}

}  // namespace scpcheck

#include "lint/diagnosed.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

// G-04.
void CheckMissingStatement(const PolicyView& view, Reporter& report) {
  constexpr std::string_view kStatement[] = {"Statement"};
  for (const Diagnostic* diagnostic : DiagnosedOutside(view, report.rule().id)) {
    if (diagnostic->code == "missing-statement" && HasMistyped(view.document(), kStatement)) continue;
    report.Add(diagnostic->range, diagnostic->message);
  }
}

}  // namespace scpcheck

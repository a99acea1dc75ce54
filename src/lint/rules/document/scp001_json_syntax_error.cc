#include "lint/rules/document/rules.h"

namespace scpcheck {

// G-17.
void CheckJsonSyntax(const DocumentView& view, Reporter& report) {
  for (const json::Fault& fault : view.reading.faults) {
    FindingBuilder finding = report.Add(fault.range, fault.message).WithSeverity(fault.severity);
    if (fault.repair_title.empty()) continue;
    std::vector<TextEdit> edits;
    for (const json::Replacement& replacement : fault.repair)
      edits.push_back({replacement.range, replacement.text});
    // AWS takes no text that is not JSON, so there was nothing that could change.
    finding.SafeFix(fault.repair_title, std::move(edits));
  }
}

}  // namespace scpcheck

#include "lint/rules/document/rules.h"

namespace scpcheck {

// G-02.
void CheckDuplicateJsonKey(const DocumentView& view, Reporter& report) {
  for (const Diagnostic& diagnostic : view.syntax.all()) {
    if (diagnostic.code != "duplicate-key") continue;
    FindingBuilder finding = report.Add(diagnostic.range, diagnostic.message);
    for (const RelatedPlace& related : diagnostic.related) finding.Related(related.range, related.label);
  }
}

}  // namespace scpcheck

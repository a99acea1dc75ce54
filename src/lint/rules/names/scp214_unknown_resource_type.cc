#include <string>

#include "lint/edits.h"
#include "lint/rules/names/arn.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

void CheckUnknownResourceType(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const LocatedText& entry : view.statement().resources) {
    const ArnText arn = SplitArn(entry.text);
    if (!arn.is_whole() || MayBeShifted(arn) || HoldsTemplateToken(entry.text, view.policy().settings())) {
      continue;
    }
    const ArnFit fit = FitArn(catalogue, arn);
    if (!fit.service_has_arns || fit.fits || fit.fits_without_places || MayBeOwnedByAws(arn)) continue;
    const std::string meant = SuggestResourcePart(catalogue, arn);
    const std::string_view part = arn.fields[kArnResource];
    FindingBuilder finding =
        report.Add(PartOf(view, entry.range, entry.text, arn.OffsetOf(kArnResource), part.size()),
                   "no resource of " + Backquoted(arn.fields[kArnService]) + " has an ARN with " +
                       Backquoted(part) + ", so this entry " +
                       (view.statement().not_resource ? "exempts no resource" : "matches no resource") +
                       (meant.empty() ? ": look the ARN up in the Service Authorization Reference"
                                      : ": did you mean " + Backquoted(meant) + "?"));
    // That case counts is not documented.
    if (fit.fits_in_other_case) finding.WithSeverity(Severity::kWarning);
    if (meant.empty()) continue;
    const std::string mended = entry.text.substr(0, arn.OffsetOf(kArnResource)) + meant;
    finding.UnsafeFix("write " + Backquoted(meant), {{entry.range, JsonQuoted(mended)}});
  }
}

}  // namespace scpcheck

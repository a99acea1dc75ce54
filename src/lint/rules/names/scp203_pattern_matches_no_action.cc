#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"

namespace scpcheck {

// G-10.
void CheckPatternMatchesNoAction(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ActionPattern& pattern : view.patterns()) {
    if (pattern.is_literal || !pattern.actions.empty() || !HasLookedUpName(pattern)) continue;
    const std::optional<ServiceId> service = catalogue.FindService(pattern.service());
    if (!service || catalogue.ServiceActions(*service).empty()) continue;
    report
        .Add(pattern.written->range, Backquoted(pattern.written->text) + " matches none of the actions of " +
                                         Backquoted(catalogue.ServiceName(*service)) + ", so it " +
                                         std::string(EffectOfIdleAction(view)) +
                                         ": see what there is with `scpcheck actions '" +
                                         std::string(catalogue.ServiceName(*service)) + ":*'`")
        .WithSeverity(SeverityOfIdleAction(view));
  }
}

}  // namespace scpcheck

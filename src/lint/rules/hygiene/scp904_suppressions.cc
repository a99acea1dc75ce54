#include "lint/calendar.h"
#include "lint/rules/hygiene/rules.h"

namespace scpcheck {

namespace {

// What a record is recognised by.
std::string DescriptionOf(const Suppression& suppression) {
  std::string text;
  for (const NamedRule& rule : suppression.rules) text += rule.text + " ";
  return text + suppression.policy + " " + suppression.sid + suppression.pointer + suppression.fingerprint;
}

}  // namespace

void CheckUnusedSuppression(const ConfigurationView& view, Reporter& report) {
  for (size_t i = 0; i < view.suppressions.size(); ++i) {
    const Suppression& suppression = view.suppressions[i];
    // An expired one can't match; SCP906 says so.
    if (view.used[i] > 0 || suppression.IsExpired(view.settings.today)) continue;
    report
        .Add(suppression.range,
             "this record suppresses nothing: what it was made for is mended or has moved; remove it")
        .Offender(DescriptionOf(suppression));
  }
}

void CheckSuppressionReason(const ConfigurationView& view, Reporter& report) {
  for (const Suppression& suppression : view.suppressions) {
    if (suppression.reason.empty()) {
      report
          .Add(suppression.range,
               "no `reason`: whoever reads this later can't tell whether it still holds; say why")
          .Offender(DescriptionOf(suppression));
    }
    for (const NamedRule& named : suppression.rules) {
      if (named.rule != nullptr) continue;
      report.Add(named.range, "there is no rule `" + named.text +
                                  "`, so this suppresses nothing: `scpcheck explain --all` lists the rules");
    }
  }
}

void CheckExpiredSuppression(const ConfigurationView& view, Reporter& report) {
  for (const Suppression& suppression : view.suppressions) {
    if (!suppression.IsExpired(view.settings.today)) continue;
    report
        .Add(suppression.expires_range,
             "this record held until " + FormatDay(*suppression.expires) +
                 " and suppresses nothing any more: mend what it was made for, or renew it")
        .Offender(DescriptionOf(suppression));
  }
}

}  // namespace scpcheck

// What the configuration itself is to be blamed for: SCP904 to SCP907.

#ifndef SCPCHECK_LINT_RULES_HYGIENE_RULES_H_
#define SCPCHECK_LINT_RULES_HYGIENE_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> HygieneRules();

// scp904_suppressions.cc
void CheckUnusedSuppression(const ConfigurationView& view, Reporter& report);
void CheckSuppressionReason(const ConfigurationView& view, Reporter& report);
void CheckExpiredSuppression(const ConfigurationView& view, Reporter& report);

// scp907_stale_catalogue.cc
void CheckStaleCatalogue(const ConfigurationView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_HYGIENE_RULES_H_

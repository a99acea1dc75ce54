// Texts and documents: SCP001 to SCP009, SCP501 to SCP505, SCP521 to SCP524.

#ifndef SCPCHECK_LINT_RULES_DOCUMENT_RULES_H_
#define SCPCHECK_LINT_RULES_DOCUMENT_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> DocumentRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_DOCUMENT_RULES_H_

// The elements of statements: SCP101 to SCP116.

#ifndef SCPCHECK_LINT_RULES_SCHEMA_RULES_H_
#define SCPCHECK_LINT_RULES_SCHEMA_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> SchemaRules();

// scp101_statement_not_object.cc
void CheckStatementObjects(const PolicyView& view, Reporter& report);
// scp102_statement_elements.cc: SCP102 to SCP108
void CheckMissingElement(const StatementView& view, Reporter& report);
void CheckInvalidEffect(const StatementView& view, Reporter& report);
void CheckConflictingElements(const StatementView& view, Reporter& report);
void CheckPrincipalElement(const StatementView& view, Reporter& report);
void CheckUnknownElement(const StatementView& view, Reporter& report);
// scp109_wrong_json_type.cc
void CheckJsonTypes(const PolicyView& view, Reporter& report);
// scp110_empty.cc: SCP110, SCP111
void CheckEmptyLists(const StatementView& view, Reporter& report);
void CheckEmptyCondition(const StatementView& view, Reporter& report);
// scp112_malformed_action.cc
void CheckMalformedAction(const StatementView& view, Reporter& report);
// scp113_invalid_sid.cc
void CheckInvalidSid(const StatementView& view, Reporter& report);
// scp114_needs_full_iam_language.cc
void CheckFullLanguage(const StatementView& view, Reporter& report);
// scp115_variables.cc: SCP115, SCP116
void CheckMisplacedVariable(const StatementView& view, Reporter& report);
void CheckMalformedVariable(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCHEMA_RULES_H_

// Texts and documents: SCP001 to SCP009, SCP501 to SCP505, SCP521 to SCP526.

#ifndef SCPCHECK_LINT_RULES_DOCUMENT_RULES_H_
#define SCPCHECK_LINT_RULES_DOCUMENT_RULES_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

std::span<const Rule> DocumentRules();

// scp001_json_syntax_error.cc
void CheckJsonSyntax(const DocumentView& view, Reporter& report);
// scp002_duplicate_json_key.cc
void CheckDuplicateJsonKey(const DocumentView& view, Reporter& report);
// scp003_multiple_documents.cc
void CheckMultipleDocuments(const DocumentView& view, Reporter& report);
// scp004_suspicious_characters.cc
void CheckSuspiciousCharacters(const DocumentView& view, Reporter& report);
// scp005_version.cc: SCP005, SCP006
void CheckVersion(const PolicyView& view, Reporter& report);
// scp007_missing_statement.cc
void CheckMissingStatement(const PolicyView& view, Reporter& report);
// scp008_unknown_top_level_element.cc
void CheckTopLevelElements(const PolicyView& view, Reporter& report);
// scp009_not_an_scp.cc
void CheckDocumentKind(const DocumentView& view, Reporter& report);
// scp501_size.cc: SCP501, SCP502
void CheckSizeOverQuota(const DocumentView& view, Reporter& report);
void CheckSizeNearQuota(const DocumentView& view, Reporter& report);
// scp503_sids.cc: SCP503, SCP504, SCP505
void CheckDuplicateSid(const PolicyView& view, Reporter& report);
void CheckMissingSid(const PolicyView& view, Reporter& report);
void CheckSidPattern(const PolicyView& view, Reporter& report);
// scp521_allow_list_policy.cc
void CheckAllowListPolicy(const PolicyView& view, Reporter& report);
// scp522_unsorted_list.cc
void CheckUnsortedList(const PolicyView& view, Reporter& report);
// scp523_compactable_actions.cc
void CheckCompactableActions(const PolicyView& view, Reporter& report);
// scp524_format.cc
void CheckFormat(const DocumentView& view, Reporter& report);
// scp526_catalogue_drift.cc
void CheckCatalogueDrift(const StatementView& view, Reporter& report);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_DOCUMENT_RULES_H_

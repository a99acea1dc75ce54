#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfDocument("SCP001", CheckJsonSyntax),
    Rule::OfDocument("SCP002", CheckDuplicateJsonKey),
    Rule::OfDocument("SCP003", CheckMultipleDocuments),
    Rule::OfDocument("SCP004", CheckSuspiciousCharacters),
    Rule::OfPolicy("SCP005", CheckVersion),
    Rule::OfPolicy("SCP006", CheckVersion),
    Rule::OfPolicy("SCP007", CheckMissingStatement),
    Rule::OfPolicy("SCP008", CheckTopLevelElements),
    Rule::OfDocument("SCP009", CheckDocumentKind),
    Rule::OfDocument("SCP501", CheckSizeOverQuota),
    Rule::OfDocument("SCP502", CheckSizeNearQuota),
    Rule::OfPolicy("SCP503", CheckDuplicateSid),
    Rule::OfPolicy("SCP504", CheckMissingSid),
    Rule::OfPolicy("SCP505", CheckSidPattern),
    Rule::OfPolicy("SCP521", CheckAllowListPolicy),
    Rule::OfPolicy("SCP522", CheckUnsortedList),
    Rule::OfPolicy("SCP523", CheckCompactableActions),
    Rule::OfDocument("SCP524", CheckFormat),
    Rule::OfStatement("SCP526", CheckCatalogueDrift),
};

}  // namespace

std::span<const Rule> DocumentRules() {
  return kRules;
}

}  // namespace scpcheck

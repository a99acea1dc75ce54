// What authors say of a statement: the words of its Sid and of the policy's file.

#ifndef SCPCHECK_LINT_RULES_SCOPE_NAMES_H_
#define SCPCHECK_LINT_RULES_SCOPE_NAMES_H_

#include <string>
#include <string_view>
#include <vector>

#include "lint/policy_view.h"

namespace scpcheck {

// The words and numbers of a name, in lower case: `DenyKeysOlderThan90Days`, `deny-keys-older-than-90-days`.
std::vector<std::string> WordsOf(std::string_view name);

// Of the Sid; none without one.
std::vector<std::string> SidWords(const StatementView& view);
// Of the name of the file, without its folders and its extension.
std::vector<std::string> FileWords(const StatementView& view);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCOPE_NAMES_H_

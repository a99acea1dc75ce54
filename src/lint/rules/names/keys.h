// Names of condition keys.

#ifndef SCPCHECK_LINT_RULES_NAMES_KEYS_H_
#define SCPCHECK_LINT_RULES_NAMES_KEYS_H_

#include <optional>
#include <string>
#include <string_view>

#include "catalog/catalogue.h"
#include "lint/policy_view.h"

namespace scpcheck {

// A key that names one of a family and lacks the name, `aws:RequestTag` or `aws:RequestTag/`: the family,
// with its slash.
std::optional<std::string> FamilyWithoutName(const Catalogue& catalogue, std::string_view key);

// The key that took the place of an old one.
std::optional<std::string_view> SuccessorOfKey(std::string_view key);

// Whether AWS may have such a key: the catalogue has it, AWS uses it itself without documenting it, or it
// belongs to an identity provider, which anybody may set up.
bool MayBeKey(const Catalogue& catalogue, std::string_view key);

// A tag under the prefix of a service, `ec2:ResourceTag/stage`, whether or not the service has such keys.
bool IsTagOfService(const Catalogue& catalogue, std::string_view key);

// The key of which `key` is most likely a misspelling.
std::optional<std::string> SuggestKey(const Catalogue& catalogue, std::string_view key);

// Whether another clause under the same operator has that key, in whatever case: a fix that writes it would
// make one that stands twice.
bool StandsBeside(const StatementView& view, const ConditionClause& clause, std::string_view key);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_KEYS_H_

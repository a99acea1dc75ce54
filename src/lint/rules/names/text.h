// What the rules of this folder share: places inside strings, and the words of their messages.

#ifndef SCPCHECK_LINT_RULES_NAMES_TEXT_H_
#define SCPCHECK_LINT_RULES_NAMES_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "lint/policy_view.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/policy.h"

namespace scpcheck {

// The place of `size` bytes at `begin` of a string's text; of the whole string if escapes hide them.
// `string` is the place of the string, quotes included, or of a number.
SourceRange PartOf(const StatementView& view, SourceRange string, std::string_view text, size_t begin,
                   size_t size);

// In backquotes.
std::string Backquoted(std::string_view text);

// A text without the parts that a policy variable fills in, for comparisons as a pattern: `*` in their place.
std::string WithVariablesAsWildcards(std::string_view text);

// An entry of Action or NotAction whose name can be looked up: `service:name`, of the characters that names
// have, the service without wildcards, and nothing to be filled in. The others are SCP112's and SCP216's.
bool HasLookedUpName(const ActionPattern& pattern);

// How bad an entry of Action or NotAction is that matches nothing: a hole in what is denied, or just idle.
Severity SeverityOfIdleAction(const StatementView& view);
// What such an entry comes to: `denies nothing`.
std::string_view EffectOfIdleAction(const StatementView& view);

// What a test comes to for requests in which its key has none of the listed values, or is absent.
std::string_view EffectOfTest(bool holds);

// Whether the operator compares texts: String...
bool ComparesTexts(const ConditionOperator& op);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_NAMES_TEXT_H_

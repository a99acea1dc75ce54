// The rules whose truth is the reader of policies: what it complains about, in the words of the linter.
//
// Whether a text is a policy is decided in one place, src/policy, for decisions and for the linter alike. The
// rules add fixes to it, and leave out what is only the shadow of another fault.

#ifndef SCPCHECK_LINT_DIAGNOSED_H_
#define SCPCHECK_LINT_DIAGNOSED_H_

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "lint/policy_view.h"
#include "lint/rule.h"
#include "scpcheck/diagnostic.h"

namespace scpcheck {

// What the reader says of a policy that is the matter of the rule with that id: inside `range`, or outside of
// all statements.
std::vector<const Diagnostic*> DiagnosedInside(const PolicyView& view, std::string_view rule,
                                               SourceRange range);
std::vector<const Diagnostic*> DiagnosedOutside(const PolicyView& view, std::string_view rule);

// The member whose key stands at that place.
std::optional<json::Member> MemberAt(json::Value object, SourceRange key);

// The one of `names` that `key` was most likely meant to be, if it is mistyped: `Actions`, `effect`.
std::string_view MeantElement(std::string_view key, std::span<const std::string_view> names);

// Whether an object has such a mistyped key for one of `names`. That is told once, not again as a name that
// is missing.
bool HasMistyped(json::Value object, std::span<const std::string_view> names);

// Offers the name that the key of a member was most likely meant to be, if the object has none of that name:
// what is mistyped made the policy unreadable (G-04a).
void OfferElementName(json::Value object, json::Member member, std::span<const std::string_view> names,
                      FindingBuilder& finding);

inline constexpr std::string_view kPolicyElements[] = {"Version", "Statement"};
inline constexpr std::string_view kStatementElements[] = {"Sid",      "Effect",      "Action",   "NotAction",
                                                          "Resource", "NotResource", "Condition"};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_DIAGNOSED_H_

// What AWS leaves open, and what scpcheck takes for true instead. Each default is here once;
// docs/semantics.md tells users. A default that is no constant (a rule, a format) names the function that
// holds it.

#ifndef SCPCHECK_BASE_ASSUMPTIONS_H_
#define SCPCHECK_BASE_ASSUMPTIONS_H_

#include <cstdint>

namespace scpcheck::assumptions {

// C-13: an integer of at most this many digits in a date is a year, a longer one epoch seconds.
inline constexpr int kMaxYearDigits = 4;

// C-18, 4.4: `ForAnyValue:...IfExists` on a missing key.
inline constexpr bool kForAnyValueIfExistsOnMissingKey = true;

// G-16: a positive operator over an empty list of values, on a key that is present.
inline constexpr bool kPositiveOverNothing = false;

// G-16a: a negated operator over an empty list (NOR over nothing).
inline constexpr bool kNegatedOverNothing = true;

// C-12, C-22a, 10.8: a value that is no number, date, address or ARN where the operator needs one. The
// condition doesn't match, negated or not.
inline constexpr bool kMatchOnMalformedValue = false;

// V-08: wildcards inside the value of a policy variable are plain characters: Pattern::Match.
// a `*` that ends a segment of a Resource crosses colons, other wildcards there do not:
// Pattern::Resource. R-06: a short ARN in Resource is completed with `*` if it ends in `*`, else it matches
// nothing: Pattern::Resource. C-14: Bool ignores case: CompareBool in engine/condition.cc. C-30: a list of
// empty strings only counts as missing for the set operators: EvaluateClause in engine/condition.cc. E-23: an
// account's state changes no decision: nothing reads it.

}  // namespace scpcheck::assumptions

#endif  // SCPCHECK_BASE_ASSUMPTIONS_H_

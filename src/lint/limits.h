// What a text may cost that somebody else wrote.

#ifndef SCPCHECK_LINT_LIMITS_H_
#define SCPCHECK_LINT_LIMITS_H_

#include "json/tree.h"

namespace scpcheck {

// Bytes of a policy as it is written. Some rules compare each statement with each other; AWS takes a fifth of
// this, of which white space may make more.
inline constexpr uint32_t kMaxLintedSize = 50'000;

// Whether a policy is too large for any rule but those about the text.
inline bool IsTooLargeToLint(json::Value policy) {
  return policy.range().end - policy.range().begin > kMaxLintedSize;
}

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_LIMITS_H_

// Kleene's three-valued logic over Truth: what is open stays open unless the rest settles it.

#ifndef SCPCHECK_ENGINE_TRUTH_H_
#define SCPCHECK_ENGINE_TRUTH_H_

#include <algorithm>

#include "scpcheck/decision.h"

namespace scpcheck {

// kFalse < kUnknown < kTrue makes these simple.
constexpr Truth And(Truth a, Truth b) {
  return std::min(a, b);
}
constexpr Truth Or(Truth a, Truth b) {
  return std::max(a, b);
}
constexpr Truth Not(Truth a) {
  return a == Truth::kUnknown ? a : (a == Truth::kTrue ? Truth::kFalse : Truth::kTrue);
}
constexpr Truth ToTruth(bool value) {
  return value ? Truth::kTrue : Truth::kFalse;
}

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_TRUTH_H_

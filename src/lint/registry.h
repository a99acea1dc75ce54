// All rules, listed by hand: a linker drops objects of a static library that only register themselves.

#ifndef SCPCHECK_LINT_REGISTRY_H_
#define SCPCHECK_LINT_REGISTRY_H_

#include <span>

#include "lint/rule.h"

namespace scpcheck {

// By id. Each has a page, and each page has one.
std::span<const Rule> RegisteredRules();

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_REGISTRY_H_

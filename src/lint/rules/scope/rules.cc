#include "lint/rules/scope/rules.h"

namespace scpcheck {

std::span<const Rule> ScopeRules() {
  return {};
}

}  // namespace scpcheck

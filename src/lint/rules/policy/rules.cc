#include "lint/rules/policy/rules.h"

namespace scpcheck {

std::span<const Rule> PolicyRules() {
  return {};
}

}  // namespace scpcheck

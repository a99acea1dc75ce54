#include "lint/rules/patterns/rules.h"

namespace scpcheck {

std::span<const Rule> PatternRules() {
  return {};
}

}  // namespace scpcheck

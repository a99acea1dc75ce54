#include "lint/rules/document/rules.h"

namespace scpcheck {

std::span<const Rule> DocumentRules() {
  return {};
}

}  // namespace scpcheck

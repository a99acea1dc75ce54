#include "lint/rules/keys/rules.h"

namespace scpcheck {

std::span<const Rule> KeyRules() {
  return {};
}

}  // namespace scpcheck

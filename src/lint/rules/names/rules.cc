#include "lint/rules/names/rules.h"

namespace scpcheck {

std::span<const Rule> NameRules() {
  return {};
}

}  // namespace scpcheck

#include "lint/rules/schema/rules.h"

namespace scpcheck {

std::span<const Rule> SchemaRules() {
  return {};
}

}  // namespace scpcheck

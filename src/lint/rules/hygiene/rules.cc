#include "lint/rules/hygiene/rules.h"

namespace scpcheck {

namespace {

constexpr Rule kRules[] = {
    Rule::OfConfiguration("SCP904", CheckUnusedSuppression),
    Rule::OfConfiguration("SCP905", CheckSuppressionReason),
    Rule::OfConfiguration("SCP906", CheckExpiredSuppression),
    Rule::OfConfiguration("SCP907", CheckStaleCatalogue),
};

}  // namespace

std::span<const Rule> HygieneRules() {
  return kRules;
}

}  // namespace scpcheck

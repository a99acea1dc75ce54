#include "lint/registry.h"

#include <algorithm>
#include <vector>

#include "base/check.h"
#include "lint/rules/conditions/rules.h"
#include "lint/rules/document/rules.h"
#include "lint/rules/hygiene/rules.h"
#include "lint/rules/keys/rules.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/schema/rules.h"
#include "lint/rules/scope/rules.h"

namespace scpcheck {

std::span<const Rule> RegisteredRules() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (const std::span<const Rule> group :
         {DocumentRules(), SchemaRules(), NameRules(), ConditionRules(), KeyRules(), ScopeRules(),
          PolicyRules(), PatternRules(), HygieneRules()}) {
      all.insert(all.end(), group.begin(), group.end());
    }
    for (Rule& rule : all) {
      rule.info = FindRule(rule.id);
      SCPCHECK_CHECK(rule.info != nullptr && "a rule without a page");
    }
    std::sort(all.begin(), all.end(), [](const Rule& a, const Rule& b) { return a.id < b.id; });
    return all;
  }();
  return rules;
}

}  // namespace scpcheck

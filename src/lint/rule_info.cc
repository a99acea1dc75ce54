#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "scpcheck/lint.h"

namespace scpcheck {

namespace {

// Made of rules/*.md by compile_rules.cc.
constexpr RuleInfo kRules[] = {
#include "rule_table.inc"
};

}  // namespace

std::string_view RuleCategoryName(RuleCategory category) {
  switch (category) {
    case RuleCategory::kSyntax:
      return "syntax";
    case RuleCategory::kSchema:
      return "schema";
    case RuleCategory::kReference:
      return "reference";
    case RuleCategory::kLogic:
      return "logic";
    case RuleCategory::kRisk:
      return "risk";
    case RuleCategory::kRedundancy:
      return "redundancy";
    case RuleCategory::kStyle:
      return "style";
    case RuleCategory::kPortability:
      return "portability";
    case RuleCategory::kQuota:
      return "quota";
  }
  return "";
}

std::string_view RuleScopeName(RuleScope scope) {
  switch (scope) {
    case RuleScope::kStatement:
      return "statement";
    case RuleScope::kPolicy:
      return "policy";
    case RuleScope::kChain:
      return "chain";
    case RuleScope::kOrganization:
      return "organization";
  }
  return "";
}

std::string_view ConfidenceName(Confidence confidence) {
  switch (confidence) {
    case Confidence::kProven:
      return "proven";
    case Confidence::kCatalogue:
      return "catalogue";
    case Confidence::kHeuristic:
      return "heuristic";
  }
  return "";
}

std::string_view FixKindName(FixKind kind) {
  switch (kind) {
    case FixKind::kNone:
      return "none";
    case FixKind::kSafe:
      return "safe";
    case FixKind::kUnsafe:
      return "unsafe";
  }
  return "";
}

std::span<const RuleInfo> AllRules() {
  return kRules;
}

const RuleInfo* FindRule(std::string_view id_or_name) {
  const auto found = std::find_if(std::begin(kRules), std::end(kRules), [&](const RuleInfo& rule) {
    return AsciiEqualsIgnoreCase(rule.id, id_or_name) || AsciiEqualsIgnoreCase(rule.name, id_or_name);
  });
  return found == std::end(kRules) ? nullptr : found;
}

}  // namespace scpcheck

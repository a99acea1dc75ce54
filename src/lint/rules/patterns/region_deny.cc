#include "lint/rules/patterns/region_deny.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/policy/statements.h"
#include "lint/tables.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

bool HasOnly(const ConditionClause& clause, std::string_view text) {
  return !clause.values.empty() &&
         std::all_of(clause.values.begin(), clause.values.end(),
                     [text](const ConditionValue& value) { return AsciiEqualsIgnoreCase(value.text, text); });
}

// Keys that are true where AWS acts for somebody.
bool IsAboutServices(const ConditionClause& clause) {
  return IsKey(clause, "aws:ViaAWSService") || IsKey(clause, "aws:PrincipalIsAWSService");
}

}  // namespace

bool OnlyExempts(const ConditionClause& clause) {
  // The organization is the same for everybody whom an SCP reaches: nobody is left, or everybody (SCP319).
  if (IsKey(clause, "aws:PrincipalOrgID")) return false;
  if (clause.op.comparison == Comparison::kUnknown || clause.values.empty()) return false;
  const std::string key = AsciiLower(clause.key.text);
  if (clause.op.set_operator != SetOperator::kNone) {
    return clause.op.negated && key == "aws:principalorgpaths";
  }
  if (clause.op.negated) return true;
  if (clause.op.comparison == Comparison::kNull) {
    const bool may_exempt =
        IsExemptionKey(key) || key.starts_with("aws:calledvia") || key == "aws:assumedroot";
    return may_exempt && HasOnly(clause, "true");
  }
  return IsAboutServices(clause) && HasOnly(clause, "false");
}

bool TestsRegion(const StatementView& view) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(),
                     [](const ConditionClause& clause) { return IsKey(clause, kRegionKey); });
}

bool HasEveryResource(const StatementView& view) {
  const Statement& statement = view.statement();
  return !statement.not_resource &&
         std::any_of(statement.resources.begin(), statement.resources.end(),
                     [](const LocatedText& resource) { return resource.text == "*"; });
}

std::optional<RegionDeny> RegionDeny::Read(const StatementView& view, Prover& prover) {
  const Statement& statement = view.statement();
  const PolicyView& policy = view.policy();
  if (!view.denies() || view.patterns().empty() || !HasEveryResource(view)) return std::nullopt;
  for (const ActionPattern& pattern : view.patterns()) {
    if (pattern.holds_token) return std::nullopt;
  }
  RegionDeny deny;
  deny.view_ = &view;
  for (const ConditionClause& clause : statement.conditions) {
    if (!IsKey(clause, kRegionKey)) {
      if (!OnlyExempts(clause)) return std::nullopt;
      continue;
    }
    deny.tests_.emplace_back(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
    if (clause.op.negated && !clause.values.empty() && deny.allowing_ == nullptr) deny.allowing_ = &clause;
  }
  if (deny.tests_.empty()) return std::nullopt;
  const RequestSet& requests = view.requests();
  if (!requests.is_readable() || prover.IsEmpty(requests)) return std::nullopt;
  return deny;
}

const ConditionClause* RegionDeny::first() const {
  const auto test = std::find_if(tests_.begin(), tests_.end(),
                                 [](const ClauseSet& candidate) { return !candidate.is_null_test(); });
  return test == tests_.end() ? nullptr : &test->source();
}

bool RegionDeny::Denies(std::string_view region) const {
  return std::all_of(tests_.begin(), tests_.end(),
                     [region](const ClauseSet& test) { return test.HoldsForSingle(region) == Truth3::kYes; });
}

bool RegionDeny::DeniesEverywhere() const {
  return std::all_of(tests_.begin(), tests_.end(),
                     [](const ClauseSet& test) { return test.HoldsForEverySingle() == true; });
}

bool RegionDeny::IsAboutCommercialRegions() const {
  const std::vector<std::string>& partitions = view_->policy().settings().partitions;
  if (!partitions.empty() && std::find(partitions.begin(), partitions.end(), "aws") == partitions.end()) {
    return false;
  }
  const Table& regions = TableOf("regions");
  for (const ClauseSet& test : tests_) {
    for (const ConditionValue& value : test.source().values) {
      for (size_t i = 0; i < regions.row_count(); ++i) {
        if (regions.Row(i)[1] == "aws" && GlobMatch(value.text, regions.Row(i)[0])) return true;
      }
    }
  }
  return false;
}

std::vector<RegionDeny> RegionDeniesOf(const PolicyView& policy) {
  std::vector<RegionDeny> denies;
  Prover prover(policy);
  for (const StatementView& view : policy.statements()) {
    if (auto deny = RegionDeny::Read(view, prover)) denies.push_back(std::move(*deny));
  }
  return denies;
}

std::vector<ActionId> DeniedOutright(const PolicyView& policy) {
  std::vector<ActionId> denied;
  for (const StatementView& view : policy.statements()) {
    if (!view.denies() || !view.statement().is_unconditional() || !HasEveryResource(view)) continue;
    AddActions(denied, view.actions());
  }
  return denied;
}

bool Includes(const std::vector<ActionId>& actions, ActionId action) {
  return std::binary_search(actions.begin(), actions.end(), action);
}

void AddActions(std::vector<ActionId>& actions, const std::vector<ActionId>& more) {
  std::vector<ActionId> both;
  both.reserve(actions.size() + more.size());
  std::set_union(actions.begin(), actions.end(), more.begin(), more.end(), std::back_inserter(both));
  actions = std::move(both);
}

std::vector<ActionId> ActionsOfEntry(const Catalogue& catalogue, std::string_view entry) {
  std::vector<ActionId> actions;
  if (entry.ends_with('*')) {
    entry.remove_suffix(1);
    for (const ActionId action : catalogue.ActionsWithPrefix(AsciiLower(entry))) actions.push_back(action);
  } else if (const std::optional<ActionId> action = catalogue.FindAction(entry)) {
    actions.push_back(*action);
  }
  return actions;
}

}  // namespace scpcheck

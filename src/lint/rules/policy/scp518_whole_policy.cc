// SCP518 to SCP520: what a policy comes to as a whole. One without an Allow stands beside FullAWSAccess.

#include <algorithm>
#include <array>

#include "lint/rules/conditions/clause.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"

namespace scpcheck {

namespace {

std::vector<const RequestSet*> SetsOf(const StatementSets& sets, const std::vector<size_t>& indices) {
  std::vector<const RequestSet*> chosen;
  for (const size_t index : indices) chosen.push_back(&sets.set(index));
  return chosen;
}

// The statements without which `covered` would not be covered; all of them if it is too many to look into.
std::vector<size_t> Needed(StatementSets& sets, std::vector<size_t> denies, const RequestSet& covered) {
  constexpr size_t kFew = 20;
  if (denies.size() > kFew) return denies;
  for (size_t i = denies.size(); i-- > 0;) {
    std::vector<size_t> fewer = denies;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    if (sets.prover().CoverTogether(SetsOf(sets, fewer), covered)) denies = std::move(fewer);
  }
  return denies;
}

constexpr size_t kShown = 5;

void RelateAll(FindingBuilder& finding, const StatementSets& sets, const std::vector<size_t>& indices,
               const std::string& label) {
  for (size_t i = 0; i < indices.size() && i < kShown; ++i) {
    finding.Related(sets.view(indices[i]).object().range(), label);
  }
}

SourceRange PlaceOfStatements(const PolicyView& policy) {
  for (const json::Member member : policy.document().members()) {
    if (member.key.text() == "Statement") return member.key.range();
  }
  return policy.document().range();
}

// All of the document can be read, and no statement is anything but a Deny or an Allow.
bool IsReadable(const PolicyView& policy, const StatementSets& sets) {
  if (!policy.policy().decidable || sets.size() == 0) return false;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (!sets.set(i).is_readable()) return false;
  }
  return true;
}

}  // namespace

void CheckDeadAllow(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  const std::vector<size_t> denies = sets.Denies();
  if (denies.empty()) return;
  const std::vector<const RequestSet*> deny_sets = SetsOf(sets, denies);
  for (size_t i = 0; i < sets.size(); ++i) {
    const StatementView& view = sets.view(i);
    if (view.denies() || !sets.IsAlive(i) || !sets.prover().CoverTogether(deny_sets, sets.set(i))) continue;
    const std::vector<size_t> needed = Needed(sets, denies, sets.set(i));
    FindingBuilder finding = report.Add(
        view.object().range(), "all that this statement allows is denied by " +
                                   (needed.size() == 1 ? NameOf(sets.view(needed[0]))
                                                       : std::string("other statements of the policy")) +
                                   ", and no Allow overrides a Deny: make an exception in the Deny instead");
    RelateAll(finding, sets, needed, "denies it");
    const std::array<const RequestSet*, 1> allowed = {&sets.set(i)};
    if (auto example = sets.prover().FindRequest(allowed, {})) finding.Example(std::move(*example));
  }
}

namespace {

// Why a Deny never denies; empty if it may.
std::string WhyIdle(StatementSets& sets, size_t index) {
  const StatementView& view = sets.view(index);
  if (!sets.IsAlive(index)) return "no request matches it";
  if (HoldsToken(view)) return "";
  const std::vector<ActionId>& actions = view.actions();
  if (actions.empty()) return "it names no action that there is";
  // E-17.
  if (actions.size() == 1 &&
      view.policy().catalogue().LowerActionName(actions[0]) == "sts:getcalleridentity") {
    return "`sts:GetCallerIdentity` can't be denied";
  }
  return "";
}

}  // namespace

void CheckPolicyHasNoEffect(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  if (!IsReadable(policy, sets)) return;
  const RequestSet everything = RequestSet::Everything();
  bool has_allow = false;
  bool allows_everything = false;
  std::vector<std::pair<size_t, std::string>> idle;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (sets.view(i).denies()) {
      std::string why = WhyIdle(sets, i);
      if (why.empty()) return;
      idle.emplace_back(i, std::move(why));
      continue;
    }
    has_allow = true;
    allows_everything = allows_everything || sets.prover().Covers(sets.set(i), everything);
  }
  if (idle.empty() || (has_allow && !allows_everything)) return;
  FindingBuilder finding =
      report.Add(PlaceOfStatements(policy),
                 "none of the policy's Denies can ever apply, so it decides as `FullAWSAccess` does: correct "
                 "them, or delete the policy");
  for (size_t i = 0; i < idle.size() && i < kShown; ++i) {
    finding.Related(sets.view(idle[i].first).object().range(), idle[i].second);
  }
}

void CheckPolicyDeniesEverything(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  if (!IsReadable(policy, sets)) return;
  const RequestSet everything = RequestSet::Everything();
  const std::vector<size_t> denies = sets.Denies();
  for (const size_t index : denies) {
    const Statement& statement = sets.view(index).statement();
    // SCP406, SCP410.
    if (statement.conditions.empty() && sets.prover().Covers(sets.set(index), everything)) return;
  }
  if (!sets.prover().CoverTogether(SetsOf(sets, denies), everything)) return;
  const std::vector<size_t> needed = Needed(sets, denies, everything);
  FindingBuilder finding =
      report.Add(PlaceOfStatements(policy),
                 std::string(needed.size() == 1 ? "one statement denies" : "the statements together deny") +
                     " every request of every principal: narrow " +
                     (needed.size() == 1 ? "its condition" : "their conditions"));
  RelateAll(finding, sets, needed, needed.size() == 1 ? "holds for every request" : "denies a part of them");
}

}  // namespace scpcheck

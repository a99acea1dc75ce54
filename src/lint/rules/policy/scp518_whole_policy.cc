// SCP518 to SCP520: what a policy comes to as a whole. One without an Allow stands beside FullAWSAccess.

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/policy/rules.h"
#include "lint/rules/policy/statements.h"
#include "lint/rules/scope/entries.h"
#include "lint/rules/scope/resource_scope.h"

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

// Far more than any policy needs that people write. Once it is used up, a Deny counts as one that may deny.
constexpr size_t kSteps = 1'000'000;
constexpr int64_t kSecondsOfDay = 86400;

// The test is about the time of the request, and no time from today on satisfies it.
bool HasPassed(const StatementView& view, const ConditionClause& clause, WorkLimit& work) {
  const bool is_epoch = AsciiEqualsIgnoreCase(clause.key.text, "aws:EpochTime");
  if (!is_epoch && !AsciiEqualsIgnoreCase(clause.key.text, "aws:CurrentTime")) return false;
  if (clause.op.set_operator != SetOperator::kNone) return false;
  const PolicyView& policy = view.policy();
  const ClauseSet set(clause, policy.policy().has_variables, policy.catalogue(), policy.settings());
  const int64_t today = policy.settings().today * kSecondsOfDay;
  if (set.reads() == ClauseSet::Reads::kDates) {
    return SatisfiesNone(DateInterval{.low = Instant{today, 0}, .high = {}}, set, work);
  }
  const std::string seconds = std::to_string(today);
  return is_epoch && set.reads() == ClauseSet::Reads::kNumbers &&
         SatisfiesNone(NumberInterval{.low = Decimal::Parse(seconds), .high = {}}, set, work);
}

// Why none of the actions that a statement lists is ever denied by it; empty if some may be.
std::string WhyNoActionFits(const StatementView& view) {
  if (view.statement().not_action) return view.actions().empty() ? "it names no action that there is" : "";
  bool is_unknown = true;
  bool is_beyond = true;
  ResourceScope scope(view);
  const EntryList list = EntriesOf(view, scope);
  for (size_t i = 0; i < view.patterns().size(); ++i) {
    const ActionPattern& pattern = view.patterns()[i];
    const bool names_nothing = !pattern.is_everything && pattern.actions.empty();
    const bool has_no_effect = IsBeyondScps(pattern);
    const bool is_dead = i < list.entries.size() && list.entries[i].is_dead();
    if (!names_nothing && !has_no_effect && !is_dead) return "";
    is_unknown = is_unknown && names_nothing;
    is_beyond = is_beyond && has_no_effect;
  }
  if (is_beyond) return "what it names is beyond service control policies";
  if (is_unknown) return "it names no action that there is";
  return "none of its actions acts on what `Resource` matches";
}

// Why a Deny never denies; empty if it may.
std::string WhyIdle(StatementSets& sets, size_t index, WorkLimit& work) {
  const StatementView& view = sets.view(index);
  if (!sets.IsAlive(index)) return "no request matches it";
  if (HoldsToken(view)) return "";
  std::string why = WhyNoActionFits(view);
  if (!why.empty()) return why;
  const std::vector<ActionId>& actions = view.actions();
  // E-17.
  if (actions.size() == 1 &&
      view.policy().catalogue().LowerActionName(actions[0]) == "sts:getcalleridentity") {
    return "`sts:GetCallerIdentity` can't be denied";
  }
  const KeysOfStatement keys(view);
  for (const ConditionClause& clause : view.statement().conditions) {
    if (HasPassed(view, clause, work)) return "its date has passed";
    // U-06.
    if (view.statement().not_action || HoldsWithoutKey(clause) || !keys.Of(clause).can_be_ruled_out()) {
      continue;
    }
    const bool may_deny = std::any_of(actions.begin(), actions.end(), [&](ActionId action) {
      return !work.Spend(1) || keys.Of(clause).Has(action);
    });
    if (!may_deny) return "no request for its actions carries " + Quoted(clause.key.text);
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
  WorkLimit work(kSteps);
  std::vector<std::pair<size_t, std::string>> idle;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (sets.view(i).denies()) {
      std::string why = WhyIdle(sets, i, work);
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

namespace {

// Where the policy has Allows of its own: whether its Denies leave anything of them.
void CheckNothingRemainsAllowed(const PolicyView& policy, StatementSets& sets,
                                const std::vector<size_t>& denies, Reporter& report) {
  if (denies.empty()) return;
  const std::vector<const RequestSet*> deny_sets = SetsOf(sets, denies);
  std::vector<size_t> allows;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (sets.view(i).denies()) continue;
    // One that matches nothing is SCP327's.
    if (!sets.IsAlive(i) || !sets.prover().CoverTogether(deny_sets, sets.set(i))) return;
    allows.push_back(i);
  }
  if (allows.empty()) return;
  FindingBuilder finding = report.Add(
      PlaceOfStatements(policy),
      "the policy denies all that it allows, so at its level only what other policies allow can pass, and "
      "without one nothing does: narrow the Denies, or allow more");
  // What else is attached there decides what comes of it.
  finding.WithSeverity(Severity::kWarning);
  RelateAll(finding, sets, allows, "all of it is denied");
}

}  // namespace

void CheckPolicyDeniesEverything(const PolicyView& policy, Reporter& report) {
  StatementSets sets(policy);
  if (!IsReadable(policy, sets)) return;
  const RequestSet everything = RequestSet::Everything();
  const std::vector<size_t> denies = sets.Denies();
  for (const size_t index : denies) {
    const Statement& statement = sets.view(index).statement();
    // SCP406, SCP410.
    if (statement.is_unconditional() && sets.prover().Covers(sets.set(index), everything)) return;
  }
  if (!sets.prover().CoverTogether(SetsOf(sets, denies), everything)) {
    CheckNothingRemainsAllowed(policy, sets, denies, report);
    return;
  }
  const std::vector<size_t> needed = Needed(sets, denies, everything);
  FindingBuilder finding =
      report.Add(PlaceOfStatements(policy),
                 std::string(needed.size() == 1 ? "one statement denies" : "the statements together deny") +
                     " every request of every principal: narrow " +
                     (needed.size() == 1 ? "its condition" : "their conditions"));
  RelateAll(finding, sets, needed, needed.size() == 1 ? "holds for every request" : "denies a part of them");
}

}  // namespace scpcheck

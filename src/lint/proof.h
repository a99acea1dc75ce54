// What can be shown of the requests that statements match, without naming one: can any match at all, does one
// statement cover another, do two overlap.
//
// A statement matches a product of sets: actions x resources x the states of each condition key. So it is
// enough to look at one variable at a time, which shows much and costs little. Nothing is ever shown that is
// not so for every request (analysis.md's universe, U-01 to U-07); where this way of looking is too weak, or
// the work it takes too much, the answer is "not shown", and a rule stays silent. Names of actions are
// compared as patterns, so that what is shown also holds for actions that no catalogue knows yet.
//
// Texts with template tokens (template_token.h) may become anything: not even two equal ones are the same.

#ifndef SCPCHECK_LINT_PROOF_H_
#define SCPCHECK_LINT_PROOF_H_

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lint/policy_view.h"
#include "lint/value_sets.h"

namespace scpcheck {

// What Action or NotAction means.
struct NamedActions {
  // One of its patterns, in lower case. Every action has a service and a name.
  struct Entry {
    TextPattern service;
    TextPattern name;
    size_t place = 0;  // in the statement's list
  };
  bool negated = false;
  std::vector<Entry> entries;
};

// What Resource or NotResource means.
struct NamedResources {
  bool negated = false;
  // `*`, which alone matches requests that name no resource.
  bool has_star = false;
  bool may_have_star = false;  // also if a token could become it
  std::vector<TextPattern> patterns;
};

// The requests that a statement matches. Cheap to copy; the view it was made of must outlive it.
class RequestSet {
 public:
  explicit RequestSet(const StatementView& statement);
  // Every request.
  static RequestSet Everything();

  // False if AWS could not read the statement (G-04a): nothing is shown of it.
  bool is_readable() const { return is_readable_; }

  // The same, but for a clause, which must be one of the statement's.
  RequestSet Without(const ConditionClause& clause) const;
  // Those for which that clause fails and the rest holds. Nothing if no clause says that.
  std::optional<RequestSet> WithOpposite(const ConditionClause& clause) const;
  // The same with the wildcards of Resource and of aws:PrincipalArn as they are meant (value_sets.h). For
  // what a finding says of two statements, never for a fix that must change nothing.
  RequestSet AsMeant() const;
  // Instead of NotAction (of NotResource) exactly what it lists.
  RequestSet WithListedActions() const;
  RequestSet WithListedResources() const;

 private:
  friend class Prover;
  friend class ExampleSearch;
  RequestSet() = default;

  bool is_readable_ = false;
  const StatementView* view_ = nullptr;  // null: of Everything
  std::shared_ptr<const NamedActions> actions_;
  std::shared_ptr<const NamedResources> resources_;
  std::vector<std::shared_ptr<const ClauseSet>> clauses_;
};

// Why two clauses of a statement never hold together.
struct Contradiction {
  enum class Reason {
    kAlone,        // `first` holds for no request
    kNeverAbsent,  // the same, because it asks for requests without a key that each request has
    kPresence,     // `first` needs the key, `second` its absence
    kValues,       // no value satisfies both
    kNetwork,      // `first` needs a VPC endpoint, `second` none (U-07)
  };
  Reason reason;
  const ConditionClause* first;
  const ConditionClause* second;               // the same as `first` where one is enough
  std::vector<const ConditionClause*> others;  // what takes part where no two are enough
};

enum class ClauseTruth {
  kUnknown,  // it depends on the value, as far as is shown
  kAlways,
  kNever,
  kWhenPresent,  // whatever the value
  kWhenAbsent,
};

// Values that several lists have in common.
struct CommonValues {
  std::vector<std::string> values;  // as written, each once
  bool complete = true;             // false: there may be more, or less
};

// An entry of a list, by its place, and the one that matches everything it does.
struct CoveredEntry {
  size_t entry;
  size_t by;
};

// Answers questions about one policy, until it has worked enough.
class Prover {
 public:
  explicit Prover(const PolicyView& policy) : policy_(&policy) {}

  // Why no request satisfies the conditions.
  std::optional<Contradiction> FindContradiction(const RequestSet& set);
  // No request is in the set.
  bool IsEmpty(const RequestSet& set);
  ClauseTruth TruthOf(const ConditionClause& clause);
  // The list of a negated test leaves no value over. Precondition: TruthOf says kNever or kWhenAbsent.
  bool ListsEveryValue(const ConditionClause& clause) const;

  // Every request of `inner` is in `outer`; in one of `outers`, perhaps in one here and another there.
  bool Covers(const RequestSet& outer, const RequestSet& inner);
  bool CoverTogether(std::span<const RequestSet* const> outers, const RequestSet& inner);
  // No request is in both.
  bool AreDisjoint(const RequestSet& a, const RequestSet& b);

  // The entries of a statement's Action (NotAction), or Resource (NotResource), without which it means the
  // same; of equal ones the later. Precondition: the statement is readable.
  std::vector<CoveredEntry> RedundantActions(const StatementView& statement);
  std::vector<CoveredEntry> RedundantResources(const StatementView& statement);

  // What remains allowed if each of the clauses denies what is not in its list: all negated and of one key.
  CommonValues Intersect(std::span<const ConditionClause* const> clauses);
  // Each value of `inner`'s list is one of `outer`'s.
  bool ListCovers(const ConditionClause& outer, const ConditionClause& inner);

  // A request (contract.md, without `account`) that is in all of `inside` and in none of `outside`, if one is
  // found.
  std::optional<std::string> FindRequest(std::span<const RequestSet* const> inside,
                                         std::span<const RequestSet* const> outside);

 private:
  // Some 0.2 seconds.
  static constexpr size_t kSteps = 30'000'000;

  ClauseSet SetOf(const ConditionClause& clause) const;
  bool ActionsCover(const NamedActions& outer, const NamedActions& inner);
  bool ActionsDisjoint(const NamedActions& a, const NamedActions& b);
  bool ResourcesCover(const NamedResources& outer, const NamedResources& inner);
  bool ResourcesDisjoint(const NamedResources& a, const NamedResources& b);
  bool IsImplied(const ClauseSet& clause, const RequestSet& inner);
  // What is left of `inner` besides `outer`, if that is smaller and can be said by a set.
  std::optional<RequestSet> Rest(const RequestSet& outer, const RequestSet& inner);

  const PolicyView* policy_;
  WorkLimit work_{kSteps};
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_PROOF_H_

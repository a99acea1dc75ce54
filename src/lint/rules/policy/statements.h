// What the rules of this folder share: a policy's statements as sets of requests, and how messages name them.

#ifndef SCPCHECK_LINT_RULES_POLICY_STATEMENTS_H_
#define SCPCHECK_LINT_RULES_POLICY_STATEMENTS_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "lint/policy_view.h"
#include "lint/proof.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// The statements of a policy, each with the requests that it matches, in the same order.
class StatementSets {
 public:
  explicit StatementSets(const PolicyView& policy);

  size_t size() const { return alive_.size(); }
  const StatementView& view(size_t i) const { return policy_->statements()[i]; }
  const RequestSet& set(size_t i) const { return view(i).requests(); }
  Prover& prover() { return prover_; }
  // Readable, and some request may match it.
  bool IsAlive(size_t i) const { return alive_[i]; }
  // Those that are alive and deny, but for `left_out`.
  std::vector<size_t> Denies() const;

 private:
  const PolicyView* policy_;
  Prover prover_;
  std::vector<bool> alive_;
};

// `DenyLeaving`, or `the statement on line 12`.
std::string NameOf(const StatementView& view);

// Takes a statement out of the policy. Nothing if it is the only one.
std::optional<std::vector<TextEdit>> RemoveStatement(const StatementView& view);

// Whether some text of the statement holds a template token: then it may become any other.
bool HoldsToken(const StatementView& view);

// The value of the statement's member of that name, a string or a list. Precondition: the statement is
// readable, and has it.
json::Value ValueOf(const StatementView& view, std::string_view element);

// The value in the tree that stands at `range`, in the list `list` or as itself.
std::optional<json::Value> EntryAt(json::Value list, SourceRange range);

// Puts texts behind those of a list. Nothing to do for none.
std::vector<TextEdit> AppendTexts(json::Value list, std::span<const std::string> texts);

// An exception of principals, of tags, of what somebody is: not a list of what is allowed to all.
bool IsExemptionKey(std::string_view key);

// A test that exempts what it lists: negated, of one value.
bool IsExemption(const ConditionClause& clause);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_POLICY_STATEMENTS_H_

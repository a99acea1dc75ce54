// Decides requests on a compiled organization. One per thread: it holds the scratch space, so that deciding
// allocates nothing once that has grown to its size.

#ifndef SCPCHECK_ENGINE_EVALUATOR_H_
#define SCPCHECK_ENGINE_EVALUATOR_H_

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "engine/any_principal.h"
#include "engine/compiled.h"
#include "engine/condition.h"
#include "engine/key_state.h"
#include "request/principal.h"
#include "request/request_view.h"
#include "scpcheck/engine.h"

namespace scpcheck {

class EvaluatorState final : private KeyFacts {
 public:
  explicit EvaluatorState(std::shared_ptr<const CompiledOrganization> compiled);

  // False if something is wrong with the request; error() says what. `request` gets the values that follow
  // from its other parts appended; its texts must outlive the decision.
  bool Decide(RequestView& request, Decision& decision) {
    Found found = StartToFind(request);
    Find(request, found);
    return Decide(request, found, decision);
  }

  // The same in steps, for who has many requests at hand. On a large organization most of a decision's time
  // is spent waiting for memory; taking each step for a group of requests before the next step overlaps the
  // waits.
  struct Found {
    std::optional<uint64_t> account_number;  // if the request names its account by 12 digits
    std::optional<CompiledAccount> account;
    std::optional<ActionId> action;
  };
  Found StartToFind(const RequestView& request) const {
    const Found found{AccountTable::NumberOf(request.account), std::nullopt, std::nullopt};
    if (found.account_number) compiled_->account_table.Fetch(*found.account_number);
    return found;
  }
  void Find(const RequestView& request, Found& found) const;
  void FetchLevels(const Found& found) const;
  bool Decide(RequestView& request, const Found& found, Decision& decision);

  const std::string& error() const { return error_; }

  // The 12 digits of the last decision's account, as a view into the organization; those of the decision
  // itself may be the request's.
  std::string_view AccountId() const {
    return account_ ? compiled_->organization.account(account_->index).id : account_id_;
  }
  // After a decision on the same request.
  Explanation Explain();

  const CompiledOrganization& compiled() const { return *compiled_; }

 private:
  // The parts of a decision's question, in the order in which they are settled.
  bool BindAccountAndPrincipal(const RequestView& request, const Found& found);
  bool BindAction(std::string_view action, const Found& found);
  bool BindContext(RequestView& request);
  static bool StandsBefore(const ContextEntry& entry, const RequestView& request);
  void BindResource(const RequestView& request);
  void BindImplied(RequestView& request);
  void BindPrincipalKeys();
  std::optional<Reason> Exemption() const;
  void Evaluate(Decision& decision);

  const KeyState& StateOf(KeyId key) const override {
    const KeySlot& slot = slots_[static_cast<uint32_t>(key)];
    return slot.stamp == stamp_ ? slot.state : default_state_;
  }
  void SetState(KeyId key, const KeyState& state) { slots_[static_cast<uint32_t>(key)] = {stamp_, state}; }
  bool IsSet(KeyId key) const { return slots_[static_cast<uint32_t>(key)].stamp == stamp_; }
  // Whether a key that follows from the request may be set: not if the request itself gives it.
  bool MayImply(const std::optional<KeyId>& key) const { return key && !IsSet(*key); }
  void Imply(const std::optional<KeyId>& key, std::string_view value, bool is_list = false);
  void ImplyState(const std::optional<KeyId>& key, KeyState state);

  // Which of `statements`, bits of one word of slots, are about the request's action.
  uint64_t AboutAction(uint32_t word, uint64_t statements) const {
    return action_row_ ? action_row_.Word(word) & statements : AboutActionName(word, statements);
  }
  uint64_t AboutActionName(uint32_t word, uint64_t statements) const;
  // Of a statement whose actions contain the request's.
  Truth EvaluateStatement(StatementId id);
  Truth EvaluateCached(ClauseId id);
  Truth EvaluateCached(ResourceSetId id);
  void CollectDependencies(std::span<const ChainLevel> levels);
  void AddDependencies(StatementId id);
  void AddKeyDependency(KeyId key);

  std::optional<CompiledAccount> FindAccount(std::string_view id) const;
  std::string_view NodeId(uint32_t depth) const;
  bool Fail(std::string message);

  StatementExplanation ExplainStatement(const PolicyPart& part, uint32_t bit);
  std::string DescribeKey(KeyId key) const;

  std::shared_ptr<const CompiledOrganization> compiled_;
  ConditionEvaluator conditions_;
  std::string error_;

  // The request at hand.
  std::optional<CompiledAccount> account_;  // none: the management account, which the tree need not list
  std::string_view account_id_;
  std::optional<Principal> principal_;
  std::optional<ActionId> action_;  // none: the catalogue doesn't know it
  ActionIndex::Row action_row_;     // of an action of the index; of others there is their name
  ActionName action_name_;
  ResourceState resource_;
  std::vector<std::string_view>* request_values_ = nullptr;  // where implied values are appended

  // What holds for one request only is valid where the stamp is that request's.
  uint32_t stamp_ = 0;
  struct KeySlot {
    uint32_t stamp = 0;
    KeyState state;
  };
  std::vector<KeySlot> slots_;  // by KeyId
  KeyState default_state_;      // of the keys that are neither given nor implied
  // Answers that statements share.
  struct Cached {
    uint32_t stamp = 0;
    Truth truth = Truth::kFalse;
  };
  std::vector<Cached> clause_cache_;
  std::vector<Cached> resource_cache_;

  std::optional<ActionId> get_caller_identity_;
  std::vector<std::string_view> depends_on_;
  std::string lower_action_;
  std::string resource_code_;
  std::string principal_arn_;
  AnyPrincipal any_principal_;
  std::array<std::string, 2> principal_codes_;
  std::array<std::string_view, 2> principal_code_views_;
  std::unordered_map<std::string, Result<AccountIndex>> accounts_by_name_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_EVALUATOR_H_

// Which statements are about an action of the catalogue: one bit per slot of a statement.
//
// Actions that the same statements are about share their bits, so that the statements of a policy cost a word
// per request, and those of all policies a few cache lines, however many patterns they were written with.

#ifndef SCPCHECK_ENGINE_ACTION_INDEX_H_
#define SCPCHECK_ENGINE_ACTION_INDEX_H_

#include <cstdint>
#include <span>
#include <vector>

#include "base/prefetch.h"
#include "catalog/catalogue.h"
#include "engine/action_set.h"
#include "engine/ids.h"

namespace scpcheck {

class ActionIndex {
 public:
  // The bits of one action.
  class Row {
   public:
    Row() = default;  // of no action
    explicit Row(const uint64_t* words) : words_(words) {}
    explicit operator bool() const { return words_ != nullptr; }
    // The bits of 64 slots.
    uint64_t Word(uint32_t word) const { return words_[word]; }

   private:
    const uint64_t* words_ = nullptr;
  };

  // `slots` names the set of each slot, kNoSet for slots without a statement; there are whole words of them.
  // Has the sets find their actions, too.
  void Build(std::vector<ActionSet>& sets, std::span<const ActionSetId> slots, const Catalogue& catalogue);
  static constexpr ActionSetId kNoSet{UINT32_MAX};
  bool is_built() const { return !classes_.empty(); }

  Row RowOf(ActionId action) const { return Row(WordsOf(action)); }
  // Has the processor fetch what the row will be asked for first.
  void FetchRow(ActionId action) const { Prefetch(WordsOf(action)); }

 private:
  const uint64_t* WordsOf(ActionId action) const {
    return words_.data() + size_t{classes_[static_cast<uint32_t>(action)]} * words_per_row_;
  }

  std::vector<uint16_t> classes_;  // by ActionId
  std::vector<uint64_t> words_;    // by class
  size_t words_per_row_ = 0;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_ACTION_INDEX_H_

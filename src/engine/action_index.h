// Which action sets contain an action of the catalogue: one bit per set.
//
// Actions that are in the same sets share their bits, so that the sets of a policy, and of all policies, cost
// a few cache lines per request, however many patterns they were written with.

#ifndef SCPCHECK_ENGINE_ACTION_INDEX_H_
#define SCPCHECK_ENGINE_ACTION_INDEX_H_

#include <cstdint>
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
    bool Contains(ActionSetId set) const {
      const auto bit = static_cast<uint32_t>(set);
      return (words_[bit / 64] >> (bit % 64) & 1) != 0;
    }

   private:
    const uint64_t* words_ = nullptr;
  };

  // Has the sets find their actions, too.
  void Build(std::vector<ActionSet>& sets, const Catalogue& catalogue);
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

#include "engine/action_index.h"

#include <limits>
#include <utility>

#include "base/check.h"

namespace scpcheck {

void ActionIndex::Build(std::vector<ActionSet>& sets, std::span<const ActionSetId> slots,
                        const Catalogue& catalogue) {
  for (ActionSet& set : sets) set.FindActions(catalogue);
  const size_t action_count = catalogue.Actions().size();
  SCPCHECK_CHECK(action_count <= std::numeric_limits<uint16_t>::max());
  // All actions are of one class at first. Each set splits the classes that it lists in part.
  classes_.assign(action_count, 0);
  struct Class {
    uint32_t size;
    uint32_t last_set;  // that listed some of its actions
    uint16_t split;     // the class that these went to
  };
  constexpr uint32_t kNone = UINT32_MAX;
  std::vector<Class> classes = {{static_cast<uint32_t>(action_count), kNone, 0}};
  std::vector<uint16_t> free_classes;  // empty: all that was in them went elsewhere
  for (uint32_t set = 0; set < sets.size(); ++set) {
    sets[set].ForEachListed(catalogue, [&](ActionId action) {
      const uint16_t from = classes_[static_cast<uint32_t>(action)];
      if (classes[from].last_set != set) {
        classes[from].last_set = set;
        if (free_classes.empty()) {
          classes[from].split = static_cast<uint16_t>(classes.size());
          classes.push_back({0, kNone, 0});
        } else {
          classes[from].split = free_classes.back();
          free_classes.pop_back();
          classes[classes[from].split] = {0, kNone, 0};
        }
      }
      const uint16_t to = classes[from].split;
      classes_[static_cast<uint32_t>(action)] = to;
      ++classes[to].size;
      if (--classes[from].size == 0) free_classes.push_back(from);
    });
  }

  std::vector<std::vector<uint32_t>> slots_of_set(sets.size());
  for (uint32_t slot = 0; slot < slots.size(); ++slot) {
    if (slots[slot] != kNoSet) slots_of_set[static_cast<uint32_t>(slots[slot])].push_back(slot);
  }
  words_per_row_ = slots.size() / kSlotsPerWord;
  words_.assign(classes.size() * words_per_row_, 0);
  std::vector<uint64_t> everything(words_per_row_, 0);
  std::vector<uint64_t> negated(words_per_row_, 0);
  for (Class& one : classes) one.last_set = kNone;
  for (uint32_t set = 0; set < sets.size(); ++set) {
    const auto set_bits = [&](uint64_t* words) {
      for (const uint32_t slot : slots_of_set[set])
        words[slot / kSlotsPerWord] |= uint64_t{1} << (slot % kSlotsPerWord);
    };
    if (sets[set].lists_everything()) set_bits(everything.data());
    if (sets[set].negated()) set_bits(negated.data());
    sets[set].ForEachListed(catalogue, [&](ActionId action) {
      const uint16_t of_action = classes_[static_cast<uint32_t>(action)];
      if (std::exchange(classes[of_action].last_set, set) == set) return;  // done, with another action of it
      set_bits(words_.data() + of_action * words_per_row_);
    });
  }
  for (size_t i = 0; i < words_.size(); ++i) {
    words_[i] = (words_[i] | everything[i % words_per_row_]) ^ negated[i % words_per_row_];
  }
}

}  // namespace scpcheck

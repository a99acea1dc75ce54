// Tables that find what a request names, without allocating.

#ifndef SCPCHECK_ENGINE_LOOKUP_H_
#define SCPCHECK_ENGINE_LOOKUP_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/folded_name.h"
#include "base/prefetch.h"
#include "engine/ids.h"
#include "scpcheck/organization.h"

namespace scpcheck {

// Whether a key has one value or several (C-31). Of a key that nobody knows the request's value tells
// (C-31a).
enum class Arity : uint8_t { kSingle, kMulti, kByValue };

// A condition key that some policy mentions.
struct CompiledKey {
  std::string name;  // as the catalogue or the first policy spells it
  std::string lower_name;
  Arity arity = Arity::kByValue;
};

// Finds keys in any case.
class KeyTable {
 public:
  // `hash` is FoldedHash(key).
  std::optional<KeyId> Find(std::string_view key, uint64_t hash, const std::vector<CompiledKey>& keys) const {
    if (entries_.empty()) return std::nullopt;
    const size_t mask = entries_.size() - 1;
    for (size_t probe = 0; probe < kMaxProbes; ++probe) {
      const Entry& entry = entries_[(hash + probe) & mask];
      if (entry.id_plus_one == 0) return std::nullopt;
      if (entry.hash == hash && EqualsFolded(key, keys[entry.id_plus_one - 1].name)) {
        return static_cast<KeyId>(entry.id_plus_one - 1);
      }
    }
    return FindCrowded(key);
  }
  void Add(KeyId id, const std::vector<CompiledKey>& keys);

 private:
  // Of names that are not made to collide hardly two meet.
  static constexpr size_t kMaxProbes = 64;

  void Insert(std::string_view lower_name, KeyId id);
  std::optional<KeyId> FindCrowded(std::string_view key) const;
  struct Entry {
    uint64_t hash = 0;
    uint32_t id_plus_one = 0;  // 0: free
  };
  std::vector<Entry> entries_;  // open addressing, a power of two
  size_t used_ = 0;
  std::map<std::string, KeyId, std::less<>> crowded_;  // by the name in lower case: those that found no place
};

// An account that was compiled.
struct CompiledAccount {
  AccountIndex index;
  // Its levels, from the root down, that can stop anything: those that deny something or don't allow
  // everything.
  ChainId chain;
  NodeIndex parent;
};

// Finds accounts by their 12 digits. All that a decision needs of an account stands in its entry: of 50,000
// accounts each look-up misses the cache.
class AccountTable {
 public:
  void Build(const Organization& organization, const std::vector<CompiledAccount>& accounts);
  // Of the 12 digits of an account id; nothing for other texts.
  static std::optional<uint64_t> NumberOf(std::string_view id);
  std::optional<CompiledAccount> Find(uint64_t number) const;
  // Has the processor fetch what Find will read.
  void Fetch(uint64_t number) const { Prefetch(&entries_[SlotOf(number)]); }

 private:
  struct Entry {
    // 12 digits are 40 bits; the index of the account plus one is below them. 0: free.
    uint64_t number_and_index = 0;
    ChainId chain{};
    NodeIndex parent{};
  };
  size_t SlotOf(uint64_t number) const {
    constexpr uint64_t kMultiplier = 0x9e3779b97f4a7c15;
    return (number * kMultiplier >> 32) & (entries_.size() - 1);
  }

  std::vector<Entry> entries_;  // open addressing, a power of two
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_LOOKUP_H_

#include "engine/lookup.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/ascii.h"
#include "base/check.h"
#include "base/folded_name.h"

namespace scpcheck {

namespace {

// Of an entry of AccountTable. No organization with more accounts is loaded (OrganizationBuilder).
constexpr int kIndexBits = 24;
constexpr uint64_t kIndexMask = (uint64_t{1} << kIndexBits) - 1;

}  // namespace

void KeyTable::Insert(std::string_view lower_name, KeyId id) {
  const uint64_t hash = FoldedHash(lower_name);
  const size_t mask = entries_.size() - 1;
  for (size_t probe = 0; probe < kMaxProbes; ++probe) {
    Entry& entry = entries_[(hash + probe) & mask];
    if (entry.id_plus_one != 0) continue;
    entry = {hash, static_cast<uint32_t>(id) + 1};
    return;
  }
  crowded_.emplace(lower_name, id);
}

std::optional<KeyId> KeyTable::FindCrowded(std::string_view key) const {
  if (crowded_.empty()) return std::nullopt;
  const auto found = crowded_.find(AsciiLower(key));
  return found == crowded_.end() ? std::nullopt : std::optional(found->second);
}

void KeyTable::Add(KeyId id, const std::vector<CompiledKey>& keys) {
  ++used_;
  // At most a quarter full: most keys of a request are found, or not, at the first look.
  if (used_ * 4 > entries_.size()) {
    entries_.assign(std::bit_ceil(std::max<size_t>(16, used_ * 8)), Entry{});
    crowded_.clear();
    for (uint32_t i = 0; i < keys.size(); ++i) {
      if (static_cast<KeyId>(i) != id) Insert(keys[i].lower_name, static_cast<KeyId>(i));
    }
  }
  Insert(keys[static_cast<uint32_t>(id)].lower_name, id);
}

// Eight digits at a time: neighbours are joined to numbers of two digits, of four, of eight.
std::optional<uint64_t> AccountTable::NumberOf(std::string_view id) {
  if (id.size() != 12) return std::nullopt;
  const auto eight_digits = [](const char* digits) -> std::optional<uint64_t> {
    uint64_t word;
    std::memcpy(&word, digits, 8);
    word ^= 0x3030303030303030;
    // Each byte must be at most 9.
    if (((word | (word + 0x7676767676767676)) & 0x8080808080808080) != 0) return std::nullopt;
    word = (word * 10 + (word >> 8)) & 0x00ff00ff00ff00ff;
    word = (word * 100 + (word >> 16)) & 0x0000ffff0000ffff;
    return (word * 10000 + (word >> 32)) & 0xffffffff;
  };
  // The first and the last eight share four.
  const std::optional<uint64_t> first = eight_digits(id.data());
  const std::optional<uint64_t> last = eight_digits(id.data() + 4);
  if (!first || !last) return std::nullopt;
  return *first * 10000 + *last % 10000;
}

void AccountTable::Build(const Organization& organization, const std::vector<CompiledAccount>& accounts) {
  SCPCHECK_CHECK(organization.accounts.size() < kIndexMask);
  // At most three quarters full.
  entries_.assign(std::bit_ceil(accounts.size() + accounts.size() / 3 + 1), Entry{});
  const size_t mask = entries_.size() - 1;
  for (const CompiledAccount& account : accounts) {
    const std::optional<uint64_t> number = NumberOf(organization.account(account.index).id);
    SCPCHECK_CHECK(number.has_value());
    size_t i = SlotOf(*number);
    while (entries_[i].number_and_index != 0) i = (i + 1) & mask;
    entries_[i] = {*number << kIndexBits | (static_cast<uint64_t>(account.index) + 1), account.chain,
                   account.parent};
  }
}

std::optional<CompiledAccount> AccountTable::Find(uint64_t number) const {
  const size_t mask = entries_.size() - 1;
  for (size_t i = SlotOf(number);; i = (i + 1) & mask) {
    const Entry& entry = entries_[i];
    if (entry.number_and_index == 0) return std::nullopt;
    if (entry.number_and_index >> kIndexBits == number) {
      return CompiledAccount{static_cast<AccountIndex>((entry.number_and_index & kIndexMask) - 1),
                             entry.chain, entry.parent};
    }
  }
}

}  // namespace scpcheck

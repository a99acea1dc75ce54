// The actions that an `Action` or `NotAction` element means.
//
// A set matches any name against its patterns. ActionIndex, for which a set finds the catalogue's actions
// that its patterns name, answers many questions faster.

#ifndef SCPCHECK_ENGINE_ACTION_SET_H_
#define SCPCHECK_ENGINE_ACTION_SET_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "scpcheck/policy.h"

namespace scpcheck {

// The name of an action, in the catalogue or not.
struct ActionName {
  std::optional<ServiceId> service;  // none: the catalogue doesn't know it
  // Its parts in lower case.
  std::string_view lower_service;
  std::string_view lower_name;
};

// A filter by service, of which several share a bit. The last bit is for those outside the catalogue.
constexpr uint64_t ServiceBit(std::optional<ServiceId> service) {
  return uint64_t{1} << (service ? static_cast<uint32_t>(*service) % 63 : 63);
}

class ActionSet {
 public:
  ActionSet(const std::vector<LocatedText>& patterns, bool negated);

  // Precondition of ForEachListed. Contains is faster afterwards.
  void FindActions(const Catalogue& catalogue);

  bool Contains(const ActionName& action) const;
  // Every action there is.
  bool contains_everything() const { return everything_; }
  // What the patterns say, before NotAction turns it around.
  bool negated() const { return negated_; }
  bool lists_everything() const { return lists_everything_; }
  // Calls `visit` once for each action of the catalogue that a pattern other than `*` names.
  template <typename Visit>
  void ForEachListed(const Catalogue& catalogue, Visit visit) const {
    for (const ServiceActions& entry : entries_) {
      const ActionRange actions = catalogue.ServiceActions(entry.service);
      for (uint32_t i = 0; i < actions.size(); ++i) {
        if (entry.first_word == kAllActions || (words_[entry.first_word + i / 64] >> (i % 64) & 1) != 0) {
          visit(actions[i]);
        }
      }
    }
  }

 private:
  static constexpr uint32_t kAllActions = UINT32_MAX;

  struct ServiceActions {
    ServiceId service;
    uint32_t first_word;  // of the bitmap in words_; kAllActions: every action of the service
  };
  // The parts of a pattern before and after its colon are texts_[first, colon) and texts_[colon + 1, end).
  struct NamePattern {
    uint32_t first;
    uint32_t colon;
    uint32_t end;
  };

  std::string_view ServiceOf(const NamePattern& pattern) const {
    return std::string_view(texts_).substr(pattern.first, pattern.colon - pattern.first);
  }
  std::string_view NameOf(const NamePattern& pattern) const {
    return std::string_view(texts_).substr(pattern.colon + size_t{1}, pattern.end - pattern.colon - 1);
  }
  void AddPattern(std::string_view pattern);
  void AddActions(ServiceId service, std::string_view name_pattern, const Catalogue& catalogue);
  ServiceActions& EntryOf(ServiceId service, const Catalogue& catalogue);

  bool negated_;
  bool lists_everything_ = false;  // one of the patterns is `*`
  bool everything_ = false;
  std::string texts_;  // of all patterns, in lower case
  std::vector<NamePattern> patterns_;

  uint64_t services_mask_ = ~uint64_t{0};  // an action is in the set only if its service's bit is here
  std::vector<ServiceActions> entries_;    // sorted by service
  std::vector<uint64_t> words_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_ACTION_SET_H_

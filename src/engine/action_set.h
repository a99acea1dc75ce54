// The actions that an `Action` or `NotAction` element means, ready for a quick answer.
//
// For actions of the catalogue a set holds, per service that its patterns name, all of the service's actions
// or a bitmap over them. Names outside the catalogue are matched against the patterns themselves.

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

// The action of a request.
struct RequestedAction {
  std::optional<ServiceId> service;  // none: the catalogue doesn't know it
  std::optional<ActionId> action;
  uint32_t index_in_service = 0;  // of an action of the catalogue
  // For an action outside the catalogue: its parts in lower case.
  std::string_view lower_service;
  std::string_view lower_name;
};

// The bit of ActionSet::services() that stands for a service; services share bits. The last one is for those
// outside the catalogue.
constexpr uint64_t ServiceBit(std::optional<ServiceId> service) {
  return uint64_t{1} << (service ? static_cast<uint32_t>(*service) % 63 : 63);
}

class ActionSet {
 public:
  ActionSet(const std::vector<LocatedText>& patterns, bool negated, const Catalogue& catalogue);

  bool Contains(const RequestedAction& action) const { return Listed(action) != negated_; }
  // Every action there is.
  bool contains_everything() const { return everything_; }
  // A filter: an action is in the set only if its service's bit is.
  uint64_t services() const { return services_mask_; }

 private:
  static constexpr uint32_t kAllActions = UINT32_MAX;

  struct ServiceActions {
    ServiceId service;
    uint32_t first_word;  // of the bitmap in words_; kAllActions: every action of the service
  };
  // The parts of a pattern before and after its colon, in lower case.
  struct NamePattern {
    std::string service;
    std::string name;
  };

  void AddPattern(std::string_view lower_pattern, const Catalogue& catalogue);
  void AddActions(ServiceId service, std::string_view name_pattern, const Catalogue& catalogue);
  ServiceActions& EntryOf(ServiceId service, const Catalogue& catalogue);
  bool Listed(const RequestedAction& action) const;

  bool negated_;
  bool lists_everything_ = false;  // one of the patterns is `*`
  bool everything_ = false;
  uint64_t services_mask_ = 0;
  std::vector<ServiceActions> entries_;  // sorted by service
  std::vector<uint64_t> words_;
  std::vector<NamePattern> patterns_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_ACTION_SET_H_

#include "engine/action_set.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"

namespace scpcheck {

ActionSet::ActionSet(const std::vector<LocatedText>& patterns, bool negated, const Catalogue& catalogue)
    : negated_(negated) {
  for (const LocatedText& pattern : patterns) AddPattern(AsciiLower(pattern.text), catalogue);
  everything_ = negated_ ? patterns_.empty() && !lists_everything_ : lists_everything_;
  if (negated_) {
    services_mask_ = lists_everything_ ? 0 : ~uint64_t{0};
  } else if (lists_everything_) {
    services_mask_ = ~uint64_t{0};
  }
}

void ActionSet::AddPattern(std::string_view lower_pattern, const Catalogue& catalogue) {
  if (lower_pattern == "*" || lower_pattern == "*:*") {
    lists_everything_ = true;
    return;
  }
  // G-10: a pattern without exactly one colon, or with a blank at an end of its action part, matches nothing.
  // Blanks elsewhere do so by themselves, since no action has one.
  const size_t colon = lower_pattern.find(':');
  if (colon == std::string_view::npos || lower_pattern.find(':', colon + 1) != std::string_view::npos) return;
  const std::string_view service = lower_pattern.substr(0, colon);
  const std::string_view name = lower_pattern.substr(colon + 1);
  patterns_.push_back({std::string(service), std::string(name)});
  if (!HasWildcard(service)) {
    if (const std::optional<ServiceId> known = catalogue.FindService(service)) {
      AddActions(*known, name, catalogue);
    } else {
      services_mask_ |= ServiceBit(std::nullopt);
    }
    return;
  }
  services_mask_ |= ServiceBit(std::nullopt);
  for (const ServiceId candidate : catalogue.Services()) {
    if (GlobMatch(service, catalogue.LowerServiceName(candidate))) AddActions(candidate, name, catalogue);
  }
}

ActionSet::ServiceActions& ActionSet::EntryOf(ServiceId service, const Catalogue& catalogue) {
  const auto at =
      std::lower_bound(entries_.begin(), entries_.end(), service,
                       [](const ServiceActions& entry, ServiceId id) { return entry.service < id; });
  if (at != entries_.end() && at->service == service) return *at;
  const auto first_word = static_cast<uint32_t>(words_.size());
  words_.resize(words_.size() + (catalogue.ServiceActions(service).size() + 63) / 64, 0);
  return *entries_.insert(at, {service, first_word});
}

void ActionSet::AddActions(ServiceId service, std::string_view name_pattern, const Catalogue& catalogue) {
  services_mask_ |= ServiceBit(service);
  ServiceActions& entry = EntryOf(service, catalogue);
  if (entry.first_word == kAllActions) return;
  if (name_pattern == "*") {
    entry.first_word = kAllActions;
    return;
  }
  const ActionRange actions = catalogue.ServiceActions(service);
  if (actions.empty()) return;
  const auto first = static_cast<uint32_t>(actions[0]);
  const auto set = [&](ActionId action) {
    const uint32_t bit = static_cast<uint32_t>(action) - first;
    words_[entry.first_word + bit / 64] |= uint64_t{1} << (bit % 64);
  };
  std::string full_name(catalogue.LowerServiceName(service));
  full_name += ':';
  if (!HasWildcard(name_pattern)) {
    full_name += name_pattern;
    if (const std::optional<ActionId> action = catalogue.FindAction(full_name)) set(*action);
    return;
  }
  full_name += GlobLiteralPrefix(name_pattern);
  for (const ActionId action : catalogue.ActionsWithPrefix(full_name)) {
    if (GlobMatch(name_pattern, catalogue.LowerActionBareName(action))) set(action);
  }
}

bool ActionSet::Contains(const UnknownAction& action) const {
  if ((services_mask_ & ServiceBit(action.service)) == 0) return false;
  const bool listed =
      lists_everything_ || std::any_of(patterns_.begin(), patterns_.end(), [&](const NamePattern& pattern) {
        return GlobMatch(pattern.service, action.lower_service) && GlobMatch(pattern.name, action.lower_name);
      });
  return listed != negated_;
}

}  // namespace scpcheck

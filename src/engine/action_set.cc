#include "engine/action_set.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/ascii.h"
#include "base/glob.h"

namespace scpcheck {

ActionSet::ActionSet(const std::vector<LocatedText>& patterns, bool negated) : negated_(negated) {
  for (const LocatedText& pattern : patterns) AddPattern(pattern.text);
  everything_ = negated_ ? patterns_.empty() && !lists_everything_ : lists_everything_;
}

void ActionSet::AddPattern(std::string_view pattern) {
  if (pattern == "*" || pattern == "*:*") {
    lists_everything_ = true;
    return;
  }
  // G-10: a pattern without exactly one colon, or with a blank at an end of its action part, matches nothing.
  // Blanks elsewhere do so by themselves, since no action has one.
  const size_t colon = pattern.find(':');
  if (colon == std::string_view::npos || pattern.find(':', colon + 1) != std::string_view::npos) return;
  const auto first = static_cast<uint32_t>(texts_.size());
  texts_.append(pattern);
  for (char& c : std::span(texts_).subspan(first)) c = AsciiToLower(c);
  patterns_.push_back({first, static_cast<uint32_t>(first + colon), static_cast<uint32_t>(texts_.size())});
}

void ActionSet::FindActions(const Catalogue& catalogue) {
  services_mask_ = 0;
  for (const NamePattern& pattern : patterns_) {
    const std::string_view service = ServiceOf(pattern);
    if (!HasWildcard(service)) {
      if (const std::optional<ServiceId> known = catalogue.FindService(service)) {
        AddActions(*known, NameOf(pattern), catalogue);
      } else {
        services_mask_ |= ServiceBit(std::nullopt);
      }
      continue;
    }
    services_mask_ |= ServiceBit(std::nullopt);
    for (const ServiceId candidate : catalogue.Services()) {
      if (GlobMatch(service, catalogue.LowerServiceName(candidate))) {
        AddActions(candidate, NameOf(pattern), catalogue);
      }
    }
  }
  if (negated_ || lists_everything_) services_mask_ = negated_ && lists_everything_ ? 0 : ~uint64_t{0};
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

bool ActionSet::Contains(const ActionName& action) const {
  if ((services_mask_ & ServiceBit(action.service)) == 0) return false;
  const bool listed =
      lists_everything_ || std::any_of(patterns_.begin(), patterns_.end(), [&](const NamePattern& pattern) {
        return GlobMatch(ServiceOf(pattern), action.lower_service) &&
               GlobMatch(NameOf(pattern), action.lower_name);
      });
  return listed != negated_;
}

}  // namespace scpcheck

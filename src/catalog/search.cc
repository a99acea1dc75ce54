#include "catalog/search.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/glob.h"
#include "catalog/regex.h"

namespace scpcheck {
namespace {

// How many typing mistakes the name of an action or service may have and still be recognised.
constexpr size_t kMostMistakes = 3;

// Keeps the nearest of the candidates within `limit`, the first of several that are equally near.
template <typename Id>
class Nearest {
 public:
  explicit Nearest(size_t limit) : limit_(limit) {}

  // `distance_from_start` is what makes the candidate differ already, besides its name.
  void Offer(Id id, std::string_view wanted, std::string_view name, size_t distance_from_start = 0) {
    if (distance_from_start > limit_) return;
    const size_t limit = limit_ - distance_from_start;
    const size_t distance = EditDistance(wanted, name, limit);
    if (distance > limit || (id_ && distance == limit)) return;
    id_ = id;
    limit_ = distance_from_start + distance;
  }

  std::optional<Id> id() const { return id_; }

 private:
  size_t limit_;  // the distance of id_ if there is one
  std::optional<Id> id_;
};

}  // namespace

Result<std::vector<ActionId>> SearchActions(const Catalogue& catalogue,
                                            const std::vector<std::string>& patterns,
                                            const std::optional<std::string>& regex) {
  std::optional<Regex> filter;
  if (regex) {
    Result<Regex> parsed = Regex::Parse(*regex, Regex::Case::kIgnored);
    if (!parsed) return parsed.error();
    filter = std::move(parsed).value();
  }

  std::vector<ActionId> found;
  for (const std::string& pattern : patterns) {
    const std::string lower = AsciiLower(pattern);
    for (const ActionId action : catalogue.ActionsWithPrefix(GlobLiteralPrefix(lower))) {
      if (!GlobMatch(lower, catalogue.LowerActionName(action))) continue;
      if (filter && !filter->Finds(catalogue.ActionName(action))) continue;
      found.push_back(action);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::optional<ActionId> SuggestAction(const Catalogue& catalogue, std::string_view name) {
  const size_t colon = name.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string prefix = AsciiLower(name.substr(0, colon));
  const std::string bare_name = AsciiLower(name.substr(colon + 1));

  Nearest<ActionId> nearest(MistakeLimit(bare_name, kMostMistakes));
  const auto offer_actions = [&](ServiceId service, size_t service_distance) {
    for (const ActionId action : catalogue.ServiceActions(service)) {
      nearest.Offer(action, bare_name, catalogue.LowerActionBareName(action), service_distance);
    }
  };
  if (const std::optional<ServiceId> service = catalogue.FindService(prefix)) {
    offer_actions(*service, 0);
    return nearest.id();
  }
  const size_t limit = MistakeLimit(prefix, kMostMistakes);
  for (const ServiceId service : catalogue.Services()) {
    const size_t distance = EditDistance(prefix, catalogue.LowerServiceName(service), limit);
    if (distance <= limit) offer_actions(service, distance);
  }
  return nearest.id();
}

std::optional<ServiceId> SuggestService(const Catalogue& catalogue, std::string_view prefix) {
  const std::string lower = AsciiLower(prefix);
  Nearest<ServiceId> nearest(MistakeLimit(lower, kMostMistakes));
  for (const ServiceId service : catalogue.Services()) {
    nearest.Offer(service, lower, catalogue.LowerServiceName(service));
  }
  return nearest.id();
}

}  // namespace scpcheck

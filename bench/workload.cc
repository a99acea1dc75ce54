#include "workload.h"

#include <algorithm>
#include <utility>

#include "knobs.h"
#include "random.h"
#include "writer.h"

namespace scpcheck::bench {
namespace {

// Null for the worst kind, which has no scale.
const Scale* ScaleOf(Size size) {
  switch (size) {
    case Size::kSmall:
      return &kSmallScale;
    case Size::kMedium:
      return &kMediumScale;
    case Size::kLarge:
      return &kLargeScale;
    case Size::kWorst:
      return nullptr;
  }
  return nullptr;
}

}  // namespace

std::optional<Size> ParseSize(std::string_view text) {
  for (Size size : {Size::kSmall, Size::kMedium, Size::kLarge}) {
    if (text == ScaleOf(size)->name) return size;
  }
  if (text == "worst") return Size::kWorst;
  return std::nullopt;
}

size_t DefaultRequests(Size size) {
  const Scale* scale = ScaleOf(size);
  return scale == nullptr ? kWorstRequests : scale->default_requests;
}

Workload::Workload(Size size, uint64_t seed, std::vector<std::string> actions)
    : compact_(ScaleOf(size) != nullptr && ScaleOf(size)->compact), actions_(std::move(actions)) {
  std::ranges::sort(actions_);
  actions_.erase(std::unique(actions_.begin(), actions_.end()), actions_.end());
  // Two streams, so that the organization does not depend on how many requests are made.
  Random random(seed);
  const uint64_t request_seed = random.Next();
  const Scale* scale = ScaleOf(size);
  organization_ =
      scale == nullptr ? MakeWorstOrganization(random) : MakeOrganization(*scale, actions_, random);
  requests_ = std::make_unique<RequestMaker>(organization_, actions_, scale == nullptr, request_seed);
}

std::string Workload::OrganizationJson(bool inline_documents) const {
  return OrganizationText(organization_, compact_, inline_documents);
}

std::string Workload::PolicyJson(const Policy& policy) const {
  return PolicyText(policy, /*compact=*/false) + "\n";
}

}  // namespace scpcheck::bench

// The seeded workloads S, M, L and 'worst kind': an organization, and requests about it.
//
// The same size, seed and list of actions give the same bytes on every platform. What each size has of each
// thing is in knobs.h.

#ifndef SCPCHECK_BENCH_WORKLOAD_H_
#define SCPCHECK_BENCH_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model.h"
#include "organization.h"
#include "requests.h"

namespace scpcheck::bench {

enum class Size { kSmall, kMedium, kLarge, kWorst };

// `S`, `M`, `L` or `worst`.
std::optional<Size> ParseSize(std::string_view text);
size_t DefaultRequests(Size size);

class Workload {
 public:
  // `actions`: AWS's names, such as `s3:GetObject`, in any order; kLeastActions or more.
  Workload(Size size, uint64_t seed, std::vector<std::string> actions);

  // Requests refer to the organization.
  Workload(const Workload&) = delete;
  Workload& operator=(const Workload&) = delete;

  const Organization& organization() const { return organization_; }
  Figures figures() const { return CountFigures(organization_); }

  // The organization file; large ones are compact. With `inline_documents` it is all there is, else the
  // policies are files beside it, policies/<name>.json.
  std::string OrganizationJson(bool inline_documents = true) const;
  std::string PolicyJson(const Policy& policy) const;

  RequestMaker::Line NextRequest() { return requests_->Next(); }

 private:
  bool compact_;
  std::vector<std::string> actions_;
  Organization organization_;
  std::unique_ptr<RequestMaker> requests_;
};

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_WORKLOAD_H_

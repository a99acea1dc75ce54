// Bounds that commands share.

#ifndef SCPCHECK_CLI_LIMITS_H_
#define SCPCHECK_CLI_LIMITS_H_

#include <algorithm>
#include <cstddef>
#include <thread>

namespace scpcheck::cli {

inline constexpr unsigned kMaxJobs = 256;
inline constexpr size_t kMaxBaselineSize = size_t{64} << 20;

// The threads that `--jobs` asks for; 0 means one per core.
inline unsigned JobsFor(unsigned jobs) {
  return std::min(jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : jobs, kMaxJobs);
}

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LIMITS_H_

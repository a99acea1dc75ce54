// The workload that the micro-benchmarks measure: a folder that make_workload filled, named by
// SCPCHECK_WORKLOAD.

#ifndef SCPCHECK_BENCH_BENCHMARK_WORKLOAD_H_
#define SCPCHECK_BENCH_BENCHMARK_WORKLOAD_H_

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scpcheck/files.h"
#include "scpcheck/organization.h"

namespace scpcheck::bench {

inline constexpr size_t kMaxRequests = 20000;
inline constexpr size_t kMaxFileSize = size_t{2} << 30;

// Ends the program where there is nothing to measure.
[[noreturn]] inline void Stop(const std::string& message) {
  std::fprintf(stderr, "%s\n", message.c_str());
  std::exit(2);
}

inline std::string WorkloadFile(const char* name) {
  const char* const folder = std::getenv("SCPCHECK_WORKLOAD");
  if (folder == nullptr) Stop("SCPCHECK_WORKLOAD must name a folder that make_workload filled");
  return std::string(folder) + "/" + name;
}

// The first requests, a line each.
inline std::vector<std::string_view> RequestLines() {
  static const std::string text = [] {
    Result<std::string> read = DiskFiles().Read(WorkloadFile("requests.jsonl"), kMaxFileSize);
    if (!read) Stop(read.error().ToString());
    return std::move(read).value();
  }();
  std::vector<std::string_view> lines;
  std::string_view rest = text;
  while (!rest.empty() && lines.size() < kMaxRequests) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

inline Organization LoadWorkload() {
  Diagnostics diagnostics;
  Result<Organization> organization =
      LoadOrganization(WorkloadFile("organization.json"), DiskFiles(), {}, diagnostics);
  if (!organization) Stop(organization.error().ToString());
  return std::move(organization).value();
}

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_BENCHMARK_WORKLOAD_H_

// Micro-benchmarks of the engine on a workload of make_workload:
//
//   SCPCHECK_WORKLOAD=DIR engine_benchmark
//
// What users wait for, whole programs, is measured by run.py; these say where the time goes.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluator.h"
#include "request/json_reader.h"
#include "scpcheck/engine.h"

namespace scpcheck {
namespace {

constexpr size_t kMaxRequests = 20000;
constexpr size_t kMaxFileSize = size_t{2} << 30;

struct Workload {
  std::string organization_path;
  std::string text;
};

const Workload& TheWorkload() {
  static const Workload workload = [] {
    const char* const folder = std::getenv("SCPCHECK_WORKLOAD");
    if (folder == nullptr) {
      std::fputs("engine_benchmark: SCPCHECK_WORKLOAD must name a folder that make_workload filled\n",
                 stderr);
      std::exit(2);
    }
    Workload made;
    made.organization_path = std::string(folder) + "/organization.json";
    Result<std::string> text = DiskFiles().Read(std::string(folder) + "/requests.jsonl", kMaxFileSize);
    if (!text) {
      std::fprintf(stderr, "%s\n", text.error().ToString().c_str());
      std::exit(2);
    }
    made.text = std::move(text).value();
    return made;
  }();
  return workload;
}

std::vector<std::string_view> Lines() {
  std::vector<std::string_view> lines;
  std::string_view rest = TheWorkload().text;
  while (!rest.empty() && lines.size() < kMaxRequests) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    lines.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return lines;
}

Organization Load() {
  Diagnostics diagnostics;
  Result<Organization> organization =
      LoadOrganization(TheWorkload().organization_path, DiskFiles(), {}, diagnostics);
  if (!organization) {
    std::fprintf(stderr, "%s\n", organization.error().ToString().c_str());
    std::exit(2);
  }
  return std::move(organization).value();
}

void BM_Load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Load());
}
BENCHMARK(BM_Load)->Unit(benchmark::kMillisecond);

void BM_Compile(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    Organization organization = Load();
    state.ResumeTiming();
    benchmark::DoNotOptimize(Engine::Compile(std::move(organization)));
  }
}
BENCHMARK(BM_Compile)->Unit(benchmark::kMillisecond);

void BM_ReadRequest(benchmark::State& state) {
  const std::vector<std::string_view> lines = Lines();
  RequestReader reader;
  RequestView view;
  size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(reader.Read(lines[next], view));
    next = next + 1 == lines.size() ? 0 : next + 1;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ReadRequest);

void BM_ReadAndDecide(benchmark::State& state) {
  const std::vector<std::string_view> lines = Lines();
  const Engine engine = Engine::Compile(Load());
  EvaluatorState evaluator(engine.shared_compiled());
  RequestReader reader;
  RequestView view;
  Decision decision;
  size_t next = 0;
  for (auto _ : state) {
    if (reader.Read(lines[next], view)) benchmark::DoNotOptimize(evaluator.Decide(view, decision));
    next = next + 1 == lines.size() ? 0 : next + 1;
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_ReadAndDecide);

}  // namespace
}  // namespace scpcheck

BENCHMARK_MAIN();

// Micro-benchmarks of the engine on a workload of make_workload:
//
//   SCPCHECK_WORKLOAD=DIR engine_benchmark
//
// What users wait for, whole programs, is measured by run.py; these say where the time goes.

#include <benchmark/benchmark.h>

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "benchmark_workload.h"
#include "engine/evaluator.h"
#include "request/json_reader.h"
#include "scpcheck/engine.h"

namespace scpcheck {
namespace {

void BM_Load(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(bench::LoadWorkload());
}
BENCHMARK(BM_Load)->Unit(benchmark::kMillisecond);

void BM_Compile(benchmark::State& state) {
  for (auto _ : state) {
    state.PauseTiming();
    Organization organization = bench::LoadWorkload();
    state.ResumeTiming();
    benchmark::DoNotOptimize(Engine::Compile(std::move(organization)));
  }
}
BENCHMARK(BM_Compile)->Unit(benchmark::kMillisecond);

void BM_ReadRequest(benchmark::State& state) {
  const std::vector<std::string_view> lines = bench::RequestLines();
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
  const std::vector<std::string_view> lines = bench::RequestLines();
  const Engine engine = Engine::Compile(bench::LoadWorkload());
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

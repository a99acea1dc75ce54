// Configurations and baselines: whatever is wrong with one has a place in it.

#include "config/configuration.h"
#include "fuzz.h"
#include "output/baseline.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  const std::string text = fuzz::Text(data, size);
  Diagnostics problems;
  const Configuration configuration = ParseConfiguration(Source::FromText("scpcheck.toml", text), problems);
  fuzz::CheckDiagnostics(problems);
  if (!problems.has_errors()) {
    static_cast<void>(configuration.RulesFor("a/b.json", {}));
    static_cast<void>(configuration.ForRun());
  }

  const OutputContext context = {.version = "0.0.0", .catalogue_date = "2026-09-26"};
  const Result<Baseline> baseline = ParseBaseline(text, "baseline.json");
  if (baseline) {
    const std::string written = BaselineJson(*baseline, context);
    const Result<Baseline> again = ParseBaseline(written, "baseline.json");
    SCPCHECK_CHECK(again && BaselineJson(*again, context) == written);
  } else {
    SCPCHECK_CHECK(!baseline.error().message.empty());
  }
  return 0;
}

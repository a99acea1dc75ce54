// `scpcheck baseline`: takes the findings of today as given.

#ifndef SCPCHECK_CLI_CMD_BASELINE_H_
#define SCPCHECK_CLI_CMD_BASELINE_H_

#include <cstdint>
#include <string>

#include "cli/cmd_lint.h"

namespace scpcheck::cli {

struct BaselineOptions {
  enum class Mode : uint8_t {
    kCreate,  // a new file
    kUpdate,  // the findings of today instead of those of the baseline
    kPrune,   // the baseline without those that are gone
  };
  Mode mode = Mode::kCreate;
  std::string path;  // empty: the one that the configuration names, or scpcheck-baseline.json beside it
  LintOptions lint;
};

int RunBaseline(const BaselineOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_BASELINE_H_

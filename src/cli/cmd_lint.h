// `scpcheck lint`: what is wrong with policies; and the commands around it.

#ifndef SCPCHECK_CLI_CMD_LINT_H_
#define SCPCHECK_CLI_CMD_LINT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "config/configuration.h"
#include "scpcheck/lint.h"

namespace scpcheck::cli {

struct LintOptions {
  std::vector<std::string> paths;  // files, directories, `-`
  std::string organization;        // of which all policies are linted
  std::string stdin_name;
  std::string catalogue;
  std::string configuration;  // path; empty: the nearest one
  bool isolated = false;      // no configuration
  RuleSelection selection;
  std::string format = "text";
  std::vector<std::string> reports;                    // FORMAT=FILE
  std::optional<Severity> fail_on = Severity::kError;  // none: never
  bool fix = false;
  bool unsafe_fixes = false;
  bool diff = false;  // show what fixes would change instead of changing it
  bool statistics = false;
  bool show_files = false;
  bool show_suppressed = false;
  unsigned jobs = 0;  // 0: one per core
  size_t width = 0;   // of the terminal; 0: it is none
};

int RunLint(const LintOptions& options, Environment& environment);

// `scpcheck baseline`: takes the findings of today as given.
struct BaselineOptions {
  enum class Mode : uint8_t {
    kCreate,  // a new file
    kUpdate,  // all findings of today
    kPrune,   // without those that are gone
  };
  Mode mode = Mode::kCreate;
  std::string path = "scpcheck-baseline.json";
  LintOptions lint;
};

int RunBaseline(const BaselineOptions& options, Environment& environment);

// `scpcheck explain`: what a rule means.
struct ExplainOptions {
  std::string rule;
  bool all = false;
  std::string format = "text";  // `text`, `json`, `markdown`
};

int RunExplain(const ExplainOptions& options, Environment& environment);

// `scpcheck config show`.
struct ConfigOptions {
  std::string path = ".";  // for which file or folder
  std::string configuration;
  bool isolated = false;
};

int RunConfigShow(const ConfigOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_LINT_H_

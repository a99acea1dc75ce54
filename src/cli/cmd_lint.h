// `scpcheck lint`: what is wrong with policies.

#ifndef SCPCHECK_CLI_CMD_LINT_H_
#define SCPCHECK_CLI_CMD_LINT_H_

#include <cstddef>
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
  bool allow_partial = false;      // take a listing of it that is cut off
  std::string stdin_name;
  std::string catalogue;
  std::string configuration;   // path; empty: the nearest one
  bool isolated = false;       // no configuration
  bool only_policies = false;  // pass over named files that hold no SCP
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

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_LINT_H_

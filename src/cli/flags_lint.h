// The flags of `lint` and the commands around it.

#ifndef SCPCHECK_CLI_FLAGS_LINT_H_
#define SCPCHECK_CLI_FLAGS_LINT_H_

#include <optional>
#include <string>

#include "cli/cmd_baseline.h"
#include "cli/cmd_config.h"
#include "cli/cmd_explain.h"
#include "cli/cmd_fmt.h"
#include "cli/cmd_lint.h"
#include "cli/flags_common.h"

namespace scpcheck::cli {

class LintCommands {
 public:
  explicit LintCommands(CLI::App& app);

  // The exit code of the command that was given; nothing if it was none of these.
  std::optional<int> Run(Sink& err);

 private:
  void AddLintFlags(CLI::App& command);
  void AddFmtFlags(CLI::App& command);
  void AddExplainFlags(CLI::App& command);
  void AddConfigShowFlags(CLI::App& command);
  void AddBaselineFlags(CLI::App& command);
  // Flags that say what is linted, and by which rules.
  static void AddInputFlags(CLI::App& command, LintOptions& options);
  static void AddSelectionFlags(CLI::App& command, RuleSelection& selection);

  const CLI::App* lint_;
  LintOptions lint_options_;
  CommonFlags lint_flags_;
  std::string fail_on_ = "error";
  bool exit_zero_ = false;

  const CLI::App* fmt_;
  FmtOptions fmt_options_;
  CommonFlags fmt_flags_;

  const CLI::App* explain_;
  ExplainOptions explain_options_;
  CommonFlags explain_flags_;

  const CLI::App* config_show_;
  ConfigOptions config_options_;
  CommonFlags config_flags_;

  CLI::App* baseline_;
  const CLI::App* baseline_update_;
  const CLI::App* baseline_prune_;
  BaselineOptions baseline_options_;
  CommonFlags baseline_flags_;
};

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_FLAGS_LINT_H_

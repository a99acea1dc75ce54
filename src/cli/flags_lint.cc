#include "cli/flags_lint.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>

namespace scpcheck::cli {

namespace {

// Columns of the terminal; 0 if it is none.
size_t TerminalWidth() {
  struct winsize size = {};
  return isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

LintCommands::LintCommands(CLI::App& app) {
  lint_ = AddCommand(app, "lint", "What is wrong with policies, and how to mend it",
                     [this](CLI::App& command) { AddLintFlags(command); });
  fmt_ = AddCommand(app, "fmt", "Lay policies out in one way",
                    [this](CLI::App& command) { AddFmtFlags(command); });
  explain_ = AddCommand(app, "explain", "What a rule means, with examples",
                        [this](CLI::App& command) { AddExplainFlags(command); });
  CLI::App* config = AddCommand(app, "config", "The configuration, scpcheck.toml", AddVersionFlag);
  config->require_subcommand(1);
  config_show_ = AddCommand(*config, "show", "What is in force, and from where",
                            [this](CLI::App& command) { AddConfigShowFlags(command); });
  baseline_ = AddCommand(app, "baseline", "Take the findings of today as given", AddVersionFlag);
  baseline_->require_subcommand(1);
  const auto add_mode = [&](const char* name, const char* description) {
    return AddCommand(*baseline_, name, description,
                      [this](CLI::App& command) { AddBaselineFlags(command); });
  };
  add_mode("create", "Write a new baseline");
  baseline_update_ = add_mode("update", "Write the findings of today instead of those of the baseline");
  baseline_prune_ = add_mode("prune", "Take out of the baseline what is mended");
}

void LintCommands::AddLintFlags(CLI::App& command) {
  AddInputFlags(command, lint_options_);
  AddSelectionFlags(command, lint_options_.selection);
  command.add_option("--fail-on", fail_on_, "Exit 1 if there is a finding of at least this severity")
      ->check(CLI::IsMember({"error", "warning", "info"}))
      ->capture_default_str();
  command.add_flag("--exit-zero", exit_zero_, "Exit 0 whatever is found");
  CLI::Option* fix =
      command.add_flag("--fix", lint_options_.fix, "Mend what can be mended without changing a decision");
  command.add_flag("--unsafe-fixes", lint_options_.unsafe_fixes,
                   "With --fix or --diff: also what changes decisions");
  CLI::Option* diff =
      command.add_flag("--diff", lint_options_.diff, "Show what --fix would change, and change nothing");
  diff->excludes(fix);
  command.add_flag("--statistics", lint_options_.statistics, "Only tell how often each rule was broken")
      ->excludes(diff);
  command.add_flag("--show-suppressed", lint_options_.show_suppressed, "List suppressed findings too");
  command.add_option("--report", lint_options_.reports, "Also write FORMAT=FILE; may be repeated")
      ->allow_extra_args(false)
      ->check([](const std::string& report) {
        const size_t equals = report.find('=');
        constexpr std::array<std::string_view, 6> kFormats = {"text",   "json",   "sarif",
                                                              "github", "gitlab", "junit"};
        const bool good =
            equals != std::string::npos && equals + 1 < report.size() &&
            std::find(kFormats.begin(), kFormats.end(), report.substr(0, equals)) != kFormats.end();
        return good ? std::string() : "give FORMAT=FILE, with text, json, sarif, github, gitlab or junit";
      });
  AddCommonFlags(command, lint_flags_, {"text", "json", "sarif", "github", "gitlab", "junit"});
}

void LintCommands::AddFmtFlags(CLI::App& command) {
  command.add_option("path", fmt_options_.paths, "Policy files, directories, `-` for standard input");
  command.add_option("--stdin-filename", fmt_options_.stdin_name, "What to call standard input");
  command.add_flag("--only-policies", fmt_options_.only_policies,
                   "Pass over named files, too, that hold no service control policy");
  CLI::Option* check =
      command.add_flag("--check", fmt_options_.check, "Tell which files would change, and change nothing");
  command.add_flag("--diff", fmt_options_.diff, "Show what would change, and change nothing")
      ->excludes(check);
  command.add_flag("--minify", fmt_options_.minify, "Without any white space instead; tells the sizes");
  command.add_flag("--strip-comments", fmt_options_.strip_comments,
                   "Make x.json of x.jsonc; take comments out of other files");
  AddCommonFlags(command, fmt_flags_, {"text"});
}

void LintCommands::AddExplainFlags(CLI::App& command) {
  CLI::Option* rule = command.add_option("rule", explain_options_.rule, "Id or name of a rule");
  CLI::Option* all = command.add_flag("--all", explain_options_.all, "All rules");
  rule->excludes(all);
  AddCommonFlags(command, explain_flags_, {"text", "json", "markdown"});
}

void LintCommands::AddConfigShowFlags(CLI::App& command) {
  command.add_option("path", config_options_.path, "The file or folder to tell it for")
      ->capture_default_str();
  CLI::Option* shown =
      command.add_option("--config", config_options_.configuration, "Use this configuration");
  command.add_flag("--isolated", config_options_.isolated, "Use no configuration")->excludes(shown);
  AddCommonFlags(command, config_flags_, {"text"});
}

void LintCommands::AddBaselineFlags(CLI::App& command) {
  AddInputFlags(command, baseline_options_.lint);
  command.add_option("--baseline", baseline_options_.path,
                     "The file; without it the one that the configuration names, or scpcheck-baseline.json");
  AddCommonFlags(command, baseline_flags_, {"text"});
}

void LintCommands::AddInputFlags(CLI::App& command, LintOptions& options) {
  command.add_option("path", options.paths, "Policy files, directories, `-` for standard input");
  command.add_option("--org", options.organization, "Lint all policies of this organization file");
  command.add_option("--stdin-filename", options.stdin_name, "What to call standard input");
  CLI::Option* config = command.add_option("--config", options.configuration,
                                           "Use this configuration instead of the nearest scpcheck.toml");
  command.add_flag("--isolated", options.isolated, "Use no configuration")->excludes(config);
  command.add_flag("--only-policies", options.only_policies,
                   "Pass over named files, too, that hold no service control policy");
  command.add_option("--jobs", options.jobs, "Threads; 0 means one per core")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  command.add_flag("--show-files", options.show_files,
                   "Tell which files are linted and which are not, and why");
  AddCatalogueFlag(command, options.catalogue);
}

void LintCommands::AddSelectionFlags(CLI::App& command, RuleSelection& selection) {
  const auto add_rules = [&](const char* name, std::vector<std::string>& words, const char* description) {
    command.add_option(name, words, description)->delimiter(',')->allow_extra_args(false);
  };
  command
      .add_option_function<std::vector<std::string>>(
          "--select", [&selection](const std::vector<std::string>& words) { selection.select = words; },
          "Only these rules: ids, beginnings of ids, names, categories, `all`")
      ->delimiter(',')
      ->allow_extra_args(false);
  add_rules("--extend-select", selection.extend_select, "These rules too");
  add_rules("--ignore", selection.ignore, "Not these rules");
}

std::optional<int> LintCommands::Run(Sink& err) {
  const auto needs_paths = [&](const LintOptions& options) {
    if (!options.paths.empty() || !options.organization.empty()) return false;
    Complain(err, "nothing to lint: name policy files or directories, `-` for standard input, or --org");
    return true;
  };
  if (lint_->parsed()) {
    if (needs_paths(lint_options_)) return kExitUsage;
    if (lint_options_.unsafe_fixes && !lint_options_.fix && !lint_options_.diff) {
      Complain(err, "--unsafe-fixes says which fixes are made: give --fix or --diff, too");
      return kExitUsage;
    }
    if ((lint_options_.diff || lint_options_.statistics) && lint_flags_.format != "text") {
      Complain(err, std::string(lint_options_.diff ? "--diff" : "--statistics") +
                        " prints text only: for another format leave it out, or use --report");
      return kExitUsage;
    }
    lint_options_.format = lint_flags_.format;
    lint_options_.width = lint_flags_.output.empty() ? TerminalWidth() : 0;
    for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kInfo}) {
      if (fail_on_ == SeverityName(severity)) lint_options_.fail_on = severity;
    }
    if (exit_zero_) lint_options_.fail_on.reset();
    return WithEnvironment(lint_flags_, err,
                           [&](Environment& environment) { return RunLint(lint_options_, environment); });
  }
  if (fmt_->parsed()) {
    if (fmt_options_.paths.empty()) {
      Complain(err, "nothing to format: name policy files or directories, or `-` for standard input");
      return kExitUsage;
    }
    return WithEnvironment(fmt_flags_, err,
                           [&](Environment& environment) { return RunFmt(fmt_options_, environment); });
  }
  if (explain_->parsed()) {
    if (explain_options_.rule.empty() && !explain_options_.all) {
      Complain(err, "no rule: give its id or name, or --all");
      return kExitUsage;
    }
    explain_options_.format = explain_flags_.format;
    return WithEnvironment(explain_flags_, err, [&](Environment& environment) {
      return RunExplain(explain_options_, environment);
    });
  }
  if (config_show_->parsed()) {
    return WithEnvironment(config_flags_, err, [&](Environment& environment) {
      return RunConfigShow(config_options_, environment);
    });
  }
  if (baseline_->parsed()) {
    if (needs_paths(baseline_options_.lint)) return kExitUsage;
    if (baseline_update_->parsed()) baseline_options_.mode = BaselineOptions::Mode::kUpdate;
    if (baseline_prune_->parsed()) baseline_options_.mode = BaselineOptions::Mode::kPrune;
    return WithEnvironment(baseline_flags_, err, [&](Environment& environment) {
      return RunBaseline(baseline_options_, environment);
    });
  }
  return std::nullopt;
}

}  // namespace scpcheck::cli

#include "cli/flags_lint.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

#include "cli/cmd_baseline.h"
#include "cli/cmd_config.h"
#include "cli/cmd_explain.h"
#include "cli/cmd_fmt.h"
#include "cli/cmd_lint.h"
#include "cli/limits.h"
#include "cli/lint_files.h"

namespace scpcheck::cli {

namespace {

// Columns of the terminal; 0 if it is none.
size_t TerminalWidth() {
  struct winsize size = {};
  return isatty(STDOUT_FILENO) == 1 && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// Flags that say what is linted.
void AddInputFlags(CLI::App& command, LintOptions& options) {
  command.add_option("path", options.paths, "Policy files, directories, `-` for standard input");
  CLI::Option* organization = command.add_option(
      "--org", options.organization,
      "Lint all policies of this organization: a file, or a directory of `aws organizations` output");
  command.add_flag("--allow-partial", options.allow_partial, "Take a listing that is cut off as it is")
      ->needs(organization);
  command.add_option("--stdin-filename", options.stdin_name, "What to call standard input");
  CLI::Option* config = command.add_option("--config", options.configuration,
                                           "Use this configuration instead of the nearest scpcheck.toml");
  command.add_flag("--isolated", options.isolated, "Use no configuration")->excludes(config);
  command.add_flag("--only-policies", options.only_policies,
                   "Pass over named files, too, that hold no service control policy");
  command.add_option("--jobs", options.jobs, "Threads; 0 means one per core")
      ->check(CLI::Range(0U, kMaxJobs))
      ->capture_default_str();
  command.add_flag("--show-files", options.show_files,
                   "Tell which files are linted and which are not, and why");
  AddCatalogueFlag(command, options.catalogue);
}

// Flags that say by which rules.
void AddSelectionFlags(CLI::App& command, RuleSelection& selection) {
  const auto add_rules = [&](const char* name, std::vector<std::string>& words, const char* description) {
    command.add_option(name, words, description)
        ->delimiter(',')
        ->allow_extra_args(false)
        ->expected(1, kMaxRepeats);
  };
  command
      .add_option_function<std::vector<std::string>>(
          "--select", [&selection](const std::vector<std::string>& words) { selection.select = words; },
          "Only these rules: ids, beginnings of ids, names, categories, `all`")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->expected(1, kMaxRepeats);
  add_rules("--extend-select", selection.extend_select, "These rules too");
  add_rules("--ignore", selection.ignore, "Not these rules");
}

// Devices and pipes take several outputs one after the other.
bool IsReplaced(const std::string& path) {
  std::error_code error;
  return !std::filesystem::exists(path, error) || std::filesystem::is_regular_file(path, error);
}

// Complains if nothing is named to be linted.
bool HasInput(const LintOptions& options, Sink& err) {
  if (!options.paths.empty() || !options.organization.empty()) return true;
  Complain(err, "nothing to lint: name policy files or directories, `-` for standard input, or --org");
  return false;
}

class LintCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    AddInputFlags(command, options_);
    AddSelectionFlags(command, options_.selection);
    command.add_option("--fail-on", fail_on_, "Exit 1 if there is a finding of at least this severity")
        ->check(CLI::IsMember({"error", "warning", "info"}))
        ->capture_default_str();
    command.add_flag("--exit-zero", exit_zero_, "Exit 0 whatever is found");
    CLI::Option* fix =
        command.add_flag("--fix", options_.fix, "Mend what can be mended without changing a decision");
    command.add_flag("--unsafe-fixes", options_.unsafe_fixes,
                     "With --fix or --diff: also what changes decisions");
    CLI::Option* diff =
        command.add_flag("--diff", options_.diff, "Show what --fix would change, and change nothing");
    diff->excludes(fix);
    command.add_flag("--statistics", options_.statistics, "Only tell how often each rule was broken")
        ->excludes(diff);
    command.add_flag("--show-suppressed", options_.show_suppressed, "List suppressed findings too");
    command.add_option("--report", options_.reports, "Also write FORMAT=FILE; may be repeated")
        ->allow_extra_args(false)
        ->expected(1, kMaxRepeats)
        ->check([](const std::string& report) {
          const size_t equals = report.find('=');
          constexpr std::array<std::string_view, 6> kFormats = {"text",   "json",   "sarif",
                                                                "github", "gitlab", "junit"};
          const bool good =
              equals != std::string::npos && equals + 1 < report.size() &&
              std::find(kFormats.begin(), kFormats.end(), report.substr(0, equals)) != kFormats.end();
          return good ? std::string() : "give FORMAT=FILE, with text, json, sarif, github, gitlab or junit";
        });
    AddCommonFlags(command, flags_, {"text", "json", "sarif", "github", "gitlab", "junit"});
  }

  int Run(Sink& err) override {
    if (!HasInput(options_, err)) return kExitUsage;
    if (options_.unsafe_fixes && !options_.fix && !options_.diff) {
      Complain(err, "--unsafe-fixes says which fixes are made: give --fix or --diff, too");
      return kExitUsage;
    }
    if ((options_.diff || options_.statistics) && flags_.format != "text") {
      Complain(err, std::string(options_.diff ? "--diff" : "--statistics") +
                        " prints text only: for another format leave it out, or use --report");
      return kExitUsage;
    }
    if (const std::optional<std::string> problem = OutputProblem()) {
      Complain(err, *problem);
      return kExitUsage;
    }
    options_.format = flags_.format;
    options_.width = flags_.output.empty() ? TerminalWidth() : 0;
    for (const Severity severity : {Severity::kError, Severity::kWarning, Severity::kInfo}) {
      if (fail_on_ == SeverityName(severity)) options_.fail_on = severity;
    }
    if (exit_zero_) options_.fail_on.reset();
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunLint(options_, environment); });
  }

 private:
  // Of two outputs in one file the second would replace the first, and of one in an input the policy.
  std::optional<std::string> OutputProblem() const {
    std::vector<std::string> outputs;
    if (!flags_.output.empty() && flags_.output != "-") outputs.push_back(flags_.output);
    for (const std::string& report : options_.reports) outputs.push_back(report.substr(report.find('=') + 1));
    std::vector<std::string> inputs = options_.paths;
    inputs.push_back(options_.organization);
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i] == "-") return "--report needs a file: standard output is for what --format prints";
      const auto is_same = [&](const std::string& other) {
        return !other.empty() && FileIdentity(other) == FileIdentity(outputs[i]);
      };
      const std::span<const std::string> before = std::span(outputs).first(i);
      if (IsReplaced(outputs[i]) && std::any_of(before.begin(), before.end(), is_same)) {
        return "two outputs would go to " + outputs[i] + ": give each a file of its own";
      }
      if (std::any_of(inputs.begin(), inputs.end(), is_same)) {
        return "the output would replace " + outputs[i] + ", which is to be linted: give it another name";
      }
    }
    return std::nullopt;
  }

  LintOptions options_;
  CommonFlags flags_;
  std::string fail_on_ = "error";
  bool exit_zero_ = false;
};

class FmtCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    command.add_option("path", options_.paths, "Policy files, directories, `-` for standard input");
    command.add_option("--stdin-filename", options_.stdin_name, "What to call standard input");
    command.add_flag("--only-policies", options_.only_policies,
                     "Pass over named files, too, that hold no service control policy");
    CLI::Option* check =
        command.add_flag("--check", options_.check, "Tell which files would change, and change nothing");
    command.add_flag("--diff", options_.diff, "Show what would change, and change nothing")->excludes(check);
    command.add_flag("--minify", options_.minify, "Without any white space instead; tells the sizes");
    command.add_flag("--strip-comments", options_.strip_comments,
                     "Make x.json of x.jsonc; take comments out of other files");
    AddCommonFlags(command, flags_, {"text"});
  }

  int Run(Sink& err) override {
    if (options_.paths.empty()) {
      Complain(err, "nothing to format: name policy files or directories, or `-` for standard input");
      return kExitUsage;
    }
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunFmt(options_, environment); });
  }

 private:
  FmtOptions options_;
  CommonFlags flags_;
};

class ExplainCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    CLI::Option* rule = command.add_option("rule", options_.rule, "Id or name of a rule");
    CLI::Option* all = command.add_flag("--all", options_.all, "All rules");
    rule->excludes(all);
    AddCommonFlags(command, flags_, {"text", "json", "markdown"});
  }

  int Run(Sink& err) override {
    if (options_.rule.empty() && !options_.all) {
      Complain(err, "no rule: give its id or name, or --all");
      return kExitUsage;
    }
    options_.format = flags_.format;
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunExplain(options_, environment); });
  }

 private:
  ExplainOptions options_;
  CommonFlags flags_;
};

class ConfigCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    AddVersionFlag(command);
    command.require_subcommand(1);
    AddShowFlags(*command.add_subcommand("show", "What is in force, and from where"));
  }

  int Run(Sink& err) override {
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunConfigShow(options_, environment); });
  }

 private:
  void AddShowFlags(CLI::App& command) {
    command.add_option("path", options_.path, "The file or folder to tell it for")->capture_default_str();
    CLI::Option* shown = command.add_option("--config", options_.configuration, "Use this configuration");
    command.add_flag("--isolated", options_.isolated, "Use no configuration")->excludes(shown);
    AddCommonFlags(command, flags_, {"text"});
  }

  ConfigOptions options_;
  CommonFlags flags_;
};

class BaselineCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    using Mode = BaselineOptions::Mode;
    AddVersionFlag(command);
    command.require_subcommand(1);
    const auto add_mode = [&](const char* name, Mode mode, const char* description) {
      CLI::App* mode_command = command.add_subcommand(name, description);
      AddModeFlags(*mode_command);
      mode_command->callback([this, mode] { options_.mode = mode; });
    };
    add_mode("create", Mode::kCreate, "Write a new baseline");
    add_mode("update", Mode::kUpdate, "Write the findings of today instead of those of the baseline");
    add_mode("prune", Mode::kPrune, "Take out of the baseline what is mended");
  }

  int Run(Sink& err) override {
    if (!HasInput(options_.lint, err)) return kExitUsage;
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunBaseline(options_, environment); });
  }

 private:
  void AddModeFlags(CLI::App& command) {
    AddInputFlags(command, options_.lint);
    command.add_option(
        "--baseline", options_.path,
        "The file; without it the one that the configuration names, or scpcheck-baseline.json");
    AddCommonFlags(command, flags_, {"text"});
  }

  BaselineOptions options_;
  CommonFlags flags_;
};

}  // namespace

std::unique_ptr<Command> MakeLintCommand() {
  return std::make_unique<LintCommand>();
}
std::unique_ptr<Command> MakeFmtCommand() {
  return std::make_unique<FmtCommand>();
}
std::unique_ptr<Command> MakeExplainCommand() {
  return std::make_unique<ExplainCommand>();
}
std::unique_ptr<Command> MakeConfigCommand() {
  return std::make_unique<ConfigCommand>();
}
std::unique_ptr<Command> MakeBaselineCommand() {
  return std::make_unique<BaselineCommand>();
}

}  // namespace scpcheck::cli

#include "cli/flags.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/check.h"
#include "base/edit_distance.h"
#include "catalog/catalogue.h"
#include "cli/cmd_actions.h"
#include "cli/cmd_batch.h"
#include "cli/cmd_can.h"
#include "cli/cmd_tree.h"
#include "cli/flags_common.h"
#include "cli/flags_lint.h"
#include "cli/limits.h"

namespace scpcheck::cli {

namespace {

void AddOrganizationFlags(CLI::App& command, OrganizationOptions& options) {
  command
      .add_option("--org", options.path,
                  "The organization: a file, or a directory of `aws organizations` output")
      ->required();
  command
      .add_option("--ignore-policy", options.ignored_policies,
                  "Leave out this policy (id or name) as if it were not attached; may be repeated")
      ->allow_extra_args(false)
      ->expected(1, kMaxRepeats);
  command.add_flag("--allow-partial", options.allow_partial, "Take a listing that is cut off as it is");
}

class CanCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    AddOrganizationFlags(command, options_.organization);
    command
        .add_option("--account", options_.accounts,
                    "Account: id, name, path, or a selector such as /Stages/**; may be repeated")
        ->allow_extra_args(false)
        ->expected(1, kMaxRepeats);
    command
        .add_option("--action", options_.actions,
                    "Action such as s3:GetObject, or a pattern; may be repeated")
        ->allow_extra_args(false)
        ->expected(1, kMaxRepeats);
    command.add_option("--resource", options_.resource, "ARN of the resource, or a pattern of it");
    command.add_option("--principal", options_.principal,
                       "Who calls: an ARN, a pattern of it, `root`, or a service principal");
    command
        .add_option("--context", options_.context, "A condition key, as KEY=VALUE; repeat a key for a list")
        ->allow_extra_args(false)
        ->expected(1, kMaxRepeats);
    command.add_option("--absent", options_.absent, "A condition key that the request does not carry")
        ->allow_extra_args(false)
        ->expected(1, kMaxRepeats);
    command.add_option("--context-file", options_.context_file, "JSON object of condition keys");
    command.add_option("--request", options_.request, "JSON file with a request, `-` for standard input");
    command.add_flag("--complete-context", options_.complete_context, "Keys that are not given are absent");
    command.add_flag("--explain", options_.explain, "Tell every level and statement");
    command.add_option("--expect", options_.expect, "Exit 0 exactly if this is the answer")
        ->check(CLI::IsMember({"allowed", "denied"}));
    AddCatalogueFlag(command, options_.catalogue);
    AddCommonFlags(command, flags_, {"text", "json"});
  }

  int Run(Sink& err) override {
    if (options_.accounts.empty() && !options_.request && !options_.principal) {
      Complain(err, "no account: give --account, or a --principal with an account in its ARN");
      return kExitUsage;
    }
    const auto is_stdin = [](const std::optional<std::string>& path) { return path == "-"; };
    if ((options_.organization.path == "-") + is_stdin(options_.request) + is_stdin(options_.context_file) >
        1) {
      Complain(err, "standard input (`-`) can be read once: name a file for the other");
      return kExitUsage;
    }
    if (options_.resource && options_.resource->empty()) {
      Complain(err, "--resource is empty: give an ARN or a pattern, or leave it out if it is not known");
      return kExitUsage;
    }
    options_.json = flags_.format == "json";
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunCan(options_, environment); });
  }

 private:
  CanOptions options_;
  CommonFlags flags_;
};

class BatchCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    AddOrganizationFlags(command, options_.organization);
    command.add_option("file", options_.input, "JSON lines of requests, `-` for standard input")
        ->capture_default_str();
    command.add_flag("--detail", options_.detail, "Name everything that denies");
    command.add_option("--jobs", options_.jobs, "Threads; 0 means one per core")
        ->check(CLI::Range(0U, kMaxJobs))
        ->capture_default_str();
    AddCatalogueFlag(command, options_.catalogue);
    AddCommonFlags(command, flags_, {"jsonl"});
  }

  int Run(Sink& err) override {
    if (options_.organization.path == "-" && options_.input == "-") {
      Complain(err, "standard input (`-`) can be read once: name a file for --org or for the requests");
      return kExitUsage;
    }
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunBatch(options_, environment); });
  }

 private:
  BatchOptions options_;
  CommonFlags flags_;
};

class TreeCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    AddOrganizationFlags(command, options_.organization);
    AddCatalogueFlag(command, options_.catalogue);
    AddCommonFlags(command, flags_, {"text", "json"});
  }

  int Run(Sink& err) override {
    options_.json = flags_.format == "json";
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunTree(options_, environment); });
  }

 private:
  TreeOptions options_;
  CommonFlags flags_;
};

class ActionsCommand final : public Command {
 public:
  void AddFlags(CLI::App& command) override {
    command.add_option("pattern", options_.patterns, "Patterns such as s3:*Acl")->required();
    command.add_option("--regex", options_.regex,
                       "Only those whose name this regular expression (RE2) finds");
    AddCatalogueFlag(command, options_.catalogue);
    AddCommonFlags(command, flags_, {"text", "json"});
  }

  int Run(Sink& err) override {
    options_.json = flags_.format == "json";
    return WithEnvironment(flags_, err,
                           [&](Environment& environment) { return RunActions(options_, environment); });
  }

 private:
  ActionsOptions options_;
  CommonFlags flags_;
};

constexpr CommandInfo kCommands[] = {
    {"can", "May an account call an action?", MakeCommand<CanCommand>},
    {"batch", "Decide requests, JSON lines in and out", MakeCommand<BatchCommand>},
    {"tree", "The organization with what is attached where", MakeCommand<TreeCommand>},
    {"actions", "What a pattern of actions matches", MakeCommand<ActionsCommand>},
    {"lint", "What is wrong with policies, and how to mend it", MakeLintCommand},
    {"fmt", "Lay policies out in one way", MakeFmtCommand},
    {"explain", "What a rule means, with examples", MakeExplainCommand},
    {"config", "The configuration, scpcheck.toml", MakeConfigCommand},
    {"baseline", "Take the findings of today as given", MakeBaselineCommand},
};

const CommandInfo* FindCommand(std::string_view name) {
  for (const CommandInfo& command : kCommands) {
    if (command.name == name) return &command;
  }
  return nullptr;
}

// What to say of a first word that is no command. CLI11 would only say that there is no command.
std::string NoSuchCommand(std::string_view word) {
  std::string known;
  std::string suggestion;
  for (const CommandInfo& command : kCommands) {
    const std::string name = command.name;
    known += (known.empty() ? "" : ", ") + name;
    if (IsMistypedName(word, name)) suggestion = ": did you mean " + name + "?";
  }
  return "there is no command `" + std::string(word) + "`" +
         (suggestion.empty() ? "; the commands are " + known : suggestion);
}

// What to say of a misspelt flag, of which the parser would only say what is missing without it.
std::optional<std::string> NoSuchFlag(CLI::App& command, std::span<const char* const> arguments) {
  for (const std::string_view argument : arguments) {
    if (argument == "--") break;
    const std::string name(argument.substr(0, argument.find('=')));
    if (!name.starts_with("--") || command.get_option_no_throw(name) != nullptr) continue;
    if (name == "--where" || name == "--call" || name == "--assume") {
      return name + " needs reasoning about unknown values, which this version does not have";
    }
    std::string message = "there is no flag `" + name + "`";
    for (const CLI::Option* option : command.get_options()) {
      const std::string known = option->get_name();
      if (IsMistypedName(name, known)) message += ": did you mean " + known + "?";
    }
    return message;
  }
  return std::nullopt;
}

}  // namespace

int Main(int argc, const char* const* argv) {
  DescriptorSink err(STDERR_FILENO, "standard error");
  // CLI11 would throw, which costs a static program more than all the rest of this.
  if (argc == 2 && argv[1] == std::string_view("--version")) {
    return WithEnvironment(
        {}, err, [](Environment& environment) { return Emit(environment, VersionText() + "\n", kExitOk); });
  }
  CLI::App app("Tells what AWS Organizations service control policies allow, offline.", "scpcheck");
  AddVersionFlag(app);
  app.require_subcommand(1);
  app.footer(
      "Exit codes: 0 allowed or fine, 1 denied or findings, 3 some of both, 2 wrong usage or input, 70 a "
      "bug.");

  // Behind options such as --help.
  int at = 1;
  while (at < argc && argv[at][0] == '-') ++at;
  const std::string_view word = at < argc ? argv[at] : "";
  const CommandInfo* const info = FindCommand(word);
  std::unique_ptr<Command> command;
  CLI::App* flags = nullptr;
  if (info != nullptr) {
    command = info->make();
    flags = app.add_subcommand(info->name, info->description);
    command->AddFlags(*flags);
  } else if (argc > 1 && at == 1) {
    Complain(err, NoSuchCommand(word));
    return kExitUsage;
  } else {
    for (const CommandInfo& known : kCommands) app.add_subcommand(known.name, known.description);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are errors to CLI11.
    if (error.get_exit_code() == 0) {
      const std::string text = error.get_name() == "CallForVersion" ? VersionText() + "\n" : app.help();
      return WithEnvironment({}, err,
                             [&](Environment& environment) { return Emit(environment, text, kExitOk); });
    }
    std::string message = error.what();
    if (!message.empty()) message[0] = AsciiToLower(message[0]);
    const bool has_modes = flags != nullptr && flags->get_require_subcommand_min() > 0;
    if (flags != nullptr && !has_modes &&
        (error.get_name() == "RequiredError" ||
         error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))) {
      message = NoSuchFlag(*flags, std::span(argv + at, static_cast<size_t>(argc - at))).value_or(message);
    }
    Complain(err, message + "; run it with --help for more information");
    return kExitUsage;
  }

  SCPCHECK_CHECK(command != nullptr);  // there is one, or the parser has complained
  return command->Run(err);
}

}  // namespace scpcheck::cli

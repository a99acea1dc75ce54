#include "cli/flags.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "catalog/catalogue.h"
#include "cli/cmd_actions.h"
#include "cli/cmd_batch.h"
#include "cli/cmd_can.h"
#include "cli/cmd_tree.h"
#include "cli/flags_common.h"
#include "cli/flags_lint.h"

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
      ->allow_extra_args(false);
  command.add_flag("--allow-partial", options.allow_partial, "Take a listing that is cut off as it is");
}

void AddCanFlags(CLI::App& command, CanOptions& can, CommonFlags& flags) {
  AddOrganizationFlags(command, can.organization);
  command
      .add_option("--account", can.accounts,
                  "Account: id, name, path, or a selector such as /Stages/**; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--action", can.actions, "Action such as s3:GetObject, or a pattern; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--resource", can.resource, "ARN of the resource, or a pattern of it");
  command.add_option("--principal", can.principal,
                     "Who calls: an ARN, a pattern of it, `root`, or a service principal");
  command.add_option("--context", can.context, "A condition key, as KEY=VALUE; repeat a key for a list")
      ->allow_extra_args(false);
  command.add_option("--absent", can.absent, "A condition key that the request does not carry")
      ->allow_extra_args(false);
  command.add_option("--context-file", can.context_file, "JSON object of condition keys");
  command.add_option("--request", can.request, "JSON file with a request, `-` for standard input");
  command.add_flag("--complete-context", can.complete_context, "Keys that are not given are absent");
  command.add_flag("--explain", can.explain, "Tell every level and statement");
  command.add_option("--expect", can.expect, "Exit 0 exactly if this is the answer")
      ->check(CLI::IsMember({"allowed", "denied"}));
  AddCatalogueFlag(command, can.catalogue);
  AddCommonFlags(command, flags, {"text", "json"});
}

void AddBatchFlags(CLI::App& command, BatchOptions& batch, CommonFlags& flags) {
  AddOrganizationFlags(command, batch.organization);
  command.add_option("file", batch.input, "JSON lines of requests, `-` for standard input")
      ->capture_default_str();
  command.add_flag("--detail", batch.detail, "Name everything that denies");
  command.add_option("--jobs", batch.jobs, "Threads; 0 means one per core")
      ->check(CLI::Range(0, 256))
      ->capture_default_str();
  AddCatalogueFlag(command, batch.catalogue);
  AddCommonFlags(command, flags, {"jsonl"});
}

void AddTreeFlags(CLI::App& command, TreeOptions& tree, CommonFlags& flags) {
  AddOrganizationFlags(command, tree.organization);
  AddCatalogueFlag(command, tree.catalogue);
  AddCommonFlags(command, flags, {"text", "json"});
}

void AddActionsFlags(CLI::App& command, ActionsOptions& actions, CommonFlags& flags) {
  command.add_option("pattern", actions.patterns, "Patterns such as s3:*Acl")->required();
  command.add_option("--regex", actions.regex, "Only those whose name this regular expression (RE2) finds");
  AddCatalogueFlag(command, actions.catalogue);
  AddCommonFlags(command, flags, {"text", "json"});
}

// What to say of a first word that is no command; nothing if it is one, or an option. CLI11 would only say
// that there is no command.
std::optional<std::string> NoSuchCommand(const CLI::App& app, int argc, const char* const* argv) {
  if (argc < 2 || argv[1][0] == '-') return std::nullopt;
  const std::string_view word = argv[1];
  std::string known;
  std::string suggestion;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string& name = command->get_name();
    if (name == word) return std::nullopt;
    known += (known.empty() ? "" : ", ") + name;
    if (IsMistypedName(word, name)) suggestion = ": did you mean " + name + "?";
  }
  return "there is no command `" + std::string(word) + "`" +
         (suggestion.empty() ? "; the commands are " + known : suggestion);
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

  CanOptions can;
  CommonFlags can_flags;
  const CLI::App* can_command = AddCommand(app, "can", "May an account call an action?",
                                           [&](CLI::App& command) { AddCanFlags(command, can, can_flags); });
  BatchOptions batch;
  CommonFlags batch_flags;
  const CLI::App* batch_command =
      AddCommand(app, "batch", "Decide requests, JSON lines in and out",
                 [&](CLI::App& command) { AddBatchFlags(command, batch, batch_flags); });
  TreeOptions tree;
  CommonFlags tree_flags;
  const CLI::App* tree_command =
      AddCommand(app, "tree", "The organization with what is attached where",
                 [&](CLI::App& command) { AddTreeFlags(command, tree, tree_flags); });
  ActionsOptions actions;
  CommonFlags actions_flags;
  AddCommand(app, "actions", "What a pattern of actions matches",
             [&](CLI::App& command) { AddActionsFlags(command, actions, actions_flags); });
  LintCommands lint_commands(app);

  if (const std::optional<std::string> problem = NoSuchCommand(app, argc, argv)) {
    Complain(err, *problem);
    return kExitUsage;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // Help and version are errors to CLI11, which prints them.
    if (error.get_exit_code() == 0) return app.exit(error);
    std::string message = error.what();
    if (!message.empty()) message[0] = AsciiToLower(message[0]);
    Complain(err, message + "; run it with --help for more information");
    return kExitUsage;
  }

  if (const std::optional<int> exit_code = lint_commands.Run(err)) return *exit_code;
  if (can_command->parsed()) {
    if (can.accounts.empty() && !can.request && !can.principal) {
      Complain(err, "no account: give --account, or a --principal with an account in its ARN");
      return kExitUsage;
    }
    can.json = can_flags.format == "json";
    return WithEnvironment(can_flags, err,
                           [&](Environment& environment) { return RunCan(can, environment); });
  }
  if (batch_command->parsed()) {
    return WithEnvironment(batch_flags, err,
                           [&](Environment& environment) { return RunBatch(batch, environment); });
  }
  if (tree_command->parsed()) {
    tree.json = tree_flags.format == "json";
    return WithEnvironment(tree_flags, err,
                           [&](Environment& environment) { return RunTree(tree, environment); });
  }
  actions.json = actions_flags.format == "json";
  return WithEnvironment(actions_flags, err,
                         [&](Environment& environment) { return RunActions(actions, environment); });
}

}  // namespace scpcheck::cli

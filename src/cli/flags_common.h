// Flags that commands share, and how a command is run with them.

#ifndef SCPCHECK_CLI_FLAGS_COMMON_H_
#define SCPCHECK_CLI_FLAGS_COMMON_H_

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/environment.h"
#include "cli/exit_code.h"
#include "cli/sink.h"

namespace scpcheck::cli {

// How often a flag may be repeated. Without a bound help would show that it takes several values at a time;
// with a small one CLI11 would take them.
inline constexpr int kMaxRepeats = 1 << 28;

// What every command has.
struct CommonFlags {
  std::string format;
  std::string output;
  std::string color = "auto";
};

// A command, as its flags fill it in.
class Command {
 public:
  Command() = default;
  Command(const Command&) = delete;
  Command& operator=(const Command&) = delete;
  virtual ~Command() = default;

  virtual void AddFlags(CLI::App& app) = 0;
  // Returns the exit code.
  virtual int Run(Sink& err) = 0;
};

// What `scpcheck` knows of a command before it is given: to make the flags of all of them would take a third
// of a short run.
struct CommandInfo {
  const char* name;
  const char* description;
  std::unique_ptr<Command> (*make)();
};

template <typename AnyCommand>
std::unique_ptr<Command> MakeCommand() {
  return std::make_unique<AnyCommand>();
}

std::string VersionText();  // without a line break at its end
void AddVersionFlag(CLI::App& app);
// `formats`: the default first.
void AddCommonFlags(CLI::App& command, CommonFlags& flags, const std::vector<std::string>& formats);
void AddCatalogueFlag(CLI::App& command, std::string& path);

bool WantsColor(const CommonFlags& flags);
bool WantsProgress(const CommonFlags& flags);
std::string Version();

// Runs a command with its output where the flags want it.
template <typename Run>
int WithEnvironment(const CommonFlags& flags, Sink& err, Run run) {
  const DiskFiles files;
  std::unique_ptr<Sink> out = std::make_unique<DescriptorSink>(STDOUT_FILENO, "standard output");
  if (!flags.output.empty() && flags.output != "-") {
    Result<std::unique_ptr<Sink>> file = OpenFileSink(flags.output);
    if (!file) {
      Complain(err, file.error());
      return kExitUsage;
    }
    out = std::move(file).value();
  }
  Environment environment{files, *out, err, WantsColor(flags), Version(), WantsProgress(flags)};
  return run(environment);
}

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_FLAGS_COMMON_H_

#include "cli/cmd_config.h"

#include "catalog/catalogue.h"
#include "cli/exit_code.h"
#include "cli/lint_session.h"

namespace scpcheck::cli {

int RunConfigShow(const ConfigOptions& options, Environment& environment) {
  LintSession session(Catalogue::Embedded(), {options.configuration, options.isolated, false}, environment);
  // The folder itself, or that of the file, which need not be there.
  const bool is_folder = environment.files.IsDirectory(options.path);
  const std::string path = is_folder ? options.path + "/x" : options.path;
  const ConfiguredRun* run = session.RunFor(path);
  if (run == nullptr) return kExitUsage;
  const std::string name = is_folder ? std::string() : session.NameFor(path, *run);
  return Emit(environment, DescribeConfiguration(run->configuration, name), kExitOk);
}

}  // namespace scpcheck::cli

// `scpcheck config show`: the configuration that is in force, and where it comes from.

#ifndef SCPCHECK_CLI_CMD_CONFIG_H_
#define SCPCHECK_CLI_CMD_CONFIG_H_

#include <string>

#include "cli/environment.h"

namespace scpcheck::cli {

struct ConfigOptions {
  std::string path = ".";  // for which file or folder
  std::string configuration;
  bool isolated = false;
};

int RunConfigShow(const ConfigOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_CONFIG_H_

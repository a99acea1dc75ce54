// `scpcheck actions`: what a pattern of actions matches.

#ifndef SCPCHECK_CLI_CMD_ACTIONS_H_
#define SCPCHECK_CLI_CMD_ACTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"

namespace scpcheck::cli {

struct ActionsOptions {
  std::vector<std::string> patterns;
  std::optional<std::string> regex;
  std::string catalogue;
  bool json = false;
};

int RunActions(const ActionsOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_ACTIONS_H_

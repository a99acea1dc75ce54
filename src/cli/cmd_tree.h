// `scpcheck tree`: the organization with what is attached where.

#ifndef SCPCHECK_CLI_CMD_TREE_H_
#define SCPCHECK_CLI_CMD_TREE_H_

#include "cli/environment.h"
#include "cli/load.h"

namespace scpcheck::cli {

struct TreeOptions {
  OrganizationOptions organization;
  std::string catalogue;
  bool json = false;
};

int RunTree(const TreeOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_TREE_H_

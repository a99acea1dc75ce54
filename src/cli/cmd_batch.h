// `scpcheck batch`: JSON lines of requests in, JSON lines of decisions out.

#ifndef SCPCHECK_CLI_CMD_BATCH_H_
#define SCPCHECK_CLI_CMD_BATCH_H_

#include <string>

#include "cli/environment.h"
#include "cli/load.h"

namespace scpcheck::cli {

struct BatchOptions {
  OrganizationOptions organization;
  std::string catalogue;
  std::string input = "-";
  bool detail = false;
  unsigned jobs = 0;  // 0: one per core
};

int RunBatch(const BatchOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_BATCH_H_

// `scpcheck explain`: what a rule means.

#ifndef SCPCHECK_CLI_CMD_EXPLAIN_H_
#define SCPCHECK_CLI_CMD_EXPLAIN_H_

#include <string>

#include "cli/environment.h"

namespace scpcheck::cli {

struct ExplainOptions {
  std::string rule;
  bool all = false;
  std::string format = "text";  // `text`, `json`, `markdown`
};

int RunExplain(const ExplainOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_EXPLAIN_H_

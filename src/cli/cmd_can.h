// `scpcheck can`: may an account call an action?

#ifndef SCPCHECK_CLI_CMD_CAN_H_
#define SCPCHECK_CLI_CMD_CAN_H_

#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/load.h"

namespace scpcheck::cli {

struct CanOptions {
  OrganizationOptions organization;
  std::string catalogue;
  // Several accounts, a selector or an action pattern make it several questions.
  std::vector<std::string> accounts;
  std::vector<std::string> actions;
  std::optional<std::string> resource;
  std::optional<std::string> principal;
  std::vector<std::string> context;         // KEY=VALUE; a key given twice has a list of values
  std::vector<std::string> absent;          // keys that the request does not carry
  std::optional<std::string> context_file;  // a JSON object
  std::optional<std::string> request;       // a file with a request; flags win over it
  bool complete_context = false;
  bool explain = false;
  std::optional<std::string> expect;  // allowed or denied
  bool json = false;
};

int RunCan(const CanOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_CAN_H_

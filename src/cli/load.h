// The organization and catalogue that a command works on.

#ifndef SCPCHECK_CLI_LOAD_H_
#define SCPCHECK_CLI_LOAD_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "scpcheck/engine.h"
#include "scpcheck/organization.h"

namespace scpcheck::cli {

struct OrganizationOptions {
  std::string path;
  std::vector<std::string> ignored_policies;
  bool allow_partial = false;
};

// Nothing if that failed, which has been reported. Warnings are reported too.
std::optional<Organization> LoadForCommand(const OrganizationOptions& options, Environment& environment);

// The built-in catalogue if `path` is empty. Null if it can't be read, which has been reported.
std::shared_ptr<const Catalogue> CatalogueForCommand(const std::string& path, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LOAD_H_

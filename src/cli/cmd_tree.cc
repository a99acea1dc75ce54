#include "cli/cmd_tree.h"

#include "catalog/catalogue.h"
#include "cli/exit_code.h"
#include "output/json.h"
#include "output/text.h"

namespace scpcheck::cli {

int RunTree(const TreeOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  const std::optional<Organization> organization = LoadForCommand(options.organization, environment);
  if (!organization) return kExitUsage;
  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(catalogue->date()),
                              .color = environment.color};
  return Emit(environment, options.json ? TreeJson(*organization, context) : TreeText(*organization, context),
              kExitOk);
}

}  // namespace scpcheck::cli

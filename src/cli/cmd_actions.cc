#include "cli/cmd_actions.h"

#include "base/ascii.h"
#include "catalog/catalogue.h"
#include "catalog/search.h"
#include "cli/exit_code.h"
#include "cli/load.h"
#include "output/json.h"
#include "output/text.h"

namespace scpcheck::cli {

int RunActions(const ActionsOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  const Result<std::vector<ActionId>> actions = SearchActions(*catalogue, options.patterns, options.regex);
  if (!actions) {
    Complain(environment.err, "--regex: " + actions.error().message);
    return kExitUsage;
  }
  if (actions->empty()) {
    std::string message = "no action of the catalogue of " + std::string(catalogue->date()) + " matches";
    for (const std::string& pattern : options.patterns) {
      if (catalogue->FindService(AsciiLower(pattern))) {
        message += ": for all actions of the service write `" + pattern + ":*`";
        break;
      }
      if (const std::optional<ActionId> near = SuggestAction(*catalogue, pattern)) {
        message += ": did you mean `" + std::string(catalogue->ActionName(*near)) + "`?";
        break;
      }
    }
    Complain(environment.err, message);
  } else if (options.patterns.size() > 1) {
    for (const std::string& pattern : options.patterns) {
      const Result<std::vector<ActionId>> found = SearchActions(*catalogue, {pattern}, options.regex);
      if (found && found->empty()) Complain(environment.err, "warning: nothing matches `" + pattern + "`");
    }
  }
  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(catalogue->date()),
                              .color = environment.color};
  return Emit(
      environment,
      options.json ? ActionsJson(*catalogue, *actions, context) : ActionsText(*catalogue, *actions, context),
      actions->empty() ? kExitNo : kExitOk);
}

}  // namespace scpcheck::cli

#include "catalogue_hooks.h"

#include "catalog/catalogue.h"

namespace scpcheck::reference {

KeyArity CatalogueKeyArity() {
  return [](std::string_view key) -> std::optional<Arity> {
    const Catalogue& catalogue = Catalogue::Embedded();
    const auto id = catalogue.FindKey(key);
    if (!id) return std::nullopt;
    return catalogue.Key(*id).multivalued ? Arity::kMulti : Arity::kSingle;
  };
}

ActionFacts CatalogueActionFacts() {
  return [](std::string_view action) -> std::optional<bool> {
    const Catalogue& catalogue = Catalogue::Embedded();
    const auto id = catalogue.FindAction(action);
    if (!id) return std::nullopt;
    return catalogue.HasResourceTypes(*id);
  };
}

}  // namespace scpcheck::reference

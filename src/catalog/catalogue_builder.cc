#include "catalog/catalogue_builder.h"

#include <optional>
#include <utility>

#include "catalog/catalogue_blob.h"
#include "catalog/catalogue_text.h"

namespace scpcheck {

Result<std::string> BuildCatalogue(std::string_view text, std::string_view global_keys,
                                   std::string_view file_name) {
  Result<CatalogueDraft> draft = ReadCatalogueText(text, global_keys, file_name);
  if (!draft.ok()) return draft.error();
  std::optional<std::string> blob = WriteCatalogueBlob(*draft);
  if (!blob) {
    return Error{"too many names have the same hash", std::string(file_name), 0, 0};
  }
  return *std::move(blob);
}

}  // namespace scpcheck

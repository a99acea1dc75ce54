// Lays a catalogue out as the blob that Catalogue reads (catalogue_format.h).

#ifndef SCPCHECK_CATALOG_CATALOGUE_BLOB_H_
#define SCPCHECK_CATALOG_CATALOGUE_BLOB_H_

#include <optional>
#include <string>

#include "catalog/catalogue_draft.h"

namespace scpcheck {

// Nothing if too many names have the same hash, which only a text made for it brings about.
std::optional<std::string> WriteCatalogueBlob(const CatalogueDraft& draft);

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_CATALOGUE_BLOB_H_

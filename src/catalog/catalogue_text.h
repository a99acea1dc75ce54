// Reads the text of a catalogue (docs/catalogue.md).

#ifndef SCPCHECK_CATALOG_CATALOGUE_TEXT_H_
#define SCPCHECK_CATALOG_CATALOGUE_TEXT_H_

#include <string_view>

#include "catalog/catalogue_draft.h"
#include "scpcheck/result.h"

namespace scpcheck {

// All limits are checked here, so that a draft can be written as a blob. Errors carry `file_name`, or the
// name of the global keys, and a line. Both texts must outlive the draft.
Result<CatalogueDraft> ReadCatalogueText(std::string_view text, std::string_view global_keys,
                                         std::string_view file_name);

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_CATALOGUE_TEXT_H_

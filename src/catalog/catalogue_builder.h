// Compiles a catalogue from its text (docs/catalogue.md) to the blob that Catalogue reads.

#ifndef SCPCHECK_CATALOG_CATALOGUE_BUILDER_H_
#define SCPCHECK_CATALOG_CATALOGUE_BUILDER_H_

#include <string>
#include <string_view>

#include "scpcheck/result.h"

namespace scpcheck {

// `text` is untrusted: whatever it is, the outcome is a valid blob or an Error with `file_name` and a line,
// and time and memory stay within limits that are about ten times what AWS's catalogue takes. `global_keys`
// is the text of data/global-keys.txt; what it says of a key goes before what `text` says.
Result<std::string> BuildCatalogue(std::string_view text, std::string_view global_keys,
                                   std::string_view file_name);

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_CATALOGUE_BUILDER_H_

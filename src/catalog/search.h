// Searching actions by name, and guessing what a misspelled one was meant to be.

#ifndef SCPCHECK_CATALOG_SEARCH_H_
#define SCPCHECK_CATALOG_SEARCH_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "scpcheck/result.h"

namespace scpcheck {

// The actions whose full name, `s3:GetObject`, some pattern matches in any case, ascending. `*` and `?` may
// stand anywhere, also in the service: `*:Describe*`. With `regex`, only those are kept in whose full name it
// finds a match, again in any case. An Error if `regex` is not an RE2 regular expression.
Result<std::vector<ActionId>> SearchActions(const Catalogue& catalogue,
                                            const std::vector<std::string>& patterns,
                                            const std::optional<std::string>& regex = std::nullopt);

// The action of which `name` (`s3:GetObjcet`) is most likely a misspelling, if any is near: an action of the
// service, or where there is no such service, of one with a similar name.
std::optional<ActionId> SuggestAction(const Catalogue& catalogue, std::string_view name);

// The same for the prefix of a service.
std::optional<ServiceId> SuggestService(const Catalogue& catalogue, std::string_view prefix);

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_SEARCH_H_

// What action patterns with wildcards stand for, written down with the baseline, so that it shows when a
// newer catalogue has them match more (SCP526).

#ifndef SCPCHECK_LINT_PATTERN_RECORD_H_
#define SCPCHECK_LINT_PATTERN_RECORD_H_

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "scpcheck/source.h"

namespace scpcheck {

struct PatternRecord {
  std::string catalogue_date;
  // By pattern, in lower case: the names of the catalogue's actions that it matches, sorted.
  std::map<std::string, std::vector<std::string>> actions;
};

// The patterns of a policy's text. `*` is left out: it matches whatever there is.
PatternRecord RecordPatterns(const std::shared_ptr<const Source>& source, const Catalogue& catalogue);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_PATTERN_RECORD_H_

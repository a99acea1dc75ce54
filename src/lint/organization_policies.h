// The policies of an organization file, as texts to lint.

#ifndef SCPCHECK_LINT_ORGANIZATION_POLICIES_H_
#define SCPCHECK_LINT_ORGANIZATION_POLICIES_H_

#include <memory>
#include <string>
#include <vector>

#include "scpcheck/files.h"
#include "scpcheck/result.h"
#include "scpcheck/source.h"

namespace scpcheck {

// Of an organization file in scpcheck's own format (docs/formats.md), JSON: the documents in it, whose places are
// those of the file, and the files that it names. Policies of other types than SCPs are left out.
Result<std::vector<std::shared_ptr<const Source>>> PoliciesOfOrganization(const std::string& path,
                                                                          const Files& files);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_ORGANIZATION_POLICIES_H_

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

struct PolicyText {
  std::string id;
  std::shared_ptr<const Source> source;
};

// Of an organization file in scpcheck's own format (docs/formats.md), JSON: the documents in it, whose places
// are those of the file, and the files that it names. Policies of other types than SCPs are left out.
Result<std::vector<PolicyText>> PoliciesOfOrganization(const std::string& path, const Files& files);

// A part of a text as a text of its own.
std::shared_ptr<const Source> PartOf(const std::shared_ptr<const Source>& outer, SourceRange range);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_ORGANIZATION_POLICIES_H_

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

struct OrganizationPolicies {
  std::vector<PolicyText> texts;
  std::vector<Error> errors;  // what could not be read; the others are there all the same
};

// Of an organization file in scpcheck's own format (docs/formats.md), JSON or YAML: the documents in it,
// whose places are those of the file, and the files that it names. Policies of other types than SCPs are left
// out.
OrganizationPolicies PoliciesOfOrganization(const std::string& path, const Files& files);

// A part of a text as a text of its own.
std::shared_ptr<const Source> PartOf(const std::shared_ptr<const Source>& outer, SourceRange range);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_ORGANIZATION_POLICIES_H_

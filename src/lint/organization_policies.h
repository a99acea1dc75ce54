// The policies of an organization, as texts to lint.

#ifndef SCPCHECK_LINT_ORGANIZATION_POLICIES_H_
#define SCPCHECK_LINT_ORGANIZATION_POLICIES_H_

#include <memory>
#include <string>
#include <vector>

#include "scpcheck/diagnostic.h"
#include "scpcheck/files.h"
#include "scpcheck/organization.h"
#include "scpcheck/result.h"
#include "scpcheck/source.h"

namespace scpcheck {

struct PolicyText {
  std::string id;
  // A file, or a part of the organization's file (PartOf).
  std::shared_ptr<const Source> source;
  // The policy is a string in it, as AWS's answers have it.
  bool is_string = false;
};

// Of an organization in any format that LoadOrganization takes; FullAWSAccess, which is AWS's own, and
// policies of other types than SCPs are left out. `diagnostics` gets what is wrong with the organization, or
// with a policy so that it can't be looked at.
Result<std::vector<PolicyText>> PoliciesOfOrganization(const std::string& path, const Files& files,
                                                       const LoadOptions& options, Diagnostics& diagnostics);

// A part of a text as a text of its own.
std::shared_ptr<const Source> PartOf(const std::shared_ptr<const Source>& outer, SourceRange range);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_ORGANIZATION_POLICIES_H_

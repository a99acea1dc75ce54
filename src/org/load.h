// The policies of an organization, however little sense the rest of it makes.

#ifndef SCPCHECK_ORG_LOAD_H_
#define SCPCHECK_ORG_LOAD_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scpcheck/diagnostic.h"
#include "scpcheck/files.h"
#include "scpcheck/organization.h"
#include "scpcheck/result.h"
#include "scpcheck/source.h"

namespace scpcheck {

// The code of the diagnostic of a policy whose file can't be read: there is no text to look at.
inline constexpr std::string_view kUnreadablePolicy = "unreadable";

struct OrganizationPolicies {
  std::vector<OrganizationPolicy> policies;
  std::shared_ptr<const Source> source;  // of the documents inside the organization's file; null: a directory
  bool is_yaml = false;                  // documents inside the organization's file are YAML
};

// As LoadOrganization, for those who look at the policies one by one: `diagnostics` gets what is wrong with
// the organization, but not what is wrong inside its policies, and the result has all policies that could be
// told apart. An error if the input is no organization at all.
Result<OrganizationPolicies> LoadPolicies(const std::string& path, const Files& files,
                                          const LoadOptions& options, Diagnostics& diagnostics);

}  // namespace scpcheck

#endif  // SCPCHECK_ORG_LOAD_H_

// What the answers of `aws organizations` say, gathered in any order and not yet held against each other.

#ifndef SCPCHECK_ORG_IMPORT_AWS_FACTS_H_
#define SCPCHECK_ORG_IMPORT_AWS_FACTS_H_

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "org/import/aws_reports.h"
#include "org/import/importer.h"

namespace scpcheck::aws {

// Listings give the order of what lies in a node; what only mentions a parent comes after them.
enum class Evidence : uint8_t { kListedByParent, kListedWithPath, kMentioned };

// That `child` lies in `parent`.
struct Claim {
  std::string child;
  std::string parent;
  Evidence evidence;
  Place place;
};

// A root, an organizational unit or an account.
struct Entity {
  std::string name;
  std::string state;
  bool state_is_current = false;  // from `State`, not from the retiring `Status`
  Place place;
};

struct PolicyEntry {
  OrganizationPolicy policy;
  Place place;
  bool described = false;
  bool added = false;  // to the organization
};

// One end of an attachment: a policy's id or a target's.
struct Attached {
  std::string id;
  Place place;
};
using AttachedBy = std::map<std::string, std::vector<Attached>>;

struct Facts {
  bool organization_described = false;
  std::string root_id;
  Entity root;
  std::unordered_map<std::string, Entity> units;
  std::unordered_map<std::string, Entity> accounts;
  std::vector<std::string> unit_order;  // as met
  std::vector<std::string> account_order;
  std::vector<Claim> claims;
  std::unordered_map<std::string, PolicyEntry> policies;
  std::vector<std::string> met_policies;  // as met
  std::vector<std::string> policy_order;  // of list-policies
  AttachedBy attachments;                 // policies by target
  AttachedBy targets;                     // targets by policy

  // Which answers there are.
  bool all_accounts_listed = false;
  std::unordered_set<std::string> units_listed;     // by parent
  std::unordered_set<std::string> accounts_listed;  // by parent
  std::map<std::string, Place> attachments_listed;  // by target
  std::map<std::string, Place> targets_listed;      // by policy
};

// Reads all answers. The parts of the organization without references go to `builder` at once; what is wrong
// goes to `reports`.
Facts GatherFacts(ImportInput& input, OrganizationBuilder& builder, Reports& reports);

// The types of policies that an Organization has.
bool IsRead(const OrganizationPolicy& policy);

// Ranges of an Organization are in its one file, if it has one.
SourceRange RangeInFile(const Place& place, const Organization& organization);

}  // namespace scpcheck::aws

#endif  // SCPCHECK_ORG_IMPORT_AWS_FACTS_H_

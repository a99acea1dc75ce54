// Organizations as the reference keeps them: each account with all levels above it.
#ifndef SCPCHECK_TESTS_REFERENCE_ORGANIZATION_H_
#define SCPCHECK_TESTS_REFERENCE_ORGANIZATION_H_

#include <memory>
#include <string>
#include <vector>

#include "policy.h"
#include "reference.h"

namespace scpcheck::reference {

// One node on the way from the root to an account.
struct Level {
  std::string node;
  std::vector<std::shared_ptr<const Policy>> policies;  // the SCPs, in order of attachment
};

struct Account {
  std::string id;
  std::string name;
  std::string path;      // /OU/OU/Name
  std::string org_path;  // r-id/ou-id/ou-id/: where it hangs
  std::vector<Level> levels;
};

struct Organization::Model {
  std::string id;
  std::string partition = "aws";
  std::string management_account;
  bool scps_enabled = true;
  std::vector<Account> accounts;
  KeyArity key_arity;
  ActionFacts action_facts;
};

// The account of an id, a name or a path; nullptr if there is none. Throws when several have the name.
const Account* FindAccount(const Organization::Model& model, const std::string& reference);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_ORGANIZATION_H_

// Makes the tree of a workload, and counts what it has of each thing.

#ifndef SCPCHECK_BENCH_ORGANIZATION_H_
#define SCPCHECK_BENCH_ORGANIZATION_H_

#include <string>
#include <vector>

#include "knobs.h"
#include "model.h"
#include "random.h"

namespace scpcheck::bench {

Organization MakeOrganization(const Scale& scale, const std::vector<std::string>& actions, Random& random);
Organization MakeWorstOrganization(Random& random);

struct Figures {
  size_t accounts = 0;
  size_t units = 0;
  size_t unit_levels = 0;
  size_t policies = 0;
  size_t statements = 0;
  size_t deny_statements = 0;
  size_t conditional_statements = 0;
  size_t action_patterns = 0;
  size_t conditions = 0;
  size_t classes = 0;
  size_t accounts_with_own_policies = 0;
  size_t largest_policy = 0;    // in characters
  size_t most_attachments = 0;  // to one node
  size_t longest_chain = 0;     // statements that apply to one account, FullAWSAccess not counted
  double average_chain = 0;
};
Figures CountFigures(const Organization& organization);

// The attachments of each level from the root to the account.
std::vector<const std::vector<size_t>*> ChainOf(const Organization& organization, const Account& account);

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_ORGANIZATION_H_

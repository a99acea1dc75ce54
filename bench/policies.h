// Makes the policies of a workload.

#ifndef SCPCHECK_BENCH_POLICIES_H_
#define SCPCHECK_BENCH_POLICIES_H_

#include <string>
#include <vector>

#include "knobs.h"
#include "model.h"
#include "random.h"

namespace scpcheck::bench {

// What a policy is for decides where it is attached.
struct PolicySet {
  std::vector<Policy> policies;
  // Indices of `policies`; together they are all of them.
  std::vector<size_t> regions;
  std::vector<size_t> allow_lists;
  std::vector<size_t> guards;
};

// `actions` is sorted, without duplicates, and has kLeastActions of AWS's names or more. The scale's numbers
// of policies, statements, distinct patterns and distinct conditions are met exactly, but where a policy
// would exceed the limit of its size.
PolicySet MakePolicies(const Scale& scale, const std::vector<std::string>& actions, Random& random);

// One policy of the worst kind.
Policy MakeWorstPolicy(size_t number, Random& random);

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_POLICIES_H_

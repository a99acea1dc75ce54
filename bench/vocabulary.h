// The words that workloads are made of: services, regions, names, tags, and values for condition keys.

#ifndef SCPCHECK_BENCH_VOCABULARY_H_
#define SCPCHECK_BENCH_VOCABULARY_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "random.h"

namespace scpcheck::bench {

// `s3` of `s3:GetObject`, and the rest.
std::string_view ServiceOf(std::string_view action);
std::string_view NameOf(std::string_view action);

std::span<const std::string_view> PopularActions();   // most used first
std::span<const std::string_view> GuardedServices();  // that most SCPs are about
std::span<const std::string_view> GlobalServices();   // that a region deny leaves out
std::span<const std::string_view> CoreRegions();      // allowed by every region deny
std::span<const std::string_view> OtherRegions();
std::span<const std::string_view> TagNames();
std::span<const std::string_view> Teams();
std::span<const std::string_view> Stages();

// Some value that a request could carry for the key: tag values by tag, Regions mostly of the core. `account`
// and `organization` are the ids of the caller's.
std::string RandomValue(std::string_view key, std::string_view account, std::string_view organization,
                        Random& random);

std::string RandomVpc(Random& random);   // from a small set, so that policies and requests meet
std::string RandomCidr(Random& random);  // likewise
std::string RandomRole(Random& random);  // path and name
std::string ExemptRole(Random& random);  // path and name of one that policies exempt
std::string UserAgent(Random& random);

// A pattern of ARNs of the service that an SCP would protect, or "*" when there is no usual one.
std::string ProtectedResource(std::string_view service, Random& random);
// An ARN for a request with the action.
std::string RequestResource(std::string_view action, std::string_view region, std::string_view account,
                            Random& random);

// Condition keys of the service's own with values that policies compare them with.
struct ServiceKey {
  std::string_view service;
  std::string_view key;
  enum class Kind { kText, kGlob, kBool, kNumber } kind;
  std::span<const std::string_view> values;
};
std::span<const ServiceKey> ServiceKeys();

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_VOCABULARY_H_

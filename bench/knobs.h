// Every constant by which a workload can be tuned.
//
// The scales are those of the goals (bench/README.md); the shares describe policies and requests like real
// ones.

#ifndef SCPCHECK_BENCH_KNOBS_H_
#define SCPCHECK_BENCH_KNOBS_H_

#include <cstddef>

namespace scpcheck::bench {

// What a workload has of each thing. Policies and what follows do not count FullAWSAccess.
struct Scale {
  const char* name;
  size_t accounts;
  size_t units;
  size_t unit_levels;
  size_t policies;
  size_t statements;
  size_t action_patterns;  // distinct
  size_t conditions;       // distinct triples of operator, key and values
  size_t root_policies;
  size_t packed_policies;      // of 10 to 12 statements
  size_t region_policies;      // with one NotAction of some 80 entries
  size_t allow_policies;       // allow-lists, each in place of FullAWSAccess on one unit
  size_t own_policy_permille;  // accounts with policies of their own; sets the number of classes
  size_t bare_unit_percent;    // units with FullAWSAccess alone; sets the number of classes
  bool compact;                // JSON without white space
  size_t default_requests;
};

inline constexpr Scale kSmallScale = {
    .name = "S",
    .accounts = 6,
    .units = 3,
    .unit_levels = 2,
    .policies = 8,
    .statements = 40,
    .action_patterns = 302,
    .conditions = 45,
    .root_policies = 2,
    .packed_policies = 2,
    .region_policies = 1,
    .allow_policies = 1,
    .own_policy_permille = 170,
    .bare_unit_percent = 0,
    .compact = false,
    .default_requests = 1'000'000,
};

inline constexpr Scale kMediumScale = {
    .name = "M",
    .accounts = 500,
    .units = 60,
    .unit_levels = 4,
    .policies = 80,
    .statements = 326,
    .action_patterns = 1'273,
    .conditions = 209,
    .root_policies = 4,
    .packed_policies = 9,
    .region_policies = 4,
    .allow_policies = 3,
    .own_policy_permille = 180,
    .bare_unit_percent = 10,
    .compact = false,
    .default_requests = 1'000'000,
};

inline constexpr Scale kLargeScale = {
    .name = "L",
    .accounts = 50'000,
    .units = 2'000,
    .unit_levels = 5,
    .policies = 1'000,
    .statements = 3'398,
    .action_patterns = 6'490,
    .conditions = 1'339,
    .root_policies = 5,
    .packed_policies = 80,
    .region_policies = 25,
    .allow_policies = 30,
    .own_policy_permille = 100,
    .bare_unit_percent = 15,
    .compact = true,
    .default_requests = 1'000'000,
};

// 'Worst kind': every statement matches every action, and only its last condition fails.
inline constexpr size_t kWorstStatementsPerLevel = 12;
inline constexpr size_t kWorstConditionsPerStatement = 4;
inline constexpr size_t kWorstAccounts = 8;
inline constexpr size_t kWorstRequests = 300'000;

// Fewer actions than this can't give as many distinct patterns as the scales ask for.
inline constexpr size_t kLeastActions = 8'000;

// Policies.
inline constexpr size_t kPolicyCharacterLimit = 10'240;
inline constexpr size_t kAttachmentLimit = 10;
inline constexpr size_t kConditionalPercent = 77;
inline constexpr size_t kAnyActionPercent = 8;        // conditional Deny on "*", or on all but a few actions
inline constexpr size_t kNarrowResourcePercent = 18;  // statements on a pattern of ARNs
inline constexpr size_t kAllowStatementPercent = 2;
inline constexpr size_t kGuardedServicePercent = 60;  // statements about the services that most SCPs guard
inline constexpr size_t kRegionNotActionsLow = 76;
inline constexpr size_t kRegionNotActionsHigh = 84;
inline constexpr size_t kGlobalPatternPool = 110;  // that those entries are taken from

// Accounts with policies of their own that have the same ones as another of their unit.
inline constexpr size_t kSameAsNeighbourPercent = 8;

// Requests.
inline constexpr size_t kAllowedPercent = 80;
inline constexpr size_t kDeniedPercent = 10;  // the rest is open
inline constexpr size_t kResourcePercent = 70;
inline constexpr size_t kPrincipalPercent = 85;
inline constexpr size_t kContextKeysLow = 4;
// At most, while lines are longer than they should be on average.
inline constexpr size_t kContextKeysMiddle = 5;
inline constexpr size_t kContextKeysHigh = 8;
inline constexpr size_t kCompleteContextPercent = 20;  // of the requests meant to be decided
inline constexpr size_t kAverageLineBytes = 361;       // with the line feed
inline constexpr size_t kContextAttempts = 8;          // contexts tried for one account and action
inline constexpr size_t kSubjectAttempts = 40;         // accounts and actions tried for one outcome
inline constexpr size_t kRepairSteps = 16;             // values changed in one context

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_KNOBS_H_

// An organization as the generator sees it: only what it writes itself, so that the requests can be chosen by
// what the policies say about them.

#ifndef SCPCHECK_BENCH_MODEL_H_
#define SCPCHECK_BENCH_MODEL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace scpcheck::bench {

enum class Test {
  kStringEquals,
  kStringLike,
  kArnLike,
  kBool,
  kIpAddress,
  kNumericGreaterThan,
  kDateGreaterThan,
  kNull,
};

enum class Quantifier { kNone, kForAnyValue, kForAllValues };

struct Condition {
  Test test = Test::kStringEquals;
  bool negated = false;
  bool if_exists = false;
  Quantifier quantifier = Quantifier::kNone;
  std::string key = {};
  std::vector<std::string> values = {};
};

// `ForAnyValue:StringNotLikeIfExists` and the like.
std::string OperatorName(const Condition& condition);
// Equal texts, equal conditions.
std::string ConditionText(const Condition& condition);

struct Statement {
  std::string sid;
  bool allow = false;
  bool not_action = false;
  bool not_resource = false;
  std::vector<std::string> actions;
  std::vector<std::string> resources;
  std::vector<Condition> conditions;
};

struct Policy {
  std::string id;
  std::string name;
  std::vector<Statement> statements;
};

inline constexpr size_t kFullAccess = SIZE_MAX;  // among attachments: FullAWSAccess
inline constexpr size_t kRootUnit = SIZE_MAX;    // among parents: the root

struct Unit {
  std::string id;
  std::string name;
  size_t parent = kRootUnit;
  size_t level = 1;                 // 1 directly below the root
  std::vector<size_t> attachments;  // indices of policies, or kFullAccess
};

struct Account {
  std::string id;
  std::string name;
  size_t unit = kRootUnit;
  std::vector<size_t> attachments;
};

struct Organization {
  std::string id;
  std::string root_id;
  std::vector<Policy> policies;
  std::vector<size_t> root_attachments;
  std::vector<Unit> units;        // a parent before its children
  std::vector<Account> accounts;  // the first one is the management account
};

// Shell-like match: `*` any run of characters, `?` one.
bool GlobMatches(std::string_view pattern, std::string_view text);
// The same for actions, ignoring ASCII case.
bool ActionMatches(std::string_view pattern, std::string_view action);

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_MODEL_H_

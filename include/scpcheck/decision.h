// The answer to a request.

#ifndef SCPCHECK_DECISION_H_
#define SCPCHECK_DECISION_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scpcheck/organization.h"

namespace scpcheck {

enum class Verdict : uint8_t {
  kAllowed,    // every request that fits the question passes: no SCP stops it
  kDenied,     // none passes
  kUndecided,  // judging each statement by itself does not settle it; see Decision::depends_on
};

// As in the `reason` of a decision, in the order in which the exemptions apply.
enum class Reason : uint8_t {
  kScpNotEnabled,         // E-20
  kManagementAccount,     // E-11
  kServiceLinkedRole,     // E-12
  kServicePrincipal,      // E-14
  kNoPermissionRequired,  // E-17
  kAllowedAtEveryLevel,   // E-01
  kExplicitDeny,
  kImplicitDeny,
};

std::string_view VerdictName(Verdict verdict);
std::string_view ReasonName(Reason reason);  // `explicitDeny`

// The views belong to the engine, those of `depends_on` to the evaluator, until its next decision.
struct Decision {
  Verdict verdict = Verdict::kUndecided;
  Reason reason = Reason::kAllowedAtEveryLevel;  // meaningless if undecided
  std::string_view account;                      // 12 digits
  // What decided: for an explicit deny all of them, for an implicit one only the node, which is the level
  // nearest to the root that allows nothing. Else empty.
  std::string_view node;
  std::string_view policy;
  std::optional<uint32_t> statement;  // from 0
  std::string_view sid;
  // Of an undecided question: the condition keys, `resource` and `principal` that statements depend on;
  // sorted.
  std::span<const std::string_view> depends_on;
};

// Whether something holds for every request that fits, for none, or depends on what is left open.
enum class Truth : uint8_t { kFalse, kUnknown, kTrue };

// Why a statement does or doesn't match.
struct StatementExplanation {
  PolicyIndex policy;
  uint32_t statement = 0;
  Truth matches = Truth::kFalse;
  // The first part that fails or is open: `Action`, `Resource` ..., or the condition as `operator key`. Empty
  // if it matches.
  std::string because;
  // What the request carries there: `"us-east-1"`, `absent`, `unknown`.
  std::string saw;
  SourceRange range;  // of that part; of the statement if it matches
};

// One level of the path from the root to the account.
struct LevelExplanation {
  std::string node;  // id of the root, organizational unit or account
  std::string name;
  std::vector<PolicyIndex> policies;  // the SCPs attached here
  Truth allows = Truth::kFalse;       // some Allow matches
  Truth denies = Truth::kFalse;       // some Deny matches
  std::vector<StatementExplanation> statements;
};

struct Explanation {
  std::vector<LevelExplanation> levels;  // empty where SCPs don't apply at all
};

}  // namespace scpcheck

#endif  // SCPCHECK_DECISION_H_

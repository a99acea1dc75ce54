// A service control policy as its author wrote it: every rule of the grammar checked, every part with its
// place.
//
// Texts are kept as written (JSON escapes resolved): what a pattern or value means is the engine's business.

#ifndef SCPCHECK_POLICY_H_
#define SCPCHECK_POLICY_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck {

// A single text (an action, a resource, a value) is never longer than a whole policy may be; a longer one
// makes the policy undecidable, which bounds what matching can cost.
inline constexpr size_t kMaxPolicyTextBytes = 40960;

enum class Effect : uint8_t { kAllow, kDeny };

struct LocatedText {
  std::string text;
  SourceRange range;
};

// The comparison that a condition operator names, without `Not`, `IfExists` and the set operator.
enum class Comparison : uint8_t {
  kStringEquals,
  kStringEqualsIgnoreCase,
  kStringLike,
  kNumericEquals,
  kNumericLessThan,
  kNumericLessThanEquals,
  kNumericGreaterThan,
  kNumericGreaterThanEquals,
  kDateEquals,
  kDateLessThan,
  kDateLessThanEquals,
  kDateGreaterThan,
  kDateGreaterThanEquals,
  kBool,
  kBinaryEquals,
  kIpAddress,
  kArnLike,  // ArnEquals and ArnLike are the same (semantics 4.2)
  kNull,
  kUnknown,  // never matches (G-15)
};

enum class SetOperator : uint8_t { kNone, kForAllValues, kForAnyValue };

struct ConditionOperator {
  Comparison comparison = Comparison::kUnknown;
  bool negated = false;
  bool if_exists = false;
  SetOperator set_operator = SetOperator::kNone;

  friend bool operator==(const ConditionOperator&, const ConditionOperator&) = default;
};

// Reads an operator in any case (G-15). An unknown one has Comparison::kUnknown.
ConditionOperator ParseConditionOperator(std::string_view text);

// The documented spelling of an operator written in any case, such as `ForAllValues:StringNotLikeIfExists`;
// empty for an unknown one.
std::string DocumentedOperatorName(std::string_view text);

struct ConditionValue {
  enum class Kind : uint8_t { kString, kNumber, kBoolean };
  Kind kind = Kind::kString;
  std::string text;  // a number or boolean as it is written
  SourceRange range;
};

// One key under one operator, with all its values.
struct ConditionClause {
  ConditionOperator op;
  LocatedText operator_text;
  LocatedText key;
  std::vector<ConditionValue> values;
};

struct Statement {
  SourceRange range;
  std::optional<LocatedText> sid;
  Effect effect = Effect::kDeny;
  bool not_action = false;
  std::vector<LocatedText> actions;  // patterns of Action or NotAction
  bool not_resource = false;
  std::vector<LocatedText> resources;       // patterns of Resource or NotResource
  std::vector<ConditionClause> conditions;  // all must hold (C-01)
  // There is an operator that does not exist, without any key: no clause tells that it never holds (G-15).
  bool never_matches = false;

  bool is_unconditional() const { return conditions.empty() && !never_matches; }
};

// What is read of a policy's file: far more than any policy has, little enough to read thousands.
inline constexpr size_t kMaxPolicyFileSize = size_t{4} << 20;

struct Policy {
  std::shared_ptr<const Source> source;
  SourceRange range;
  // Policy variables work only with Version 2012-10-17; else `${...}` is plain text (G-03, V-01).
  bool has_variables = false;
  std::vector<Statement> statements;
  // False if AWS could not read this as a policy, or we can't (G-04a): no decision may rest on it.
  // `diagnostics` then holds the reason among its errors.
  bool decidable = true;
  Diagnostics diagnostics;
};

// Reads the text of one policy, JSON. Reports everything that AWS would reject, and goes on where it can.
Policy ParsePolicy(std::shared_ptr<const Source> source);

}  // namespace scpcheck

#endif  // SCPCHECK_POLICY_H_

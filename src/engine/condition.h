// Condition clauses and resource patterns on the facts of one request, in three values.

#ifndef SCPCHECK_ENGINE_CONDITION_H_
#define SCPCHECK_ENGINE_CONDITION_H_

#include <span>
#include <string>
#include <string_view>

#include "engine/compiled.h"
#include "engine/key_state.h"
#include "scpcheck/decision.h"

namespace scpcheck {

// The facts of a request: what its keys are.
class KeyFacts {
 public:
  virtual const KeyState& StateOf(KeyId key) const = 0;

 protected:
  ~KeyFacts() = default;
};

// The resource that a request names.
struct ResourceState {
  enum class Kind : uint8_t {
    kUnknown,
    kStar,     // the action has no resource types: it is authorised on `*`
    kText,     // one resource
    kPattern,  // every resource that `text`, a pattern's code, matches
  };
  Kind kind = Kind::kUnknown;
  std::string_view text;
};

class ConditionEvaluator {
 public:
  ConditionEvaluator(const CompiledOrganization& compiled, const KeyFacts& facts)
      : compiled_(compiled), facts_(facts) {}

  Truth EvaluateClause(const Clause& clause);
  Truth EvaluateResources(const ResourceSet& set, const ResourceState& resource);

  // Evaluates a clause without variables on a value that is only known to match one of `codes`.
  static Truth ComparePatternValue(const CompiledOrganization& compiled, const Clause& clause,
                                   std::span<const std::string_view> codes);

 private:
  // How a text compares with one value of a policy.
  enum class Match : uint8_t { kNo, kUnknown, kYes, kMalformed };

  Truth EvaluateAbsent(const Clause& clause) const;
  Truth EvaluateNull(const Clause& clause, const KeyState& state) const;
  Truth EvaluatePresent(const Clause& clause, const KeyState& state);
  // Whether one value of the request is matched by the clause's values, negation included.
  Truth EvaluateValue(const Clause& clause, std::string_view value);
  Truth EvaluatePatternValue(const Clause& clause, const KeyState& state);
  Match AnyMatch(const Clause& clause, std::string_view value);
  Match AnyPatternMatch(const Clause& clause, std::string_view value);
  Match CompareText(Comparison comparison, const CompiledPattern& pattern, std::string_view value);

  // What replacing the variables of a pattern leads to.
  enum class Expansion : uint8_t {
    kDone,        // the code has no variables any more
    kUnresolved,  // a variable has no value: the pattern matches nothing (V-06)
    kOpen,        // a variable's value is unknown; in the code it stands for any text
  };
  // `code` is the pattern's own, or lies in scratch_ until the next call.
  Expansion Expand(const CompiledPattern& pattern, std::string_view& code);

  const CompiledOrganization& compiled_;
  const KeyFacts& facts_;
  std::string scratch_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_CONDITION_H_

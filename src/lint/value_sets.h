// Condition clauses as sets: which values of their key satisfy them, and how these sets lie to each other.
//
// Everything here may say less than is true and never more: "inside" and "apart" are shown for every request,
// or denied. A value that depends on the request (a policy variable) or on a template's text is `inexact`: it
// stands for some part of what its pattern matches, nobody knows which.

#ifndef SCPCHECK_LINT_VALUE_SETS_H_
#define SCPCHECK_LINT_VALUE_SETS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/settings.h"
#include "match/address.h"
#include "match/date.h"
#include "match/number.h"
#include "match/pattern.h"
#include "scpcheck/policy.h"

namespace scpcheck {

// What comparisons may still cost: untrusted policies are long. Once it is used up, nothing more is shown.
class WorkLimit {
 public:
  explicit WorkLimit(size_t steps) : left_(steps) {}
  bool Spend(size_t steps) {
    left_ -= steps < left_ ? steps : left_;
    return left_ > 0;
  }

 private:
  size_t left_;
};

enum class Truth3 : uint8_t { kNo, kYes, kUnknown };

// Texts: those that a compiled pattern matches (match/pattern.h), its variables and tokens taken for
// wildcards.
struct TextPattern {
  std::string code;
  bool exact = true;
  bool folds = false;  // case does not count; `code` is in lower case
  // Base64 texts are equal if their bytes are: nothing but the same text is known to be the same.
  bool is_binary = false;
  // Of an inexact one that is the same in each request, the pattern with its variables.
  std::optional<Pattern> variable;

  bool is_literal() const;
};

template <typename T>
struct Interval {
  std::optional<T> low;
  std::optional<T> high;
  bool low_open = false;
  bool high_open = false;
};
using NumberInterval = Interval<Decimal>;
using DateInterval = Interval<Instant>;

using ValuePattern = std::variant<TextPattern, NumberInterval, DateInterval, AddressBlock>;

// An entry of Resource or NotResource, and any other text with wildcards, for the comparisons below. Nothing
// if it matches nothing. `text` must outlive it.
std::optional<TextPattern> ResourcePattern(std::string_view text, bool variables,
                                           const LintSettings& settings);

// An ARN's pattern with wildcards that stay in the first five fields, as authors mean them: under StringLike,
// and at the end of a field of Resource, they run over. It leaves out only ARNs that have colons in
// their last field for a wildcard to run over to.
TextPattern AsMeant(TextPattern pattern);

// Every value of `inner` is one of `outer`, in every request.
bool IsInside(const TextPattern& inner, const TextPattern& outer, WorkLimit& work);
bool IsInside(const ValuePattern& inner, const ValuePattern& outer, WorkLimit& work);
// No value is one of both, in any request.
bool AreApart(const TextPattern& a, const TextPattern& b, WorkLimit& work);
bool AreApart(const ValuePattern& a, const ValuePattern& b, WorkLimit& work);

// What is known of a key before any request is seen (U-02 to U-05).
struct TestedKey {
  std::string lower_name;
  std::optional<KeyInfo> info;  // none: no catalogue knows the key
  bool may_be_absent = true;
  bool may_be_present = true;
  bool may_be_single = true;  // one value, not a list
  bool may_be_list = true;
  // The key's name holds a template token: it is some other key.
  bool is_opaque = false;
};

TestedKey FactsOf(std::string_view key, const Catalogue& catalogue, const LintSettings& settings);
// Whether a request may carry `value` under the key, as far as its type tells.
bool IsPossibleValue(const TestedKey& key, std::string_view value);

// One key under one operator.
class ClauseSet {
 public:
  // All must outlive it.
  ClauseSet(const ConditionClause& clause, bool variables, const Catalogue& catalogue,
            const LintSettings& settings);

  const ConditionClause& source() const { return *source_; }
  const TestedKey& key() const { return key_; }
  const std::vector<ValuePattern>& patterns() const { return patterns_; }
  // The value that a pattern, by its place, was written as.
  const ConditionValue& ValueOf(size_t pattern) const { return source_->values[value_indices_[pattern]]; }
  SetOperator set_operator() const { return set_operator_; }
  bool is_null_test() const { return null_test_; }
  bool negated() const { return negated_; }

  // The clause that holds exactly where this one does not; none where no clause says that.
  std::optional<ClauseSet> Opposite() const;
  // Of aws:PrincipalArn, with wildcards that stay in their fields (AsMeant below).
  ClauseSet AsMeant() const;

  // --- The key's states: absent, one value, a list (of one or more).
  bool HoldsWhenAbsent() const { return holds_when_absent_; }
  // Nothing if it depends on the value.
  std::optional<bool> HoldsForEverySingle() const;
  std::optional<bool> HoldsForEveryList() const;
  // Of one value that is no list, with what the set operators make of an empty text (C-30).
  Truth3 HoldsForSingle(std::string_view value) const;
  Truth3 HoldsForList(const std::vector<std::string>& values) const;

  // --- One value, apart from set operators.
  Truth3 HoldsForValue(std::string_view value) const;
  std::optional<bool> HoldsForEveryValue() const { return every_value_; }
  // A negated operator over a value that it can't read: no value satisfies it (C-12, C-22a).
  bool is_spoilt() const { return spoilt_; }

  // What values must be for the operator to compare them; others satisfy neither it nor its negation (C-12).
  enum class Reads : uint8_t { kAnything, kArns, kNumbers, kDates, kAddresses };
  Reads reads() const { return reads_; }
  // Every value of the key is such, as its type tells.
  bool KeyIsReadable() const;

 private:
  // What a value stands for; nothing if no request's value is that.
  std::optional<ValuePattern> PatternOf(std::string_view text, bool variables,
                                        const LintSettings& settings) const;
  void SetEveryValue();
  bool CoversDomain(WorkLimit& work) const;

  const ConditionClause* source_;
  TestedKey key_;
  SetOperator set_operator_ = SetOperator::kNone;
  Reads reads_ = Reads::kAnything;
  bool is_known_ = true;  // false: the operator does not exist, and nothing satisfies it (G-15)
  bool null_test_ = false;
  bool holds_when_present_ = false;  // of a Null test
  bool holds_when_absent_ = false;
  bool negated_ = false;
  bool spoilt_ = false;
  bool has_values_ = true;
  std::vector<ValuePattern> patterns_;  // what the values of the list stand for, before negation
  std::vector<size_t> value_indices_;   // and which of them each is
  std::optional<bool> every_value_;
};

// `inner` are clauses of one key, all of which a value satisfies; `pattern` is one value pattern of a
// positive one of them. Every such value satisfies `clause`; no such value does.
bool SatisfiesAll(const ValuePattern& pattern, const std::vector<const ClauseSet*>& inner,
                  const ClauseSet& clause, WorkLimit& work);
bool SatisfiesNone(const ValuePattern& pattern, const ClauseSet& clause, WorkLimit& work);

// The clauses are of one key. Whenever all of `inner` hold, `outer` does.
bool Implies(const std::vector<const ClauseSet*>& inner, const ClauseSet& outer, WorkLimit& work);
// No state of the key satisfies all of them.
bool AreContradictory(const std::vector<const ClauseSet*>& clauses, WorkLimit& work);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_VALUE_SETS_H_

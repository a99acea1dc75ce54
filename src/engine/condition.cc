#include "engine/condition.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/assumptions.h"
#include "base/check.h"
#include "engine/truth.h"
#include "match/base64.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

bool IsBoolean(std::string_view text) {
  return AsciiEqualsIgnoreCase(text, "true") || AsciiEqualsIgnoreCase(text, "false");
}

bool CompareNumbers(Comparison comparison, const Decimal& value, const Decimal& limit) {
  switch (comparison) {
    case Comparison::kNumericEquals:
      return value == limit;
    case Comparison::kNumericLessThan:
      return value < limit;
    case Comparison::kNumericLessThanEquals:
      return value <= limit;
    case Comparison::kNumericGreaterThan:
      return value > limit;
    case Comparison::kNumericGreaterThanEquals:
      return value >= limit;
    default:
      SCPCHECK_CHECK(false && "not a numeric comparison");
      return false;
  }
}

bool CompareDates(Comparison comparison, const Instant& value, const Instant& limit) {
  switch (comparison) {
    case Comparison::kDateEquals:
      return value == limit;
    case Comparison::kDateLessThan:
      return value < limit;
    case Comparison::kDateLessThanEquals:
      return value <= limit;
    case Comparison::kDateGreaterThan:
      return value > limit;
    case Comparison::kDateGreaterThanEquals:
      return value >= limit;
    default:
      SCPCHECK_CHECK(false && "not a date comparison");
      return false;
  }
}

}  // namespace

Truth ConditionEvaluator::EvaluateClause(const Clause& clause) {
  if (clause.op.comparison == Comparison::kUnknown) return Truth::kFalse;  // G-15
  const KeyState& state = facts_.StateOf(clause.key);
  if (clause.op.comparison == Comparison::kNull) return EvaluateNull(clause, state);
  switch (state.kind) {
    case KeyState::Kind::kAbsent:
      return EvaluateAbsent(clause);
    case KeyState::Kind::kValues:
      return state.values.empty() ? EvaluateAbsent(clause) : EvaluatePresent(clause, state);
    case KeyState::Kind::kPatterns:
      return EvaluatePatternValue(clause, state);
    case KeyState::Kind::kUnknown:
      break;
  }
  // A bare operator on a multivalued key never matches while the key is present (C-31).
  if (clause.op.set_operator == SetOperator::kNone && compiled_.key(clause.key).arity == Arity::kMulti &&
      EvaluateAbsent(clause) == Truth::kFalse) {
    return Truth::kFalse;
  }
  return Truth::kUnknown;
}

// C-03, and 4.4 for the set operators.
Truth ConditionEvaluator::EvaluateAbsent(const Clause& clause) const {
  const ConditionOperator& op = clause.op;
  switch (op.set_operator) {
    case SetOperator::kForAllValues:
      return Truth::kTrue;
    case SetOperator::kForAnyValue:
      return ToTruth(op.if_exists && assumptions::kForAnyValueIfExistsOnMissingKey);
    case SetOperator::kNone:
      return ToTruth(op.if_exists || op.negated);
  }
  return Truth::kFalse;
}

Truth ConditionEvaluator::EvaluateNull(const Clause& clause, const KeyState& state) const {
  // C-16.
  if (clause.op.set_operator == SetOperator::kForAllValues) return Truth::kTrue;
  if (clause.op.set_operator == SetOperator::kForAnyValue) return Truth::kFalse;
  if (clause.matches_absent == clause.matches_present) return ToTruth(clause.matches_absent);
  switch (state.kind) {
    case KeyState::Kind::kUnknown:
      return Truth::kUnknown;
    case KeyState::Kind::kAbsent:
      return ToTruth(clause.matches_absent);
    case KeyState::Kind::kPatterns:
      return ToTruth(clause.matches_present);
    case KeyState::Kind::kValues:
      return ToTruth(state.values.empty() ? clause.matches_absent : clause.matches_present);
  }
  return Truth::kUnknown;
}

Truth ConditionEvaluator::EvaluatePresent(const Clause& clause, const KeyState& state) {
  const Arity arity = compiled_.key(clause.key).arity;
  const bool is_multivalued = arity == Arity::kMulti || (arity == Arity::kByValue && state.is_list);
  if (clause.op.set_operator == SetOperator::kNone) {
    if (is_multivalued) return Truth::kFalse;  // C-31
    return EvaluateValue(clause, state.values.front());
  }
  const bool for_all = clause.op.set_operator == SetOperator::kForAllValues;
  // C-30: only empty strings are an empty data set.
  if (std::all_of(state.values.begin(), state.values.end(),
                  [](std::string_view value) { return value.empty(); })) {
    return ToTruth(for_all);
  }
  Truth result = ToTruth(for_all);
  for (const std::string_view value : state.values) {
    const Truth one = EvaluateValue(clause, value);
    result = for_all ? And(result, one) : Or(result, one);
  }
  return result;
}

Truth ConditionEvaluator::EvaluateValue(const Clause& clause, std::string_view value) {
  // Also for a value that the operator can't read: there is nothing to compare it with.
  if (clause.has_no_values) {
    return ToTruth(clause.op.negated ? assumptions::kNegatedOverNothing : assumptions::kPositiveOverNothing);
  }
  switch (AnyMatch(clause, value)) {
    case Match::kMalformed:
      return ToTruth(assumptions::kMatchOnMalformedValue);
    case Match::kUnknown:
      return Truth::kUnknown;
    case Match::kYes:
      return ToTruth(!clause.op.negated);
    case Match::kNo:
      return ToTruth(clause.op.negated);
  }
  return Truth::kUnknown;
}

ConditionEvaluator::Match ConditionEvaluator::AnyMatch(const Clause& clause, std::string_view value) {
  const Comparison comparison = clause.op.comparison;
  if (ComparesText(comparison)) return AnyPatternMatch(clause, value);
  bool any = false;
  switch (comparison) {
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals: {
      const std::optional<Decimal> number = Decimal::Parse(value);
      if (!number) return Match::kMalformed;
      const std::span limits = CompiledOrganization::Of(compiled_.numbers, clause.values);
      any = std::any_of(limits.begin(), limits.end(),
                        [&](const Decimal& limit) { return CompareNumbers(comparison, *number, limit); });
      break;
    }
    case Comparison::kIpAddress: {
      const std::optional<AddressBlock> address = AddressBlock::Parse(value);
      if (!address || value.find('/') != std::string_view::npos) return Match::kMalformed;
      const std::span blocks = CompiledOrganization::Of(compiled_.blocks, clause.values);
      any = std::any_of(blocks.begin(), blocks.end(),
                        [&](const AddressBlock& block) { return block.Contains(*address); });
      break;
    }
    default: {
      const std::optional<Instant> date = ParseDate(value);
      if (!date) return Match::kMalformed;
      const std::span limits = CompiledOrganization::Of(compiled_.dates, clause.values);
      any = std::any_of(limits.begin(), limits.end(),
                        [&](const Instant& limit) { return CompareDates(comparison, *date, limit); });
    }
  }
  // A positive operator is satisfied by any good value; NOR is spoilt by a bad one (C-12).
  if (clause.has_malformed_value && clause.op.negated) return Match::kMalformed;
  return any ? Match::kYes : Match::kNo;
}

ConditionEvaluator::Match ConditionEvaluator::AnyPatternMatch(const Clause& clause, std::string_view value) {
  const std::span<const CompiledPattern> patterns = compiled_.patterns_of(clause);
  const Comparison comparison = clause.op.comparison;
  if (comparison == Comparison::kArnLike) {
    if (!IsArn(value) || (clause.has_malformed_value && clause.op.negated)) return Match::kMalformed;
  }
  if (clause.is_sorted_literals) {
    const auto at = std::lower_bound(
        patterns.begin(), patterns.end(), value,
        [this](const CompiledPattern& a, std::string_view text) { return compiled_.code_of(a) < text; });
    return at != patterns.end() && compiled_.code_of(*at) == value ? Match::kYes : Match::kNo;
  }
  Match result = Match::kNo;
  for (const CompiledPattern& pattern : patterns) {
    const Match one = CompareText(comparison, pattern, value);
    if (one == Match::kYes) return one;
    if (one == Match::kUnknown) result = one;
  }
  return result;
}

ConditionEvaluator::Match ConditionEvaluator::CompareText(Comparison comparison,
                                                          const CompiledPattern& pattern,
                                                          std::string_view value) {
  std::string_view code;
  const Expansion expansion = Expand(pattern, code);
  if (expansion == Expansion::kUnresolved) return Match::kNo;
  bool matches = false;
  switch (comparison) {
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kBool:
      // C-14. What an unknown variable could make of it is not looked into.
      if (expansion == Expansion::kOpen) return Match::kUnknown;
      matches = AsciiEqualsIgnoreCase(code, value) && (comparison != Comparison::kBool || IsBoolean(value));
      break;
    case Comparison::kBinaryEquals:
      matches = Base64Equal(code, value);
      break;
    default:
      matches = MatchPattern(code, value);
  }
  if (!matches) return Match::kNo;
  return expansion == Expansion::kOpen ? Match::kUnknown : Match::kYes;
}

namespace {

// Collects how the patterns of a clause relate to the patterns that a value may match.
class PatternComparison {
 public:
  // `open`: a variable of `code` is unknown, so it may match less than it says.
  void Add(std::string_view code, bool open, std::string_view value) {
    covered_ = covered_ || (!open && PatternCovers(code, value));
    all_disjoint_ = all_disjoint_ && PatternsDisjoint(code, value);
  }
  void EndValue() {
    all_covered_ = all_covered_ && covered_;
    covered_ = false;
  }
  Truth Result(bool negated) const {
    if (all_covered_) return ToTruth(!negated);
    if (all_disjoint_) return ToTruth(negated);
    return Truth::kUnknown;
  }

 private:
  bool covered_ = false;
  bool all_covered_ = true;
  bool all_disjoint_ = true;
};

// Whether patterns can tell anything about the clause's comparison.
bool ComparesPatterns(const Clause& clause) {
  const Comparison comparison = clause.op.comparison;
  return comparison == Comparison::kStringEquals || comparison == Comparison::kStringLike ||
         comparison == Comparison::kArnLike;
}

// C-22a: a bad pattern spoils NOR. The values themselves are ARNs.
bool IsSpoilt(const Clause& clause) {
  return clause.has_malformed_value && clause.op.negated;
}

}  // namespace

Truth ConditionEvaluator::ComparePatternValue(const CompiledOrganization& compiled, const Clause& clause,
                                              std::span<const std::string_view> codes) {
  if (!ComparesPatterns(clause)) return Truth::kUnknown;
  if (IsSpoilt(clause)) return ToTruth(assumptions::kMatchOnMalformedValue);
  PatternComparison comparison;
  for (const std::string_view value : codes) {
    for (const CompiledPattern& pattern : compiled.patterns_of(clause)) {
      comparison.Add(compiled.code_of(pattern), false, value);
    }
    comparison.EndValue();
  }
  return comparison.Result(clause.op.negated);
}

Truth ConditionEvaluator::EvaluatePatternValue(const Clause& clause, const KeyState& state) {
  if (state.is_any_principal && clause.for_any_principal) return *clause.for_any_principal;
  if (!ComparesPatterns(clause)) return Truth::kUnknown;
  if (IsSpoilt(clause)) return ToTruth(assumptions::kMatchOnMalformedValue);
  PatternComparison comparison;
  for (const std::string_view value : state.values) {
    for (const CompiledPattern& pattern : compiled_.patterns_of(clause)) {
      std::string_view code;
      const Expansion expansion = Expand(pattern, code);
      if (expansion == Expansion::kUnresolved) continue;  // V-06
      comparison.Add(code, expansion == Expansion::kOpen, value);
    }
    comparison.EndValue();
  }
  return comparison.Result(clause.op.negated);
}

Truth ConditionEvaluator::EvaluateResources(const ResourceSet& set, const ResourceState& resource) {
  Truth listed = ToTruth(set.has_star);
  if (!set.has_star && resource.kind != ResourceState::Kind::kStar) {
    for (const CompiledPattern& pattern : compiled_.patterns_of(set)) {
      if (listed == Truth::kTrue) break;
      std::string_view code;
      const Expansion expansion = Expand(pattern, code);
      if (expansion == Expansion::kUnresolved) continue;  // V-06
      Truth one = Truth::kUnknown;
      switch (resource.kind) {
        case ResourceState::Kind::kUnknown:
        case ResourceState::Kind::kStar:
          break;
        case ResourceState::Kind::kText:
          one = ToTruth(MatchPattern(code, resource.text));
          break;
        case ResourceState::Kind::kPattern:
          if (PatternsDisjoint(code, resource.text)) {
            one = Truth::kFalse;
          } else if (PatternCovers(code, resource.text)) {
            one = Truth::kTrue;
          }
          break;
      }
      if (one == Truth::kTrue && expansion == Expansion::kOpen) one = Truth::kUnknown;
      listed = Or(listed, one);
    }
  }
  return set.negated ? Not(listed) : listed;
}

ConditionEvaluator::Expansion ConditionEvaluator::Expand(const CompiledPattern& pattern,
                                                         std::string_view& code) {
  code = compiled_.code_of(pattern);
  if (pattern.variables.count == 0) return Expansion::kDone;
  Expansion result = Expansion::kDone;
  scratch_.clear();
  for (size_t i = 0; i < code.size(); ++i) {
    const auto byte = static_cast<unsigned char>(code[i]);
    if (byte != kVariable && byte != kSegmentVariable) {
      scratch_.push_back(code[i]);
      continue;
    }
    const size_t index = static_cast<size_t>(static_cast<unsigned char>(code[i + 1])) << 8 |
                         static_cast<unsigned char>(code[i + 2]);
    i += 2;
    const CompiledVariable& variable = compiled_.variables_of(pattern)[index];
    const KeyState& state = facts_.StateOf(variable.key);
    const Arity arity = compiled_.key(variable.key).arity;
    // V-03a: a multivalued key never resolves. An empty list is an absent key, of which nobody knows the
    // arity.
    const bool is_multivalued =
        arity == Arity::kMulti || (arity == Arity::kByValue && state.is_list && !state.values.empty());
    if (is_multivalued) return Expansion::kUnresolved;
    std::string_view value;
    switch (state.kind) {
      case KeyState::Kind::kUnknown:
      case KeyState::Kind::kPatterns:
        scratch_.push_back(static_cast<char>(byte == kSegmentVariable ? kSegmentRun : kRun));
        result = Expansion::kOpen;
        continue;
      case KeyState::Kind::kAbsent:
        if (!variable.default_value) return Expansion::kUnresolved;
        value = *variable.default_value;
        break;
      case KeyState::Kind::kValues:
        if (!state.values.empty()) {
          value = state.values.front();
        } else if (variable.default_value) {
          value = *variable.default_value;
        } else {
          return Expansion::kUnresolved;
        }
        break;
    }
    // A value with a colon fits no single part of an ARN.
    if (byte == kSegmentVariable && value.find(':') != std::string_view::npos) return Expansion::kUnresolved;
    scratch_.append(value);
  }
  code = scratch_;
  return result;
}

}  // namespace scpcheck

#include "lint/value_sets.h"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

#include "base/ascii.h"
#include "base/assumptions.h"
#include "lint/template_token.h"
#include "match/base64.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// One step is some nanoseconds.
constexpr size_t kStepsOfCall = 4;
constexpr size_t kBytesPairsPerStep = 32;
// For what is found out about a clause once and for all.
constexpr size_t kStepsOfClause = 1'000'000;

constexpr std::array<std::string_view, 2> kBooleans = {"true", "false"};  // in that order

std::string RunCode() {
  return std::string(1, static_cast<char>(kRun));
}

bool MatchesEverything(const TextPattern& pattern) {
  return pattern.exact && pattern.code.size() == 1 && static_cast<unsigned char>(pattern.code[0]) == kRun;
}

bool HasLowerCase(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

// The code of a pattern with wildcards in the place of its variables: what it matches at most.
std::string UpperCode(const Pattern& pattern) {
  std::string code;
  for (size_t i = 0; i < pattern.code().size(); ++i) {
    const auto byte = static_cast<unsigned char>(pattern.code()[i]);
    if (byte == kVariable || byte == kSegmentVariable) {
      code += static_cast<char>(byte == kVariable ? kRun : kSegmentRun);
      i += 2;
    } else {
      code += pattern.code()[i];
    }
  }
  return code;
}

TextPattern FromPattern(const Pattern& pattern, bool folds) {
  TextPattern text;
  text.code = UpperCode(pattern);
  text.folds = folds;
  if (folds) text.code = AsciiLower(text.code);
  text.exact = !pattern.has_variables();
  if (!text.exact) text.variable = pattern;
  return text;
}

TextPattern Inexact(std::string code, bool folds) {
  TextPattern text;
  text.code = folds ? AsciiLower(code) : std::move(code);
  text.exact = false;
  text.folds = folds;
  return text;
}

// A text with template tokens: at most what it matches when each token is a wildcard.
TextPattern FromTokens(std::string_view text, bool variables, bool folds, const LintSettings& settings) {
  return Inexact(UpperCode(Pattern::Like(WithTokensAsWildcards(text, settings), variables)), folds);
}

size_t Cost(std::string_view a, std::string_view b) {
  return kStepsOfCall + a.size() * b.size() / kBytesPairsPerStep;
}

bool CoversCode(std::string_view outer, std::string_view inner, WorkLimit& work) {
  return work.Spend(Cost(outer, inner)) && PatternCovers(outer, inner);
}

}  // namespace

bool IsInside(const TextPattern& inner, const TextPattern& outer, WorkLimit& work) {
  if (MatchesEverything(outer)) return true;
  if (inner.variable && outer.variable && *inner.variable == *outer.variable &&
      inner.is_binary == outer.is_binary && (inner.folds == outer.folds || outer.folds)) {
    return true;
  }
  if (!outer.exact) return false;
  if (inner.is_binary || outer.is_binary) {
    return inner.is_binary && outer.is_binary && inner.exact && inner.code == outer.code;
  }
  if (outer.folds) return CoversCode(outer.code, inner.folds ? inner.code : AsciiLower(inner.code), work);
  if (inner.folds && HasLowerCase(inner.code)) return false;
  return CoversCode(outer.code, inner.code, work);
}

bool AreApart(const TextPattern& a, const TextPattern& b, WorkLimit& work) {
  if (a.is_binary && b.is_binary) return !Base64Equal(a.code, b.code);
  if (a.is_binary || b.is_binary) return false;
  if (!work.Spend(Cost(a.code, b.code))) return false;
  if (a.folds == b.folds) return PatternsDisjoint(a.code, b.code);
  return PatternsDisjoint(AsciiLower(a.code), AsciiLower(b.code));
}

namespace {

template <typename T>
bool IntervalInside(const Interval<T>& inner, const Interval<T>& outer) {
  const bool low =
      !outer.low || (inner.low && (*inner.low > *outer.low ||
                                   (*inner.low == *outer.low && (inner.low_open || !outer.low_open))));
  const bool high =
      !outer.high || (inner.high && (*inner.high < *outer.high ||
                                     (*inner.high == *outer.high && (inner.high_open || !outer.high_open))));
  return low && high;
}

template <typename T>
bool LiesBelow(const Interval<T>& a, const Interval<T>& b) {
  return a.high && b.low && (*a.high < *b.low || (*a.high == *b.low && (a.high_open || b.low_open)));
}

// Whether a text is one of the values.
Truth3 HasValue(const ValuePattern& pattern, std::string_view value) {
  const auto answer = [](bool yes) { return yes ? Truth3::kYes : Truth3::kNo; };
  if (const auto* text = std::get_if<TextPattern>(&pattern)) {
    if (text->is_binary) return answer(Base64Equal(text->code, value));
    const bool matches = MatchPattern(text->code, text->folds ? AsciiLower(value) : std::string(value));
    if (!matches) return Truth3::kNo;
    return text->exact ? Truth3::kYes : Truth3::kUnknown;
  }
  if (const auto* numbers = std::get_if<NumberInterval>(&pattern)) {
    const std::optional<Decimal> number = Decimal::Parse(value);
    return answer(number && IntervalInside({*number, *number, false, false}, *numbers));
  }
  if (const auto* dates = std::get_if<DateInterval>(&pattern)) {
    const std::optional<Instant> date = ParseDate(value);
    return answer(date && IntervalInside({*date, *date, false, false}, *dates));
  }
  const std::optional<AddressBlock> address = AddressBlock::Parse(value);
  return answer(address && value.find('/') == std::string_view::npos &&
                std::get<AddressBlock>(pattern).Contains(*address));
}

// The one text that a pattern stands for.
const std::string* LiteralOf(const ValuePattern& pattern) {
  const auto* text = std::get_if<TextPattern>(&pattern);
  return text != nullptr && text->is_literal() ? &text->code : nullptr;
}

template <typename T>
std::optional<Interval<T>> IntervalOf(Comparison comparison, const T& limit) {
  switch (comparison) {
    case Comparison::kNumericEquals:
    case Comparison::kDateEquals:
      return Interval<T>{limit, limit, false, false};
    case Comparison::kNumericLessThan:
    case Comparison::kDateLessThan:
      return Interval<T>{std::nullopt, limit, false, true};
    case Comparison::kNumericLessThanEquals:
    case Comparison::kDateLessThanEquals:
      return Interval<T>{std::nullopt, limit, false, false};
    case Comparison::kNumericGreaterThan:
    case Comparison::kDateGreaterThan:
      return Interval<T>{limit, std::nullopt, true, false};
    case Comparison::kNumericGreaterThanEquals:
    case Comparison::kDateGreaterThanEquals:
      return Interval<T>{limit, std::nullopt, false, false};
    default:
      return std::nullopt;
  }
}

ClauseSet::Reads ReadsOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals:
      return ClauseSet::Reads::kNumbers;
    case Comparison::kDateEquals:
    case Comparison::kDateLessThan:
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateGreaterThan:
    case Comparison::kDateGreaterThanEquals:
      return ClauseSet::Reads::kDates;
    case Comparison::kIpAddress:
      return ClauseSet::Reads::kAddresses;
    case Comparison::kArnLike:
      return ClauseSet::Reads::kArns;
    default:
      return ClauseSet::Reads::kAnything;
  }
}

TextPattern ArnPattern(std::string_view text) {
  return FromPattern(*Pattern::Arn(text, false), false);
}

constexpr std::string_view kPrincipalArn = "aws:principalarn";

// Roles that SCPs don't reach, although they are called as others are (E-12, U-01).
const ValuePattern& LinkedRoles() {
  static const ValuePattern roles = ArnPattern("arn:*:iam::*:role/aws-service-role/*");
  return roles;
}

// What the key's values are among (U-01, U-04), as far as it helps clauses that read them so.
const std::vector<ValuePattern>& DomainOf(const TestedKey& key, ClauseSet::Reads reads) {
  static const std::vector<ValuePattern> texts = {TextPattern{.code = RunCode(), .variable = {}}};
  static const std::vector<ValuePattern> arns = {ArnPattern("arn:*:*:*:*:*")};
  // SCPs reach the root user, users, roles and federated users.
  static const std::vector<ValuePattern> principals = {
      ArnPattern("arn:*:iam::*:root"), ArnPattern("arn:*:iam::*:user/*"), ArnPattern("arn:*:iam::*:role/*"),
      ArnPattern("arn:*:sts::*:federated-user/*")};
  static const std::vector<ValuePattern> numbers = {NumberInterval{}};
  static const std::vector<ValuePattern> dates = {DateInterval{}};
  static const std::vector<ValuePattern> addresses = {*AddressBlock::Parse("0.0.0.0/0"),
                                                      *AddressBlock::Parse("::/0")};
  if (!key.info) return texts;
  using Reads = ClauseSet::Reads;
  switch (key.info->type) {
    case KeyType::kArn:
      return key.lower_name == kPrincipalArn ? principals : arns;
    case KeyType::kNumeric:
      return reads == Reads::kNumbers ? numbers : texts;
    case KeyType::kDate:
      return reads == Reads::kDates ? dates : texts;
    case KeyType::kDateOrNumeric:
      if (reads == Reads::kNumbers) return numbers;
      return reads == Reads::kDates ? dates : texts;
    case KeyType::kIpAddress:
      return reads == Reads::kAddresses ? addresses : texts;
    case KeyType::kBool:
    case KeyType::kString:
      return texts;
  }
  return texts;
}

bool IsBoolean(const TestedKey& key) {
  return key.info && key.info->type == KeyType::kBool;
}

// What a Boolean key can be (U-02).
std::span<const std::string_view> BooleansOf(const TestedKey& key) {
  const std::span<const std::string_view> all = kBooleans;
  return key.lower_name == "aws:principalisawsservice" ? all.subspan(1) : all;
}

}  // namespace

bool TextPattern::is_literal() const {
  return exact && !folds && !is_binary && std::none_of(code.begin(), code.end(), IsPatternByte);
}

std::optional<TextPattern> ResourcePattern(std::string_view text, bool variables,
                                           const LintSettings& settings) {
  if (HoldsTemplateToken(text, settings)) return FromTokens(text, variables, false, settings);
  const std::optional<Pattern> pattern = Pattern::Resource(text, variables);
  if (!pattern) return std::nullopt;
  return FromPattern(*pattern, false);
}

TextPattern AsMeant(TextPattern pattern) {
  constexpr int kColons = 5;
  if (pattern.is_binary || std::count(pattern.code.begin(), pattern.code.end(), ':') < kColons)
    return pattern;
  int colons = 0;
  for (char& c : pattern.code) {
    if (c == ':' && ++colons == kColons) break;
    const auto byte = static_cast<unsigned char>(c);
    if (byte == kRun) c = static_cast<char>(kSegmentRun);
    if (byte == kOne) c = static_cast<char>(kSegmentOne);
  }
  return pattern;
}

bool IsInside(const ValuePattern& inner, const ValuePattern& outer, WorkLimit& work) {
  const auto* outer_text = std::get_if<TextPattern>(&outer);
  const auto* inner_text = std::get_if<TextPattern>(&inner);
  if (outer_text != nullptr && inner_text != nullptr) return IsInside(*inner_text, *outer_text, work);
  if (!work.Spend(kStepsOfCall)) return false;
  if (outer_text != nullptr) return MatchesEverything(*outer_text);
  if (inner_text != nullptr) {
    const std::string* literal = LiteralOf(inner);
    return literal != nullptr && HasValue(outer, *literal) == Truth3::kYes;
  }
  if (inner.index() != outer.index()) return false;
  if (const auto* numbers = std::get_if<NumberInterval>(&inner)) {
    return IntervalInside(*numbers, std::get<NumberInterval>(outer));
  }
  if (const auto* dates = std::get_if<DateInterval>(&inner)) {
    return IntervalInside(*dates, std::get<DateInterval>(outer));
  }
  return std::get<AddressBlock>(outer).Contains(std::get<AddressBlock>(inner));
}

bool AreApart(const ValuePattern& a, const ValuePattern& b, WorkLimit& work) {
  const auto* a_text = std::get_if<TextPattern>(&a);
  const auto* b_text = std::get_if<TextPattern>(&b);
  if (a_text != nullptr && b_text != nullptr) return AreApart(*a_text, *b_text, work);
  if (!work.Spend(kStepsOfCall)) return false;
  if (a_text != nullptr || b_text != nullptr) {
    const std::string* literal = LiteralOf(a_text != nullptr ? a : b);
    return literal != nullptr && HasValue(a_text != nullptr ? b : a, *literal) == Truth3::kNo;
  }
  if (a.index() != b.index()) return false;
  if (const auto* numbers = std::get_if<NumberInterval>(&a)) {
    const auto& others = std::get<NumberInterval>(b);
    return LiesBelow(*numbers, others) || LiesBelow(others, *numbers);
  }
  if (const auto* dates = std::get_if<DateInterval>(&a)) {
    const auto& others = std::get<DateInterval>(b);
    return LiesBelow(*dates, others) || LiesBelow(others, *dates);
  }
  const auto& block = std::get<AddressBlock>(a);
  const auto& other = std::get<AddressBlock>(b);
  return !block.Contains(other) && !other.Contains(block);
}

TestedKey FactsOf(std::string_view key, const Catalogue& catalogue, const LintSettings& settings) {
  TestedKey facts;
  facts.lower_name = AsciiLower(key);
  facts.is_opaque = HoldsTemplateToken(key, settings);
  if (facts.is_opaque) return facts;
  if (const std::optional<CatalogueKeyId> id = catalogue.FindKey(key)) {
    facts.info = catalogue.Key(*id);
    facts.may_be_absent = facts.info->presence != KeyPresence::kAlways;
    facts.may_be_present = facts.info->presence != KeyPresence::kNever;
    // C-31a.
    facts.may_be_single = !facts.info->multivalued;
    facts.may_be_list = facts.info->multivalued;
  }
  return facts;
}

bool IsPossibleValue(const TestedKey& key, std::string_view value) {
  if (IsBoolean(key)) {
    const std::span<const std::string_view> values = BooleansOf(key);
    return std::find(values.begin(), values.end(), value) != values.end();
  }
  if (!key.info) return true;
  const auto is_among = [&](ClauseSet::Reads reads) {
    const std::vector<ValuePattern>& domain = DomainOf(key, reads);
    return std::any_of(domain.begin(), domain.end(),
                       [&](const ValuePattern& part) { return HasValue(part, value) == Truth3::kYes; });
  };
  switch (key.info->type) {
    case KeyType::kNumeric:
      return is_among(ClauseSet::Reads::kNumbers);
    case KeyType::kDate:
      return is_among(ClauseSet::Reads::kDates);
    case KeyType::kDateOrNumeric:
      return is_among(ClauseSet::Reads::kDates) && is_among(ClauseSet::Reads::kNumbers);
    case KeyType::kIpAddress:
      return is_among(ClauseSet::Reads::kAddresses);
    case KeyType::kArn:
      if (key.lower_name == kPrincipalArn && HasValue(LinkedRoles(), value) == Truth3::kYes) return false;
      return is_among(ClauseSet::Reads::kAnything);
    case KeyType::kBool:
    case KeyType::kString:
      return is_among(ClauseSet::Reads::kAnything);
  }
  return true;
}

ClauseSet::ClauseSet(const ConditionClause& clause, bool variables, const Catalogue& catalogue,
                     const LintSettings& settings)
    : source_(&clause),
      key_(FactsOf(clause.key.text, catalogue, settings)),
      set_operator_(clause.op.set_operator),
      reads_(ReadsOf(clause.op.comparison)),
      negated_(clause.op.negated),
      has_values_(!clause.values.empty()) {
  const ConditionOperator& op = clause.op;
  if (op.comparison == Comparison::kUnknown) {
    is_known_ = false;
    every_value_ = false;
    return;
  }
  if (op.comparison == Comparison::kNull) {
    null_test_ = true;
    for (const ConditionValue& value : clause.values) {
      holds_when_absent_ |= AsciiEqualsIgnoreCase(value.text, "true");
      holds_when_present_ |= AsciiEqualsIgnoreCase(value.text, "false");
    }
    // C-16.
    if (set_operator_ != SetOperator::kNone) {
      holds_when_absent_ = holds_when_present_ = set_operator_ == SetOperator::kForAllValues;
    }
    return;
  }
  // C-03, and 4.4 for the set operators.
  switch (set_operator_) {
    case SetOperator::kNone:
      holds_when_absent_ = op.negated || op.if_exists;
      break;
    case SetOperator::kForAllValues:
      holds_when_absent_ = true;
      break;
    case SetOperator::kForAnyValue:
      holds_when_absent_ = op.if_exists && assumptions::kForAnyValueIfExistsOnMissingKey;
      break;
  }
  for (size_t i = 0; i < clause.values.size(); ++i) {
    if (std::optional<ValuePattern> pattern = PatternOf(clause.values[i].text, variables, settings)) {
      patterns_.push_back(std::move(*pattern));
      value_indices_.push_back(i);
    } else {
      spoilt_ = negated_;
    }
  }
  SetEveryValue();
}

std::optional<ValuePattern> ClauseSet::PatternOf(std::string_view text, bool variables,
                                                 const LintSettings& settings) const {
  const Comparison comparison = source_->op.comparison;
  const bool folds = comparison == Comparison::kStringEqualsIgnoreCase || comparison == Comparison::kBool;
  if (HoldsTemplateToken(text, settings)) {
    const bool has_arn_parts =
        reads_ == Reads::kArns && Pattern::Arn(WithTokensAsWildcards(text, settings), variables);
    // A token may be a whole ARN, number, date or address.
    if (reads_ != Reads::kAnything && !has_arn_parts) return Inexact(RunCode(), false);
    return FromTokens(text, variables, folds, settings);
  }
  switch (reads_) {
    case Reads::kNumbers:
      if (const std::optional<Decimal> limit = Decimal::Parse(text)) return IntervalOf(comparison, *limit);
      return std::nullopt;
    case Reads::kDates:
      if (const std::optional<Instant> limit = ParseDate(text)) return IntervalOf(comparison, *limit);
      return std::nullopt;
    case Reads::kAddresses:
      return AddressBlock::Parse(text);
    case Reads::kArns:
      if (const std::optional<Pattern> pattern = Pattern::Arn(text, variables)) {
        return FromPattern(*pattern, false);
      }
      return std::nullopt;
    case Reads::kAnything:
      break;
  }
  if (comparison == Comparison::kBinaryEquals) {
    if (!IsBase64(text)) return std::nullopt;
    TextPattern binary;
    binary.code = text;
    binary.is_binary = true;
    return binary;
  }
  if (comparison == Comparison::kStringLike) return FromPattern(Pattern::Like(text, variables), false);
  const Pattern pattern = Pattern::Exact(text, variables);
  // C-14: nothing else is a truth value.
  if (comparison == Comparison::kBool && !pattern.has_variables() &&
      !AsciiEqualsIgnoreCase(text, kBooleans[0]) && !AsciiEqualsIgnoreCase(text, kBooleans[1])) {
    return std::nullopt;
  }
  return FromPattern(pattern, folds);
}

bool ClauseSet::KeyIsReadable() const {
  if (reads_ == Reads::kAnything) return true;
  if (!key_.info) return false;
  const KeyType type = key_.info->type;
  switch (reads_) {
    case Reads::kAnything:
      return true;
    case Reads::kArns:
      return type == KeyType::kArn;
    case Reads::kNumbers:
      return type == KeyType::kNumeric || type == KeyType::kDateOrNumeric;
    case Reads::kDates:
      return type == KeyType::kDate || type == KeyType::kDateOrNumeric;
    case Reads::kAddresses:
      return type == KeyType::kIpAddress;
  }
  return false;
}

bool ClauseSet::CoversDomain(WorkLimit& work) const {
  const std::vector<ValuePattern>& domain = DomainOf(key_, reads_);
  return std::all_of(domain.begin(), domain.end(), [&](const ValuePattern& part) {
    return std::any_of(patterns_.begin(), patterns_.end(),
                       [&](const ValuePattern& pattern) { return IsInside(part, pattern, work); });
  });
}

void ClauseSet::SetEveryValue() {
  if (!has_values_) {
    every_value_ = negated_ ? assumptions::kNegatedOverNothing : assumptions::kPositiveOverNothing;
    return;
  }
  if (spoilt_) {
    every_value_ = assumptions::kMatchOnMalformedValue;
    return;
  }
  if (IsBoolean(key_)) {
    const std::span<const std::string_view> values = BooleansOf(key_);
    const Truth3 first = HoldsForValue(values.front());
    if (first != Truth3::kUnknown && first == HoldsForValue(values.back())) {
      every_value_ = first == Truth3::kYes;
    }
    return;
  }
  WorkLimit work(kStepsOfClause);
  if (CoversDomain(work)) {
    every_value_ = !negated_;
    return;
  }
  const std::vector<ValuePattern>& domain = DomainOf(key_, reads_);
  const bool lies_outside = std::all_of(patterns_.begin(), patterns_.end(), [&](const ValuePattern& pattern) {
    return (key_.lower_name == kPrincipalArn && IsInside(pattern, LinkedRoles(), work)) ||
           std::all_of(domain.begin(), domain.end(),
                       [&](const ValuePattern& part) { return AreApart(pattern, part, work); });
  });
  if (lies_outside && (!negated_ || KeyIsReadable())) every_value_ = negated_;
}

std::optional<ClauseSet> ClauseSet::Opposite() const {
  if (key_.is_opaque || !is_known_) return std::nullopt;
  ClauseSet opposite = *this;
  opposite.holds_when_absent_ = !holds_when_absent_;
  if (null_test_) {
    opposite.holds_when_present_ = !holds_when_present_;
    return opposite;
  }
  if (spoilt_ || !KeyIsReadable()) return std::nullopt;
  // A bare operator is false for every list, so that its opposite would have to be true there (C-31).
  if (set_operator_ == SetOperator::kNone && key_.may_be_list) return std::nullopt;
  opposite.negated_ = !negated_;
  if (every_value_) opposite.every_value_ = !*every_value_;
  if (set_operator_ == SetOperator::kForAllValues) opposite.set_operator_ = SetOperator::kForAnyValue;
  if (set_operator_ == SetOperator::kForAnyValue) opposite.set_operator_ = SetOperator::kForAllValues;
  return opposite;
}

ClauseSet ClauseSet::AsMeant() const {
  ClauseSet meant = *this;
  if (key_.lower_name != kPrincipalArn) return meant;
  for (ValuePattern& pattern : meant.patterns_) {
    if (auto* text = std::get_if<TextPattern>(&pattern)) *text = scpcheck::AsMeant(std::move(*text));
  }
  return meant;
}

std::optional<bool> ClauseSet::HoldsForEverySingle() const {
  if (null_test_) return holds_when_present_;
  if (!is_known_) return false;
  switch (set_operator_) {
    case SetOperator::kNone:
      return every_value_;
    case SetOperator::kForAllValues:
      return every_value_ == true ? every_value_ : std::nullopt;
    case SetOperator::kForAnyValue:
      return every_value_ == false ? every_value_ : std::nullopt;
  }
  return std::nullopt;
}

std::optional<bool> ClauseSet::HoldsForEveryList() const {
  // C-31.
  if (!null_test_ && set_operator_ == SetOperator::kNone) return false;
  return HoldsForEverySingle();
}

Truth3 ClauseSet::HoldsForValue(std::string_view value) const {
  const auto answer = [](bool yes) { return yes ? Truth3::kYes : Truth3::kNo; };
  if (every_value_) return answer(*every_value_);
  bool readable = true;
  switch (reads_) {
    case Reads::kAnything:
      break;
    case Reads::kArns:
      readable = IsArn(value);
      break;
    case Reads::kNumbers:
      readable = Decimal::Parse(value).has_value();
      break;
    case Reads::kDates:
      readable = ParseDate(value).has_value();
      break;
    case Reads::kAddresses:
      readable = AddressBlock::Parse(value).has_value() && value.find('/') == std::string_view::npos;
      break;
  }
  if (!readable) return answer(assumptions::kMatchOnMalformedValue);
  Truth3 listed = Truth3::kNo;
  for (const ValuePattern& pattern : patterns_) {
    const Truth3 one = HasValue(pattern, value);
    if (one == Truth3::kYes) return answer(!negated_);
    if (one == Truth3::kUnknown) listed = one;
  }
  return listed == Truth3::kUnknown ? listed : answer(negated_);
}

Truth3 ClauseSet::HoldsForSingle(std::string_view value) const {
  if (null_test_) return holds_when_present_ ? Truth3::kYes : Truth3::kNo;
  if (!is_known_) return Truth3::kNo;
  if (set_operator_ != SetOperator::kNone) return HoldsForList({std::string(value)});
  return HoldsForValue(value);
}

Truth3 ClauseSet::HoldsForList(const std::vector<std::string>& values) const {
  const auto answer = [](bool yes) { return yes ? Truth3::kYes : Truth3::kNo; };
  if (const std::optional<bool> always = HoldsForEveryList()) return answer(*always);
  const bool for_all = set_operator_ == SetOperator::kForAllValues;
  // C-30.
  if (std::all_of(values.begin(), values.end(), [](const std::string& value) { return value.empty(); })) {
    return answer(for_all);
  }
  Truth3 result = answer(for_all);
  for (const std::string& value : values) {
    const Truth3 one = HoldsForValue(value);
    if (one == answer(!for_all)) return one;
    if (one == Truth3::kUnknown) result = one;
  }
  return result;
}

bool SatisfiesNone(const ValuePattern& pattern, const ClauseSet& clause, WorkLimit& work) {
  if (clause.is_null_test()) return false;
  if (clause.HoldsForEveryValue()) return !*clause.HoldsForEveryValue();
  if (const std::string* literal = LiteralOf(pattern)) {
    return work.Spend(kStepsOfCall * (1 + clause.patterns().size())) &&
           clause.HoldsForValue(*literal) == Truth3::kNo;
  }
  const auto& listed = clause.patterns();
  if (!clause.negated()) {
    return std::all_of(listed.begin(), listed.end(),
                       [&](const ValuePattern& other) { return AreApart(pattern, other, work); });
  }
  return std::any_of(listed.begin(), listed.end(),
                     [&](const ValuePattern& other) { return IsInside(pattern, other, work); });
}

namespace {

// Whether values that satisfy `inner` are such as `clause` can read.
bool AreReadable(const std::vector<const ClauseSet*>& inner, const ClauseSet& clause) {
  return clause.KeyIsReadable() || std::any_of(inner.begin(), inner.end(), [&](const ClauseSet* other) {
           return other->reads() == clause.reads() && !other->is_null_test();
         });
}

}  // namespace

bool SatisfiesAll(const ValuePattern& pattern, const std::vector<const ClauseSet*>& inner,
                  const ClauseSet& clause, WorkLimit& work) {
  if (clause.is_null_test()) return false;
  if (clause.HoldsForEveryValue()) return *clause.HoldsForEveryValue();
  if (const std::string* literal = LiteralOf(pattern)) {
    return work.Spend(kStepsOfCall * (1 + clause.patterns().size())) &&
           clause.HoldsForValue(*literal) == Truth3::kYes;
  }
  const auto& listed = clause.patterns();
  if (!clause.negated()) {
    return std::any_of(listed.begin(), listed.end(),
                       [&](const ValuePattern& other) { return IsInside(pattern, other, work); });
  }
  return AreReadable(inner, clause) &&
         std::all_of(listed.begin(), listed.end(),
                     [&](const ValuePattern& other) { return AreApart(pattern, other, work); });
}

namespace {

using Clauses = std::vector<const ClauseSet*>;

// The next functions are about one value, apart from set operators; none of the clauses is a Null test.

bool NoBooleanSatisfies(const Clauses& clauses, const ClauseSet* outer) {
  const TestedKey& key = outer != nullptr ? outer->key() : clauses[0]->key();
  const std::span<const std::string_view> values = BooleansOf(key);
  return std::all_of(values.begin(), values.end(), [&](std::string_view value) {
    return (outer != nullptr && outer->HoldsForValue(value) == Truth3::kYes) ||
           std::any_of(clauses.begin(), clauses.end(),
                       [&](const ClauseSet* clause) { return clause->HoldsForValue(value) == Truth3::kNo; });
  });
}

// Some other clause takes none of the values that `pattern`, of the clause `own`, stands for.
bool IsRejected(const ValuePattern& pattern, const Clauses& clauses, const ClauseSet* own, WorkLimit& work) {
  return std::any_of(clauses.begin(), clauses.end(), [&](const ClauseSet* clause) {
    return clause != own && SatisfiesNone(pattern, *clause, work);
  });
}

bool NoValueSatisfies(const Clauses& clauses, WorkLimit& work) {
  if (clauses.empty()) return false;
  if (IsBoolean(clauses[0]->key()) && NoBooleanSatisfies(clauses, nullptr)) return true;
  return std::any_of(clauses.begin(), clauses.end(), [&](const ClauseSet* clause) {
    if (clause->HoldsForEveryValue()) return !*clause->HoldsForEveryValue();
    if (clause->negated()) return false;
    return std::all_of(
        clause->patterns().begin(), clause->patterns().end(),
        [&](const ValuePattern& pattern) { return IsRejected(pattern, clauses, clause, work); });
  });
}

bool ValuesImply(const Clauses& inner, const ClauseSet& outer, WorkLimit& work) {
  if (outer.HoldsForEveryValue() == true || NoValueSatisfies(inner, work)) return true;
  if (outer.HoldsForEveryValue() == false) return false;
  if (IsBoolean(outer.key()) && NoBooleanSatisfies(inner, &outer)) return true;
  return std::any_of(inner.begin(), inner.end(), [&](const ClauseSet* clause) {
    if (clause->HoldsForEveryValue()) return false;
    if (!clause->negated()) {
      return std::all_of(
          clause->patterns().begin(), clause->patterns().end(), [&](const ValuePattern& pattern) {
            return SatisfiesAll(pattern, inner, outer, work) || IsRejected(pattern, inner, clause, work);
          });
    }
    // All but `inner`'s values are all but `outer`'s, if those are among these.
    if (!outer.negated() || !AreReadable(inner, outer)) return false;
    return std::all_of(outer.patterns().begin(), outer.patterns().end(), [&](const ValuePattern& pattern) {
      return std::any_of(clause->patterns().begin(), clause->patterns().end(),
                         [&](const ValuePattern& other) { return IsInside(pattern, other, work); });
    });
  });
}

Clauses WithSetOperator(const Clauses& clauses, SetOperator set_operator) {
  Clauses chosen;
  for (const ClauseSet* clause : clauses) {
    if (!clause->is_null_test() && clause->set_operator() == set_operator) chosen.push_back(clause);
  }
  return chosen;
}

// `outer` may be null: then whether no single value satisfies all clauses.
bool SingleImplies(const Clauses& inner, const ClauseSet* outer, WorkLimit& work) {
  if (outer != nullptr && outer->HoldsForEverySingle() == true) return true;
  Clauses values;
  for (const ClauseSet* clause : inner) {
    if (clause->HoldsForEverySingle() == false) return true;
    if (!clause->is_null_test()) values.push_back(clause);
  }
  const bool against = outer == nullptr || outer->is_null_test() || outer->HoldsForEverySingle() == false;
  if (against ? !NoValueSatisfies(values, work) : !ValuesImply(values, *outer, work)) return false;
  // Set operators see no value in an empty text (C-30).
  const auto sees_sets = [](const ClauseSet* clause) { return clause->set_operator() != SetOperator::kNone; };
  if (!(outer != nullptr && sees_sets(outer)) && std::none_of(inner.begin(), inner.end(), sees_sets)) {
    return true;
  }
  return (outer != nullptr && outer->HoldsForSingle("") == Truth3::kYes) ||
         std::any_of(inner.begin(), inner.end(),
                     [](const ClauseSet* clause) { return clause->HoldsForSingle("") == Truth3::kNo; });
}

// The same for lists.
bool ListImplies(const Clauses& inner, const ClauseSet* outer, WorkLimit& work) {
  if (outer != nullptr && outer->HoldsForEveryList() == true) return true;
  if (std::any_of(inner.begin(), inner.end(),
                  [](const ClauseSet* clause) { return clause->HoldsForEveryList() == false; })) {
    return true;
  }
  // All values satisfy these; a list of empty texts, which satisfies them anyway, satisfies no ForAnyValue.
  const Clauses all = WithSetOperator(inner, SetOperator::kForAllValues);
  const Clauses any = WithSetOperator(inner, SetOperator::kForAnyValue);
  // Calls `holds` with what one of the values satisfies.
  const auto for_some_value = [&](auto holds) {
    return std::any_of(any.begin(), any.end(), [&](const ClauseSet* clause) {
      Clauses one = all;
      one.push_back(clause);
      return holds(one);
    });
  };
  if (for_some_value([&](const Clauses& one) { return NoValueSatisfies(one, work); })) return true;
  if (outer == nullptr || outer->is_null_test() || outer->HoldsForEveryList() == false) return false;
  if (outer->set_operator() == SetOperator::kForAllValues) return ValuesImply(all, *outer, work);
  return for_some_value([&](const Clauses& one) { return ValuesImply(one, *outer, work); });
}

bool StatesImply(const Clauses& inner, const ClauseSet* outer, const TestedKey& key, WorkLimit& work) {
  if (key.is_opaque) return false;
  const bool absent_can_hold = std::all_of(inner.begin(), inner.end(),
                                           [](const ClauseSet* clause) { return clause->HoldsWhenAbsent(); });
  if (key.may_be_absent && absent_can_hold && !(outer != nullptr && outer->HoldsWhenAbsent())) return false;
  if (!key.may_be_present) return true;
  return (!key.may_be_single || SingleImplies(inner, outer, work)) &&
         (!key.may_be_list || ListImplies(inner, outer, work));
}

}  // namespace

bool Implies(const std::vector<const ClauseSet*>& inner, const ClauseSet& outer, WorkLimit& work) {
  return StatesImply(inner, &outer, outer.key(), work);
}

bool AreContradictory(const std::vector<const ClauseSet*>& clauses, WorkLimit& work) {
  return !clauses.empty() && StatesImply(clauses, nullptr, clauses[0]->key(), work);
}

}  // namespace scpcheck

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/scope/names.h"
#include "lint/rules/scope/rules.h"
#include "match/number.h"

namespace scpcheck {

namespace {

using Words = std::span<const std::string>;

bool HasAny(Words words, std::span<const std::string_view> wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

// The listed ones are what is spared.
constexpr std::array<std::string_view, 5> kSparing = {"except", "excluding", "nonapproved", "unapproved",
                                                      "unless"};
// The listed ones are what is hit.
constexpr std::array<std::string_view, 8> kHitting = {"banned",   "blacklist",  "blacklisted", "blocklist",
                                                      "denylist", "disallowed", "forbidden",   "prohibited"};

bool ComparesText(const ConditionClause& clause) {
  switch (clause.op.comparison) {
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kStringLike:
    case Comparison::kArnLike:
      return true;
    default:
      return false;
  }
}

// Keys of a service, and the Region: what lists of the approved are about. Who calls is another matter.
bool IsOfSubject(const ConditionClause& clause) {
  constexpr std::string_view kGlobal = "aws:";
  return !AsciiEqualsIgnoreCase(std::string_view(clause.key.text).substr(0, kGlobal.size()), kGlobal) ||
         AsciiEqualsIgnoreCase(clause.key.text, "aws:RequestedRegion");
}

// A test of the subject under an operator of that sign, if there is no other sign that the author spares or
// hits what is listed: a negated test of anything, an exception from actions or resources.
const ConditionClause* OnlyTest(const StatementView& view, bool negated) {
  const Statement& statement = view.statement();
  if (statement.not_action || statement.not_resource) return nullptr;
  const ConditionClause* found = nullptr;
  for (const ConditionClause& clause : statement.conditions) {
    if (!ComparesText(clause)) {
      // `Null`, a number, a Boolean may well be the exception.
      return nullptr;
    }
    if (clause.op.negated != negated) return nullptr;
    if (found == nullptr && IsOfSubject(clause)) found = &clause;
  }
  return found;
}

// A number in a name, and what the words before it say of it.
struct Bound {
  enum class Kind { kMoreThan, kLessThan, kAtLeast, kAtMost };
  Kind kind;
  std::string number;
};

// Nothing if they say nothing. `last` stands before the number, `before` before that; empty where there is no
// word.
std::optional<Bound::Kind> KindOf(std::string_view before, std::string_view last) {
  constexpr std::array<std::string_view, 7> kMore = {"bigger", "greater", "higher", "larger",
                                                     "longer", "more",    "older"};
  constexpr std::array<std::string_view, 6> kLess = {"fewer",   "less",    "lower",
                                                     "shorter", "smaller", "younger"};
  const auto is_any = [](std::string_view word, std::span<const std::string_view> of) {
    return std::find(of.begin(), of.end(), word) != of.end();
  };
  if (last == "than" && is_any(before, kMore)) return Bound::Kind::kMoreThan;
  if (last == "than" && is_any(before, kLess)) return Bound::Kind::kLessThan;
  if (last == "above" || last == "over") return Bound::Kind::kMoreThan;
  if (last == "below" || last == "under") return Bound::Kind::kLessThan;
  if (last == "min" || last == "minimum" || (before == "at" && last == "least")) return Bound::Kind::kAtLeast;
  if (last == "max" || last == "maximum" || (before == "at" && last == "most") ||
      (before == "up" && last == "to")) {
    return Bound::Kind::kAtMost;
  }
  return std::nullopt;
}

std::vector<Bound> BoundsOf(Words words) {
  std::vector<Bound> bounds;
  for (size_t i = 1; i < words.size(); ++i) {
    if (!IsAsciiDigit(words[i][0])) continue;
    const std::string_view before = i >= 2 ? std::string_view(words[i - 2]) : std::string_view();
    if (const std::optional<Bound::Kind> kind = KindOf(before, words[i - 1]))
      bounds.push_back({*kind, words[i]});
  }
  return bounds;
}

// Whether a Deny with that comparison treats the number itself other than the name says: what is denied is
// more or less than the number, what is required is at least or at most the number.
bool Disagrees(Bound::Kind kind, Comparison comparison) {
  switch (kind) {
    case Bound::Kind::kMoreThan:
    case Bound::Kind::kAtMost:
      return comparison == Comparison::kNumericGreaterThanEquals;
    case Bound::Kind::kLessThan:
    case Bound::Kind::kAtLeast:
      return comparison == Comparison::kNumericLessThanEquals;
  }
  return false;
}

}  // namespace

void CheckInvertedOperatorSuspect(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  const std::vector<std::string> sid = SidWords(view);
  const std::vector<std::string> file = FileWords(view);
  const auto check = [&](std::span<const std::string_view> wanted, bool negated, const std::string& effect) {
    const ConditionClause* const test = OnlyTest(view, negated);
    if (test == nullptr) return;
    const bool of_sid = HasAny(sid, wanted);
    if (!of_sid && !HasAny(file, wanted)) return;
    ConditionOperator op = test->op;
    op.negated = !negated;
    report
        .Add(test->operator_text.range, std::string("the name of the ") + (of_sid ? "statement" : "file") +
                                            effect + ": if the name is right, write `" + OperatorName(op) +
                                            "`")
        .Offender(test->key.text);
  };
  check(kSparing, false, " says that what is listed is spared, but this denies just that");
  check(kHitting, true, " says that what is listed is denied, but this denies all else");
}

void CheckOffByOneBound(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  std::vector<Bound> bounds = BoundsOf(SidWords(view));
  for (Bound& bound : BoundsOf(FileWords(view))) bounds.push_back(std::move(bound));
  if (bounds.empty()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    for (const ConditionValue& value : clause.values) {
      const std::optional<Decimal> number = Decimal::Parse(value.text);
      if (!number) continue;
      const bool disagrees = std::any_of(bounds.begin(), bounds.end(), [&](const Bound& bound) {
        const std::optional<Decimal> named = Decimal::Parse(bound.number);
        return named && *named == *number && Disagrees(bound.kind, clause.op.comparison);
      });
      if (!disagrees) continue;
      ConditionOperator op = clause.op;
      op.comparison = clause.op.comparison == Comparison::kNumericGreaterThanEquals
                          ? Comparison::kNumericGreaterThan
                          : Comparison::kNumericLessThan;
      report.Add(value.range, "exactly " + value.text +
                                  " is denied too, which the name of the policy does not say: if the name is "
                                  "right, write `" +
                                  OperatorName(op) + "`");
    }
  }
}

}  // namespace scpcheck

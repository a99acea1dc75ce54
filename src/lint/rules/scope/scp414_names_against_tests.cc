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

// What a finding calls the name.
std::string NameOfName(bool of_sid) {
  return of_sid ? "the Sid" : "the name of the file";
}

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

bool IsRegion(const ConditionClause& clause) {
  return AsciiEqualsIgnoreCase(clause.key.text, "aws:RequestedRegion");
}

// Keys of a service, and the Region: what lists of the approved are about. Who calls is another matter.
bool IsOfSubject(const ConditionClause& clause) {
  constexpr std::string_view kGlobal = "aws:";
  return !AsciiEqualsIgnoreCase(std::string_view(clause.key.text).substr(0, kGlobal.size()), kGlobal) ||
         IsRegion(clause);
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

// Says of a test that it is about something missing. Who lists that means what he lists.
bool ListsAbsence(const ConditionClause& clause) {
  constexpr std::array<std::string_view, 9> kAbsence = {
      "disabled", "false", "no", "none", "off", "optional", "public", "public-read", "public-read-write"};
  return std::all_of(clause.values.begin(), clause.values.end(), [&](const ConditionValue& value) {
    return std::any_of(kAbsence.begin(), kAbsence.end(),
                       [&](std::string_view word) { return AsciiEqualsIgnoreCase(value.text, word); });
  });
}

// Whether the name speaks of a value: a part of it is a word there, or two in a row (`t3`, `AllowOnlyT3`).
bool NamesAValue(Words words, const ConditionClause& clause) {
  const auto is_named = [&](std::string_view part) {
    for (size_t i = 0; i < words.size(); ++i) {
      if (words[i] == part || (i > 0 && words[i - 1] + words[i] == part)) return true;
    }
    return false;
  };
  for (const ConditionValue& value : clause.values) {
    std::string part;
    for (size_t i = 0; i <= value.text.size(); ++i) {
      if (i < value.text.size() && IsAsciiAlnum(value.text[i])) {
        part += AsciiToLower(value.text[i]);
        continue;
      }
      // A single letter or digit is in many names.
      if (part.size() > 1 && part != "aws" && is_named(part)) return true;
      part.clear();
    }
  }
  return false;
}

// Whether the words speak of who calls: it is they who are exempt, not what is listed.
bool NamesPrincipals(Words words) {
  constexpr std::array<std::string_view, 20> kPrincipals = {
      "account", "accounts", "admin",  "administrator", "administrators", "admins",     "breakglass",
      "by",      "owner",    "owners", "pipeline",      "principal",      "principals", "role",
      "roles",   "root",     "team",   "teams",         "user",           "users"};
  return HasAny(words, kPrincipals);
}

// Where the word stands; the number of words if nowhere.
size_t Find(Words words, std::string_view word) {
  return static_cast<size_t>(std::find(words.begin(), words.end(), word) - words.begin());
}

// Words that spare what is listed wherever they stand, in a Sid or the name of a file.
bool SparesListed(Words words) {
  constexpr std::array<std::string_view, 3> kUnapproved = {"nonapproved", "unapproved", "noncompliant"};
  constexpr std::array<std::string_view, 3> kExcept = {"except", "excluding", "unless"};
  if (HasAny(words, kUnapproved)) return true;
  const auto at = std::find_if(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(kExcept.begin(), kExcept.end(), word) != kExcept.end();
  });
  return at != words.end() && !NamesPrincipals(words.subspan(static_cast<size_t>(at - words.begin())));
}

// Words of a Sid that spare what is listed only beside others, or beside what is listed.
bool SparesListed(Words words, const ConditionClause& test) {
  // Tags, and the service that a call comes by, are not what is made: `RequireApprovalForProd`.
  const std::string key = AsciiLower(test.key.text);
  if (key.find("tag/") != std::string::npos || key.ends_with(":viaservice")) return false;
  if (NamesPrincipals(words)) return false;
  constexpr std::array<std::string_view, 9> kDemand = {"allow",  "allowed",  "enforce", "ensure", "only",
                                                       "permit", "required", "require", "use"};
  constexpr std::array<std::string_view, 3> kNotOfTests = {"deny", "read", "write"};
  for (size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const bool is_demanded = i > 0 && HasAny(words.subspan(i - 1, 1), kDemand);
    if (word == "approved" && is_demanded) return true;
    if (word == "only") {
      const bool is_other = i > 0 && HasAny(words.subspan(i - 1, 1), kNotOfTests);
      const bool denies = i + 1 < words.size() && words[i + 1].starts_with("den");
      const bool demands = is_demanded || (i + 1 < words.size() && HasAny(words.subspan(i + 1, 1), kDemand));
      if (!is_other && !denies && (demands || NamesAValue(words, test))) return true;
    }
    if (word == "outside" && IsRegion(test) && NamesAValue(words.subspan(i), test)) return true;
    if (word == "require" || word == "enforce") {
      const bool is_required = std::any_of(
          test.values.begin(), test.values.end(),
          [](const ConditionValue& value) { return AsciiEqualsIgnoreCase(value.text, "required"); });
      if (is_required || NamesAValue(words.subspan(i), test)) return true;
    }
  }
  return false;
}

// Words that hit what is listed.
bool HitsListed(Words words, bool of_sid) {
  constexpr std::array<std::string_view, 8> kHitting = {
      "banned", "blacklist", "blacklisted", "blocklist", "denylist", "disallowed", "forbidden", "prohibited"};
  if (HasAny(words, kHitting)) return true;
  const size_t deny = Find(words, "deny");
  return of_sid && deny + 1 < words.size() && words[deny + 1] == "blocked";
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

// `true` for `false` in a Deny of what is not encrypted.
void CheckEncryption(const StatementView& view, Words sid, Reporter& report) {
  constexpr std::array<std::string_view, 3> kPlain = {"nonencrypted", "plaintext", "unencrypted"};
  constexpr std::array<std::string_view, 4> kInsecure = {"http", "insecure", "nonsecure", "unsecure"};
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison != Comparison::kBool || clause.op.set_operator != SetOperator::kNone) continue;
    const std::string key = AsciiLower(clause.key.text);
    const bool is_transport = key == "aws:securetransport";
    if (!is_transport && !key.ends_with("encrypted")) continue;
    const bool is_meant = HasAny(sid, kPlain) || (is_transport && HasAny(sid, kInsecure));
    if (!is_meant || clause.values.size() != 1 || !AsciiEqualsIgnoreCase(clause.values[0].text, "true"))
      continue;
    report
        .Add(clause.values[0].range,
             "the Sid says that what is not encrypted is denied, but this denies what is: if the name is "
             "right, write `false`")
        .Offender(clause.key.text);
  }
}

}  // namespace

void CheckInvertedOperatorSuspect(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  const std::vector<std::string> sid = SidWords(view);
  const std::vector<std::string> file = FileWords(view);
  const auto add = [&](const ConditionClause& test, bool of_sid, const std::string& effect) {
    ConditionOperator op = test.op;
    op.negated = !op.negated;
    report
        .Add(test.operator_text.range,
             NameOfName(of_sid) + effect + ": if the name is right, write `" + OperatorName(op) + "`")
        .Offender(test.key.text);
  };
  if (const ConditionClause* const test = OnlyTest(view, false); test != nullptr && !ListsAbsence(*test)) {
    const bool of_sid = SparesListed(sid) || SparesListed(sid, *test);
    if (of_sid || SparesListed(file)) {
      add(*test, of_sid, " says that what is listed is spared, but this denies just that");
    }
  }
  if (const ConditionClause* const test = OnlyTest(view, true)) {
    const bool of_sid = HitsListed(sid, true);
    if (of_sid || HitsListed(file, false)) {
      add(*test, of_sid, " says that what is listed is denied, but this denies all else");
    }
  }
  CheckEncryption(view, sid, report);
}

void CheckOffByOneBound(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  const std::vector<Bound> of_sid = BoundsOf(SidWords(view));
  const std::vector<Bound> of_file = BoundsOf(FileWords(view));
  if (of_sid.empty() && of_file.empty()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    for (const ConditionValue& value : clause.values) {
      const std::optional<Decimal> number = Decimal::Parse(value.text);
      if (!number) continue;
      const auto disagrees = [&](const Bound& bound) {
        const std::optional<Decimal> named = Decimal::Parse(bound.number);
        return named && *named == *number && Disagrees(bound.kind, clause.op.comparison);
      };
      const bool says_sid = std::any_of(of_sid.begin(), of_sid.end(), disagrees);
      if (!says_sid && std::none_of(of_file.begin(), of_file.end(), disagrees)) continue;
      ConditionOperator op = clause.op;
      op.comparison = clause.op.comparison == Comparison::kNumericGreaterThanEquals
                          ? Comparison::kNumericGreaterThan
                          : Comparison::kNumericLessThan;
      report.Add(value.range, "exactly " + value.text + " is denied too, which " + NameOfName(says_sid) +
                                  " does not say: if the name is right, write `" + OperatorName(op) + "`");
    }
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/names/arn.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

constexpr size_t kAccountDigits = 12;
constexpr std::string_view kAccountKeys[] = {
    "aws:PrincipalAccount",      "aws:ResourceAccount", "aws:SourceAccount",
    "aws:VpceAccount",           "kms:CallerAccount",   "s3-outposts:DataAccessPointAccount",
    "s3:DataAccessPointAccount", "s3:ResourceAccount",  "s3express:DataAccessPointAccount",
    "s3express:ResourceAccount"};

bool IsAccountKey(std::string_view key) {
  return std::any_of(std::begin(kAccountKeys), std::end(kAccountKeys),
                     [key](std::string_view known) { return AsciiEqualsIgnoreCase(known, key); });
}

// Whether some account id is matched by a text with wildcards.
bool MayBeAccountId(std::string_view text) {
  size_t characters = 0;
  bool is_open = false;
  for (const char c : text) {
    if (c == '*') {
      is_open = true;
    } else if (c == '?' || IsAsciiDigit(c)) {
      ++characters;
    } else {
      return false;
    }
  }
  return is_open ? characters <= kAccountDigits : characters == kAccountDigits;
}

// `account-id`, `YOUR_ACCOUNT_ID`: left over from an example.
bool IsPlaceholder(std::string_view text) {
  return AsciiLower(text).find("account") != std::string::npos;
}

// Whether the text stands for an account id, written wrongly or not at all, rather than being a word: AWS has
// words in the account fields of its own resources, `aws` and the names of services.
bool IsMeantAsAccountId(std::string_view text) {
  const auto digits =
      static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) { return IsAsciiDigit(c); }));
  return digits * 2 > text.size() || IsPlaceholder(text);
}

std::string Hint(std::string_view text) {
  if (std::all_of(text.begin(), text.end(), IsAsciiDigit)) {
    if (text.size() < kAccountDigits) {
      return "it has " + std::to_string(text.size()) + " digits: write all twelve, leading zeros too";
    }
    return "it has " + std::to_string(text.size()) + " digits: write twelve";
  }
  if (IsPlaceholder(text)) return "write its twelve digits";
  return "write twelve digits and nothing else";
}

}  // namespace

void CheckInvalidAccountId(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsAccountKey(clause.key.text) || !ComparesTexts(clause.op)) continue;
    const bool takes_wildcards = clause.op.comparison == Comparison::kStringLike;
    for (const ConditionValue& value : clause.values) {
      const std::string& text = value.text;
      if (text.empty() || text.find("${") != std::string::npos || MayBeAccountId(text) ||
          HoldsTemplateToken(text, view.policy().settings())) {
        continue;
      }
      if (HasWildcard(text) && !takes_wildcards) continue;  // SCP301
      if (AsciiEqualsIgnoreCase(text, "anonymous") || text == "aws" || text == "amazon") continue;
      std::string message = Backquoted(text) + " is no account id, so this value matches no request: ";
      if (value.kind == ConditionValue::Kind::kNumber && text.size() < kAccountDigits) {
        message += "a JSON number has no leading zeros, write the id in quotes with all twelve digits";
      } else {
        message += Hint(text);
      }
      report.Add(value.range, std::move(message));
    }
  }
  for (const WrittenArn& written : WrittenArns(view)) {
    const std::string_view account = written.arn.fields[kArnAccount];
    if (!IsJudgedField(written, kArnAccount) || MayBeAccountId(account) || !IsMeantAsAccountId(account)) {
      continue;
    }
    report.Add(
        PartOf(view, written.string, written.arn.text, written.arn.OffsetOf(kArnAccount), account.size()),
        Backquoted(account) + " is no account id, so this ARN matches nothing: " + Hint(account));
  }
}

}  // namespace scpcheck

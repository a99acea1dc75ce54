#include <set>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/rules/names/tokens.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Accounts that AWS's documentation uses in its examples.
constexpr std::string_view kExampleAccounts[] = {"111122223333", "123456789012"};

// What comes of a placeholder that stays.
std::string_view EffectOf(TokenText::Kind kind) {
  switch (kind) {
    case TokenText::Kind::kSid:
      return "a `Sid` has only letters and digits";
    case TokenText::Kind::kEffect:
      return "there is no such `Effect`";
    case TokenText::Kind::kAction:
      return "no request has such an action";
    case TokenText::Kind::kResource:
      return "no request has such a resource";
    case TokenText::Kind::kOperator:
      return "there is no such operator";
    case TokenText::Kind::kKey:
      return "no request has such a key";
    case TokenText::Kind::kValue:
      return "no request has such a value";
  }
  return "";
}

// Where the number stands in the text, not as a part of a longer one.
size_t FindNumber(std::string_view text, std::string_view number) {
  for (size_t at = text.find(number); at != std::string_view::npos; at = text.find(number, at + 1)) {
    const size_t end = at + number.size();
    if ((at == 0 || !IsAsciiAlnum(text[at - 1])) && (end == text.size() || !IsAsciiAlnum(text[end])))
      return at;
  }
  return std::string_view::npos;
}

}  // namespace

// One finding for each token of a statement.
void CheckPlaceholderLeftIn(const StatementView& view, Reporter& report) {
  const LintSettings& settings = view.policy().settings();
  std::set<std::string_view> seen;
  for (const TokenText& place : TokenTexts(view)) {
    const std::string_view text = place.text;
    for (const TemplateToken& token : FindTemplateTokens(text, settings)) {
      const std::string_view written = text.substr(token.begin, token.end - token.begin);
      if (token.is_allowed || (token.is_variable && !IsExpression(written))) continue;  // SCP115, SCP215
      if (!seen.insert(written).second) continue;
      report.Add(PartOf(view, place.range, text, token.begin, written.size()),
                 Backquoted(written) + " looks like a placeholder, and " + std::string(EffectOf(place.kind)) +
                     ": fill it in, or list it in `template-tokens`");
    }
    if (place.kind != TokenText::Kind::kResource && place.kind != TokenText::Kind::kValue) continue;
    for (const std::string_view account : kExampleAccounts) {
      const size_t at = FindNumber(text, account);
      if (at == std::string_view::npos || !seen.insert(account).second) continue;
      report
          .Add(PartOf(view, place.range, text, at, account.size()),
               Backquoted(account) +
                   " is an account of AWS's documentation, perhaps left over from an "
                   "example: write your own")
          .WithSeverity(Severity::kInfo);
    }
  }
}

}  // namespace scpcheck

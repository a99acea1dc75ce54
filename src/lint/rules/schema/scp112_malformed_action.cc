#include <algorithm>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/schema/rules.h"
#include "lint/rules/schema/variables.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

bool IsNameCharacter(char c) {
  return IsAsciiAlnum(c) || c == '-' || c == '*' || c == '?';
}

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsAsciiBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsAsciiBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

// The text with a letter for each template token, which may become anything but a colon.
std::string WithTokensAsLetters(std::string_view text, const LintSettings& settings) {
  std::string result;
  size_t at = 0;
  for (const TemplateToken& token : FindTemplateTokens(text, settings)) {
    result += text.substr(at, token.begin - at);
    result += 'x';
    at = token.end;
  }
  return result + std::string(text.substr(at));
}

struct Flaw {
  std::string what;              // empty: none
  std::string mended;            // empty: who knows
  std::string_view advice = {};  // empty: to write what is mended, or any action
};

// The one action of that bare name, if there is one.
std::string ActionNamed(const Catalogue& catalogue, std::string_view bare_name) {
  std::string named;
  for (const ServiceId service : catalogue.Services()) {
    const std::optional<ActionId> action =
        catalogue.FindAction(std::string(catalogue.ServiceName(service)) + ":" + std::string(bare_name));
    if (!action) continue;
    if (!named.empty()) return "";
    named = catalogue.ActionName(*action);
  }
  return named;
}

Flaw FlawOf(std::string_view written, const PolicyView& policy) {
  const std::string text = WithTokensAsLetters(written, policy.settings());
  if (text == "*" || text == "*:*") return {};
  if (Trimmed(text).empty()) return {"is no name", "", "write `service:Action`, or remove it"};
  if (std::any_of(text.begin(), text.end(), IsAsciiBlank)) {
    const std::string trimmed = Trimmed(written);
    const bool is_mended =
        std::none_of(trimmed.begin(), trimmed.end(), IsAsciiBlank) && FlawOf(trimmed, policy).what.empty();
    return {"has white space in it", is_mended ? trimmed : ""};
  }
  if (AsciiLower(text).starts_with("arn:")) return {"is an ARN", "", "write it into `Resource`"};
  const size_t colon = text.find(':');
  if (colon == std::string::npos) {
    if (text.find_first_not_of('*') == std::string::npos) return {"has no service before a colon", "*"};
    const Catalogue& catalogue = policy.catalogue();
    std::string mended = catalogue.FindService(text) ? AsciiLower(text) + ":*" : ActionNamed(catalogue, text);
    return {"has no service before a colon", std::move(mended)};
  }
  if (text.find(':', colon + 1) != std::string::npos) return {"has more than one colon", ""};
  if (colon == 0) return {"has no service before the colon", ""};
  if (colon + 1 == text.size()) return {"has no name behind the colon", ""};
  for (const char c : text) {
    // Other characters than those of ASCII are SCP004's.
    if (c == ':' || IsNameCharacter(c) || static_cast<unsigned char>(c) >= 0x80) continue;
    // `iam:Create_User`.
    std::string without = text;
    without.erase(std::remove(without.begin(), without.end(), c), without.end());
    const std::optional<ActionId> action = policy.catalogue().FindAction(without);
    return {std::string("has `") + c + "` in it, which no action has",
            action ? std::string(policy.catalogue().ActionName(*action)) : ""};
  }
  return {};
}

}  // namespace

// G-10. What has an evaluation is left to it: none of these but wildcards of services match anything.
void CheckMalformedAction(const StatementView& view, Reporter& report) {
  const LintSettings& settings = view.policy().settings();
  for (const ActionPattern& pattern : view.patterns()) {
    const LocatedText& written = *pattern.written;
    // A variable is SCP115's.
    if (!FindVariables(written.text, settings).empty()) continue;
    const Flaw flaw = FlawOf(written.text, view.policy());
    if (!flaw.what.empty()) {
      const std::string subject = written.text.empty() ? "an empty text" : "`" + written.text + "`";
      const std::string advice = !flaw.advice.empty()  ? std::string(flaw.advice)
                                 : flaw.mended.empty() ? "write `service:Action`"
                                                       : "write `" + flaw.mended + "`";
      FindingBuilder finding = report.Add(
          written.range, subject + " " + flaw.what + ", so it matches no action" +
                             (view.statement().not_action ? " and excludes none" : "") + ": " + advice);
      if (!flaw.mended.empty()) {
        finding.UnsafeFix("write `" + flaw.mended + "`", {{written.range, JsonQuoted(flaw.mended)}});
      }
      continue;
    }
    const std::string_view service = std::string_view(written.text).substr(0, written.text.find(':'));
    if (pattern.is_everything || !HasWildcard(service)) continue;
    report.Add(written.range,
               "`" + written.text +
                   "` has a wildcard in its service, where AWS takes none: write an entry for each service");
  }
}

}  // namespace scpcheck

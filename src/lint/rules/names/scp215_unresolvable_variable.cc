#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/glob.h"
#include "lint/rules/names/keys.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/rules/names/tokens.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Templates of some tools have tokens with colons, `${ACCEL_LOOKUP::VPC_ID}`, which look like variables.
bool IsAllowedToken(std::string_view written, const LintSettings& settings) {
  return std::any_of(settings.template_tokens.begin(), settings.template_tokens.end(),
                     [written](const std::string& pattern) { return GlobMatch(pattern, written); });
}

// What comes of a variable that never resolves (V-06): its text stands for nothing.
std::string EffectOf(const PolicyView& policy, const TokenText& place) {
  if (!policy.policy().has_variables) {
    return "without `Version` 2012-10-17 it is plain text";
  }
  std::string effect = "it never resolves, so ";
  if (place.clause != nullptr) {
    effect +=
        std::string("this value matches nothing") + (place.clause->op.negated ? " and exempts nobody" : "");
  } else {
    effect += place.is_not_resource ? "this entry exempts no resource" : "this entry matches no resource";
  }
  return effect;
}

// With a default, which then is what the variable stands for (V-04).
bool HasDefault(std::string_view variable) {
  return variable.find(',') != std::string_view::npos;
}

// `${aws:PrincipalTag/team}`.
struct Variable {
  size_t begin = 0;
  size_t end = 0;
  std::string_view key;
};

// The variables of a text that name something with a colon: keys.
std::vector<Variable> KeyVariables(std::string_view text) {
  std::vector<Variable> variables;
  for (size_t i = text.find("${"); i != std::string_view::npos; i = text.find("${", i + 2)) {
    const size_t end = text.find('}', i);
    if (end == std::string_view::npos) break;
    const std::string_view key = text.substr(i + 2, end - i - 2);
    // With a space in its name it is no variable: SCP116.
    if (key.find(':') != std::string_view::npos && key.find(' ') == std::string_view::npos &&
        !HasDefault(key)) {
      variables.push_back({i, end + 1, key});
    }
  }
  return variables;
}

}  // namespace

// V-03, V-06, C-33. One finding for each token of a statement.
void CheckUnresolvableVariable(const StatementView& view, Reporter& report) {
  const PolicyView& policy = view.policy();
  const Catalogue& catalogue = policy.catalogue();
  std::set<std::string_view> seen;
  for (const TokenText& place : TokenTexts(view)) {
    if (place.kind != TokenText::Kind::kResource && place.kind != TokenText::Kind::kValue) continue;
    const std::string_view text = place.text;
    for (const TemplateToken& token : FindTemplateTokens(text, policy.settings())) {
      const std::string_view written = text.substr(token.begin, token.end - token.begin);
      if (!token.is_variable || token.is_allowed || IsExpression(written) || HasDefault(written)) continue;
      if (!seen.insert(written).second) continue;
      report.Add(PartOf(view, place.range, text, token.begin, written.size()),
                 Backquoted(written) + " is no policy variable, and " + EffectOf(policy, place) +
                     ": fill it in, or list it in `template-tokens`");
    }
    // Whether other names are keys is a question only where they are variables at all.
    if (!policy.policy().has_variables) continue;
    for (const Variable& variable : KeyVariables(text)) {
      const std::string_view written = text.substr(variable.begin, variable.end - variable.begin);
      const std::optional<CatalogueKeyId> key = catalogue.FindKey(variable.key);
      const bool is_list = key && catalogue.Key(*key).multivalued;
      // SCP207 speaks of tags that the service is not known to have.
      const bool may_be_key = MayBeKey(catalogue, variable.key) || IsTagOfService(catalogue, variable.key);
      if ((!is_list && may_be_key) || IsAllowedToken(written, policy.settings())) continue;
      if (!seen.insert(written).second) continue;
      std::string message = Backquoted(written);
      if (is_list) {
        message += " names a key with several values, and ";
      } else {
        message += " names no condition key, and ";
      }
      message += EffectOf(policy, place);
      const std::optional<std::string> meant = is_list ? std::nullopt : SuggestKey(catalogue, variable.key);
      message += meant     ? ": did you mean " + Backquoted("${" + *meant + "}") + "?"
                 : is_list ? ": name a key with one value"
                           : ": fill it in, or list it in `template-tokens`";
      report.Add(PartOf(view, place.range, text, variable.begin, written.size()), std::move(message));
    }
  }
}

}  // namespace scpcheck

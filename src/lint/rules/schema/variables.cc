#include "lint/rules/schema/variables.h"

#include <algorithm>

#include "base/ascii.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

std::string_view Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// The default behind the name, `, 'text'`, as V-04 wants it.
bool IsDefault(std::string_view rest) {
  return rest.size() >= 4 && rest.starts_with(", '") && rest.ends_with('\'');
}

// A default as it should be written. Empty if its text has quotes of its own.
std::string MendedDefault(std::string_view rest) {
  rest = Trimmed(rest.substr(1));
  for (const char quote : {'\'', '"'}) {
    if (rest.size() >= 2 && rest.front() == quote && rest.back() == quote) {
      rest = rest.substr(1, rest.size() - 2);
      break;
    }
  }
  if (rest.find_first_of("'\"") != std::string_view::npos) return "";
  return ", '" + std::string(rest) + "'";
}

bool IsKeyCharacter(char c) {
  return IsAsciiAlnum(c) || c == ':' || c == '/' || c == '-' || c == '_' || c == '.';
}

// The flaw of what stands between the braces.
void Judge(std::string_view inside, VariableText& variable) {
  if (inside.empty()) {
    variable.flaw = "it names no key";
    return;
  }
  const size_t comma = std::min(inside.find(','), inside.size());
  const std::string_view name = inside.substr(0, comma);
  const std::string_view rest = inside.substr(comma);
  const std::string_view trimmed = Trimmed(name);
  const bool has_space = name.find(' ') != std::string_view::npos;
  const bool has_flawed_default = !rest.empty() && !IsDefault(rest);
  if (!has_space && !has_flawed_default) return;
  variable.flaw = has_space ? "its key has a space" : "its default is not written as `, 'text'`";
  const std::string mended_default = has_flawed_default ? MendedDefault(rest) : std::string(rest);
  if (trimmed.empty() || trimmed.find(' ') != std::string_view::npos) return;
  if (has_flawed_default && mended_default.empty()) return;
  variable.mended = "${" + std::string(trimmed) + mended_default + "}";
}

}  // namespace

std::vector<VariableText> FindVariables(std::string_view text, const LintSettings& settings) {
  std::vector<VariableText> variables;
  if (text.find("${") == std::string_view::npos) return variables;
  const std::vector<TemplateToken> tokens = FindTemplateTokens(text, settings);
  auto token = tokens.begin();
  for (size_t at = text.find("${"); at != std::string_view::npos;) {
    while (token != tokens.end() && token->end <= at) ++token;
    if (token != tokens.end() && token->begin <= at) {
      at = text.find("${", token->end);
      continue;
    }
    if (text.substr(at + 2).starts_with('{')) {
      // `${{ ... }}` of a template that is none of ours.
      at = text.find("${", at + 3);
      continue;
    }
    VariableText variable{at, text.size(), "", ""};
    const size_t close = text.find('}', at);
    if (close == std::string_view::npos) {
      variable.flaw = "its `}` is missing";
      const std::string_view name = text.substr(at + 2);
      if (!name.empty() && std::all_of(name.begin(), name.end(), IsKeyCharacter)) {
        variable.mended = std::string(text.substr(at)) + "}";
      }
    } else {
      variable.end = close + 1;
      Judge(text.substr(at + 2, close - at - 2), variable);
    }
    variables.push_back(variable);
    at = text.find("${", variable.end);
  }
  return variables;
}

}  // namespace scpcheck

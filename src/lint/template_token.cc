#include "lint/template_token.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"
#include "base/glob.h"

namespace scpcheck {

namespace {

// What may stand between the marks of a placeholder.
bool IsPlaceholderName(std::string_view name, bool spaces) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [spaces](char c) {
    return IsAsciiAlnum(c) || c == '-' || c == '_' || c == '.' || (spaces && c == ' ');
  });
}

bool HasCapitalOrJoint(std::string_view name) {
  return std::any_of(name.begin(), name.end(),
                     [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; });
}

bool IsWordChar(char c) {
  static constexpr auto kWordChars = [] {
    std::array<bool, 256> is_word_char{};
    for (size_t i = 0; i < is_word_char.size(); ++i) {
      is_word_char[i] = IsAsciiAlnum(static_cast<char>(i)) || i == '_';
    }
    return is_word_char;
  }();
  return kWordChars[static_cast<unsigned char>(c)];
}

size_t EndOfWord(std::string_view text, size_t at) {
  while (at < text.size() && IsWordChar(text[at])) ++at;
  return at;
}

std::optional<TemplateToken> Enclosed(std::string_view text, size_t at, std::string_view open,
                                      std::string_view close, bool (*is_name)(std::string_view)) {
  if (!text.substr(at).starts_with(open)) return std::nullopt;
  const size_t end = text.find(close, at + open.size());
  if (end == std::string_view::npos) return std::nullopt;
  if (!is_name(text.substr(at + open.size(), end - at - open.size()))) return std::nullopt;
  return TemplateToken{at, end + close.size(), false, false};
}

// `${name}` that is no policy variable.
std::optional<TemplateToken> VariableAt(std::string_view text, size_t at) {
  const size_t end = text.find('}', at);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view inside = text.substr(at + 2, end - at - 2);
  const std::string_view name = inside.substr(0, inside.find(','));
  if (name == "*" || name == "?" || name == "$" || name.empty() || name.find(':') != std::string_view::npos) {
    return std::nullopt;
  }
  return TemplateToken{at, end + 1, true, false};
}

// REPLACE_ME, CHANGEME, xxxxxxxx. `at` is where a word begins.
std::optional<TemplateToken> WordAt(std::string_view text, size_t at) {
  // Most words can be none of them.
  if (constexpr std::string_view kFirst = "rcyxRCYX"; kFirst.find(text[at]) == std::string_view::npos) {
    return std::nullopt;
  }
  const size_t end = EndOfWord(text, at);
  const std::string_view word = text.substr(at, end - at);
  for (const std::string_view known : {"REPLACE_ME", "REPLACEME", "CHANGE_ME", "CHANGEME", "YOUR_VALUE"}) {
    if (AsciiEqualsIgnoreCase(word, known)) return TemplateToken{at, end, false, false};
  }
  constexpr size_t kManyX = 6;
  if (word.size() >= kManyX &&
      std::all_of(word.begin(), word.end(), [](char c) { return c == 'x' || c == 'X'; })) {
    return TemplateToken{at, end, false, false};
  }
  return std::nullopt;
}

std::optional<TemplateToken> TokenAt(std::string_view text, size_t at) {
  switch (text[at]) {
    case '$':
      if (text.substr(at).starts_with("${")) return VariableAt(text, at);
      return std::nullopt;
    case '{':
      if (at > 0 && text[at - 1] == '$') return std::nullopt;
      if (auto token = Enclosed(text, at, "{{", "}}", [](std::string_view name) { return !name.empty(); })) {
        return token;
      }
      return Enclosed(text, at, "{", "}", [](std::string_view name) {
        return IsPlaceholderName(name, false) && HasCapitalOrJoint(name);
      });
    case '[':
      return Enclosed(text, at, "[", "]", [](std::string_view name) {
        return IsPlaceholderName(name, true) && HasCapitalOrJoint(name);
      });
    case '<':
      return Enclosed(text, at, "<", ">",
                      [](std::string_view name) { return IsPlaceholderName(name, true); });
    default:
      return IsWordChar(text[at]) ? WordAt(text, at) : std::nullopt;
  }
}

}  // namespace

std::vector<TemplateToken> FindTemplateTokens(std::string_view text, const LintSettings& settings) {
  std::vector<TemplateToken> tokens;
  for (size_t i = 0; i < text.size();) {
    std::optional<TemplateToken> token = TokenAt(text, i);
    if (!token) {
      // Words are looked at as a whole.
      i = IsWordChar(text[i]) ? EndOfWord(text, i) : i + 1;
      continue;
    }
    const std::string_view written = text.substr(token->begin, token->end - token->begin);
    token->is_allowed = std::any_of(settings.template_tokens.begin(), settings.template_tokens.end(),
                                    [&](const std::string& pattern) { return GlobMatch(pattern, written); });
    tokens.push_back(*token);
    i = token->end;
  }
  return tokens;
}

bool HoldsTemplateToken(std::string_view text, const LintSettings& settings) {
  return !FindTemplateTokens(text, settings).empty();
}

std::string WithTokensAsWildcards(std::string_view text, const LintSettings& settings) {
  std::string result;
  size_t at = 0;
  for (const TemplateToken& token : FindTemplateTokens(text, settings)) {
    result += text.substr(at, token.begin - at);
    result += '*';
    at = token.end;
  }
  result += text.substr(at);
  return result;
}

}  // namespace scpcheck

#include "lint/rules/names/text.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/glob.h"

namespace scpcheck {

SourceRange PartOf(const StatementView& view, SourceRange string, std::string_view text, size_t begin,
                   size_t size) {
  const std::string_view source = view.policy().source()->text();
  const std::string_view written = source.substr(string.begin, string.end - string.begin);
  const size_t quote = written.starts_with('"') ? 1 : 0;
  // Escapes are longer than what they stand for.
  if (written.size() != text.size() + 2 * quote) return string;
  const uint32_t first = string.begin + static_cast<uint32_t>(quote + begin);
  return {first, first + static_cast<uint32_t>(size)};
}

std::string Backquoted(std::string_view text) {
  return "`" + std::string(text) + "`";
}

std::string WithVariablesAsWildcards(std::string_view text) {
  std::string result;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t end = text.substr(i).starts_with("${") ? text.find('}', i) : std::string_view::npos;
    if (end == std::string_view::npos) {
      result += text[i];
    } else {
      result += '*';
      i = end;
    }
  }
  return result;
}

bool HasLookedUpName(const ActionPattern& pattern) {
  if (!pattern.is_well_formed || pattern.is_everything || pattern.holds_token) return false;
  const auto is_name = [](char c) { return IsAsciiAlnum(c) || c == '-' || c == '*' || c == '?' || c == ':'; };
  return !HasWildcard(pattern.service()) && std::all_of(pattern.lower.begin(), pattern.lower.end(), is_name);
}

Severity SeverityOfIdleAction(const StatementView& view) {
  return view.denies() && !view.statement().not_action ? Severity::kError : Severity::kWarning;
}

std::string_view EffectOfIdleAction(const StatementView& view) {
  if (view.statement().not_action) return "exempts nothing";
  return view.denies() ? "denies nothing" : "allows nothing";
}

std::string_view EffectOfTest(bool holds) {
  return holds ? "always holds" : "never holds";
}

bool ComparesTexts(const ConditionOperator& op) {
  return op.comparison == Comparison::kStringEquals || op.comparison == Comparison::kStringEqualsIgnoreCase ||
         op.comparison == Comparison::kStringLike;
}

}  // namespace scpcheck

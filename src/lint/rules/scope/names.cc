#include "lint/rules/scope/names.h"

#include "base/ascii.h"

namespace scpcheck {

namespace {

bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}

// Whether a new word begins at `i`, between two letters or digits.
bool BeginsWord(std::string_view name, size_t i) {
  const char before = name[i - 1];
  const char here = name[i];
  if (IsAsciiDigit(before) != IsAsciiDigit(here)) return true;
  if (IsUpper(here) && IsLower(before)) return true;
  // The last capital of several belongs to the next word: `DenyIAMUsers`.
  return IsUpper(here) && IsUpper(before) && i + 1 < name.size() && IsLower(name[i + 1]);
}

}  // namespace

std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words;
  for (size_t i = 0; i < name.size(); ++i) {
    if (!IsAsciiAlnum(name[i])) continue;
    const bool is_new = i == 0 || !IsAsciiAlnum(name[i - 1]) || BeginsWord(name, i);
    if (is_new) words.emplace_back();
    words.back().push_back(AsciiToLower(name[i]));
  }
  return words;
}

std::vector<std::string> SidWords(const StatementView& view) {
  const std::optional<LocatedText>& sid = view.statement().sid;
  return sid ? WordsOf(sid->text) : std::vector<std::string>();
}

std::vector<std::string> FileWords(const StatementView& view) {
  std::string_view name = view.policy().source()->name();
  name = name.substr(name.find_last_of("/\\") + 1);
  return WordsOf(name.substr(0, name.find('.')));
}

}  // namespace scpcheck

#include "base/quote.h"

#include "base/utf8.h"

namespace scpcheck {

std::string Quoted(std::string_view text) {
  constexpr size_t kShown = 80;
  if (text.size() <= kShown) return "`" + std::string(text) + "`";
  size_t end = kShown;
  // Not in the middle of a character.
  while (end > 0 && IsUtf8Continuation(text[end])) --end;
  return "`" + std::string(text.substr(0, end)) + "...`";
}

}  // namespace scpcheck

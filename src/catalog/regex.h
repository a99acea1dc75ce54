// Regular expressions that users write: RE2, which takes time in proportion to the text, whatever the
// expression.

#ifndef SCPCHECK_CATALOG_REGEX_H_
#define SCPCHECK_CATALOG_REGEX_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "scpcheck/result.h"

namespace re2 {
class RE2;
}

namespace scpcheck {

class Regex {
 public:
  enum class Case : uint8_t { kMatters, kIgnored };
  static Result<Regex> Parse(const std::string& expression, Case letters = Case::kMatters);

  // Whether it matches the text as a whole.
  bool MatchesAll(std::string_view text) const;
  // Whether it matches a part of the text.
  bool Finds(std::string_view text) const;

 private:
  explicit Regex(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_CATALOG_REGEX_H_

#include "catalog/regex.h"

#include <re2/re2.h>

#include <utility>

namespace scpcheck {

Result<Regex> Regex::Parse(const std::string& expression, Case letters) {
  RE2::Options options;
  options.set_case_sensitive(letters == Case::kMatters);
  options.set_log_errors(false);
  auto compiled = std::make_shared<const RE2>(expression, options);
  if (!compiled->ok()) {
    return Error{.message =
                     "`" + expression + "` is no regular expression that RE2 knows: " + compiled->error()};
  }
  return Regex(std::move(compiled));
}

bool Regex::MatchesAll(std::string_view text) const {
  return RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

bool Regex::Finds(std::string_view text) const {
  return RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *compiled_);
}

}  // namespace scpcheck

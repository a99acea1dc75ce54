// Patterns: text with wildcards and variables, matched by way of RE2. Names of facts (V-01 ...) are those of
// the semantics note.
#ifndef SCPCHECK_TESTS_REFERENCE_PATTERN_H_
#define SCPCHECK_TESTS_REFERENCE_PATTERN_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scpcheck::reference {

struct Piece {
  enum class Kind { kText, kAnyRun, kAnyOne, kVariable };
  Kind kind;
  std::string text;                     // kText: as it is; kVariable: the key, in lower case
  std::optional<std::string> fallback;  // kVariable: the default value
};
using Pattern = std::vector<Piece>;

void AppendText(Pattern& pattern, std::string_view text);

// Without `wildcards` and `variables`, what would be one is text.
Pattern ParsePattern(std::string_view text, bool wildcards, bool variables);

// C-20, C-20a, R-03a: the parts between the first five colons; a colon inside `${...}` divides nothing.
std::vector<Pattern> SplitArn(const Pattern& pattern);
std::vector<std::string> SplitArn(std::string_view text);

// An expression for a pattern whose variables are all replaced. `run` and `last_run` stand for a `*` and for
// one at the end of the pattern, `one` for a `?`.
std::string Regex(const Pattern& pattern, const char* run, const char* last_run, const char* one);

// The text of a pattern that has neither wildcards nor variables.
std::string PlainText(const Pattern& pattern);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_PATTERN_H_

// Patterns of policies: what a value of StringEquals, StringLike, ArnLike or an entry of Resource matches.
//
// A pattern is compiled to a string in which wildcards and policy variables are single bytes that UTF-8 never
// uses. A literal `*`, written `${*}` (C-10), is then just the byte `*`, and matching needs one loop for all
// kinds.

#ifndef SCPCHECK_MATCH_PATTERN_H_
#define SCPCHECK_MATCH_PATTERN_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scpcheck {

// The bytes that stand for something else in a compiled pattern.
enum PatternByte : unsigned char {
  kRun = 0xff,              // any characters or none
  kOne = 0xfe,              // one character
  kSegmentRun = 0xfd,       // any characters but `:`, or none
  kSegmentOne = 0xfc,       // one character but `:`
  kVariable = 0xfb,         // followed by two bytes, the index into Pattern::variables(), high byte first
  kSegmentVariable = 0xfa,  // the same, for a value without `:`
};
inline constexpr unsigned char kFirstPatternByte = kSegmentVariable;

constexpr bool IsPatternByte(char c) {
  return static_cast<unsigned char>(c) >= kFirstPatternByte;
}

// `${key}` or `${key, 'default'}` (V-01, V-04).
struct PatternVariable {
  std::string key;  // as written
  std::optional<std::string> default_value;
};

class Pattern {
 public:
  // An exact text: wildcards are plain characters (C-11). `variables`: whether `${...}` is a variable (V-01).
  static Pattern Exact(std::string_view text, bool variables);
  // `*` and `?` (StringLike).
  static Pattern Like(std::string_view text, bool variables);
  // Six parts, each with wildcards that stay inside it; in the sixth they cross everything (C-20). Nothing if
  // the pattern has fewer parts (C-22).
  static std::optional<Pattern> Arn(std::string_view text, bool variables);
  // An entry of Resource or NotResource. Nothing if it can match no resource.
  static std::optional<Pattern> Resource(std::string_view text, bool variables);

  // The compiled form.
  const std::string& code() const { return code_; }
  const std::vector<PatternVariable>& variables() const { return variables_; }
  bool has_variables() const { return !variables_.empty(); }
  // Matches everything: the text was `*`.
  bool matches_everything() const {
    return code_.size() == 1 && static_cast<unsigned char>(code_[0]) == kRun;
  }
  // No wildcard and no variable: code() is the one text that matches.
  bool is_literal() const { return is_literal_; }

  friend bool operator==(const Pattern& a, const Pattern& b) {
    return a.code_ == b.code_ && a.SameVariables(b);
  }

 private:
  struct Rules {
    bool wildcards;      // `*` and `?` are wildcards
    bool variables;      // `${...}` is a variable
    bool segmented;      // the first five `:` part the pattern
    bool open_segments;  // a `*` that ends a segment crosses colons
  };
  Pattern(std::string_view text, const Rules& rules);
  bool SameVariables(const Pattern& other) const;

  std::string code_;
  std::vector<PatternVariable> variables_;
  bool is_literal_ = true;
};

// How many parts the colons outside `${...}` make of an ARN pattern (C-20a), at most 6.
int CountArnParts(std::string_view text, bool variables);

// Whether a value has the six parts of an ARN (C-22).
bool IsArn(std::string_view value);

// Whether `code` matches `text` as a whole. Variables must have been replaced (ExpandVariables). Never
// allocates; time is at most the product of the lengths.
bool MatchPattern(std::string_view code, std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_MATCH_PATTERN_H_

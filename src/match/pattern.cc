#include "match/pattern.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "base/check.h"
#include "base/utf8.h"

namespace scpcheck {

namespace {

constexpr int kArnParts = 6;

// What is longer between `${` and `}` is no variable: no key has such a name, and a text full of `${` must
// not be searched to its end from each of them.
constexpr size_t kMaxVariableBytes = 2048;

// A `${...}` as it stands in a text.
struct VariableText {
  size_t end = 0;  // one past its `}`
  std::string_view name;
  std::optional<std::string_view> default_value;
};

// The variable at `at`. Nothing if what stands there is plain text: a brace is missing, the name is empty or
// has a space, the default is not written as V-04 wants it.
std::optional<VariableText> VariableAt(std::string_view text, size_t at) {
  if (!text.substr(at).starts_with("${")) return std::nullopt;
  const size_t close = text.substr(0, std::min(text.size(), at + kMaxVariableBytes)).find('}', at);
  if (close == std::string_view::npos) return std::nullopt;
  VariableText variable;
  variable.end = close + 1;
  variable.name = text.substr(at + 2, close - at - 2);
  const size_t comma = variable.name.find(", '");
  if (comma != std::string_view::npos && variable.name.size() >= comma + 4 && variable.name.back() == '\'') {
    variable.default_value = variable.name.substr(comma + 3, variable.name.size() - comma - 4);
    variable.name = variable.name.substr(0, comma);
  }
  if (variable.name.empty() || variable.name.find_first_of(" ,'") != std::string_view::npos)
    return std::nullopt;
  return variable;
}

}  // namespace

Pattern::Pattern(std::string_view text, const Rules& rules) {
  int part = 1;
  code_.reserve(text.size());
  const auto put = [&](unsigned char byte) { code_.push_back(static_cast<char>(byte)); };
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool bound = rules.segmented && part < kArnParts;
    const std::optional<VariableText> variable =
        rules.variables && c == '$' ? VariableAt(text, i) : std::nullopt;
    if (variable) {
      i = variable->end - 1;
      if (variable->name == "*" || variable->name == "?" || variable->name == "$") {
        code_.push_back(variable->name[0]);
      } else {
        is_literal_ = false;
        const size_t index = variables_.size();
        SCPCHECK_CHECK(index <= 0xffff);  // texts of a policy are bounded (kMaxPolicyTextBytes)
        put(bound && !rules.open_segments ? kSegmentVariable : kVariable);
        put(static_cast<unsigned char>(index >> 8));
        put(static_cast<unsigned char>(index & 0xff));
        variables_.push_back({std::string(variable->name), std::nullopt});
        if (variable->default_value) variables_.back().default_value = std::string(*variable->default_value);
      }
    } else if (rules.wildcards && c == '*') {
      is_literal_ = false;
      const bool ends_segment = i + 1 == text.size() || text[i + 1] == ':';
      put(bound && !(rules.open_segments && ends_segment) ? kSegmentRun : kRun);
    } else if (rules.wildcards && c == '?') {
      is_literal_ = false;
      put(bound ? kSegmentOne : kOne);
    } else {
      if (c == ':') ++part;
      code_.push_back(c);
    }
  }
}

bool Pattern::SameVariables(const Pattern& other) const {
  return std::equal(variables_.begin(), variables_.end(), other.variables_.begin(), other.variables_.end(),
                    [](const PatternVariable& a, const PatternVariable& b) {
                      return AsciiEqualsIgnoreCase(a.key, b.key) && a.default_value == b.default_value;
                    });
}

Pattern Pattern::Exact(std::string_view text, bool variables) {
  return Pattern(text,
                 {.wildcards = false, .variables = variables, .segmented = false, .open_segments = false});
}

Pattern Pattern::Like(std::string_view text, bool variables) {
  return Pattern(text,
                 {.wildcards = true, .variables = variables, .segmented = false, .open_segments = false});
}

std::optional<Pattern> Pattern::Arn(std::string_view text, bool variables) {
  if (CountArnParts(text, variables) < kArnParts) return std::nullopt;
  return Pattern(text,
                 {.wildcards = true, .variables = variables, .segmented = true, .open_segments = false});
}

std::optional<Pattern> Pattern::Resource(std::string_view text, bool variables) {
  if (text == "*") return Like(text, false);
  std::string completed(text);
  const int parts = CountArnParts(text, variables);
  if (parts < kArnParts) {
    // R-06a. An escaped `${*}` at the end ends with a brace.
    if (!text.ends_with('*')) return std::nullopt;
    for (int i = parts; i < kArnParts; ++i) completed += ":*";
  }
  return Pattern(completed,
                 {.wildcards = true, .variables = variables, .segmented = true, .open_segments = true});
}

int CountArnParts(std::string_view text, bool variables) {
  int parts = 1;
  for (size_t i = 0; i < text.size() && parts < kArnParts; ++i) {
    const std::optional<VariableText> variable =
        variables && text[i] == '$' ? VariableAt(text, i) : std::nullopt;
    if (variable) {
      i = variable->end - 1;
    } else if (text[i] == ':') {
      ++parts;
    }
  }
  return parts;
}

bool IsArn(std::string_view value) {
  return CountArnParts(value, false) == kArnParts;
}

bool MatchPattern(std::string_view code, std::string_view text) {
  // After a mismatch the last run takes one character more. A segment run can't take a colon; then the last
  // run that can takes one more, and everything after it starts anew. Earlier runs never need to be tried
  // again: a piece of literals is always best placed as early as it fits, and a segment run whose piece is
  // placed later would itself have to take the colon that stopped the one after it.
  constexpr size_t kNone = std::string_view::npos;
  struct Run {
    size_t resume = kNone;  // where the code goes on after the run
    size_t end = 0;         // where in the text the run ends for now
  };
  Run last;
  Run last_open;
  size_t p = 0;
  // Text holds no pattern bytes, so what is equal is literal. Most patterns begin with a long literal part,
  // and most texts differ there or agree with all of it.
  while (p + 8 <= code.size() && p + 8 <= text.size() && std::memcmp(&code[p], &text[p], 8) == 0) p += 8;
  size_t t = p;
  const auto next_char = [&](size_t at) {
    do {
      ++at;
    } while (at < text.size() && IsUtf8Continuation(text[at]));
    return at;
  };
  for (;;) {
    if (p < code.size()) {
      const char c = code[p];
      if (!IsPatternByte(c)) {
        if (t < text.size() && text[t] == c) {
          ++p;
          ++t;
          continue;
        }
      } else if (static_cast<unsigned char>(c) == kRun) {
        last = last_open = {++p, t};
        if (p == code.size()) return true;
        continue;
      } else if (static_cast<unsigned char>(c) == kSegmentRun) {
        last = {++p, t};
        continue;
      } else {
        SCPCHECK_CHECK(static_cast<unsigned char>(c) == kOne || static_cast<unsigned char>(c) == kSegmentOne);
        if (t < text.size() && (static_cast<unsigned char>(c) == kOne || text[t] != ':')) {
          ++p;
          t = next_char(t);
          continue;
        }
      }
    } else if (t == text.size()) {
      return true;
    }
    if (last.resume == kNone || last.end >= text.size() ||
        (last.resume != last_open.resume && text[last.end] == ':')) {
      if (last_open.resume == kNone || last_open.end >= text.size()) return false;
      last = last_open;
    }
    last.end = next_char(last.end);
    if (last.resume < code.size() && !IsPatternByte(code[last.resume])) {
      // On to where the code can go on, or to what stops the run.
      const char c = code[last.resume];
      const char stop = last.resume == last_open.resume ? c : ':';
      while (last.end < text.size() && text[last.end] != c && text[last.end] != stop) ++last.end;
    }
    if (last.resume == last_open.resume) last_open = last;
    p = last.resume;
    t = last.end;
  }
}

}  // namespace scpcheck

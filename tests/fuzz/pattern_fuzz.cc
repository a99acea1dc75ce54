// Patterns: the matcher agrees with the definition, and what is said of two patterns as sets holds for every
// text at hand.
//
// An input is three lines: two patterns and a text. Each pattern is compiled in every way; texts that it must
// match are made of it and of the third line.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../unit/match/plain_pattern.h"
#include "base/utf8.h"
#include "fuzz.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {
namespace {

// The definition takes time and memory that grow with the product of the lengths.
constexpr size_t kMaxLine = 250;

std::string_view TakeLine(std::string_view& rest) {
  const size_t end = rest.find('\n');
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  return line;
}

// The code without variables: those stand for any value, as they do where it is unknown.
std::string WithoutVariables(const Pattern& pattern) {
  std::string code;
  size_t variables = 0;
  for (size_t i = 0; i < pattern.code().size(); ++i) {
    const auto byte = static_cast<unsigned char>(pattern.code()[i]);
    if (byte != kVariable && byte != kSegmentVariable) {
      code.push_back(pattern.code()[i]);
      continue;
    }
    const size_t index = static_cast<size_t>(static_cast<unsigned char>(pattern.code()[i + 1])) << 8 |
                         static_cast<unsigned char>(pattern.code()[i + 2]);
    SCPCHECK_CHECK(index == variables++);
    code.push_back(static_cast<char>(byte == kVariable ? kRun : kSegmentRun));
    i += 2;
  }
  SCPCHECK_CHECK(variables == pattern.variables().size());
  return code;
}

// A pattern as a set of texts, in all the forms that the checks need.
struct Set {
  std::string code;
  std::u32string units;
};

// The sets that a text means as a value of StringEquals, StringLike, ArnLike and as an entry of Resource,
// each inside the one before it but for the first; none where there is no such pattern.
struct Sets {
  std::optional<Set> exact;
  std::optional<Set> like;
  std::optional<Set> resource;
  std::optional<Set> arn;

  std::vector<const Set*> All() const {
    std::vector<const Set*> all;
    for (const std::optional<Set>* set : {&exact, &like, &resource, &arn}) {
      if (*set) all.push_back(&**set);
    }
    return all;
  }
};

std::optional<Set> Compiled(const std::optional<Pattern>& pattern) {
  if (!pattern) return std::nullopt;
  if (pattern->is_literal()) SCPCHECK_CHECK(MatchPattern(pattern->code(), pattern->code()));
  Set set{WithoutVariables(*pattern), {}};
  set.units = plain::Decode(set.code);
  SCPCHECK_CHECK(plain::Encode(set.units) == set.code);
  return set;
}

Sets CompileAll(std::string_view text, bool variables) {
  const std::optional<Pattern> arn = Pattern::Arn(text, variables);
  SCPCHECK_CHECK(arn.has_value() == (CountArnParts(text, variables) == 6));
  return {Compiled(Pattern::Exact(text, variables)), Compiled(Pattern::Like(text, variables)),
          Compiled(Pattern::Resource(text, variables)), Compiled(arn)};
}

// A text that the units match: runs stand for `run`, without its colons where they must.
std::u32string Example(std::u32string_view units, std::u32string_view run) {
  std::u32string text;
  for (const char32_t unit : units) {
    if (!plain::IsRun(unit)) {
      text.push_back(unit == plain::kAnyOne || unit == plain::kPartOne ? U'?' : unit);
      continue;
    }
    for (const char32_t character : run) {
      if (plain::Takes(unit, character)) text.push_back(character);
    }
  }
  return text;
}

bool Matches(const std::optional<Set>& set, std::string_view text) {
  return set && MatchPattern(set->code, text);
}

void CheckTexts(const Sets& a, const Sets& b, const std::vector<std::u32string>& texts) {
  for (const std::u32string& text : texts) {
    const std::string bytes = plain::Encode(text);
    for (const Sets* sets : {&a, &b}) {
      for (const Set* set : sets->All()) {
        SCPCHECK_CHECK(MatchPattern(set->code, bytes) == plain::Matches(set->units, text));
      }
      SCPCHECK_CHECK(!Matches(sets->exact, bytes) || Matches(sets->like, bytes));
      SCPCHECK_CHECK(!Matches(sets->resource, bytes) || Matches(sets->like, bytes));
      SCPCHECK_CHECK(!Matches(sets->arn, bytes) || Matches(sets->resource, bytes));
    }
  }
}

void CheckPair(const Set& a, const Set& b, const std::vector<std::u32string>& texts) {
  const bool covers = PatternCovers(a.code, b.code);
  const bool disjoint = PatternsDisjoint(a.code, b.code);
  SCPCHECK_CHECK(PatternsDisjoint(b.code, a.code) == disjoint);
  // No set is empty.
  SCPCHECK_CHECK(!covers || !disjoint);
  for (const std::u32string& text : texts) {
    const std::string bytes = plain::Encode(text);
    if (!MatchPattern(b.code, bytes)) continue;
    const bool both = MatchPattern(a.code, bytes);
    SCPCHECK_CHECK(!covers || both);
    SCPCHECK_CHECK(!disjoint || !both);
  }
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  const std::string input = fuzz::Text(data, size);
  if (FindInvalidUtf8(input) != std::string_view::npos) return 0;
  std::string_view rest = input;
  const std::string_view first = TakeLine(rest);
  const std::string_view second = TakeLine(rest);
  const std::string_view text = TakeLine(rest);
  if (first.size() > kMaxLine || second.size() > kMaxLine || text.size() > kMaxLine) return 0;

  // Policies of 2008-10-17 have no variables.
  const Sets a = CompileAll(first, true);
  const Sets b = CompileAll(second, !rest.empty());
  const std::u32string run = plain::Decode(text);
  std::vector<std::u32string> texts = {run};
  for (const Sets* sets : {&a, &b}) {
    for (const Set* set : sets->All()) {
      for (const std::u32string& example : {Example(set->units, U""), Example(set->units, run)}) {
        SCPCHECK_CHECK(MatchPattern(set->code, plain::Encode(example)));
        texts.push_back(example);
      }
      SCPCHECK_CHECK(PatternCovers(set->code, set->code));
    }
  }
  CheckTexts(a, b, texts);
  for (const Set* set : a.All()) {
    for (const Set* other : b.All()) {
      CheckPair(*set, *other, texts);
      CheckPair(*other, *set, texts);
    }
  }
  return 0;
}

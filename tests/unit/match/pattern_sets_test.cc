// Patterns as sets of texts, against what an exhaustive walk over two patterns at once says.
//
// Which units of a pattern may come next is all that a text so far leaves behind, so walking from pair to
// pair of such sets, one character at a time, settles the question for texts of every length.

#include "match/pattern_sets.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "match/pattern.h"
#include "plain_pattern.h"
#include "property/environment.h"

namespace scpcheck {
namespace {

using plain::AllUpTo;
using plain::kAnyOne;
using plain::kAnyRun;
using plain::kPartOne;
using plain::kPartRun;

// A set of positions in a pattern, a bit each; the pattern's end is one.
using Positions = uint32_t;

// A pattern with all the sets that texts lead to.
class Automaton {
 public:
  // `alphabet` needs a character that no pattern names, which stands for all those.
  Automaton(std::u32string_view pattern, std::u32string_view alphabet) : code_(plain::Encode(pattern)) {
    std::vector<Positions> sets;
    std::map<Positions, size_t> numbers;
    const auto number_of = [&](Positions set) {
      const auto [at, is_new] = numbers.emplace(set, sets.size());
      if (is_new) sets.push_back(set);
      return at->second;
    };
    number_of(WithRuns(pattern, 1));
    for (size_t i = 0; i < sets.size(); ++i) {
      accepts_.push_back((sets[i] >> pattern.size() & 1) != 0);
      std::vector<size_t> next;
      for (const char32_t character : alphabet) next.push_back(number_of(Step(pattern, sets[i], character)));
      next_.push_back(std::move(next));
    }
  }

  const std::string& code() const { return code_; }
  size_t size() const { return next_.size(); }
  bool accepts(size_t state) const { return accepts_[state]; }
  const std::vector<size_t>& next(size_t state) const { return next_[state]; }

 private:
  // With the positions after runs, which may be empty.
  static Positions WithRuns(std::u32string_view pattern, Positions set) {
    for (size_t i = 0; i < pattern.size(); ++i) {
      if ((set >> i & 1) != 0 && plain::IsRun(pattern[i])) set |= Positions{2} << i;
    }
    return set;
  }

  static Positions Step(std::u32string_view pattern, Positions set, char32_t character) {
    Positions next = 0;
    for (size_t i = 0; i < pattern.size(); ++i) {
      if ((set >> i & 1) == 0 || !plain::Takes(pattern[i], character)) continue;
      next |= Positions{1} << (plain::IsRun(pattern[i]) ? i : i + 1);
    }
    return WithRuns(pattern, next);
  }

  std::string code_;
  std::vector<char> accepts_;
  std::vector<std::vector<size_t>> next_;  // by state, then by character of the alphabet
};

struct Relation {
  bool covers = true;    // `a` matches whatever `b` does
  bool disjoint = true;  // no text is matched by both
};

Relation Compare(const Automaton& a, const Automaton& b) {
  Relation relation;
  std::vector<char> seen(a.size() * b.size(), 0);
  std::vector<std::pair<size_t, size_t>> open = {{0, 0}};
  seen[0] = 1;
  while (!open.empty()) {
    const auto [in_a, in_b] = open.back();
    open.pop_back();
    if (b.accepts(in_b)) (a.accepts(in_a) ? relation.disjoint : relation.covers) = false;
    for (size_t i = 0; i < a.next(in_a).size(); ++i) {
      const std::pair<size_t, size_t> next = {a.next(in_a)[i], b.next(in_b)[i]};
      char& is_seen = seen[next.first * b.size() + next.second];
      if (is_seen == 0) open.push_back(next);
      is_seen = 1;
    }
  }
  return relation;
}

// Where PatternCovers may say no though the answer is yes: a run of the inner pattern, which may be empty,
// for a `?` and a `*` side by side in the outer one; and where wildcards stop at colons.
bool MayBeOverlooked(std::u32string_view outer, std::u32string_view inner) {
  const auto has = [](std::u32string_view pattern, std::u32string_view part) {
    return pattern.find(part) != std::u32string_view::npos;
  };
  for (const char32_t unit : {kPartRun, kPartOne}) {
    if (has(outer, {&unit, 1}) || has(inner, {&unit, 1})) return true;
  }
  return has(outer, std::u32string{kAnyRun, kAnyOne}) || has(outer, std::u32string{kAnyOne, kAnyRun});
}

struct Tally {
  size_t covering = 0;
  size_t disjoint = 0;
  size_t overlooked = 0;
};

Tally CompareAll(const std::vector<std::u32string>& patterns, std::u32string_view alphabet) {
  std::vector<Automaton> automata;
  for (const std::u32string& pattern : patterns) automata.emplace_back(pattern, alphabet);
  Tally tally;
  size_t differences = 0;
  for (size_t i = 0; i < patterns.size(); ++i) {
    for (size_t j = 0; j < patterns.size() && differences < 10; ++j) {
      const Automaton& a = automata[i];
      const Automaton& b = automata[j];
      const Relation relation = Compare(a, b);
      const bool covers = PatternCovers(a.code(), b.code());
      const bool overlooked = relation.covers && !covers && MayBeOverlooked(patterns[i], patterns[j]);
      tally.covering += relation.covers ? 1 : 0;
      tally.disjoint += relation.disjoint ? 1 : 0;
      tally.overlooked += overlooked ? 1 : 0;
      if (covers != relation.covers && !overlooked) {
        ADD_FAILURE() << plain::Show(a.code()) << (relation.covers ? " covers " : " does not cover ")
                      << plain::Show(b.code());
        ++differences;
      }
      if (PatternsDisjoint(a.code(), b.code()) != relation.disjoint) {
        ADD_FAILURE() << plain::Show(a.code()) << (relation.disjoint ? " has nothing" : " has texts")
                      << " in common with " << plain::Show(b.code());
        ++differences;
      }
    }
  }
  return tally;
}

// The counts of what is overlooked may fall, but not rise.
TEST(PatternSets, AllSmallPatterns) {
  const Tally tally = CompareAll(AllUpTo(4, {U'a', U'b', kAnyRun, kAnyOne}), U"abc:");
  EXPECT_GT(tally.covering, 0U);
  EXPECT_GT(tally.disjoint, 0U);
  EXPECT_LE(tally.overlooked, 2'222U);
}

TEST(PatternSets, AllSmallPatternsWithParts) {
  constexpr bool kFour = property::kThorough;
  const Tally tally =
      CompareAll(AllUpTo(kFour ? 4 : 3, {U'a', U':', kAnyRun, kAnyOne, kPartRun, kPartOne}), U"ab:");
  EXPECT_GT(tally.covering, tally.overlooked);
  EXPECT_LE(tally.overlooked, kFour ? 52'949U : 1'326U);
}

TEST(PatternSets, CharactersOfSeveralBytes) {
  CompareAll(AllUpTo(3, {U'\u00e4', U'\u00e3', U'\u20ac', U'\U0001f600', kAnyRun, kAnyOne}),
             U"x\u00e4\u00e3\u20ac\U0001f600");
}

// Behind a run, so that the beginnings, which are compared as bytes, do not settle it.
TEST(PatternSets, EveryCharacterIsItself) {
  std::vector<char32_t> characters;
  for (char32_t character = 1; character < 0x80; ++character) characters.push_back(character);
  for (const char32_t character : {U'\u00e4', U'\u20ac', U'\U0001f600'}) {
    characters.push_back(character);
    for (char32_t bit = 1; bit < 0x80; bit *= 2) characters.push_back(character ^ bit);
    characters.push_back(character ^ 0x400);
  }
  for (const char32_t a : characters) {
    const std::string code = plain::Encode(std::u32string{kAnyRun, a});
    for (const char32_t b : characters) {
      const std::string other = plain::Encode(std::u32string{kAnyRun, b});
      EXPECT_EQ(PatternCovers(code, other), a == b) << code << " " << other;
      EXPECT_EQ(PatternsDisjoint(code, other), a != b) << code << " " << other;
    }
  }
}

// The walk itself against the definition on texts.
TEST(PatternSets, WalkAgreesWithDefinition) {
  const std::u32string alphabet = U"ab:";
  const std::vector<std::u32string> texts = AllUpTo(5, alphabet);
  for (const std::u32string& pattern : AllUpTo(3, {U'a', U':', kAnyRun, kAnyOne, kPartRun, kPartOne})) {
    const Automaton automaton(pattern, alphabet);
    for (const std::u32string& text : texts) {
      size_t state = 0;
      for (const char32_t character : text) state = automaton.next(state)[alphabet.find(character)];
      ASSERT_EQ(automaton.accepts(state), plain::Matches(pattern, text)) << automaton.code();
    }
  }
}

// Longer than what small patterns are kept in.
TEST(PatternSets, LongPatterns) {
  const auto like = [](const std::string& text) { return Pattern::Like(text, true).code(); };
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "a*";
  const std::string letters(400, 'a');
  EXPECT_TRUE(PatternCovers(like(stars), like(letters)));
  EXPECT_TRUE(PatternCovers(like(stars), like(stars)));
  EXPECT_TRUE(PatternCovers(like("*" + stars), like(stars)));
  EXPECT_FALSE(PatternCovers(like(stars), like("*" + stars)));
  EXPECT_FALSE(PatternCovers(like(stars), like(letters.substr(0, 199))));
  EXPECT_FALSE(PatternCovers(like(letters), like(stars)));
  EXPECT_FALSE(PatternsDisjoint(like(stars), like(letters)));
  EXPECT_TRUE(PatternsDisjoint(like(stars + "b"), like(letters)));
  EXPECT_TRUE(PatternsDisjoint(like("*" + std::string(401, '?')), like(letters)));
  EXPECT_FALSE(PatternsDisjoint(like("*" + std::string(400, '?')), like(letters)));
}

struct SetFact {
  const char* id;
  std::string_view policy;   // an entry of Resource
  std::string_view request;  // a request's resource, whose wildcards cross everything
  bool covers;
  bool disjoint;
};

// a request that names a pattern of resources.
TEST(PatternSets, ResourceFacts) {
  constexpr SetFact kFacts[] = {
      {"R-10", "*", "*", true, false},
      {"R-10", "arn:aws:s3:::bucket/*", "arn:aws:s3:::bucket/a*", true, false},
      {"R-10", "arn:aws:s3:::bucket/a*", "arn:aws:s3:::bucket/*", false, false},
      {"R-10", "arn:aws:s3:::bucket/a*", "arn:aws:s3:::bucket/b*", false, true},
      {"R-10", "arn:aws:s3:::*/a", "arn:aws:s3:::bucket/?", false, false},
      {"R-10", "arn:aws:s3:::*/a", "arn:aws:s3:::bucket/?b", false, true},
      {"R-03", "arn:aws:ec2:*:1:*", "arn:aws:ec2:*:1:instance/*", true, false},
      {"R-03", "arn:aws:ec2:eu-*-1:1:*", "arn:aws:ec2:eu-*-1:1:instance/*", false, false},
      {"R-03", "arn:aws:ec2:eu-?:1:*", "arn:aws:ec2:eu-::1:*", false, true},
      {"R-06", "arn:aws:s3:*", "arn:aws:s3:::*", true, false},
      {"R-06", "arn:aws:s3:*", "*", false, false},
  };
  for (const SetFact& fact : kFacts) {
    const std::string policy = Pattern::Resource(fact.policy, true)->code();
    const std::string request = Pattern::Like(fact.request, false).code();
    EXPECT_EQ(PatternCovers(policy, request), fact.covers)
        << fact.id << " " << fact.policy << " " << fact.request;
    EXPECT_EQ(PatternsDisjoint(policy, request), fact.disjoint)
        << fact.id << " " << fact.policy << " " << fact.request;
  }
}

}  // namespace
}  // namespace scpcheck

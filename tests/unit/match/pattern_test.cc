// Patterns on one text: the facts, one row each, and the matcher against its definition on everything small.

#include "match/pattern.h"

#include <gtest/gtest.h>

#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "plain_pattern.h"
#include "property/environment.h"

namespace scpcheck {
namespace {

enum Kind { kExact, kLike, kArn, kResource };

void PrintTo(Kind kind, std::ostream* out) {
  constexpr const char* kNames[] = {"Exact", "Like", "Arn", "Resource"};
  *out << kNames[kind];
}

std::optional<Pattern> Compile(Kind kind, std::string_view text, bool variables) {
  switch (kind) {
    case kExact:
      return Pattern::Exact(text, variables);
    case kLike:
      return Pattern::Like(text, variables);
    case kArn:
      return Pattern::Arn(text, variables);
    case kResource:
      return Pattern::Resource(text, variables);
  }
  return std::nullopt;
}

// What comes of a pattern in a policy of version 2012-10-17.
struct MatchFact {
  const char* id;
  Kind kind;
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

constexpr std::string_view kColons =
    "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";

constexpr MatchFact kMatchFacts[] = {
    // Wildcards are for the whole text, and there is no other escape than `${*}`.
    {"C-10", kLike, "a${*}b", "a*b", true},
    {"C-10", kLike, "a${*}b", "axb", false},
    {"C-10", kLike, "a${?}b", "a?b", true},
    {"C-10", kLike, "a${?}b", "axb", false},
    {"C-10", kLike, "a\\*b", "a\\xb", true},
    {"C-10", kLike, "a\\*b", "a*b", false},
    {"C-11", kExact, "a*", "a*", true},
    {"C-11", kExact, "a*", "ab", false},
    {"C-11", kExact, "a?", "a?", true},
    {"C-11", kExact, "a?", "ab", false},
    {"C-11", kExact, "", "", true},
    {"C-11", kExact, "", "a", false},
    {"4.2", kLike, "*", "", true},
    {"4.2", kLike, "*", "a/b:c", true},
    {"4.2", kLike, "a*c", "ac", true},
    {"4.2", kLike, "a*c", "a/b:c", true},
    {"4.2", kLike, "a*c", "abcd", false},
    {"4.2", kLike, "a?c", "abc", true},
    {"4.2", kLike, "a?c", "a:c", true},
    {"4.2", kLike, "a?c", "ac", false},
    {"4.2", kLike, "a?c", "abbc", false},
    {"4.2", kLike, "?", "\xc3\xa4", true},
    {"4.2", kLike, "??", "\xc3\xa4", false},
    {"4.2", kLike, "?", "\xf0\x9f\x98\x80", true},
    // Case counts, in values as in ARNs.
    {"C-19", kExact, "Blue", "Blue", true},
    {"C-19", kExact, "Blue", "blue", false},
    {"C-19", kLike, "Bl*", "blue", false},
    {"C-19", kArn, "arn:aws:iam::1:role/App", "arn:aws:iam::1:role/app", false},
    // ArnLike: part by part; wildcards cross colons in the sixth part alone.
    {"C-20", kArn, "arn:*:iam::*:role/*", "arn:aws:iam::1:role/a/b", true},
    {"C-20", kArn, "arn:aws:s3*:::b", "arn:aws:s3:x:::b", false},
    {"C-20", kArn, "arn:aws:*:*:1:x", "arn:aws:a:b:c:1:x", false},
    {"C-20", kArn, "arn:aws:s3?:::b", "arn:aws:s3::::b", false},
    {"C-20", kArn, "arn:aws:s3:?::b", "arn:aws:s3:x::b", true},
    {"C-20", kArn, "arn:aws:codebuild:*:*:build/A:*", "arn:aws:codebuild:r:1:build/A:x:y", true},
    {"C-20", kArn, "arn:aws:logs:r:1:a?b", "arn:aws:logs:r:1:a:b", true},
    {"C-20", kArn, "arn:aws:logs:r:1:*", "arn:aws:logs:r:1:a:b/c", true},
    {"C-20", kArn, "arn:aws:logs:r:1:*", "arn:aws:logs:r:1:", true},
    {"C-21", kLike, "arn:aws:someservice:*:111122223333:finance/*", kColons, true},
    {"C-21", kArn, "arn:aws:someservice:*:111122223333:finance/*", kColons, false},
    // Resource.
    {"R-01", kResource, "*", "arn:aws:s3:::b", true},
    {"R-01", kResource, "*", "", true},
    {"R-01", kResource, "*", "anything", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1/test/object.jpg", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1/2/test/3/object.jpg", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1///test///object.jpg", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1/test/.jpg", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B//test/object.jpg", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1/test/", true},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1-test/object.jpg", false},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/test/object.jpg", false},
    {"R-02", kResource, "arn:aws:s3:::B/*/test/*", "arn:aws:s3:::B/1/2/test.jpg", false},
    {"R-03", kResource, "arn:aws:logs:*:log-group:x", "arn:aws:logs:eu-west-1:1:log-group:x", true},
    {"R-03", kArn, "arn:aws:logs:*:log-group:x", "arn:aws:logs:eu-west-1:1:log-group:x", false},
    {"R-03", kResource, "arn:aws:logs:*:*:*:x", "arn:aws:logs:a:b:c:d:x", true},
    {"R-03", kResource, "arn:aws:s3*:*:*:b", "arn:aws:s3:x:y:z:b", true},
    {"R-03", kArn, "arn:aws:s3*:*:*:b", "arn:aws:s3:x:y:z:b", false},
    {"R-03", kResource, "arn:aws:ec2:eu-*:*:x", "arn:aws:ec2:eu-a:b:c:x", true},
    {"R-03", kResource, "arn:aws:ec2:eu-*-1:1:x", "arn:aws:ec2:eu-west-1:1:x", true},
    {"R-03", kResource, "arn:aws:ec2:eu-*-1:1:x", "arn:aws:ec2:eu-a:b-1:1:x", false},
    {"R-03", kResource, "arn:aws:ec2:*-1:1:x", "arn:aws:ec2:a:b-1:1:x", false},
    {"R-03", kResource, "arn:aws:ec2:e?:1:x", "arn:aws:ec2:e::1:x", false},
    {"R-03", kResource, "arn:aws:ec2:e?:1:x", "arn:aws:ec2:eu:1:x", true},
    {"R-03a", kResource, "arn:aws:logs:r:1:log-group:*:log-stream:x",
     "arn:aws:logs:r:1:log-group:a:b:log-stream:x", true},
    {"R-03a", kResource, "arn:aws:logs:r:1:a*z", "arn:aws:logs:r:1:a:b:z", true},
    {"R-03a", kResource, "arn:aws:logs:r:1:a?z", "arn:aws:logs:r:1:a:z", true},
    {"R-04", kResource, "arn:*:iam::*:role/x", "arn:aws-cn:iam::1:role/x", true},
    {"R-04", kResource, "arn:aws:lambda:*:*:functi*:f", "arn:aws:lambda:r:1:function:f", true},
    {"R-05", kResource, "arn:aws:iam::1:user/Ann", "arn:aws:iam::1:user/ann", false},
    {"R-05", kResource, "arn:aws:S3:::b", "arn:aws:s3:::b", false},
    {"R-06", kResource, "arn:aws:sqs*", "arn:aws:sqs:r:1:queue", true},
    {"R-06", kResource, "arn:aws:sqs*", "arn:aws:sqs", false},
    {"R-06", kResource, "arn:aws:sqs:*", "arn:aws:sqs:r:1:queue", true},
    {"R-06", kResource, "arn:aws:sqs:*", "arn:aws:sns:r:1:topic", false},
    {"R-06", kResource, "arn:*", "arn:aws:sqs:r:1:queue", true},
    {"R-06", kResource, "a*", "arn:aws:sqs:r:1:queue", true},
    {"R-06", kResource, "**", "arn:aws:sqs:r:1:queue", true},
    {"R-06", kResource, "**", "bucket", false},
    {"V-05", kExact, "${*}${?}${$}", "*?$", true},
    {"V-05", kResource, "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/*", true},
    {"V-05", kResource, "arn:aws:s3:::b/${*}", "arn:aws:s3:::b/x", false},
    {"V-05", kArn, "arn:aws:s3:::b/${$}{x}", "arn:aws:s3:::b/${x}", true},
};

TEST(Pattern, MatchFacts) {
  for (const MatchFact& fact : kMatchFacts) {
    const std::optional<Pattern> pattern = Compile(fact.kind, fact.pattern, true);
    ASSERT_TRUE(pattern) << fact.id << " " << fact.pattern;
    EXPECT_EQ(MatchPattern(pattern->code(), fact.text), fact.matches)
        << fact.id << " " << testing::PrintToString(fact.kind) << " " << fact.pattern << " on " << fact.text;
  }
}

// How a pattern is compiled: `shown` as plain::Show has it, then the variables. None: it matches nothing.
struct CodeFact {
  const char* id;
  Kind kind;
  bool variables;
  std::string_view pattern;
  std::string_view shown;
};

constexpr std::string_view kNone = "none";

constexpr CodeFact kCodeFacts[] = {
    {"C-11", kExact, true, "a*?b", "a*?b"},
    {"4.2", kLike, true, "a*?b", "a<*><?>b"},
    {"4.2", kLike, true, "a:*:?", "a:<*>:<?>"},
    {"C-20", kArn, true, "*:a*:*:?:*b:*?:*", "<:*>:a<:*>:<:*>:<:?>:<:*>b:<*><?>:<*>"},
    {"C-20a", kArn, true, "arn:aws:iam::${a:b}:role/x", "arn:aws:iam::<:0>:role/x a:b"},
    {"C-20a", kArn, true, "arn:aws:iam:${a:b}:role/x", kNone},
    {"C-20a", kArn, false, "arn:aws:iam:${a:b}:role/x", "arn:aws:iam:${a:b}:role/x"},
    {"C-22", kArn, true, "*", kNone},
    {"C-22", kArn, true, "arn:aws:iam::1", kNone},
    {"C-22", kArn, true, ":::::", ":::::"},
    {"C-22", kArn, true, "", kNone},
    {"R-01", kResource, true, "*", "<*>"},
    {"R-03", kResource, true, "*:a*:*:?:*b:*?:*", "<*>:a<*>:<*>:<:?>:<:*>b:<*><?>:<*>"},
    {"R-03", kResource, true, "a:b:c:d:*?:x", "a:b:c:d:<:*><:?>:x"},
    {"R-03a", kResource, true, "a:b:c:d:e:*x*", "a:b:c:d:e:<*>x<*>"},
    {"R-06", kResource, true, "arn:aws:sqs*", "arn:aws:sqs<*>:<*>:<*>:<*>"},
    {"R-06", kResource, true, "arn:aws:sqs:r:*", "arn:aws:sqs:r:<*>:<*>"},
    {"R-06", kResource, true, "**", "<:*><*>:<*>:<*>:<*>:<*>:<*>"},
    {"R-06a", kResource, true, "arn:aws:sqs", kNone},
    {"R-06a", kResource, true, "arn:aws:sqs:r:1?", kNone},
    {"R-06a", kResource, true, "", kNone},
    {"R-06a", kResource, true, "arn:aws:sqs:${*}", kNone},
    {"V-01", kLike, true, "a${aws:username}*", "a<0><*> aws:username"},
    {"V-01", kExact, true, "${a}${b}${a}", "<0><1><2> a b a"},
    {"V-01", kExact, false, "${aws:username}", "${aws:username}"},
    {"V-02", kResource, true, "arn:aws:s3:::b/${aws:username}/*", "arn:aws:s3:::b/<0>/<*> aws:username"},
    {"V-02", kResource, true, "arn:aws:s3:${r}::b", "arn:aws:s3:<0>::b r"},
    {"V-02", kArn, true, "arn:aws:s3:${r}::b/${r}", "arn:aws:s3:<:0>::b/<1> r r"},
    {"V-04", kExact, true, "${t, 'x'}", "<0> t='x'"},
    {"V-04", kExact, true, "${t, ''}", "<0> t=''"},
    {"V-04", kExact, true, "${t, 'x y'}", "<0> t='x y'"},
    {"V-04", kExact, true, "${t, ', 'x'}", "<0> t=', 'x'"},
    {"V-04", kExact, true, "${t,'x'}", "${t,'x'}"},
    {"V-04", kExact, true, "${t,  'x'}", "${t,  'x'}"},
    {"V-04", kExact, true, "${t, 'x}", "${t, 'x}"},
    {"V-04", kExact, true, "${t, '}", "${t, '}"},
    {"V-04", kExact, true, "${t, x}", "${t, x}"},
    {"V-04", kExact, true, "${t x}", "${t x}"},
    {"V-04", kExact, true, "${ t}", "${ t}"},
    {"V-04", kExact, true, "${t'}", "${t'}"},
    {"V-04", kExact, true, "${t", "${t"},
    {"V-04", kExact, true, "${}", "${}"},
    {"V-04", kExact, true, "${, 'x'}", "${, 'x'}"},
    {"V-04", kExact, true, "$", "$"},
    {"V-04", kExact, true, "$t}", "$t}"},
    {"V-04", kExact, true, "x$${t}", "x$<0> t"},
    {"V-04", kLike, true, "${t *}", "${t <*>}"},
    {"V-05", kLike, true, "${*}${?}${$}", "*?$"},
    {"V-05", kLike, false, "${*}${?}${$}", "${<*>}${<?>}${$}"},
    {"V-05", kExact, false, "${*}", "${*}"},
    {"V-05", kExact, true, "${**}", "<0> **"},
};

std::string ShowAll(const std::optional<Pattern>& pattern) {
  if (!pattern) return std::string(kNone);
  std::string shown = plain::Show(pattern->code());
  for (const PatternVariable& variable : pattern->variables()) {
    shown += " " + variable.key;
    if (variable.default_value) shown += "='" + *variable.default_value + "'";
  }
  return shown;
}

TEST(Pattern, CodeFacts) {
  for (const CodeFact& fact : kCodeFacts) {
    const std::optional<Pattern> pattern = Compile(fact.kind, fact.pattern, fact.variables);
    EXPECT_EQ(ShowAll(pattern), fact.shown)
        << fact.id << " " << testing::PrintToString(fact.kind) << " " << fact.pattern;
    if (!pattern) continue;
    EXPECT_EQ(pattern->has_variables(), !pattern->variables().empty());
    EXPECT_EQ(pattern->is_literal(), fact.shown.find('<') == std::string_view::npos) << fact.pattern;
    EXPECT_EQ(pattern->matches_everything(), fact.shown == "<*>") << fact.pattern;
  }
}

TEST(Pattern, ManyVariablesHaveTwoBytesOfIndex) {
  std::string text;
  std::string shown;
  for (int i = 0; i < 300; ++i) {
    text += "${k}";
    shown += "<" + std::to_string(i) + ">";
  }
  EXPECT_EQ(plain::Show(Pattern::Like(text, true).code()), shown);
}

// V-03: keys are named in any case; all else about a pattern counts.
TEST(Pattern, Equality) {
  const Pattern pattern = Pattern::Like("a${Aws:User, 'x'}", true);
  EXPECT_TRUE(pattern == Pattern::Like("a${aws:uSER, 'x'}", true));
  EXPECT_FALSE(pattern == Pattern::Like("a${aws:user, 'X'}", true));
  EXPECT_FALSE(pattern == Pattern::Like("a${aws:user}", true));
  EXPECT_FALSE(pattern == Pattern::Like("a${aws:users, 'x'}", true));
  EXPECT_FALSE(pattern == Pattern::Like("A${aws:user, 'x'}", true));
  EXPECT_FALSE(pattern == Pattern::Like("a${Aws:User, 'x'}", false));
  EXPECT_FALSE(Pattern::Like("a*", true) == Pattern::Exact("a*", true));
  EXPECT_TRUE(Pattern::Like("a${*}", true) == Pattern::Exact("a*", true));
}

TEST(Pattern, ArnParts) {
  struct Case {
    const char* id;
    std::string_view text;
    int parts;                    // of a pattern of 2012-10-17
    int parts_without_variables;  // of a value, or of a pattern of 2008-10-17
  };
  constexpr Case kCases[] = {
      {"C-20", "", 1, 1},
      {"C-20", "a", 1, 1},
      {"C-20", "a:", 2, 2},
      {"C-20", "a:b:c:d:e", 5, 5},
      {"C-20", "a:b:c:d:e:", 6, 6},
      {"C-20", ":::::", 6, 6},
      {"C-20", "a:b:c:d:e:f:g:h", 6, 6},
      {"C-20a", "a:b:c:d:${e:f}", 5, 6},
      {"C-20a", "a:b:c:d:${e:f", 6, 6},
      {"C-20a", "a:b:c:${d:e}:f:$:${*}", 6, 6},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(CountArnParts(c.text, true), c.parts) << c.id << " " << c.text;
    EXPECT_EQ(CountArnParts(c.text, false), c.parts_without_variables) << c.id << " " << c.text;
    EXPECT_EQ(IsArn(c.text), c.parts_without_variables == 6) << c.id << " " << c.text;
  }
}

void ExpectAsDefined(const std::vector<std::u32string>& patterns, const std::vector<std::u32string>& texts) {
  // A text ends where its view does, whatever comes behind: what the pattern may want next, or the rest of a
  // character.
  constexpr std::string_view kBehind[] = {"a:b", "\xa4:a"};
  std::vector<std::string> longer;
  for (const std::u32string& text : texts) {
    longer.push_back(plain::Encode(text).append(kBehind[longer.size() % std::size(kBehind)]));
  }
  for (const std::u32string& pattern : patterns) {
    const std::string code = plain::Encode(pattern);
    for (size_t i = 0; i < texts.size(); ++i) {
      const std::string_view text(longer[i].data(), longer[i].size() - kBehind[0].size());
      ASSERT_EQ(MatchPattern(code, text), plain::Matches(pattern, texts[i]))
          << plain::Show(code) << " on " << text;
    }
  }
}

using plain::AllUpTo;
using plain::kAnyOne;
using plain::kAnyRun;
using plain::kPartOne;
using plain::kPartRun;

TEST(MatchPattern, AllSmallPatterns) {
  ExpectAsDefined(AllUpTo(5, {U'a', U'b', kAnyRun, kAnyOne}), AllUpTo(6, U"ab"));
}

// As patterns are compiled: a `?` that crosses colons stands in the last part, a `*` that doesn't before it.
// The matcher counts on that.
TEST(MatchPattern, AllSmallPatternsWithParts) {
  std::vector<std::u32string> patterns =
      AllUpTo(property::kThorough ? 5 : 4, {U'a', U':', kAnyRun, kAnyOne, kPartRun, kPartOne});
  std::erase_if(patterns, [](const std::u32string& pattern) {
    const size_t one = pattern.find(kAnyOne);
    return one != std::u32string::npos && pattern.find(kPartRun, one) != std::u32string::npos;
  });
  EXPECT_GT(patterns.size(), 1'000U);
  ExpectAsDefined(patterns, AllUpTo(5, U"ab:"));
}

// Where one run has to give up characters for another to go on.
TEST(MatchPattern, AllSmallSequencesOfRuns) {
  ExpectAsDefined(AllUpTo(property::kThorough ? 6 : 5, {U'a', U':', kAnyRun, kPartRun}), AllUpTo(7, U"a:"));
}

TEST(MatchPattern, CharactersOfSeveralBytes) {
  ExpectAsDefined(AllUpTo(4, {U'\u00e4', U'\u20ac', kAnyRun, kAnyOne, kPartOne}),
                  AllUpTo(4, U"a\u00e4\u00e3\u20ac\U0001f600"));
}

// What both begin with is compared eight bytes at a time.
TEST(MatchPattern, LongBeginnings) {
  const auto after = [](const std::u32string& beginning, std::vector<std::u32string> rest) {
    for (std::u32string& text : rest) text.insert(0, beginning);
    return rest;
  };
  for (const std::u32string beginning : {U"aaaaaa", U"ab:aaaabaaaaaab", U"aaa\u20aca"}) {
    ExpectAsDefined(after(beginning, AllUpTo(4, {U'a', U'b', kAnyRun, kAnyOne})),
                    after(beginning, AllUpTo(4, U"ab\u20ac")));
  }
}

// The matcher goes back to the last run only; going through all the ways that the runs can share the text
// would not end.
TEST(MatchPattern, ManyRunsEnd) {
  std::u32string pattern;
  for (int i = 0; i < 50; ++i) pattern.append({kAnyRun, U'a', kPartRun, U'a'});
  const std::string code = plain::Encode(pattern);
  EXPECT_TRUE(MatchPattern(code, std::string(3000, 'a')));
  EXPECT_FALSE(MatchPattern(code, std::string(3000, 'a') + 'b'));
  EXPECT_FALSE(MatchPattern(code, std::string(3000, 'a') + ':'));
  EXPECT_FALSE(MatchPattern(code, std::string(99, 'a')));
}

}  // namespace
}  // namespace scpcheck

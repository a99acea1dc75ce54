// JSON to a located tree: exact places of all tokens, and of every fault.

#include "json/parse.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "json/tree.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck::json {
namespace {

struct Reading {
  std::optional<Tree> tree;
  Diagnostics diagnostics;
};

Reading Read(std::string_view text) {
  Reading reading;
  reading.tree = Parse(Source::FromText("t.json", std::string(text)), reading.diagnostics);
  return reading;
}

// `line:column-column: message` of all diagnostics; the second column is where the range ends.
std::string Complaints(const Diagnostics& diagnostics) {
  std::string out;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    const SourcePosition begin = diagnostic.source->Locate(diagnostic.range.begin);
    const SourcePosition end = diagnostic.source->Locate(diagnostic.range.end);
    out += (out.empty() ? "" : "\n") + std::to_string(begin.line) + ':' + std::to_string(begin.column) + '-' +
           std::to_string(end.column) + ": " + diagnostic.message;
  }
  return out;
}

// Every token with its kind and bytes, in document order.
void AppendTokens(Value value, std::string& out) {
  const SourceRange range = value.range();
  const std::string_view bytes = value.tree().source()->text().substr(range.begin, range.end - range.begin);
  out += std::string(KindName(value.kind())) + " @" + std::to_string(range.begin) + ' ' + std::string(bytes) +
         '\n';
  if (value.is_array()) {
    for (const Value element : value.elements()) AppendTokens(element, out);
  } else if (value.is_object()) {
    for (const Member member : value.members()) {
      AppendTokens(member.key, out);
      AppendTokens(member.value, out);
    }
  }
}

TEST(Json, TokensHaveTheirBytes) {
  const Reading reading = Read("\xef\xbb\xbf {\"\xc3\xa4\" : [ 1.50,\r\n true,null ] , \"b\\n\":{} }\n");
  ASSERT_TRUE(reading.tree);
  std::string tokens;
  AppendTokens(reading.tree->root(), tokens);
  EXPECT_EQ(tokens,
            "an object @4 {\"\xc3\xa4\" : [ 1.50,\r\n true,null ] , \"b\\n\":{} }\n"
            "a string @5 \"\xc3\xa4\"\n"
            "an array @12 [ 1.50,\r\n true,null ]\n"
            "a number @14 1.50\n"
            "a boolean @22 true\n"
            "null @27 null\n"
            "a string @36 \"b\\n\"\n"
            "an object @42 {}\n");
  const Value root = reading.tree->root();
  EXPECT_EQ(root.size(), 2U);
  EXPECT_EQ(root.Find("b\n")->size(), 0U);
  EXPECT_FALSE(root.Find("b\\n"));
  EXPECT_EQ(root.Find("\xc3\xa4")->size(), 3U);
}

TEST(Json, TopLevelScalars) {
  struct Case {
    std::string_view text;
    Kind kind;
    std::string_view value;
  };
  constexpr Case kCases[] = {
      {"\"a\\u0041\"", Kind::kString, "aA"}, {" -1e3 ", Kind::kNumber, "-1e3"},
      {"true", Kind::kBoolean, "true"},      {"false\n", Kind::kBoolean, "false"},
      {"null", Kind::kNull, "null"},         {"\"\"", Kind::kString, ""},
  };
  for (const Case& c : kCases) {
    const Reading reading = Read(c.text);
    ASSERT_TRUE(reading.tree) << c.text;
    EXPECT_EQ(reading.tree->root().kind(), c.kind) << c.text;
    EXPECT_EQ(reading.tree->root().text(), c.value) << c.text;
  }
  EXPECT_TRUE(Read("true").tree->root().truth());
  EXPECT_FALSE(Read("false").tree->root().truth());
}

TEST(Json, SyntaxErrors) {
  struct Case {
    std::string_view text;
    std::string_view complaint;
  };
  constexpr Case kCases[] = {
      {"", "1:1-1: the text is empty: a JSON document is needed"},
      {" \n ", "2:2-2: the text is empty: a JSON document is needed"},
      {"\xef\xbb\xbf", "1:1-1: the text is empty: a JSON document is needed"},
      {"{", "1:2-2: expected a key in double quotes, found the end of the text"},
      {"[", "1:2-2: expected a value, found the end of the text"},
      {"[1", "1:3-3: expected `,` or `]` after an element, found the end of the text"},
      {"[1 2]", "1:4-5: expected `,` or `]` after an element, found `2`"},
      {"[1}", "1:3-4: expected `,` or `]` after an element, found `}`"},
      {"[1,]", "1:4-5: a comma before `]`: remove it"},
      {"[,1]", "1:2-3: expected a value, found `,`"},
      {"[1,,2]", "1:4-5: expected a value, found `,`"},
      {"{\"a\":1,}", "1:8-9: a comma before `}`: remove it"},
      {"{,}", "1:2-3: expected a key in double quotes, found `,`"},
      {"{\"a\"}", "1:5-6: expected `:` after the key, found `}`"},
      {"{\"a\":}", "1:6-7: expected a value, found `}`"},
      {"{\"a\" 1}", "1:6-7: expected `:` after the key, found `1`"},
      {"{\"a\":1 \"b\":2}", "1:8-9: expected `,` or `}` after a member, found `\"`"},
      {"{\"a\":1,\n b:2}", "2:2-3: expected a key in double quotes, found `b`"},
      {"{a:1}", "1:2-3: expected a key in double quotes, found `a`"},
      {"{'a':1}", "1:2-3: expected a key in double quotes, found `'`"},
      {"{1:1}", "1:2-3: expected a key in double quotes, found `1`"},
      {"['a']", "1:2-3: JSON strings stand in double quotes: write `\"` for `'`"},
      {"// x\n1", "1:1-2: JSON has no comments: remove it"},
      {"{ /* x */ }", "1:3-4: JSON has no comments: remove it"},
      {"[1, // x\n2]", "1:5-6: JSON has no comments: remove it"},
      {"tru", "1:1-2: expected a value, found `t`"},
      {"True", "1:1-2: expected a value, found `T`"},
      {"nul", "1:1-2: expected a value, found `n`"},
      {"NaN", "1:1-2: expected a value, found `N`"},
      {"\xe2\x82\xac", "1:1-2: expected a value, found `\xe2\x82\xac`"},
      {"\xff", "1:1-2: expected a value, found byte 0xff"},
      {"\x01", "1:1-2: expected a value, found byte 0x01"},
      {"+1", "1:1-2: expected a value, found `+`"},
      {"[01]",
       "1:2-3: not a number of JSON: digits, then perhaps a fraction and an exponent, without leading zeros"},
      {"{\"a\": \"b\n",
       "1:9-1: a control character stands in a string: write it as an escape such as `\\n` or "
       "`\\u0000`"},
      // The place of a string that is not closed is its start.
      {"{\"\xc3\xa4\": \"b", "1:7-8: the string is not closed: a `\"` is missing"},
      {"[\"a\\x\"]",
       "1:4-5: not an escape of JSON: use `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` or `\\u` "
       "with "
       "four hexadecimal digits"},
      {"[\"\\ud83d\"]", "1:3-4: half of a surrogate pair: write both halves, or the character itself"},
  };
  for (const Case& c : kCases) {
    const Reading reading = Read(c.text);
    EXPECT_FALSE(reading.tree) << c.text;
    // Where a range covers a line break, its end lies on the next line.
    EXPECT_EQ(Complaints(reading.diagnostics), c.complaint) << c.text;
    EXPECT_EQ(reading.diagnostics.first_error().code, "json-syntax") << c.text;
  }
  EXPECT_EQ(Complaints(Read("\"\xc3\x28\"").diagnostics), "1:2-3: not valid UTF-8: save the file in UTF-8");
}

TEST(Json, G02_DuplicateKeys) {
  struct Case {
    std::string_view text;
    std::string_view complaints;
  };
  constexpr Case kCases[] = {
      {R"({"a":1,"b":2})", ""},
      {R"({"a":1,"A":2})", ""},
      {R"([{"a":1},{"a":2}])", ""},
      {R"({"a":{"a":1}})", ""},
      {R"({"a":1,"a":2})",
       "1:8-11: the key `a` stands twice in one object: AWS rejects that; keep one of them"},
      // As they read, not as they are written.
      {R"({"a":1,"\u0061":2})",
       "1:8-16: the key `a` stands twice in one object: AWS rejects that; keep one of them"},
      {R"({"a":1,"b":0,"a":2,"a":3})",
       "1:14-17: the key `a` stands twice in one object: AWS rejects that; keep one of them\n"
       "1:20-23: the key `a` stands twice in one object: AWS rejects that; keep one of them"},
      {R"({"x":[{"":1,"":2}]})",
       "1:13-15: the key `` stands twice in one object: AWS rejects that; keep one of them"},
      // Larger objects are compared in another way.
      {R"({"a":1,"b":1,"c":1,"d":1,"e":1,"f":1,"g":1,"h":1,"i":1,"a":2,"j":1})",
       "1:56-59: the key `a` stands twice in one object: AWS rejects that; keep one of them"},
  };
  for (const Case& c : kCases) {
    const Reading reading = Read(c.text);
    EXPECT_TRUE(reading.tree) << c.text;
    EXPECT_EQ(Complaints(reading.diagnostics), c.complaints) << c.text;
  }
  const Reading reading = Read(R"({"a":1,"a":2})");
  const Diagnostic& duplicate = reading.diagnostics.first_error();
  EXPECT_EQ(duplicate.code, "duplicate-key");
  ASSERT_EQ(duplicate.related.size(), 1U);
  EXPECT_EQ(duplicate.related[0].range, (SourceRange{1, 4}));
  // The first of them is found.
  EXPECT_EQ(reading.tree->root().Find("a")->text(), "1");
  EXPECT_EQ(reading.tree->root().size(), 2U);
}

TEST(Json, G01_SecondDocument) {
  for (const std::string_view text : {"{} {}", "{} []", "1 2", "{}}", "{},", "{} x"}) {
    const Reading reading = Read(text);
    EXPECT_TRUE(reading.tree) << text;
    ASSERT_EQ(reading.diagnostics.all().size(), 1U) << text;
    EXPECT_EQ(reading.diagnostics.first_error().code, "second-document") << text;
  }
  EXPECT_EQ(Complaints(Read("{}\n {}").diagnostics),
            "2:2-4: there is more after the end of the document: only one JSON value may stand here");
}

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Json, Depth) {
  EXPECT_TRUE(Read(Repeat("[", kMaxDepth) + Repeat("]", kMaxDepth)).tree);
  EXPECT_EQ(Complaints(Read(Repeat("[", kMaxDepth + 1)).diagnostics),
            "1:129-130: nested more than 128 levels deep: no policy or organization needs that");
  EXPECT_TRUE(Read(Repeat("{\"a\":", kMaxDepth) + "1" + Repeat("}", kMaxDepth)).tree);
  EXPECT_FALSE(Read(Repeat("{\"a\":", kMaxDepth + 1) + "1" + Repeat("}", kMaxDepth + 1)).tree);
  EXPECT_FALSE(Read(Repeat("[", 1000000)).tree);
}

TEST(Json, Parts) {
  const auto source = Source::FromText("t", "{\"a\": 1}\n{\"b\": x}\n[");
  Diagnostics diagnostics;
  const std::optional<Tree> first = ParsePart(source, {0, 8}, diagnostics);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->root().range(), (SourceRange{0, 8}));
  EXPECT_FALSE(ParsePart(source, {9, 17}, diagnostics));
  EXPECT_EQ(Complaints(diagnostics), "2:7-8: expected a value, found `x`");
  // Nothing beyond the part is read.
  Diagnostics cut;
  EXPECT_FALSE(ParsePart(source, {0, 7}, cut));
  EXPECT_EQ(Complaints(cut), "1:8-8: expected `,` or `}` after a member, found the end of the text");
}

TEST(Json, EveryPrefixEndsInADiagnostic) {
  const std::string text = "{\"a\\u00e9\": [1, -2.5e3, true, false, null, {\"b\": \"\xc3\xa4\"}], \"c\": {}}";
  for (size_t size = 0; size < text.size(); ++size) {
    const Reading reading = Read(std::string_view(text).substr(0, size));
    EXPECT_FALSE(reading.tree) << size;
    EXPECT_TRUE(reading.diagnostics.has_errors()) << size;
  }
  EXPECT_TRUE(Read(text).tree);
}

}  // namespace
}  // namespace scpcheck::json

// YAML to a located tree: kinds, places, and everything that is refused.

#include "json/yaml.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "json/parse.h"
#include "json/tree.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck::json {
namespace {

struct Reading {
  std::optional<Tree> tree;
  Diagnostics diagnostics;

  // `line:column: message` of the first error.
  std::string FirstError() const {
    if (!diagnostics.has_errors()) return "";
    const Error error = diagnostics.first_error().ToError();
    return std::to_string(error.line) + ':' + std::to_string(error.column) + ": " + error.message;
  }
};

Reading Read(std::string_view text) {
  Reading reading;
  reading.tree = ParseYaml(Source::FromText("t.yaml", std::string(text)), reading.diagnostics);
  return reading;
}

// The document as JSON, or the first error.
std::string AsJson(std::string_view text) {
  const Reading reading = Read(text);
  if (!reading.tree || reading.diagnostics.has_errors()) return reading.FirstError();
  std::string json = CompactText(reading.tree->root());
  EXPECT_EQ(CompactSize(reading.tree->root()).bytes, json.size());
  EXPECT_EQ(CompactSize(reading.tree->root()).characters, CountCodePoints(json));
  return json;
}

// The source's bytes that a value, reached by keys and indices, stands for.
std::string_view Token(const Tree& tree, Value value) {
  return tree.source()->text().substr(value.range().begin, value.range().end - value.range().begin);
}

TEST(Yaml, Kinds) {
  struct Case {
    std::string_view yaml;
    std::string_view json;
  };
  constexpr Case kCases[] = {
      // No guesses: what is no number, boolean or null of JSON is a text.
      {"a: 012345678901", R"({"a":"012345678901"})"},
      {"a: 012345670123", R"({"a":"012345670123"})"},
      {"a: 111111111111", R"({"a":111111111111})"},
      {"a: 2012-10-17", R"({"a":"2012-10-17"})"},
      {"a: on", R"({"a":"on"})"},
      {"a: NO", R"({"a":"NO"})"},
      {"a: yes", R"({"a":"yes"})"},
      {"a: y", R"({"a":"y"})"},
      {"a: 1_000", R"({"a":"1_000"})"},
      {"a: 1:30", R"({"a":"1:30"})"},
      {"a: 0o17", R"({"a":"0o17"})"},
      {"a: 0x1F", R"({"a":"0x1F"})"},
      {"a: .5", R"({"a":".5"})"},
      {"a: +1", R"({"a":"+1"})"},
      {"a: .inf", R"({"a":".inf"})"},
      {"a: nUll", R"({"a":"nUll"})"},
      {"a: tRUE", R"({"a":"tRUE"})"},
      {"a: *b", "1:4: no anchor `&b` stands before this alias"},
      // Numbers as they are written.
      {"a: 1.50", R"({"a":1.50})"},
      {"a: -0", R"({"a":-0})"},
      {"a: 1e3", R"({"a":1e3})"},
      // The three forms of each word.
      {"[true, True, TRUE, false, False, FALSE]", "[true,true,true,false,false,false]"},
      {"[null, Null, NULL, ~]", "[null,null,null,null]"},
      {"a:", R"({"a":null})"},
      {"- ", "[null]"},
      // Quoted is a string.
      {R"(["true", 'null', "12", '~', ""])", R"(["true","null","12","~",""])"},
      {"a: |\n  true\n", R"({"a":"true\n"})"},
      {"a: >-\n  one\n  two\n", R"({"a":"one two"})"},
      {R"("tab\tnul\0\u00e9": x)", "{\"tab\\tnul\\u0000\xc3\xa9\":\"x\"}"},
      // Keys are strings, whatever they look like.
      {"true: 1\n12: 2\n~: 3\n'': 4", R"({"true":1,"12":2,"~":3,"":4})"},
      {"{a, b: }", R"({"a":null,"b":null})"},
      {"? a\n? b\n", R"({"a":null,"b":null})"},
      {"'*'", R"("*")"},
      {"# nothing but a text\n---\nx\n...\n", R"("x")"},
      {"%YAML 1.2\n---\n[]", "[]"},
      {"\xef\xbb\xbf{a: 1}", R"({"a":1})"},
      // JSON is YAML, as far as libyaml goes.
      {R"({"a": [1, {"b": null}], "c": "d"})", R"({"a":[1,{"b":null}],"c":"d"})"},
  };
  for (const Case& c : kCases) EXPECT_EQ(AsJson(c.yaml), c.json) << c.yaml;
}

TEST(Yaml, BooleansKeepTheirText) {
  const Reading reading = Read("[True, FALSE]");
  ASSERT_TRUE(reading.tree);
  std::string texts;
  for (const Value value : reading.tree->root().elements()) {
    texts += std::string(value.text()) + (value.truth() ? "+" : "-");
  }
  EXPECT_EQ(texts, "True+FALSE-");
}

TEST(Yaml, Tags) {
  struct Case {
    std::string_view yaml;
    std::string_view json_or_error;
  };
  constexpr Case kCases[] = {
      {"a: !!str 12", R"({"a":"12"})"},
      {"a: ! 12", R"({"a":"12"})"},
      {"a: !!int \"12\"", R"({"a":12})"},
      {"a: !!float 1.5", R"({"a":1.5})"},
      {"a: !!bool \"True\"", R"({"a":true})"},
      {"a: !!null ''", R"({"a":null})"},
      {"a: !!map {b: 1}", R"({"a":{"b":1}})"},
      {"a: !!seq [1]", R"({"a":[1]})"},
      {"!!str 5: x", R"({"5":"x"})"},
      {"a: !!int 012", "1:10: the tag `!!int` needs an integer without leading zeros, this is `012`"},
      {"a: !!int 1.5", "1:10: the tag `!!int` needs an integer without leading zeros, this is `1.5`"},
      {"a: !!bool yes", "1:11: the tag `!!bool` needs `true` or `false`, this is `yes`"},
      {"a: !!null x", "1:11: the tag `!!null` needs `null`, `~` or nothing, this is `x`"},
      {"a: !Ref x", "1:9: the tag `!Ref` is not known here: remove it, or write the value itself"},
      {"a: !Sub [x]", "1:4: the tag `!Sub` is not known here: remove it, or write the value itself"},
      {"a: !!set {x}", "1:4: the tag `!!set` is not known here: remove it, or write the value itself"},
      {"a: !!str [x]", "1:4: the tag `!!str` is not known here: remove it, or write the value itself"},
      {"a: !!binary aGk=",
       "1:13: the tag `!!binary` is not known here: remove it, or write the value itself"},
  };
  for (const Case& c : kCases) EXPECT_EQ(AsJson(c.yaml), c.json_or_error) << c.yaml;
}

TEST(Yaml, AliasesAndMergeKeys) {
  struct Case {
    std::string_view yaml;
    std::string_view json_or_error;
  };
  constexpr Case kCases[] = {
      {"a: &x [1, 2]\nb: *x", R"({"a":[1,2],"b":[1,2]})"},
      {"a: &x k\n*x : v", R"({"a":"k","k":"v"})"},
      {"- &x 1\n- &x 2\n- *x", "[1,2,2]"},
      {"- &x [&x 1, *x]\n- *x", "[[1,1],[1,1]]"},
      {"a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3", R"({"a":{"b":1,"c":2},"d":{"c":3,"b":1}})"},
      {"a: &x {b: 1}\nc: &y {b: 2, d: 3}\ne: {<<: [*x, *y]}",
       R"({"a":{"b":1},"c":{"b":2,"d":3},"e":{"b":1,"d":3}})"},
      {"a: &x {b: {c: [1]}}\nd: {<<: *x, e: 4}\nf: 5",
       R"({"a":{"b":{"c":[1]}},"d":{"e":4,"b":{"c":[1]}},"f":5})"},
      {"'<<': 1", R"({"<<":1})"},
      {"!!str <<: 1", R"({"<<":1})"},
      {"a: &x [*x]", "1:8: the alias `*x` stands inside what it repeats: it would never end"},
      {"a: &x {b: 1, <<: *x}", "1:18: the alias `*x` stands inside what it repeats: it would never end"},
      {"a: {<<: {b: 1}}", "1:5: `<<` takes an alias of an object, or a list of such aliases"},
      {"a: &x [1]\nb: {<<: *x}", "2:5: `<<` takes an alias of an object, or a list of such aliases"},
      {"a: &x [1]\n*x : 1", "2:1: a key must be a single text, not an array or an object"},
  };
  for (const Case& c : kCases) EXPECT_EQ(AsJson(c.yaml), c.json_or_error) << c.yaml;
}

TEST(Yaml, Refused) {
  struct Case {
    std::string_view yaml;
    std::string_view error;
  };
  constexpr Case kCases[] = {
      {"", "1:1: there is no content: a YAML document is needed"},
      {"# only a comment\n", "2:1: there is no content: a YAML document is needed"},
      {"---\n---\na: 1\n", "2:1: there is no content: a YAML document is needed"},
      {"a: 1\n---\nb: 2\n",
       "2:1: a second document starts here: a file holds one, split it into several files"},
      {"a: 1\n---\n---\n# x\n---\nb\n",
       "5:1: a second document starts here: a file holds one, split it into several files"},
      {"a: 1\na: 2\n", "2:1: the key `a` stands twice in one object: AWS rejects that; keep one of them"},
      {"a: 1\n\"a\": 2\n", "2:1: the key `a` stands twice in one object: AWS rejects that; keep one of them"},
      {"[a]: 1", "1:1: a key must be a single text, not an array or an object"},
      {"? {a: 1}\n: 2", "1:3: a key must be a single text, not an array or an object"},
      {"?\n: 1", "1:2: a key is missing before `:`"},
      {"a: {{ x }}",
       "1:4: a template (`{{ }}` or `{% %}`) stands here: render the file first, or quote the text if it is "
       "meant"},
      {"a: b-{{ x }}",
       "1:4: a template (`{{ }}` or `{% %}`) stands here: render the file first, or quote the text if it is "
       "meant"},
      {"{% if x %}\na: 1\n{% endif %}\n",
       "1:1: a template (`{{ }}` or `{% %}`) stands here: render the file first, or quote the text if it is "
       "meant"},
      {std::string_view("\xff\xfe\x61\x00", 4), "1:1: this is UTF-16 or UTF-32: save the file in UTF-8"},
      {std::string_view("\x00\x61\x00\x3a", 4), "1:1: this is UTF-16 or UTF-32: save the file in UTF-8"},
      {"a: \xff", "1:4: not valid UTF-8: save the file in UTF-8"},
      {"\xc3\xa9: \x01", "1:4: not valid YAML: control characters are not allowed"},
      {"a:\n\tb: 1",
       "2:1: not valid YAML: found character that cannot start any token while scanning for the "
       "next token"},
      {"a: \"b", "1:6: not valid YAML: found unexpected end of stream while scanning a quoted scalar"},
      {"a: [1", "1:6: not valid YAML: did not find expected ',' or ']' while parsing a flow sequence"},
      {"a: b: c", "1:5: not valid YAML: mapping values are not allowed in this context"},
      {"\xc3\xa4: [\xc3\xa4}",
       "1:6: not valid YAML: did not find expected ',' or ']' while parsing a flow "
       "sequence"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(AsJson(c.yaml), c.error) << c.yaml;
  }
}

TEST(Yaml, QuotedTemplatesAreTexts) {
  EXPECT_EQ(AsJson("a: '{{resolve:ssm:x}}' # {{ }}"), R"({"a":"{{resolve:ssm:x}}"})");
}

TEST(Yaml, DuplicateKeysLeaveTheTree) {
  const Reading reading = Read("a: 1\nb: {c: 1, c: 2}\n");
  ASSERT_TRUE(reading.tree);
  ASSERT_EQ(reading.diagnostics.all().size(), 1U);
  const Diagnostic& duplicate = reading.diagnostics.all()[0];
  EXPECT_EQ(duplicate.code, "duplicate-key");
  EXPECT_EQ(reading.FirstError(),
            "2:11: the key `c` stands twice in one object: AWS rejects that; keep one of them");
  ASSERT_EQ(duplicate.related.size(), 1U);
  EXPECT_EQ(duplicate.source->Locate(duplicate.related[0].range.begin).column, 5U);
}

TEST(Yaml, Ranges) {
  struct Case {
    std::string_view yaml;
    std::string_view token;  // of the value of `k`
  };
  constexpr Case kCases[] = {
      {"k: abc  # c\n", "abc"},
      {"k: 'a''b'\n", "'a''b'"},
      {"k: \"\xc3\xa4\"\n", "\"\xc3\xa4\""},
      {"\xf0\x9f\x98\x80: 1\nk: \xc3\xa4\xc3\xb6 x\n", "\xc3\xa4\xc3\xb6 x"},
      {"\xef\xbb\xbf"
       "k: 12\r\nl: 1\r\n",
       "12"},
      {"k: &a !!str abc\n", "abc"},
      {"k: !!str &a\n  abc\n", "!!str &a\n  abc"},
      {"k: one\n  two\nl: 1\n", "one\n  two"},
      {"k: |\n  one\n  two\n\nl: 1\n", "|\n  one\n  two"},
      {"k: >-\r\n  one\r\nl: 1\r\n", ">-\r\n  one"},
      {"k: [1, 2]  \nl: 1\n", "[1, 2]"},
      {"k: {a: 1,\n  b: 2}\n", "{a: 1,\n  b: 2}"},
      {"k:\n  - 1\n  - two  # x\nl: 1\n", "- 1\n  - two"},
      {"k:\n- 1\n- 2\nl: 1\n", "- 1\n- 2"},
      {"k:\n  a: 1\n  b:\n    c: d\n\n# x\nl: 1\n", "a: 1\n  b:\n    c: d"},
      {"k:\n  a: &x [1]\n  b: *x\nl: 1\n", "a: &x [1]\n  b: *x"},
      {"k:\n  a:\nl: 1\n", "a:"},
      {"k:\nl: 1\n", ""},
  };
  for (const Case& c : kCases) {
    const Reading reading = Read(c.yaml);
    ASSERT_TRUE(reading.tree) << c.yaml << reading.FirstError();
    const std::optional<Value> value = reading.tree->root().Find("k");
    ASSERT_TRUE(value) << c.yaml;
    EXPECT_EQ(Token(*reading.tree, *value), c.token) << c.yaml;
  }
}

TEST(Yaml, AliasesHaveTheAnchorsPlace) {
  const Reading reading = Read("a: &x {b: 1}\nc: *x\n");
  ASSERT_TRUE(reading.tree);
  const Value copy = *reading.tree->root().Find("c");
  EXPECT_EQ(copy.range(), reading.tree->root().Find("a")->range());
  EXPECT_EQ(Token(*reading.tree, *copy.Find("b")), "1");
}

TEST(Yaml, NestedSourceOfAScalar) {
  const Reading reading = Read("a: |\n  {\"x\": 1}\nb: \"{\\\"y\\\": 2}\"\nc: '{}'\n");
  ASSERT_TRUE(reading.tree);
  const Value root = reading.tree->root();
  const auto block = NestedSource(*root.Find("a"));
  EXPECT_EQ(block->text(), "{\"x\": 1}\n");
  EXPECT_EQ(block->Locate(5).line, 1U);
  EXPECT_EQ(block->Locate(5).column, 4U);
  const auto quoted = NestedSource(*root.Find("b"));
  EXPECT_EQ(quoted->text(), "{\"y\": 2}");
  EXPECT_EQ(quoted->Locate(2).column, 8U);
  EXPECT_EQ(NestedSource(*root.Find("c"))->text(), "{}");
}

std::string Repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(Yaml, Depth) {
  EXPECT_TRUE(Read(Repeat("[", kMaxDepth) + Repeat("]", kMaxDepth)).tree);
  EXPECT_EQ(Read(Repeat("[", kMaxDepth + 1) + Repeat("]", kMaxDepth + 1)).FirstError(),
            "1:129: nested more than 128 levels deep: no policy or organization needs that");
  EXPECT_FALSE(Read(Repeat("{a: ", kMaxDepth + 1) + Repeat("}", kMaxDepth + 1)).tree);
  EXPECT_FALSE(Read(Repeat("- ", 100000)).tree);
  // Aliases that nest.
  std::string yaml = "- &a0 [1]\n";
  for (int i = 1; i < 200; ++i) {
    yaml += "- &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
  }
  EXPECT_EQ(Read(yaml).FirstError(),
            "128:10: nested more than 128 levels deep: no policy or organization needs that");
}

TEST(Yaml, AliasesThatExplode) {
  std::string laughs = "- &a0 [x]\n";
  for (int i = 1; i < 20; ++i) {
    const std::string alias = "*a" + std::to_string(i - 1);
    laughs += "- &a" + std::to_string(i) + " [" + Repeat(alias + ", ", 9) + alias + "]\n";
  }
  EXPECT_EQ(Read(laughs).FirstError(),
            "7:23: the aliases unfold to more than 1000000 values or 64 MiB of text");
  // Few values, much text.
  const std::string long_text = "- &a " + std::string(1 << 20, 'x') + "\n" + Repeat("- *a\n", 100);
  EXPECT_EQ(Read(long_text).FirstError(),
            "66:3: the aliases unfold to more than 1000000 values or 64 MiB of text");
  // Merges that add nothing cost time all the same.
  std::string members;
  for (int i = 0; i < 2000; ++i) members += "k" + std::to_string(i) + ": 1, ";
  const std::string merges = "- &a {" + members + "}\n- {<<: [" + Repeat("*a, ", 2000) + "]}\n";
  EXPECT_NE(Read(merges).FirstError().find("the aliases unfold to more than"), std::string::npos);
}

TEST(Yaml, ManyTagDirectives) {
  EXPECT_EQ(AsJson("%TAG !e! tag:yaml.org,2002:\n---\n!e!str 1"), R"("1")");
  std::string yaml;
  for (int i = 0; i < 101; ++i) yaml += "%TAG !a" + std::to_string(i) + "! tag:x:\n";
  EXPECT_EQ(AsJson(yaml + "---\nx"), "101:1: more than 100 `%TAG` directives");
}

TEST(Yaml, ManyAliasesAreLinear) {
  const Reading reading = Read("- &a x\n" + Repeat("- *a\n", 300000));
  ASSERT_TRUE(reading.tree);
  EXPECT_EQ(reading.tree->root().size(), 300001U);
}

TEST(Yaml, EveryPrefixIsReadOrRefused) {
  const std::string yaml =
      "# c\n%YAML 1.2\n---\na: &x [1, 'two', \"th\\u00e9\"]\nb: {<<: *x, c: ~}\nd: |+\n  t\n\n? e\n: !!str "
      "1\n"
      "\xc3\xa4: *x\n...\n";
  for (size_t size = 0; size <= yaml.size(); ++size) {
    const Reading reading = Read(std::string_view(yaml).substr(0, size));
    EXPECT_TRUE(reading.tree || reading.diagnostics.has_errors()) << size;
  }
}

}  // namespace
}  // namespace scpcheck::json

// What is made of a tree: compact text, sources inside strings, copies.

#include "json/tree.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "json/parse.h"

namespace scpcheck::json {
namespace {

Tree Read(std::string_view text) {
  Diagnostics diagnostics;
  std::optional<Tree> tree = Parse(Source::FromText("t", std::string(text)), diagnostics);
  EXPECT_TRUE(tree && diagnostics.empty()) << text;
  return std::move(*tree);
}

TEST(Tree, CompactText) {
  struct Case {
    std::string_view text;
    std::string_view compact;
  };
  constexpr Case kCases[] = {
      {" [ ] ", "[]"},
      {"{ }", "{}"},
      {"[ 1 , 2.50 , true , false , null , \"x\" ]", "[1,2.50,true,false,null,\"x\"]"},
      {"{ \"a\" : { \"b\" : [ ] } , \"c\" : 1 }", R"({"a":{"b":[]},"c":1})"},
      {R"(["\u00e9\/\"\\\n\r\t\b\f\u0000\u001F"])",
       "[\"\xc3\xa9/\\\"\\\\\\n\\r\\t\\u0008\\u000c\\u0000\\u001f\"]"},
      {"\"a  b\"", "\"a  b\""},
      {"{ \"\xc3\xa9\" : [ \"\xf0\x9f\x98\x80\", \"\\u00e9\xc3\xa9\" ] }",
       "{\"\xc3\xa9\":[\"\xf0\x9f\x98\x80\",\"\xc3\xa9\xc3\xa9\"]}"},
  };
  for (const Case& c : kCases) {
    const Tree tree = Read(c.text);
    EXPECT_EQ(CompactText(tree.root()), c.compact) << c.text;
    EXPECT_EQ(CompactSize(tree.root()).bytes, c.compact.size()) << c.text;
    EXPECT_EQ(CompactSize(tree.root()).characters, CountCodePoints(c.compact)) << c.text;
  }
}

TEST(Tree, NestedSourcePlaces) {
  const Tree tree = Read(
      "[1,\n \"\xc3\xa4\\\"\\ud83d\\ude00\\n\xf0\x9f\x98\x80"
      "e\"]");
  Value text = *tree.root().elements().begin();
  for (const Value element : tree.root().elements()) text = element;
  const auto inner = NestedSource(text);
  ASSERT_EQ(inner->text(),
            "\xc3\xa4\"\xf0\x9f\x98\x80\n\xf0\x9f\x98\x80"
            "e");
  struct Case {
    uint32_t offset;
    uint32_t column;
  };
  constexpr Case kCases[] = {{0, 3}, {2, 4}, {3, 6}, {4, 6}, {6, 6}, {7, 18}, {8, 20}, {12, 21}, {13, 22}};
  for (const Case& c : kCases) {
    EXPECT_EQ(inner->Locate(c.offset).line, 2U) << c.offset;
    EXPECT_EQ(inner->Locate(c.offset).column, c.column) << c.offset;
  }
}

TEST(Tree, NestedSourceOfAnEmptyString) {
  const Tree tree = Read(R"("")");
  const auto inner = NestedSource(tree.root());
  EXPECT_EQ(inner->text(), "");
  EXPECT_EQ(inner->Locate(0).column, 2U);
}

TEST(Tree, Copy) {
  Tree tree = Read(R"({"a":[1,{"b":"\u0041"}],"c":2})");
  const uint32_t array = tree.root().Find("a")->index();
  const uint32_t copy = tree.Copy(array);
  EXPECT_EQ(CompactText(Value(&tree, copy)), R"([1,{"b":"A"}])");
  EXPECT_EQ(Value(&tree, copy).range(), Value(&tree, array).range());
  EXPECT_EQ(CompactText(tree.root()), R"({"a":[1,{"b":"A"}],"c":2})");
}

TEST(Tree, KindNames) {
  std::string names;
  const Tree tree = Read(R"([null, true, 1, "", [], {}])");
  for (const Value value : tree.root().elements()) {
    names += std::string(KindName(value.kind())) + ", ";
  }
  EXPECT_EQ(names, "null, a boolean, a number, a string, an array, an object, ");
}

}  // namespace
}  // namespace scpcheck::json

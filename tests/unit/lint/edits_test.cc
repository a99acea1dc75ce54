// Edits keep a document valid, change exactly what they are asked to, and touch nothing else: on examples of
// layouts that people write, and on random documents in random layouts (SCPCHECK_SEED).

#include "lint/edits.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/parse.h"
#include "property/environment.h"

namespace scpcheck {
namespace {

json::Tree Parsed(const std::string& text) {
  Diagnostics problems;
  std::optional<json::Tree> tree = json::Parse(Source::FromText("x.json", text), problems);
  EXPECT_TRUE(tree && problems.empty()) << text;
  return std::move(*tree);
}

// --- Examples.

struct LayoutCase {
  const char* what;
  std::string before;
  std::string after;
};

json::Value Element(json::Value array, size_t index) {
  for (const json::Value element : array.elements()) {
    if (index-- == 0) return element;
  }
  ADD_FAILURE() << "no such element";
  return array;
}

TEST(Edits, RemoveTheSecondOfThreeOrTheLastOfTwo) {
  const LayoutCase cases[] = {
      {"one line", R"(["a", "b", "c"])", R"(["a", "c"])"},
      {"one line, last", R"(["a", "b"])", R"(["a"])"},
      {"without blanks", R"(["a","b","c"])", R"(["a","c"])"},
      {"a line each", "[\n  \"a\",\n  \"b\",\n  \"c\"\n]", "[\n  \"a\",\n  \"c\"\n]"},
      {"a line each, last", "[\n  \"a\",\n  \"b\"\n]", "[\n  \"a\"\n]"},
      {"commas in front", "[ \"a\"\n, \"b\"\n, \"c\"\n]", "[ \"a\"\n, \"c\"\n]"},
      {"CRLF", "[\r\n\t\"a\",\r\n\t\"b\"\r\n]", "[\r\n\t\"a\"\r\n]"},
      {"nested", "[{\"k\": [1]}, {\"k\": [2]}, {\"k\": [3]}]", "[{\"k\": [1]}, {\"k\": [3]}]"},
  };
  for (const LayoutCase& test : cases) {
    const json::Tree tree = Parsed(test.before);
    EXPECT_EQ(ApplyEdits(test.before, RemoveElement(tree.root(), Element(tree.root(), 1))), test.after)
        << test.what;
  }
}

TEST(Edits, RemoveMembersAndSeveralElements) {
  const std::string object = "{\n  \"Sid\": \"A\",\n  \"Effect\": \"Deny\",\n  \"Id\": \"x\"\n}";
  const json::Tree tree = Parsed(object);
  const std::string expected[] = {
      "{\n  \"Effect\": \"Deny\",\n  \"Id\": \"x\"\n}",
      "{\n  \"Sid\": \"A\",\n  \"Id\": \"x\"\n}",
      "{\n  \"Sid\": \"A\",\n  \"Effect\": \"Deny\"\n}",
  };
  size_t i = 0;
  for (const json::Member member : tree.root().members()) {
    EXPECT_EQ(ApplyEdits(object, RemoveMember(tree.root(), member)), expected[i++]);
  }
  const json::Tree only = Parsed("{ \"Sid\": \"A\" }");
  EXPECT_EQ(ApplyEdits("{ \"Sid\": \"A\" }", RemoveMember(only.root(), *only.root().members().begin())),
            "{}");

  const std::string list = "[1, 2, 3, 4, 5, 6]";
  const json::Tree numbers = Parsed(list);
  const auto at = [&](size_t index) { return Element(numbers.root(), index); };
  EXPECT_EQ(ApplyEdits(list, RemoveElements(numbers.root(), {at(5), at(1), at(2)})), "[1, 4, 5]");
  EXPECT_EQ(ApplyEdits(list, RemoveElements(numbers.root(), {at(0), at(1), at(5)})), "[3, 4, 5]");
  EXPECT_EQ(ApplyEdits(list, RemoveElements(numbers.root(), {at(1), at(2), at(3), at(4), at(5)})), "[1]");
  EXPECT_EQ(ApplyEdits(list, RemoveElements(numbers.root(), {at(0), at(2), at(4)})), "[2, 4, 6]");
}

TEST(Edits, Append) {
  const LayoutCase cases[] = {
      {"empty", "[ ]", "[9]"},
      {"one", "[1]", "[1, 9]"},
      {"one on a line of its own", "[\n  1\n]", "[\n  1,\n  9\n]"},
      {"a line each", "[\n  1,\n  2\n]", "[\n  1,\n  2,\n  9\n]"},
      {"without blanks", "[1,2]", "[1,2,9]"},
      {"a single value", "\"a\"", "[\"a\", 9]"},
  };
  for (const LayoutCase& test : cases) {
    const json::Tree tree = Parsed(test.before);
    EXPECT_EQ(ApplyEdits(test.before, AppendValue(tree.root(), "9")), test.after) << test.what;
  }
  const std::string object = "{\n\t\"Effect\": \"Deny\"\n}";
  const json::Tree tree = Parsed(object);
  EXPECT_EQ(ApplyEdits(object, AppendMember(tree.root(), "\"Resource\": \"*\"")),
            "{\n\t\"Effect\": \"Deny\",\n\t\"Resource\": \"*\"\n}");
  EXPECT_EQ(ApplyEdits(object, PrependMember(tree.root(), "\"Sid\": \"A\"")),
            "{\n\t\"Sid\": \"A\",\n\t\"Effect\": \"Deny\"\n}");
  const json::Tree line = Parsed("{\"Effect\":\"Deny\"}");
  EXPECT_EQ(ApplyEdits("{\"Effect\":\"Deny\"}", PrependMember(line.root(), "\"Sid\": \"A\"")),
            "{\"Sid\": \"A\", \"Effect\":\"Deny\"}");
}

TEST(Edits, ReplaceKeysAndTextsWithEscapes) {
  const std::string text = "{\"a\\u00e9\": \"b\"}";
  const json::Tree tree = Parsed(text);
  const json::Member member = *tree.root().members().begin();
  EXPECT_EQ(ApplyEdits(text, ReplaceString(member.key, "q\"\\\n\xc3\xa9")),
            "{\"q\\\"\\\\\\n\xc3\xa9\": \"b\"}");
  EXPECT_EQ(ApplyEdits(text, ReplaceString(member.value, "")), "{\"a\\u00e9\": \"\"}");
}

// --- Random documents.

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  size_t Below(size_t bound) { return engine_() % bound; }

  // White space as it may stand between tokens; all of it, or the same everywhere, as people write.
  std::string Blank() {
    constexpr std::string_view kBlanks[] = {"", " ", "\n", "\n  ", "\r\n\t", "\t", "  \n\n "};
    return std::string(kBlanks[Below(std::size(kBlanks))]);
  }

  std::string Text() {
    constexpr std::string_view kTexts[] = {R"("")",
                                           R"("a")",
                                           R"("s3:GetObject")",
                                           R"("\u00e9\n")",
                                           R"("[,]")",
                                           R"("{\"}\\")",
                                           "\"\xc3\xa9\xf0\x9f\x9a\x80\"",
                                           R"("x: y, z")"};
    return std::string(kTexts[Below(std::size(kTexts))]);
  }

  std::string Value(int depth) {
    switch (Below(depth == 0 ? 3 : 5)) {
      case 0:
        return std::to_string(Below(100)) + (Below(4) == 0 ? ".50e1" : "");
      case 1:
        return Below(3) == 0 ? "true" : "null";
      case 2:
        return Text();
      default:
        return Container(Below(2) == 0, depth);
    }
  }

  std::string Container(bool is_array, int depth) {
    std::string text(1, is_array ? '[' : '{');
    const size_t size = Below(5);
    text += Blank();
    for (size_t i = 0; i < size; ++i) {
      if (i > 0) text += Blank() + "," + Blank();
      if (!is_array) text += "\"k" + std::to_string(i) + "\"" + Blank() + ":" + Blank();
      text += Value(depth - 1);
    }
    text += Blank();
    return text + (is_array ? "]" : "}");
  }

 private:
  std::mt19937_64 engine_;
};

std::vector<json::Value> ContainersOf(const json::Tree& tree) {
  std::vector<json::Value> containers;
  for (uint32_t i = 0; i < tree.node_count(); ++i) {
    const json::Value value(&tree, i);
    if (value.is_array() || value.is_object()) containers.push_back(value);
  }
  return containers;
}

// A value without white space, `container` in it with other items than it has.
std::string CompactWith(json::Value value, json::Value container, const std::vector<std::string>& items) {
  const bool is_it = value.index() == container.index();
  if (!is_it && !value.is_array() && !value.is_object()) return json::CompactText(value);
  std::vector<std::string> parts;
  if (is_it) {
    parts = items;
  } else if (value.is_array()) {
    for (const json::Value element : value.elements())
      parts.push_back(CompactWith(element, container, items));
  } else {
    for (const json::Member member : value.members()) {
      parts.push_back(json::CompactText(member.key) + ":" + CompactWith(member.value, container, items));
    }
  }
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : ",") + part;
  return value.is_array() ? "[" + text + "]" : "{" + text + "}";
}

std::vector<std::string> ItemsOf(json::Value container) {
  std::vector<std::string> items;
  if (container.is_array()) {
    for (const json::Value element : container.elements()) items.push_back(json::CompactText(element));
  } else {
    for (const json::Member member : container.members()) {
      items.push_back(json::CompactText(member.key) + ":" + json::CompactText(member.value));
    }
  }
  return items;
}

// What is left of `text` without white space and without one comma.
std::string Bare(std::string_view text) {
  std::string bare;
  for (const char c : text) {
    if (c != ' ' && c != '\t' && c != '\n' && c != '\r') bare += c;
  }
  return bare;
}

TEST(Edits, ChangeWhatTheyAreAskedToAndNothingElse) {
  const uint64_t seed = property::Seed();
  SCOPED_TRACE("SCPCHECK_SEED=" + std::to_string(seed));
  Random random(seed);
  for (int round = 0; round < 20000 && !::testing::Test::HasFailure(); ++round) {
    const std::string text = random.Blank() + random.Container(random.Below(2) == 0, 3) + random.Blank();
    const json::Tree tree = Parsed(text);
    const std::vector<json::Value> containers = ContainersOf(tree);
    const json::Value container = containers[random.Below(containers.size())];
    std::vector<std::string> items = ItemsOf(container);
    std::vector<TextEdit> edits;
    const size_t kind = random.Below(4);
    if (kind == 0) {
      const std::string added = container.is_array() ? "\"new\"" : "\"new\":[1]";
      edits = container.is_array() ? AppendValue(container, added) : AppendMember(container, added);
      items.push_back(added);
    } else if (kind == 1 && container.is_object() && !items.empty()) {
      edits = PrependMember(container, "\"new\":0");
      items.insert(items.begin(), "\"new\":0");
    } else if (kind == 2 && container.is_object() && !items.empty()) {
      size_t index = random.Below(items.size());
      items.erase(items.begin() + static_cast<ptrdiff_t>(index));
      for (const json::Member member : container.members()) {
        if (index-- == 0) edits = RemoveMember(container, member);
      }
    } else if (container.is_array() && items.size() > 1) {
      std::vector<json::Value> removed;
      std::vector<std::string> left;
      const size_t kept = random.Below(items.size());
      size_t i = 0;
      for (const json::Value element : container.elements()) {
        if (i != kept && random.Below(2) == 0) {
          removed.push_back(element);
        } else {
          left.push_back(items[i]);
        }
        ++i;
      }
      if (random.Below(2) == 0) std::reverse(removed.begin(), removed.end());
      edits = RemoveElements(container, removed);
      items = left;
    }
    const std::string after = ApplyEdits(text, edits);
    const json::Tree changed = Parsed(after);
    // The document is what it would be if it were written anew with the change.
    EXPECT_EQ(json::CompactText(changed.root()), CompactWith(tree.root(), container, items))
        << text << "\n--\n"
        << after;
    // Every edit lies between the brackets of the container, and outside of what stays in it.
    for (const TextEdit& edit : edits) {
      EXPECT_GT(edit.range.begin, container.range().begin) << text;
      EXPECT_LT(edit.range.end, container.range().end) << text;
      for (const json::Value other : ContainersOf(tree)) {
        if (other.index() <= container.index()) continue;
        const SourceRange inside = other.range();
        if (edit.range.end <= inside.begin || inside.end <= edit.range.begin) continue;
        EXPECT_TRUE(edit.range.begin <= inside.begin && inside.end <= edit.range.end) << "cuts a value\n"
                                                                                      << text;
      }
      // What is put in holds no more than the value and one comma beside white space.
      const std::string bare = Bare(edit.text);
      EXPECT_TRUE(bare.empty() || bare == "," + items.back() || bare == items.front() + "," ||
                  bare == items.back())
          << edit.text;
    }
  }
}

TEST(Edits, ApplyInAnyOrder) {
  const std::string text = "0123456789";
  std::vector<TextEdit> edits = {{{8, 10}, "z"}, {{0, 1}, ""}, {{5, 5}, "-"}, {{2, 4}, "abc"}};
  for (int i = 0; i < 4; ++i) {
    std::rotate(edits.begin(), edits.begin() + 1, edits.end());
    EXPECT_EQ(ApplyEdits(text, edits), "1abc4-567z");
  }
}

}  // namespace
}  // namespace scpcheck

// The parser against nlohmann/json, on random documents and on random damage to them.

#include <gtest/gtest.h>

#include <cstdint>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <string_view>

#include "json/parse.h"
#include "json/recover.h"
#include "json/tree.h"
#include "property/environment.h"

namespace scpcheck::json {
namespace {

using Other = nlohmann::json;

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  std::string Document() {
    text_.clear();
    AddValue(0);
    AddSpace();
    return text_;
  }

  // Changes one to three places.
  std::string Damaged(std::string text) {
    for (size_t changes = 1 + Below(3); changes > 0 && !text.empty(); --changes) {
      const size_t at = Below(text.size());
      switch (Below(5)) {
        case 0:
          text.erase(at, 1 + Below(3));
          break;
        case 1:
          // Not NUL, which nlohmann/json takes for the end of the text; bad_input_test.py has it.
          text[at] = static_cast<char>(1 + Below(255));
          break;
        case 2:
          text.insert(at,
                      std::string(Pick({"\"",   "\\", ",",  ":",   "[",    "]",  "{", "}",    "0",
                                        "-",    ".",  "e5", "\\u", "d83d", "\n", "/", "\xc3", "\xef\xbb\xbf",
                                        "true", " "})));
          break;
        case 3:
          text.resize(at);
          break;
        default:
          text.insert(at, text.substr(Below(text.size()), 1 + Below(5)));
          break;
      }
    }
    return text;
  }

 private:
  std::string_view Pick(std::initializer_list<std::string_view> choices) {
    return *(choices.begin() + static_cast<std::ptrdiff_t>(Below(choices.size())));
  }

  void AddSpace() { text_ += Pick({"", "", "", " ", "\n", "\t", "\r\n  "}); }

  void AddString() {
    text_ += '"';
    for (size_t left = Below(6); left > 0; --left) {
      text_ += Pick({"a", "b", "longer than one word", "\xc3\xa4", "\xf0\x9f\x98\x80", "\\n", "\\\"", "\\\\",
                     "\\/", "\\u0041", "\\u00e9", "\\ud83d\\ude00", "\x7f", "Action"});
    }
    text_ += '"';
  }

  void AddValue(size_t depth) {
    AddSpace();
    switch (Below(depth > 5 ? 4 : 8)) {
      case 0:
        text_ += Pick({"true", "false", "null"});
        break;
      case 1:
        text_ += Pick({"0", "-0", "1", "-12", "1.5", "0.25", "1e3", "2E-2", "12345678901", "-1.5e+1"});
        break;
      case 2:
      case 3:
        AddString();
        break;
      case 4:
      case 5:
        AddItems('[', ']', [&] { AddValue(depth + 1); });
        break;
      default:
        AddItems('{', '}', [&] {
          AddSpace();
          AddString();
          AddSpace();
          text_ += ':';
          AddValue(depth + 1);
        });
        break;
    }
  }

  template <typename Add>
  void AddItems(char open, char close, Add add) {
    text_ += open;
    const size_t count = Below(5);
    for (size_t i = 0; i < count; ++i) {
      if (i > 0) text_ += ',';
      add();
      AddSpace();
    }
    if (count == 0) AddSpace();
    text_ += close;
  }

  std::mt19937_64 random_;
  std::string text_;
};

// nlohmann/json refuses numbers that no double holds; nothing, then.
std::optional<bool> OtherAccepts(const std::string& text, Other& value) {
  try {
    value = Other::parse(text);
    return true;
  } catch (const Other::out_of_range&) {
    return std::nullopt;
  } catch (const Other::exception&) {
    return false;
  }
}

// Every value's bytes are, read alone, that value.
void ExpectBytesAreTheValue(Value value, const Other& other) {
  const SourceRange range = value.range();
  const std::string_view bytes = value.tree().source()->text().substr(range.begin, range.end - range.begin);
  EXPECT_EQ(Other::parse(bytes), other) << bytes;
  if (value.is_string()) {
    EXPECT_EQ(std::string(value.text()), other.get<std::string>());
  } else if (value.is_array()) {
    ASSERT_EQ(value.size(), other.size());
    size_t i = 0;
    for (const Value element : value.elements()) ExpectBytesAreTheValue(element, other[i++]);
  } else if (value.is_object()) {
    ASSERT_EQ(value.size(), other.size());
    for (const Member member : value.members()) {
      const auto found = other.find(member.key.text());
      ASSERT_NE(found, other.end()) << member.key.text();
      ExpectBytesAreTheValue(member.value, *found);
    }
  }
}

// The recovering reader agrees with the strict one on what is JSON, and then on what it says.
void CompareRecovered(const std::string& text, const std::optional<Tree>& tree, bool is_accepted) {
  Diagnostics diagnostics;
  const Recovery recovery = Recover(Source::FromText("t", text), diagnostics);
  const bool has_mark = text.starts_with("\xef\xbb\xbf");
  ASSERT_EQ(recovery.tree && recovery.more.empty() && recovery.has_all &&
                recovery.faults.size() == (has_mark ? 1U : 0U),
            is_accepted);
  for (const Fault& fault : recovery.faults) {
    EXPECT_LE(fault.range.begin, fault.range.end);
    EXPECT_LE(fault.range.end, text.size());
    uint32_t at = 0;
    for (const Replacement& replacement : fault.repair) {
      EXPECT_LE(at, replacement.range.begin);
      EXPECT_LE(replacement.range.begin, replacement.range.end);
      EXPECT_LE(replacement.range.end, text.size());
      at = replacement.range.end;
    }
  }
  if (!is_accepted) return;
  EXPECT_EQ(CompactText(recovery.tree->root()), CompactText(tree->root()));
}

void Compare(const std::string& text) {
  Diagnostics diagnostics;
  const std::optional<Tree> tree = Parse(Source::FromText("t", text), diagnostics);
  bool has_duplicates = false;
  bool has_other_errors = false;
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    (diagnostic.code == "duplicate-key" ? has_duplicates : has_other_errors) = true;
    EXPECT_LE(diagnostic.range.begin, diagnostic.range.end);
    EXPECT_LE(diagnostic.range.end, text.size());
  }
  CompareRecovered(text, tree, tree && !has_other_errors);
  Other other;
  const std::optional<bool> other_accepts = OtherAccepts(text, other);
  if (!other_accepts) return;
  ASSERT_EQ(tree && !has_other_errors, *other_accepts);
  if (!*other_accepts) return;
  const std::string compact = CompactText(tree->root());
  EXPECT_EQ(Other::parse(compact), other);  // of equal keys the last one wins on both sides
  if (!has_duplicates) ExpectBytesAreTheValue(tree->root(), other);
}

TEST(Differential, SameDocumentsSameValues) {
  const uint64_t seed = property::Seed();
  std::cout << "seed " << seed << " (SCPCHECK_SEED)\n";
  Generator generator(seed);
  const int rounds = property::kThorough ? 40000 : 8000;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const std::string document = generator.Document();
    SCOPED_TRACE("seed " + std::to_string(seed) + ", round " + std::to_string(round) + ": " + document);
    Compare(document);
    const std::string damaged = generator.Damaged(document);
    SCOPED_TRACE("damaged: " + damaged);
    Compare(damaged);
  }
}

}  // namespace
}  // namespace scpcheck::json

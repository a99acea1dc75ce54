#include "json/parse.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/find_bytes.h"
#include "json/scan.h"

namespace scpcheck::json {

namespace {

// What stands at `p`, for "found ..." in messages.
std::string Found(const char* p, const char* end) {
  if (p == end) return "the end of the text";
  const size_t length = Utf8CharLength({p, static_cast<size_t>(end - p)});
  const auto byte = static_cast<unsigned char>(*p);
  if (length == 0 || byte < 0x20 || byte == 0x7f) {
    constexpr char kHex[] = "0123456789abcdef";
    return std::string("byte 0x") + kHex[byte >> 4] + kHex[byte & 15];
  }
  return "`" + std::string(p, length) + "`";
}

class Parser {
 public:
  Parser(std::shared_ptr<const Source> source, SourceRange part, Diagnostics& diagnostics)
      : tree_(std::move(source)),
        diagnostics_(diagnostics),
        begin_(tree_.source()->text().data()),
        p_(begin_ + part.begin),
        end_(begin_ + part.end),
        specials_(p_, end_) {}

  std::optional<Tree> Run() {
    p_ = SkipSpace(p_, end_);
    if (p_ == end_) {
      Fail("the text is empty: a JSON document is needed");
      return std::nullopt;
    }
    ReserveNodes();
    if (!ParseValue(0)) return std::nullopt;
    p_ = SkipSpace(p_, end_);
    if (p_ != end_) {
      Report("second-document",
             "there is more after the end of the document: only one JSON value may stand here", p_, end_);
    }
    return std::move(tree_);
  }

 private:
  // Growing a large vector would touch its memory twice. Strings, arrays and objects make nearly all nodes of
  // what is read here; a text of little else than quotes and brackets is not worth the memory it asks for.
  void ReserveNodes() {
    const std::string_view text(p_, static_cast<size_t>(end_ - p_));
    const size_t nodes = CountByte(text, '"') / 2 + CountByte(text, '[') + CountByte(text, '{');
    tree_.Reserve(std::min(nodes, text.size() / 8) + 1);
  }

  bool ParseValue(uint32_t depth) {
    if (p_ == end_) return FailExpected("a value");
    const uint32_t at = Offset(p_);
    switch (*p_) {
      case '{':
        return ParseObject(depth);
      case '[':
        return ParseArray(depth);
      case '"':
        return ParseString();
      case 't':
        return ParseWord("true", Kind::kBoolean, true);
      case 'f':
        return ParseWord("false", Kind::kBoolean, false);
      case 'n':
        return ParseWord("null", Kind::kNull, false);
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9': {
        const ScanResult number = ScanNumber(p_, end_);
        if (number.flaw != Flaw::kNone) return Fail(std::string(FlawText(number.flaw)));
        p_ = number.next;
        tree_.Add(Kind::kNumber, at, Offset(p_));
        return true;
      }
      case '/':
        return Fail("JSON has no comments: remove it");
      case '\'':
        return Fail("JSON strings stand in double quotes: write `\"` for `'`");
      default:
        return FailExpected("a value");
    }
  }

  bool ParseString() {
    const ScanResult string = ScanString(p_, end_, specials_);
    if (string.flaw != Flaw::kNone) {
      // The place of a string that is not closed is its start: where it should end, only the author knows.
      if (string.flaw != Flaw::kUnterminatedString) p_ = string.next;
      return Fail(std::string(FlawText(string.flaw)));
    }
    const uint32_t at = Offset(p_);
    const std::string_view inside(p_ + 1, static_cast<size_t>(string.next - p_) - 2);
    p_ = string.next;
    if (string.has_escape) {
      unescaped_.clear();
      AppendUnescaped(inside, unescaped_);
      tree_.AddText(Kind::kString, at, Offset(p_), unescaped_);
    } else {
      tree_.Add(Kind::kString, at, Offset(p_));
    }
    return true;
  }

  bool ParseWord(std::string_view word, Kind kind, bool truth) {
    const auto left = static_cast<size_t>(end_ - p_);
    if (std::string_view(p_, std::min(left, word.size())) != word) return FailExpected("a value");
    const uint32_t at = Offset(p_);
    p_ += word.size();
    tree_.node(tree_.Add(kind, at, Offset(p_))).truth = truth;
    return true;
  }

  bool ParseArray(uint32_t depth) {
    if (depth >= kMaxDepth) return FailDepth();
    const uint32_t array = tree_.Add(Kind::kArray, Offset(p_), 0);
    uint32_t count = 0;
    p_ = SkipSpace(p_ + 1, end_);
    if (p_ != end_ && *p_ == ']') {
      ++p_;
    } else {
      for (;;) {
        if (p_ != end_ && *p_ == ']') return Fail("a comma before `]`: remove it");
        if (!ParseValue(depth + 1)) return false;
        ++count;
        p_ = SkipSpace(p_, end_);
        if (p_ != end_ && *p_ == ']') {
          ++p_;
          break;
        }
        if (p_ == end_ || *p_ != ',') return FailExpected("`,` or `]` after an element");
        p_ = SkipSpace(p_ + 1, end_);
      }
    }
    tree_.Close(array, Offset(p_), count);
    return true;
  }

  bool ParseObject(uint32_t depth) {
    if (depth >= kMaxDepth) return FailDepth();
    const uint32_t object = tree_.Add(Kind::kObject, Offset(p_), 0);
    uint32_t count = 0;
    p_ = SkipSpace(p_ + 1, end_);
    if (p_ != end_ && *p_ == '}') {
      ++p_;
    } else {
      for (;;) {
        if (p_ == end_ || *p_ != '"') {
          if (p_ != end_ && *p_ == '}') return Fail("a comma before `}`: remove it");
          if (p_ != end_ && *p_ == '/') return Fail("JSON has no comments: remove it");
          return FailExpected("a key in double quotes");
        }
        if (!ParseString()) return false;
        p_ = SkipSpace(p_, end_);
        if (p_ == end_ || *p_ != ':') return FailExpected("`:` after the key");
        p_ = SkipSpace(p_ + 1, end_);
        if (!ParseValue(depth + 1)) return false;
        ++count;
        p_ = SkipSpace(p_, end_);
        if (p_ != end_ && *p_ == '}') {
          ++p_;
          break;
        }
        if (p_ == end_ || *p_ != ',') return FailExpected("`,` or `}` after a member");
        p_ = SkipSpace(p_ + 1, end_);
      }
    }
    tree_.Close(object, Offset(p_), count);
    if (count > 1) CheckDuplicateKeys(Value(&tree_, object), diagnostics_);
    return true;
  }

  uint32_t Offset(const char* p) const { return static_cast<uint32_t>(p - begin_); }

  void Report(std::string code, std::string message, const char* from, const char* to) {
    diagnostics_.Add({.code = std::move(code),
                      .message = std::move(message),
                      .source = tree_.source(),
                      .range = {Offset(from), Offset(to)}});
  }

  bool Fail(std::string message) {
    Report("json-syntax", std::move(message), p_, p_ == end_ ? p_ : p_ + 1);
    return false;
  }

  bool FailExpected(std::string_view expected) {
    return Fail("expected " + std::string(expected) + ", found " + Found(p_, end_));
  }

  bool FailDepth() {
    return Fail("nested more than " + std::to_string(kMaxDepth) +
                " levels deep: no policy or organization needs that");
  }

  Tree tree_;
  Diagnostics& diagnostics_;
  const char* begin_;
  const char* p_;
  const char* end_;
  SpecialFinder specials_;
  std::string unescaped_;
};

}  // namespace

void CheckDuplicateKeys(Value object, Diagnostics& diagnostics) {
  const auto report = [&](Value first, Value again) {
    diagnostics.Add({.code = "duplicate-key",
                     .message = "the key `" + std::string(again.text()) +
                                "` stands twice in one object: AWS rejects that; keep one of them",
                     .source = object.tree().source(),
                     .range = again.range(),
                     .related = {{object.tree().source(), first.range(), "first here"}}});
  };
  if (object.size() <= 8) {
    for (const Member later : object.members()) {
      for (const Member earlier : object.members()) {
        if (earlier.key.index() == later.key.index()) break;
        if (earlier.key.text() == later.key.text()) {
          report(earlier.key, later.key);
          break;
        }
      }
    }
    return;
  }
  std::vector<std::pair<std::string_view, uint32_t>> keys;
  keys.reserve(object.size());
  for (const Member member : object.members()) keys.emplace_back(member.key.text(), member.key.index());
  std::sort(keys.begin(), keys.end());
  for (size_t i = 1; i < keys.size(); ++i) {
    if (keys[i].first == keys[i - 1].first) {
      report(Value(&object.tree(), keys[i - 1].second), Value(&object.tree(), keys[i].second));
    }
  }
}

std::optional<Tree> Parse(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  const SourceRange all = {source->bom_size(), static_cast<uint32_t>(source->text().size())};
  return ParsePart(std::move(source), all, diagnostics);
}

std::optional<Tree> ParsePart(std::shared_ptr<const Source> source, SourceRange part,
                              Diagnostics& diagnostics) {
  return Parser(std::move(source), part, diagnostics).Run();
}

}  // namespace scpcheck::json

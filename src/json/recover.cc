#include "json/recover.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/utf8.h"
#include "json/parse.h"
#include "json/scan.h"

namespace scpcheck::json {

namespace {

// More values than this behind the first are no policies that somebody wrote into one file by mistake.
constexpr size_t kMaxMore = 50;
// A text with more faults is not meant to be JSON.
constexpr size_t kMaxFaults = 200;

// Faults that a writer repeats all over a text; they are told once, and mended together.
enum class Habit : uint8_t {
  kSingleQuotes,
  kTypographicQuotes,
  kBareKeys,
  kOddSpaces,
  kControlCharacters,
  kOtherConstants,
};
constexpr size_t kHabits = 6;

bool IsBlank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

// The length of the typographic quotation mark at the start of `text`, else 0.
size_t TypographicQuote(std::string_view text) {
  for (const std::string_view quote : {"\xe2\x80\x9c", "\xe2\x80\x9d", "\xe2\x80\x9e", "\xe2\x80\x9f"}) {
    if (text.starts_with(quote)) return quote.size();
  }
  return 0;
}

// The length of something at the start of `text` that looks like white space, or like nothing, but is none to
// JSON; else 0.
size_t OddSpace(std::string_view text) {
  for (const std::string_view space :
       {"\xc2\xa0", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f",
        "\xe2\x80\xaf", "\xe2\x81\xa0", "\xe3\x80\x80", "\xef\xbb\xbf", "\f", "\v"}) {
    if (text.starts_with(space)) return space.size();
  }
  return 0;
}

// A string or a bare word, before it is known what becomes of it.
struct Token {
  const char* begin;
  const char* end;
  std::optional<std::string> text;  // unless it is the bytes between the quotes
};

class Reader {
 public:
  Reader(std::shared_ptr<const Source> source, Diagnostics& duplicates)
      : source_(std::move(source)),
        duplicates_(duplicates),
        begin_(source_->text().data()),
        p_(begin_ + source_->bom_size()),
        end_(begin_ + source_->text().size()) {
    first_of_.fill(kNone);
  }

  Recovery Run() {
    if (source_->bom_size() > 0) {
      Fault& fault =
          Add("the text begins with a byte order mark, which JSON does not have: save it without one", begin_,
              p_, "remove the byte order mark", begin_, p_, "");
      fault.severity = Severity::kWarning;
    }
    SkipSpace();
    if (p_ == end_ && result_.faults.size() <= (source_->bom_size() > 0 ? 1 : 0)) {
      GiveUp("the text is empty: a JSON document is needed", p_, p_);
    } else if (IsWide()) {
      GiveUp("the text is UTF-16 or UTF-32: save it in UTF-8", p_, p_ + 1);
    } else {
      std::optional<Tree> first = ReadDocument();
      if (first) {
        result_.tree = std::move(first);
        ReadMore();
      }
    }
    for (size_t habit = 0; habit < kHabits; ++habit) {
      if (first_of_[habit] == kNone) continue;
      Fault& fault = result_.faults[first_of_[habit]];
      if (fault.repair.size() > 1) {
        fault.message += " (in " + std::to_string(fault.repair.size()) + " places)";
      }
    }
    return std::move(result_);
  }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  // ---- Documents

  bool IsWide() const {
    const std::string_view text = Rest();
    return text.starts_with("\xff\xfe") || text.starts_with("\xfe\xff") ||
           text.substr(0, 4).find('\0') != std::string_view::npos;
  }

  std::optional<Tree> ReadDocument() {
    Tree tree(source_);
    tree_ = &tree;
    depth_ = open_arrays_ = open_objects_ = 0;
    const bool is_read = ReadValue();
    tree_ = nullptr;
    if (!is_read || given_up_) return std::nullopt;
    return tree;
  }

  // What follows the first document.
  void ReadMore() {
    const char* comma = nullptr;
    while (!given_up_) {
      SkipSpace();
      if (p_ == end_ || given_up_) break;
      if (*p_ == ',' && comma == nullptr) {
        comma = p_++;
        continue;
      }
      if (!StartsJsonValue()) {
        comma = nullptr;
        Add("there is more after the end of the document: remove it", p_,
            p_ + std::max<size_t>(1, CharLength()), "", p_, p_, "");
        result_.has_all = false;
        return;
      }
      comma = nullptr;
      if (result_.more.size() == kMaxMore) {
        result_.has_all = false;
        return;
      }
      std::optional<Tree> next = ReadDocument();
      if (!next) break;
      result_.more.push_back(*std::move(next));
    }
    // The first document was understood all the same.
    if (given_up_) result_.has_all = false;
    if (comma != nullptr) {
      Add("a comma behind the end of the document: remove it", comma, comma + 1, "remove the comma", comma,
          comma + 1, "");
    }
  }

  // Whether a further document may begin here.
  bool StartsJsonValue() const { return *p_ == '{' || *p_ == '[' || *p_ == '"'; }

  // ---- Values

  // False: there is none, or reading has ended.
  bool ReadValue() {
    if (p_ == end_) return FailExpected("a value");
    if (*p_ == '{' && TemplateLength() > 0) return ReadBareWord();
    switch (*p_) {
      case '{':
        return ReadObject();
      case '[':
        return ReadArray();
      case '"':
      case '\'':
        return ReadStringValue();
      default:
        break;
    }
    if (TypographicQuote(Rest()) > 0) return ReadStringValue();
    return ReadBareWord();
  }

  bool ReadStringValue() {
    Token token{};
    if (!ReadString(token)) return false;
    AddNode(token);
    return true;
  }

  void AddNode(const Token& token) {
    if (token.text) {
      tree_->AddText(Kind::kString, Offset(token.begin), Offset(token.end), *token.text);
    } else {
      tree_->Add(Kind::kString, Offset(token.begin), Offset(token.end));
    }
  }

  // A number, a constant, or text that ought to stand in quotes.
  bool ReadBareWord() {
    const char* const start = p_;
    const char* const stop = BareWordEnd();
    const std::string_view word(start, static_cast<size_t>(stop - start));
    if (word.empty()) return FailExpected("a value");
    p_ = stop;
    const auto add_constant = [&](Kind kind, bool truth) {
      tree_->node(tree_->Add(kind, Offset(start), Offset(stop))).truth = truth;
    };
    if (word == "true") return add_constant(Kind::kBoolean, true), true;
    if (word == "false") return add_constant(Kind::kBoolean, false), true;
    if (word == "null") return add_constant(Kind::kNull, false), true;
    if (word[0] == '-' || IsAsciiDigit(word[0])) {
      const ScanResult number = ScanNumber(start, end_);
      if (number.flaw == Flaw::kNone && number.next == stop) {
        tree_->Add(Kind::kNumber, Offset(start), Offset(stop));
        return true;
      }
    }
    if (FindInvalidUtf8(word) != std::string_view::npos || word.find('\0') != std::string_view::npos) {
      return GiveUp("not valid UTF-8: save the file in UTF-8", start, start + 1);
    }
    for (const auto& [other, json] : {std::pair<std::string_view, std::string_view>{"True", "true"},
                                      {"TRUE", "true"},
                                      {"False", "false"},
                                      {"FALSE", "false"},
                                      {"None", "null"},
                                      {"NULL", "null"}}) {
      if (word != other) continue;
      AddHabit(Habit::kOtherConstants,
               "`" + std::string(word) + "` is no value of JSON: write `" + std::string(json) + "`", start,
               stop, "write `true`, `false` and `null`", json);
      if (json == "null") {
        add_constant(Kind::kNull, false);
      } else {
        add_constant(Kind::kBoolean, json == "true");
      }
      return true;
    }
    const bool is_template = HasTemplate(word);
    if (!is_template && !IsBareText(word)) {
      p_ = start;
      return FailExpected("a value");
    }
    tree_->AddText(Kind::kString, Offset(start), Offset(stop), word);
    if (is_template) {
      // What takes its place may bring quotes along, or a whole list.
      Add("`" + std::string(word) + "` stands without quotes: as it is written, this is no JSON", start, stop,
          "", start, stop, "");
    } else {
      Add("`" + std::string(word) + "` stands without quotes: write it in double quotes", start, stop,
          "write it in double quotes", start, stop, QuotedText(word));
    }
    return true;
  }

  // What somebody may have forgotten to quote.
  static bool IsBareText(std::string_view word) {
    return IsAsciiAlnum(word[0]) || word[0] == '*' || word[0] == '_' || word[0] == '+' || word[0] == '.' ||
           word[0] == '-';
  }

  static bool HasTemplate(std::string_view word) {
    return word.find("${") != std::string_view::npos || word.find("{{") != std::string_view::npos ||
           (word.front() == '<' && word.back() == '>');
  }

  // The length of a `${...}` or `{{...}}` on one line that begins here, else 0.
  size_t TemplateLength() const {
    if (*p_ != '$' && *p_ != '{') return 0;
    constexpr size_t kLongest = 200;
    std::string_view line = Rest().substr(0, kLongest);
    line = line.substr(0, line.find('\n'));
    for (const auto& [open, close] :
         {std::pair<std::string_view, std::string_view>{"${", "}"}, {"{{", "}}"}}) {
      if (!line.starts_with(open)) continue;
      const size_t end = line.find(close);
      return end == std::string_view::npos ? 0 : end + close.size();
    }
    return 0;
  }

  // Where the word that begins here ends: at a bracket, comma, quote, comment or line end, less the white
  // space before it.
  const char* BareWordEnd() {
    const char* const start = p_;
    while (p_ != end_ && *p_ != '\n') {
      if (const size_t length = TemplateLength(); length > 0) {
        p_ += length;
        continue;
      }
      if (std::string_view(",]}{[\"'").find(*p_) != std::string_view::npos) break;
      // A comment; an ARN has slashes and stars too.
      if (p_ != start && IsBlank(p_[-1]) && (*p_ == '#' || *p_ == '/')) break;
      if (TypographicQuote(Rest()) > 0 || OddSpace(Rest()) > 0) break;
      ++p_;
    }
    const char* stop = p_;
    while (stop != start && IsBlank(stop[-1])) --stop;
    p_ = start;
    return stop;
  }

  // ---- Containers

  bool ReadArray() {
    if (!Enter()) return false;
    const char* const open = p_++;
    ++open_arrays_;
    const uint32_t array = tree_->Add(Kind::kArray, Offset(open), 0);
    uint32_t count = 0;
    const char* last_end = nullptr;  // of the element before
    const char* comma = nullptr;     // behind that element
    for (;;) {
      SkipSpace();
      if (given_up_) return false;
      if (p_ == end_) {
        if (!CloseAtEnd(open, comma)) return false;
        break;
      }
      if (*p_ == ']') {
        if (comma != nullptr) TrailingComma(comma, ']');
        ++p_;
        break;
      }
      if (*p_ == '}' && open_objects_ > 0) {
        if (comma != nullptr) TrailingComma(comma, '}');
        Add("a `]` is missing before this `}`: the list is not closed", p_, p_ + 1, "", p_, p_, "");
        break;
      }
      if (*p_ == ',' || *p_ == ';') {
        if (!ReadComma(comma, count > 0)) return false;
        continue;
      }
      if (count > 0 && comma == nullptr) {
        if (!StartsElement()) return FailExpected("`,` or `]`");
        MissingComma(last_end);
      }
      if (!ReadValue()) return false;
      ++count;
      last_end = p_;
      comma = nullptr;
    }
    --open_arrays_;
    return Leave(array, count);
  }

  bool ReadObject() {
    if (!Enter()) return false;
    const char* const open = p_++;
    ++open_objects_;
    const uint32_t object = tree_->Add(Kind::kObject, Offset(open), 0);
    uint32_t count = 0;
    const char* last_end = nullptr;
    const char* comma = nullptr;
    for (;;) {
      SkipSpace();
      if (given_up_) return false;
      if (p_ == end_) {
        if (!CloseAtEnd(open, comma)) return false;
        break;
      }
      if (*p_ == '}') {
        if (comma != nullptr) TrailingComma(comma, '}');
        ++p_;
        break;
      }
      if (*p_ == ']' && open_arrays_ > 0) {
        if (comma != nullptr) TrailingComma(comma, ']');
        Add("a `}` is missing before this `]`: the object is not closed", p_, p_ + 1, "", p_, p_, "");
        break;
      }
      if (*p_ == ',' || *p_ == ';') {
        if (!ReadComma(comma, count > 0)) return false;
        continue;
      }
      if (count > 0 && comma == nullptr) {
        if (!StartsMember()) return FailExpected("`,` or `}`");
        MissingComma(last_end);
      }
      if (!ReadMember(count)) return false;
      last_end = p_;
      comma = nullptr;
    }
    --open_objects_;
    if (!Leave(object, count)) return false;
    if (count > 1) CheckDuplicateKeys(Value(tree_, object), duplicates_);
    return true;
  }

  bool ReadMember(uint32_t& count) {
    Token key{};
    if (!ReadKey(key)) return false;
    const char* const key_end = p_;
    SkipSpace();
    if (given_up_) return false;
    if (p_ != end_ && *p_ == ':') {
      ++p_;
    } else if (p_ != end_ && *p_ == '=') {
      const size_t length = Rest().starts_with("=>") ? 2 : 1;
      Add("`=` behind a key: JSON writes `:`", p_, p_ + length, "write `:`", p_, p_ + length, ":");
      p_ += length;
    } else if (p_ != end_ && (StartsJsonValue() || *p_ == '\'')) {
      Add("a `:` is missing behind the key", p_, p_ + 1, "insert the `:`", key_end, key_end, ":");
    } else {
      return FailExpected("`:` after the key");
    }
    SkipSpace();
    if (given_up_) return false;
    if (p_ == end_ || *p_ == ',' || *p_ == '}' || *p_ == ']') return FailExpected("a value");
    AddNode(key);
    ++count;
    return ReadValue();
  }

  // Where the bare key that begins here ends: `Effect: "Deny"`. Its last colon is the separator,
  // `aws:PrincipalArn` has one of its own. Null if there is none.
  const char* EndOfBareKey() const {
    const char* stop = p_;
    while (stop != end_ &&
           (IsAsciiAlnum(*stop) || std::string_view("_$:./-").find(*stop) != std::string_view::npos)) {
      ++stop;
    }
    if (stop != p_ && stop[-1] == ':') --stop;
    const char* const next = json::SkipSpace(stop, end_);
    return stop == p_ || next == end_ || (*next != ':' && *next != '=') ? nullptr : stop;
  }

  bool ReadKey(Token& key) {
    if (*p_ == '"' || *p_ == '\'' || TypographicQuote(Rest()) > 0) return ReadString(key);
    const char* const stop = EndOfBareKey();
    if (stop == nullptr) return FailExpected("a key in double quotes");
    key.begin = p_;
    key.end = stop;
    key.text = std::string(p_, stop);
    AddHabit(Habit::kBareKeys, "the key `" + *key.text + "` stands without quotes: write it in double quotes",
             p_, stop, "write keys in double quotes", QuotedText(*key.text));
    p_ = stop;
    return true;
  }

  // A comma, or a semicolon that stands for one. `comma`: the one that stands before it, if any.
  bool ReadComma(const char*& comma, bool has_items) {
    if (*p_ == ';') {
      Add("`;` separates nothing in JSON: write `,`", p_, p_ + 1, "write `,`", p_, p_ + 1, ",");
    } else if (comma != nullptr || !has_items) {
      Add("a comma too many: nothing stands before it", p_, p_ + 1, "remove the comma", p_, p_ + 1, "");
      ++p_;
      return !given_up_;
    }
    comma = p_++;
    return !given_up_;
  }

  void TrailingComma(const char* comma, char closer) {
    if (*comma == ';') return;  // told already
    Add(std::string("a comma before `") + closer + "`: remove it", comma, comma + 1, "remove the comma",
        comma, comma + 1, "")
        .is_jsonc = true;
  }

  void MissingComma(const char* last_end) {
    const size_t length = std::max<size_t>(1, CharLength());
    // Behind a string that is not closed the comma would become a part of it.
    const std::string_view title = last_end == unclosed_end_ ? "" : "insert the comma";
    Add("a comma is missing before this", p_, p_ + length, std::string(title), last_end, last_end, ",");
  }

  bool StartsString() const { return *p_ == '"' || *p_ == '\'' || TypographicQuote(Rest()) > 0; }

  // Whether an element of a list may begin here: not an operator of a programming language.
  bool StartsElement() const {
    return StartsString() || *p_ == '{' || *p_ == '[' || TemplateLength() > 0 ||
           (IsBareText(Rest()) && *p_ != '+');
  }

  // Whether a member of an object may begin here: a string, or a word with a colon behind it.
  bool StartsMember() const { return StartsString() || EndOfBareKey() != nullptr; }

  bool Enter() {
    if (++depth_ <= kMaxDepth) return true;
    return GiveUp("nested more than " + std::to_string(kMaxDepth) +
                      " levels deep: no policy or organization needs that",
                  p_, p_ + 1);
  }

  bool Leave(uint32_t container, uint32_t count) {
    --depth_;
    tree_->Close(container, Offset(p_), count);
    return !given_up_;
  }

  // The text ends inside a container. Brackets that are forgotten at the end take nothing with them; of a
  // text that is cut off in the middle of a statement nothing is said that the missing part would change.
  bool CloseAtEnd(const char* open, const char* comma) {
    constexpr uint32_t kStatements = 2;  // the policy, and its list of statements
    const char bracket = *open == '{' ? '}' : ']';
    if (comma != nullptr || depth_ > kStatements) {
      return GiveUp("the text ends before the `" + std::string(1, *open) + "` here is closed", open,
                    open + 1);
    }
    if (!std::exchange(told_end_, true)) {
      Add(std::string("a `") + bracket + "` is missing at the end of the text: this is not closed", open,
          open + 1, "", open, open, "");
    }
    return true;
  }

  // ---- Strings

  bool ReadString(Token& token) {
    if (*p_ == '"') {
      SpecialFinder specials(p_, end_);
      const ScanResult string = ScanString(p_, end_, specials);
      if (string.flaw == Flaw::kNone) {
        token.begin = p_;
        token.end = string.next;
        if (string.has_escape) {
          AppendUnescaped({p_ + 1, static_cast<size_t>(string.next - p_) - 2}, token.text.emplace());
        }
        p_ = string.next;
        return true;
      }
    }
    return ReadFlawedString(token);
  }

  // A string in other quotes, or one that ScanString refuses.
  bool ReadFlawedString(Token& token) {
    const char quote = *p_;
    const bool is_typographic = TypographicQuote(Rest()) > 0;
    const char* const start = p_;
    const char* const inside = p_ + (is_typographic ? TypographicQuote(Rest()) : 1);
    p_ = inside;
    size_t closing = 0;  // bytes of the closing quote
    while (p_ != end_ && *p_ != '\n') {
      closing = is_typographic ? TypographicQuote(Rest()) : (*p_ == quote ? 1 : 0);
      if (closing > 0) break;
      p_ += *p_ == '\\' && p_ + 1 != end_ && p_[1] != '\n' ? 2 : 1;
    }
    const char* inside_end = p_;
    if (closing == 0) {
      if (p_ == end_) return GiveUp(std::string(FlawText(Flaw::kUnterminatedString)), start, start + 1);
      // Most likely it should end here, before the comma.
      while (inside_end != inside && (IsBlank(inside_end[-1]))) --inside_end;
      if (inside_end != inside && inside_end[-1] == ',') --inside_end;
      Add(std::string(FlawText(Flaw::kUnterminatedString)), start, start + 1, "", start, start, "");
    }
    p_ = inside_end + closing;
    if (closing == 0) unclosed_end_ = p_;
    token.begin = start;
    token.end = p_;
    const bool is_plain = quote == '"';
    if (!Decode(inside, inside_end, is_plain, token.text.emplace())) return false;
    if (closing == 0 || is_plain) return true;
    AddHabit(is_typographic ? Habit::kTypographicQuotes : Habit::kSingleQuotes,
             is_typographic ? "JSON strings stand in plain double quotes, not in typographic ones: write `\"`"
                            : "JSON strings stand in double quotes: write `\"` for `'`",
             start, p_, "write double quotes", QuotedText(*token.text));
    return !given_up_;
  }

  // The text between quotes. Without `is_plain` the string will be written anew, and only what has no reading
  // is a fault of its own.
  bool Decode(const char* p, const char* stop, bool is_plain, std::string& text) {
    bool told_utf8 = false;
    while (p < stop) {
      const auto byte = static_cast<unsigned char>(*p);
      if (*p == '\\') {
        if (!is_plain && p + 1 < stop && p[1] == '\'') {
          text += '\'';
          p += 2;
          continue;
        }
        const ScanResult escape = internal::ScanEscape(p + 1, stop);
        if (escape.flaw == Flaw::kNone) {
          AppendUnescaped({p, static_cast<size_t>(escape.next - p)}, text);
          p = escape.next;
          continue;
        }
        const Flaw flaw = escape.flaw == Flaw::kUnterminatedString ? Flaw::kBadEscape : escape.flaw;
        Add(std::string(FlawText(flaw)), p, p + 1, "", p, p, "");
        if (flaw == Flaw::kLoneSurrogate) {
          AppendUtf8(0xfffd, text);
          p += 6;
        } else {
          text += *p++;
        }
      } else if (byte < 0x20) {
        if (is_plain) {
          const std::string escaped = QuotedText({p, 1});
          AddHabit(Habit::kControlCharacters, std::string(FlawText(Flaw::kControlCharacter)), p, p + 1,
                   "write escapes", std::string_view(escaped).substr(1, escaped.size() - 2));
        }
        text += *p++;
      } else {
        const size_t length = Utf8CharLength({p, static_cast<size_t>(stop - p)});
        if (length == 0) {
          if (!std::exchange(told_utf8, true)) {
            Add(std::string(FlawText(Flaw::kInvalidUtf8)), p, p + 1, "", p, p, "");
          }
          AppendUtf8(0xfffd, text);
          ++p;
        } else {
          text.append(p, length);
          p += length;
        }
      }
    }
    return !given_up_;
  }

  // ---- White space and comments

  void SkipSpace() {
    while (!given_up_) {
      p_ = json::SkipSpace(p_, end_);
      if (p_ == end_) return;
      if (*p_ == '#' || Rest().starts_with("//")) {
        const char* const start = p_;
        while (p_ != end_ && *p_ != '\n') ++p_;
        const char* stop = p_;
        if (stop != start && stop[-1] == '\r') --stop;
        AddComment(start, stop);
      } else if (Rest().starts_with("/*")) {
        const size_t close = Rest().find("*/", 2);
        if (close == std::string_view::npos) {
          GiveUp("the comment is not closed, and JSON has no comments: remove it", p_, p_ + 2);
          return;
        }
        const char* const start = p_;
        p_ += close + 2;
        AddComment(start, p_);
      } else if (const size_t length = OddSpace(Rest()); length > 0) {
        AddHabit(Habit::kOddSpaces,
                 "this looks like white space or like nothing, but is none of JSON's: remove it", p_,
                 p_ + length, "write plain spaces", *p_ == '\xc2' || *p_ == '\f' || *p_ == '\v' ? " " : "");
        p_ += length;
      } else {
        return;
      }
    }
  }

  // Comment lines below one another are one fault.
  void AddComment(const char* start, const char* stop) {
    const char* line = start;
    while (line != begin_ && IsBlank(line[-1])) --line;
    const bool begins_line = line == begin_ + source_->bom_size() || line[-1] == '\n';
    const char* next = stop;
    while (next != end_ && IsBlank(*next)) ++next;
    const bool ends_line = next == end_ || *next == '\n';
    if (begins_line && ends_line) {
      if (next != end_) ++next;
      if (!result_.faults.empty() && last_comment_ == result_.faults.size() - 1) {
        Fault& before = result_.faults.back();
        if (before.repair[0].range.end == Offset(line)) {
          before.range.end = Offset(stop);
          before.repair[0].range.end = Offset(next);
          return;
        }
      }
      last_comment_ = result_.faults.size();
      Add(kComment, start, stop, "remove the comment", line, next, "").is_jsonc = true;
      return;
    }
    Add(kComment, start, stop, "remove the comment", begins_line ? start : line, stop, "").is_jsonc = true;
  }

  // ---- Faults

  static constexpr char kComment[] = "JSON has no comments: remove it";

  // With a repair unless `title` is empty. No reference to a fault outlives the next one.
  Fault& Add(std::string message, const char* from, const char* to, std::string title,
             const char* replaced_from, const char* replaced_to, std::string_view text) {
    if (result_.faults.size() >= kMaxFaults) given_up_ = true;
    Fault& fault = result_.faults.emplace_back();
    fault.message = std::move(message);
    fault.range = {Offset(from), Offset(to)};
    if (!title.empty()) {
      fault.repair_title = std::move(title);
      fault.repair.push_back({{Offset(replaced_from), Offset(replaced_to)}, std::string(text)});
    }
    return fault;
  }

  void AddHabit(Habit habit, std::string message, const char* from, const char* to, std::string title,
                std::string_view text) {
    size_t& first = first_of_[static_cast<size_t>(habit)];
    if (first == kNone) {
      first = result_.faults.size();
      Add(std::move(message), from, to, std::move(title), from, to, text);
    } else {
      result_.faults[first].repair.push_back({{Offset(from), Offset(to)}, std::string(text)});
    }
  }

  bool GiveUp(std::string message, const char* from, const char* to) {
    Add(std::move(message), from, std::min(to, end_), "", from, from, "");
    given_up_ = true;
    return false;
  }

  bool FailExpected(std::string_view expected) {
    const size_t length = CharLength();
    std::string found = "the end of the text";
    if (p_ != end_) found = "`" + std::string(p_, std::max<size_t>(length, 1)) + "`";
    if (p_ != end_ && length == 0) found = "a byte that is not UTF-8";
    return GiveUp("expected " + std::string(expected) + ", found " + found, p_,
                  p_ + std::max<size_t>(length, 1));
  }

  std::string_view Rest() const { return {p_, static_cast<size_t>(end_ - p_)}; }
  size_t CharLength() const { return Utf8CharLength(Rest()); }
  uint32_t Offset(const char* p) const { return static_cast<uint32_t>(p - begin_); }

  std::shared_ptr<const Source> source_;
  Diagnostics& duplicates_;
  const char* begin_;
  const char* p_;
  const char* end_;
  Tree* tree_ = nullptr;
  Recovery result_;
  const char* unclosed_end_ = nullptr;  // of the last string that is not closed
  bool given_up_ = false;
  bool told_end_ = false;
  uint32_t depth_ = 0;
  uint32_t open_arrays_ = 0;
  uint32_t open_objects_ = 0;
  size_t last_comment_ = kNone;
  std::array<size_t, kHabits> first_of_;
};

}  // namespace

Recovery Recover(const std::shared_ptr<const Source>& source, Diagnostics& diagnostics) {
  Diagnostics duplicates;
  Recovery recovery = Reader(source, duplicates).Run();
  for (const Fault& fault : recovery.faults) {
    diagnostics.Add({.severity = fault.severity,
                     .code = fault.severity == Severity::kError ? "json-syntax" : "byte-order-mark",
                     .message = fault.message,
                     .source = source,
                     .range = fault.range});
  }
  diagnostics.Append(duplicates);
  if (!recovery.more.empty()) {
    diagnostics.Add(
        {.code = "second-document",
         .message = "there is more after the end of the document: only one JSON value may stand here",
         .source = source,
         .range = recovery.more[0].root().range()});
  }
  return recovery;
}

}  // namespace scpcheck::json

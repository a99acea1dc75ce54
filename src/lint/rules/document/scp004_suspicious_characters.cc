#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/utf8.h"
#include "lint/edits.h"
#include "lint/rules/document/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

using json::Member;
using json::Value;

// A character of a text, decoded.
struct Character {
  uint32_t code_point;
  size_t at;
  size_t size;
};

enum class Oddity { kNone, kControl, kInvisible, kDirection, kSpace };

constexpr uint32_t kZeroWidthNonJoiner = 0x200c;
constexpr uint32_t kZeroWidthJoiner = 0x200d;

Oddity OddityOf(uint32_t c) {
  if (c == '\n' || c == '\r' || c == '\t') return Oddity::kNone;
  if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return Oddity::kControl;
  if (c == 0xa0 || c == 0x202f) return Oddity::kSpace;
  if (c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff) return Oddity::kInvisible;
  if (c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
      (c >= 0x2066 && c <= 0x2069)) {
    return Oddity::kDirection;
  }
  return Oddity::kNone;
}

std::string_view Describe(Oddity oddity) {
  switch (oddity) {
    case Oddity::kControl:
      return "a control character";
    case Oddity::kInvisible:
      return "an invisible character";
    case Oddity::kDirection:
      return "an invisible character that turns the direction of writing";
    case Oddity::kSpace:
      return "a no-break space";
    case Oddity::kNone:
      break;
  }
  return "";
}

std::string CodePointName(uint32_t code_point) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string digits;
  for (; code_point > 0 || digits.size() < 4; code_point >>= 4)
    digits.insert(digits.begin(), kHex[code_point & 15]);
  return "U+" + digits;
}

std::vector<Character> CharactersOf(std::string_view text) {
  std::vector<Character> characters;
  for (size_t i = 0; i < text.size();) {
    const size_t size = std::max<size_t>(1, Utf8CharLength(text.substr(i)));
    characters.push_back({DecodeUtf8(text.substr(i, size)), i, size});
    i += size;
  }
  return characters;
}

std::string Trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return std::string(text);
}

// The ASCII character that another looks like, or nothing.
std::string_view LookAlike(uint32_t code_point) {
  // The full-width forms of ASCII stand in its order.
  constexpr uint32_t kFullWidth = 0xff01;
  static constexpr std::array<char, 94> kVisible = [] {
    std::array<char, 94> visible{};
    for (size_t i = 0; i < visible.size(); ++i) visible[i] = static_cast<char>('!' + i);
    return visible;
  }();
  if (code_point >= kFullWidth && code_point < kFullWidth + kVisible.size()) {
    return {&kVisible[code_point - kFullWidth], 1};
  }
  const std::string name = CodePointName(code_point);
  const Table& table = TableOf("lookalikes");
  for (size_t row = 0; row < table.row_count(); ++row) {
    if (table.Row(row)[0] == name) return table.Row(row)[1];
  }
  return "";
}

// Where a part of a string's text stands.
SourceRange PlaceOf(Value string, size_t begin, size_t end) {
  const auto nested = json::NestedSource(string);
  const SourceRange place = {nested->OuterOffset(static_cast<uint32_t>(begin)),
                             nested->OuterOffset(static_cast<uint32_t>(end))};
  // In a string that is no proper JSON the characters have no places of their own.
  return place.begin < place.end ? place : string.range();
}

class Checker {
 public:
  explicit Checker(Reporter& report) : report_(report) {}

  // What must be seen for what it is, in a name or a value: of a string with several such characters the
  // first is told, and all are mended together.
  void CheckHidden(Value string, bool is_value) {
    const std::string_view text = string.text();
    // Nearly all strings are printable ASCII.
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; })) return;
    const std::vector<Character> characters = CharactersOf(text);
    const Character* first = nullptr;
    std::string cleaned;
    for (size_t i = 0; i < characters.size(); ++i) {
      const Character& c = characters[i];
      const Oddity oddity = OddityOf(c.code_point);
      if (oddity == Oddity::kNone || (is_value && JoinsLetters(characters, i))) {
        cleaned += text.substr(c.at, c.size);
        continue;
      }
      if (first == nullptr) first = &c;
      if (oddity == Oddity::kSpace) cleaned += ' ';
    }
    if (first == nullptr) return;
    // Names have no space around them.
    if (!is_value) cleaned = Trimmed(cleaned);
    const Oddity oddity = OddityOf(first->code_point);
    const bool stays = oddity == Oddity::kSpace && (is_value || cleaned.find(' ') != std::string::npos);
    FindingBuilder finding =
        report_
            .Add(PlaceOf(string, first->at, first->at + first->size),
                 std::string(Describe(oddity)) + " (" + CodePointName(first->code_point) +
                     ") makes this another text than it looks like: " +
                     (stays ? "write a plain space" : "remove it"))
            .Offender(std::string(text));
    // A value with a no-break space may be what a tag really has.
    if (is_value && oddity == Oddity::kSpace) finding.WithSeverity(Severity::kWarning);
    finding.UnsafeFix("write plain characters", ReplaceString(string, cleaned));
  }

  // AWS's names are ASCII.
  void CheckName(Value string, size_t size) {
    const std::string_view name = string.text().substr(0, size);
    if (std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
      return;
    const Character* first = nullptr;
    std::string_view first_like;
    std::string mended;
    bool is_mended = true;
    const std::vector<Character> characters = CharactersOf(name);
    for (const Character& c : characters) {
      const std::string_view written = name.substr(c.at, c.size);
      if (c.code_point < 0x80 || OddityOf(c.code_point) != Oddity::kNone) {
        mended += written;
        continue;
      }
      const std::string_view like = LookAlike(c.code_point);
      is_mended &= !like.empty();
      mended += like;
      if (first == nullptr || (first_like.empty() && !like.empty())) {
        first = &c;
        first_like = like;
      }
    }
    if (first == nullptr) return;
    const std::string character(name.substr(first->at, first->size));
    FindingBuilder finding =
        report_.Add(PlaceOf(string, first->at, first->at + first->size),
                    "`" + character + "` (" + CodePointName(first->code_point) + ") " +
                        (first_like.empty()
                             ? "is no character of any name of AWS's: this name matches nothing"
                             : "only looks like `" + std::string(first_like) +
                                   "`: this name matches nothing; write `" + std::string(first_like) + "`"));
    finding.Offender(std::string(name));
    if (is_mended) {
      finding.UnsafeFix("write `" + mended + "`",
                        ReplaceString(string, mended + std::string(string.text().substr(name.size()))));
    }
  }

 private:
  // Whether the character joins or parts two others in writing: emoji, Persian, Hindi.
  static bool JoinsLetters(const std::vector<Character>& characters, size_t i) {
    const uint32_t c = characters[i].code_point;
    if (c != kZeroWidthJoiner && c != kZeroWidthNonJoiner) return false;
    constexpr uint32_t kFirstJoined = 0x300;  // no script before has joined letters
    return i > 0 && i + 1 < characters.size() && characters[i - 1].code_point >= kFirstJoined &&
           characters[i + 1].code_point >= kFirstJoined;
  }

  Reporter& report_;
};

// How many bytes of which strings are names of AWS's, by the places of the strings in the tree.
class Names {
 public:
  explicit Names(Value policy) {
    for (const Member member : policy.members()) {
      Add(member.key);
      if (member.key.text() == "Version") Add(member.value);
      if (member.key.text() != "Statement") continue;
      if (member.value.is_object()) AddStatement(member.value);
      if (!member.value.is_array()) continue;
      for (const Value statement : member.value.elements()) {
        if (statement.is_object()) AddStatement(statement);
      }
    }
  }

  std::optional<size_t> SizeOf(Value string) const {
    const auto found = sizes_.find(string.index());
    if (found == sizes_.end()) return std::nullopt;
    return found->second;
  }

 private:
  void AddStatement(Value statement) {
    for (const Member member : statement.members()) {
      Add(member.key);
      const std::string_view name = member.key.text();
      if (name == "Effect" || name == "Action" || name == "NotAction") Add(member.value);
      if (name == "Condition" && member.value.is_object()) AddCondition(member.value);
    }
  }

  void AddCondition(Value condition) {
    for (const Member block : condition.members()) {
      Add(block.key);
      if (!block.value.is_object()) continue;
      for (const Member clause : block.value.members()) {
        // Behind the slash is the name of a tag, which is the user's.
        const std::string_view key = clause.key.text();
        sizes_[clause.key.index()] = std::min(key.find('/'), key.size());
      }
    }
  }

  void Add(Value value) {
    if (value.is_string()) sizes_[value.index()] = value.text().size();
    if (!value.is_array()) return;
    for (const Value element : value.elements()) {
      if (element.is_string()) sizes_[element.index()] = element.text().size();
    }
  }

  std::unordered_map<uint32_t, size_t> sizes_;
};

}  // namespace

// IAM compares names in ASCII (C-19a), and none of AWS's has another character.
void CheckSuspiciousCharacters(const DocumentView& view, Reporter& report) {
  if (!view.root) return;
  const bool is_policy =
      view.what.kind == DocumentKind::kScp && view.what.policy && view.what.policy->is_object();
  const std::optional<Names> names = is_policy ? std::optional<Names>(*view.what.policy) : std::nullopt;
  Checker checker(report);
  const json::Tree& tree = view.root->tree();
  for (uint32_t i = 0; i < tree.node_count(); ++i) {
    const Value string(&tree, i);
    if (!string.is_string()) continue;
    const std::optional<size_t> name_size = names ? names->SizeOf(string) : std::nullopt;
    checker.CheckHidden(string, !name_size);
    if (name_size) checker.CheckName(string, *name_size);
  }
}

}  // namespace scpcheck

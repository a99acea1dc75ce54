#include "json/yaml.h"

#include <yaml.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "json/parse.h"
#include "json/scan.h"

namespace scpcheck::json {

namespace {

// Aliases may repeat this much of the document: a few lines can unfold to gigabytes.
constexpr size_t kMaxUnfoldedNodes = 1'000'000;
constexpr size_t kMaxUnfoldedBytes = size_t{64} << 20;

// libyaml compares every tag, and every new directive, with all directives so far.
constexpr size_t kMaxTagDirectives = 100;

constexpr std::string_view kCoreTagPrefix = "tag:yaml.org,2002:";

std::string_view View(const yaml_char_t* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

// libyaml counts characters, a SourceRange bytes. The marks that are asked for lie close together, so walking
// from one to the next is linear in all.
class OffsetCursor {
 public:
  // The text must be well-formed UTF-8 and outlive the cursor.
  explicit OffsetCursor(std::string_view text) : text_(text) {}

  size_t Offset(size_t character) {
    while (character_ < character && offset_ < text_.size()) {
      ++offset_;
      while (InsideCharacter()) ++offset_;
      ++character_;
    }
    while (character_ > character && offset_ > 0) {
      --offset_;
      while (InsideCharacter()) --offset_;
      --character_;
    }
    return offset_;
  }

 private:
  bool InsideCharacter() const { return offset_ < text_.size() && IsUtf8Continuation(text_[offset_]); }

  std::string_view text_;
  size_t character_ = 0;
  size_t offset_ = 0;
};

class Event {
 public:
  Event() = default;
  ~Event() { yaml_event_delete(&event_); }
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  yaml_event_t* get() { return &event_; }
  const yaml_event_t* operator->() const { return &event_; }

  // Of a scalar.
  std::string_view text() const {
    return {reinterpret_cast<const char*>(event_.data.scalar.value), event_.data.scalar.length};
  }
  bool is_plain() const { return event_.data.scalar.style == YAML_PLAIN_SCALAR_STYLE; }
  // A plain scalar without anything: no text, tag or anchor.
  bool is_nothing() const {
    return event_.type == YAML_SCALAR_EVENT && is_plain() && text().empty() &&
           event_.data.scalar.tag == nullptr && event_.data.scalar.anchor == nullptr;
  }

 private:
  yaml_event_t event_ = {};
};

bool IsOneOf(std::string_view text, std::initializer_list<std::string_view> forms) {
  return std::find(forms.begin(), forms.end(), text) != forms.end();
}

bool IsNull(std::string_view text) {
  return IsOneOf(text, {"", "~", "null", "Null", "NULL"});
}
bool IsTrue(std::string_view text) {
  return IsOneOf(text, {"true", "True", "TRUE"});
}
bool IsFalse(std::string_view text) {
  return IsOneOf(text, {"false", "False", "FALSE"});
}
bool IsNumber(std::string_view text) {
  if (text.empty() || !(text[0] == '-' || IsAsciiDigit(text[0]))) return false;
  const char* const end = text.data() + text.size();
  const ScanResult number = ScanNumber(text.data(), end);
  return number.flaw == Flaw::kNone && number.next == end;
}
bool IsInteger(std::string_view text) {
  return IsNumber(text) && text.find_first_of(".eE") == std::string_view::npos;
}

bool HoldsTemplate(std::string_view text) {
  return text.find("{{") != std::string_view::npos || text.find("{%") != std::string_view::npos;
}

class Reader {
 public:
  Reader(std::shared_ptr<const Source> source, Diagnostics& diagnostics)
      : tree_(std::move(source)),
        diagnostics_(diagnostics),
        bom_size_(tree_.source()->bom_size()),
        text_(tree_.source()->text().substr(bom_size_)),
        cursor_(text_) {}
  ~Reader() { yaml_parser_delete(&parser_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  std::optional<Tree> Run() {
    if (!CheckEncoding() || !CheckTagDirectives()) return std::nullopt;
    if (yaml_parser_initialize(&parser_) == 0) {
      FailSyntax();
      return std::nullopt;
    }
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text_.data()),
                                 text_.size());
    if (!ReadDocument() || !ExpectNoMoreContent()) return std::nullopt;
    return std::move(tree_);
  }

 private:
  struct Anchor {
    uint32_t node = 0;
    // False while the node is being read: an alias to it would contain itself.
    bool complete = false;
    // What an alias to it costs.
    uint32_t levels = 0;
    size_t text_bytes = 0;
  };

  bool CheckEncoding() {
    const std::string_view whole = tree_.source()->text();
    if (whole.starts_with("\xff\xfe") || whole.starts_with("\xfe\xff") ||
        whole.substr(0, 4).find('\0') != std::string_view::npos) {
      return Fail("yaml-syntax", "this is UTF-16 or UTF-32: save the file in UTF-8", {0, 0});
    }
    const size_t invalid = FindInvalidUtf8(text_);
    if (invalid != std::string_view::npos) {
      return Fail("yaml-syntax", std::string(FlawText(Flaw::kInvalidUtf8)), At(invalid));
    }
    return true;
  }

  bool CheckTagDirectives() {
    size_t count = 0;
    for (size_t at = text_.find("%TAG"); at != std::string_view::npos; at = text_.find("%TAG", at + 1)) {
      if (++count > kMaxTagDirectives) {
        return Fail("yaml-tag", "more than " + std::to_string(kMaxTagDirectives) + " `%TAG` directives",
                    At(at));
      }
    }
    return true;
  }

  // The first document, which must have content.
  bool ReadDocument() {
    Event stream_start;
    Event document_start;
    if (!Next(stream_start) || !Next(document_start)) return false;
    if (document_start->type == YAML_STREAM_END_EVENT) return FailEmpty(document_start);
    Event content;
    if (!Next(content)) return false;
    if (content.is_nothing()) return FailEmpty(content);
    Event document_end;
    return ReadNode(content, 0) && Next(document_end);
  }

  bool ExpectNoMoreContent() {
    for (;;) {
      Event start;
      if (!Next(start)) return false;
      if (start->type == YAML_STREAM_END_EVENT) return true;
      Event content;
      if (!Next(content)) return false;
      if (!content.is_nothing()) {
        return Fail("second-document",
                    "a second document starts here: a file holds one, split it into several files",
                    Range(start));
      }
      Event end;
      if (!Next(end)) return false;
    }
  }

  bool Next(Event& event) { return yaml_parser_parse(&parser_, event.get()) != 0 || FailSyntax(); }

  // `depth` is the number of arrays and objects around the node.
  bool ReadNode(const Event& event, uint32_t depth) {
    if (event->type == YAML_ALIAS_EVENT) return ReadAlias(event, depth);
    deepest_ = std::max(deepest_, depth);
    switch (event->type) {
      case YAML_SCALAR_EVENT:
        return WithAnchor(event->data.scalar.anchor, depth, [&] { return ReadScalar(event); });
      case YAML_SEQUENCE_START_EVENT:
        return WithAnchor(event->data.sequence_start.anchor, depth,
                          [&] { return ReadSequence(event, depth); });
      default:  // no other event stands where a node is due
        return WithAnchor(event->data.mapping_start.anchor, depth, [&] { return ReadMapping(event, depth); });
    }
  }

  // Reads the next node with `read` and notes its anchor, if it has one.
  template <typename Read>
  bool WithAnchor(const yaml_char_t* anchor, uint32_t depth, Read read) {
    if (anchor == nullptr) return read();
    const std::string name(View(anchor));
    Anchor entry;
    entry.node = tree_.node_count();
    anchors_[name] = entry;
    const uint32_t deepest_before = std::exchange(deepest_, depth);
    const size_t text_bytes_before = text_bytes_;
    if (!read()) return false;
    entry.complete = true;
    entry.levels = deepest_ - depth;
    entry.text_bytes = text_bytes_ - text_bytes_before;
    anchors_[name] = entry;
    deepest_ = std::max(deepest_, deepest_before);
    return true;
  }

  bool ReadScalar(const Event& event) {
    const std::string_view text = event.text();
    const SourceRange range = ScalarRange(event);
    std::string_view tag = View(event->data.scalar.tag);
    Kind kind = Kind::kString;
    if (tag.empty() && event.is_plain()) {
      if (HoldsTemplate(text)) return FailTemplate(range);
      if (IsNull(text)) {
        kind = Kind::kNull;
      } else if (IsTrue(text) || IsFalse(text)) {
        kind = Kind::kBoolean;
      } else if (IsNumber(text)) {
        kind = Kind::kNumber;
      }
    } else if (!tag.empty() && tag != "!") {
      const std::optional<Kind> tagged = TaggedKind(tag, text, range);
      if (!tagged) return false;
      kind = *tagged;
    }
    const uint32_t node = tree_.AddText(kind, range.begin, range.end, text);
    tree_.node(node).truth = kind == Kind::kBoolean && IsTrue(text);
    text_bytes_ += text.size();
    last_end_ = range.end;
    return true;
  }

  // The kind that a tag of a scalar asks for; nothing, with a report, if it is unknown or does not fit.
  std::optional<Kind> TaggedKind(std::string_view tag, std::string_view text, SourceRange range) {
    struct ScalarTag {
      std::string_view name;
      Kind kind;
      bool (*fits)(std::string_view text);
      std::string_view needs;
    };
    constexpr ScalarTag kTags[] = {
        {"str", Kind::kString, [](std::string_view) { return true; }, ""},
        {"int", Kind::kNumber, IsInteger, "an integer without leading zeros"},
        {"float", Kind::kNumber, IsNumber, "a number"},
        {"bool", Kind::kBoolean, [](std::string_view word) { return IsTrue(word) || IsFalse(word); },
         "`true` or `false`"},
        {"null", Kind::kNull, IsNull, "`null`, `~` or nothing"},
    };
    for (const ScalarTag& known : kTags) {
      if (tag != std::string(kCoreTagPrefix) + std::string(known.name)) continue;
      if (known.fits(text)) return known.kind;
      Fail("yaml-tag",
           "the tag `!!" + std::string(known.name) + "` needs " + std::string(known.needs) + ", this is " +
               Quoted(text),
           range);
      return std::nullopt;
    }
    FailTag(tag, range);
    return std::nullopt;
  }

  bool ReadSequence(const Event& event, uint32_t depth) {
    if (depth >= kMaxDepth) return FailDepth(event);
    if (!CheckTag(event, event->data.sequence_start.tag, "seq")) return false;
    const uint32_t array = tree_.Add(Kind::kArray, Range(event).begin, 0);
    last_end_ = Range(event).end;
    uint32_t count = 0;
    for (;; ++count) {
      Event element;
      if (!Next(element)) return false;
      if (element->type == YAML_SEQUENCE_END_EVENT) {
        EndCollection(array, element, count, event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE);
        return true;
      }
      if (!ReadNode(element, depth + 1)) return false;
    }
  }

  bool ReadMapping(const Event& event, uint32_t depth) {
    const bool is_flow = event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    // A template is well-formed YAML: an object with an object as its key.
    if (is_flow && text_.substr(Range(event).begin - bom_size_, 2) == "{{") return FailTemplate(Range(event));
    if (depth >= kMaxDepth) return FailDepth(event);
    if (!CheckTag(event, event->data.mapping_start.tag, "map")) return false;
    const uint32_t object = tree_.Add(Kind::kObject, Range(event).begin, 0);
    last_end_ = Range(event).end;
    uint32_t count = 0;
    std::vector<Anchor> merged;
    for (;;) {
      Event key;
      if (!Next(key)) return false;
      if (key->type == YAML_MAPPING_END_EVENT) {
        EndCollection(object, key, count, is_flow);
        if (count > 1) CheckDuplicateKeys(Value(&tree_, object), diagnostics_);
        if (!merged.empty()) Merge(object, count, merged);
        return true;
      }
      if (IsMergeKey(key)) {
        if (!ReadMerge(key, depth, merged)) return false;
        continue;
      }
      if (!ReadKey(key, depth)) return false;
      Event value;
      if (!Next(value) || !ReadNode(value, depth + 1)) return false;
      ++count;
    }
  }

  // Keys are strings, whatever they look like.
  bool ReadKey(const Event& key, uint32_t depth) {
    const uint32_t node = tree_.node_count();
    const bool is_scalar = key->type == YAML_SCALAR_EVENT;
    if (key.is_nothing()) return Fail("yaml-key", "a key is missing before `:`", Range(key));
    if (is_scalar || key->type == YAML_ALIAS_EVENT) {
      if (!ReadNode(key, depth + 1)) return false;
      const Kind kind = tree_.node(node).kind;
      if (kind != Kind::kArray && kind != Kind::kObject) {
        tree_.node(node).kind = Kind::kString;
        return true;
      }
    }
    return Fail("yaml-key", "a key must be a single text, not an array or an object", Range(key));
  }

  bool ReadAlias(const Event& event, uint32_t depth) {
    const Anchor* anchor = FindAnchor(event);
    if (anchor == nullptr || !Unfold(*anchor, depth, event)) return false;
    tree_.Copy(anchor->node);
    last_end_ = Range(event).end;
    return true;
  }

  // The anchor that an alias names; null, with a report, if there is none to use.
  const Anchor* FindAnchor(const Event& alias) {
    const std::string name(View(alias->data.alias.anchor));
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) {
      Fail("yaml-alias", "no anchor `&" + name + "` stands before this alias", Range(alias));
      return nullptr;
    }
    if (!found->second.complete) {
      Fail("yaml-alias", "the alias `*" + name + "` stands inside what it repeats: it would never end",
           Range(alias));
      return nullptr;
    }
    return &found->second;
  }

  // Counts one use of an alias.
  bool Unfold(const Anchor& anchor, uint32_t depth, const Event& alias) {
    if (depth + anchor.levels > kMaxDepth) return FailDepth(alias);
    unfolded_nodes_ += tree_.node(anchor.node).after - anchor.node;
    unfolded_bytes_ += anchor.text_bytes;
    if (unfolded_nodes_ > kMaxUnfoldedNodes || unfolded_bytes_ > kMaxUnfoldedBytes) {
      return Fail("yaml-alias",
                  "the aliases unfold to more than " + std::to_string(kMaxUnfoldedNodes) + " values or " +
                      std::to_string(kMaxUnfoldedBytes >> 20) + " MiB of text",
                  Range(alias));
    }
    deepest_ = std::max(deepest_, depth + anchor.levels);
    text_bytes_ += anchor.text_bytes;
    return true;
  }

  static bool IsMergeKey(const Event& key) {
    return key->type == YAML_SCALAR_EVENT && key.is_plain() && key->data.scalar.tag == nullptr &&
           key.text() == "<<";
  }

  // The value of a `<<` key: aliases of the objects that are merged in.
  bool ReadMerge(const Event& key, uint32_t depth, std::vector<Anchor>& merged) {
    Event value;
    if (!Next(value)) return false;
    if (value->type != YAML_SEQUENCE_START_EVENT) return ReadMergedAlias(key, value, depth, merged);
    for (;;) {
      Event element;
      if (!Next(element)) return false;
      if (element->type == YAML_SEQUENCE_END_EVENT) {
        last_end_ = Range(element).end;
        return true;
      }
      if (!ReadMergedAlias(key, element, depth, merged)) return false;
    }
  }

  bool ReadMergedAlias(const Event& key, const Event& alias, uint32_t depth, std::vector<Anchor>& merged) {
    if (alias->type != YAML_ALIAS_EVENT) return FailMerge(key);
    const Anchor* anchor = FindAnchor(alias);
    if (anchor == nullptr || !Unfold(*anchor, depth, alias)) return false;
    if (tree_.node(anchor->node).kind != Kind::kObject) return FailMerge(key);
    merged.push_back(*anchor);
    last_end_ = Range(alias).end;
    return true;
  }

  bool FailMerge(const Event& key) {
    return Fail("yaml-merge", "`<<` takes an alias of an object, or a list of such aliases", Range(key));
  }

  // Adds the members of `merged` to the closed `object`: its own keys win, then the earlier ones.
  void Merge(uint32_t object, uint32_t count, const std::vector<Anchor>& merged) {
    // The views stay valid: copies share the text of what they copy.
    std::unordered_set<std::string_view> keys;
    for (const Member member : Value(&tree_, object).members()) keys.insert(member.key.text());
    for (const Anchor& anchor : merged) {
      const uint32_t last = tree_.node(anchor.node).after;
      for (uint32_t key = anchor.node + 1; key < last; key = tree_.node(key + 1).after) {
        if (!keys.insert(Value(&tree_, key).text()).second) continue;
        tree_.Copy(key);
        tree_.Copy(key + 1);
        ++count;
      }
    }
    tree_.Close(object, tree_.node(object).end, count);
  }

  void EndCollection(uint32_t node, const Event& end, uint32_t count, bool is_flow) {
    // A block collection ends with its last line; libyaml's mark is where the next token starts.
    if (is_flow) last_end_ = Range(end).end;
    tree_.Close(node, last_end_, count);
  }

  bool CheckTag(const Event& event, const yaml_char_t* tag_text, std::string_view expected) {
    const std::string_view tag = View(tag_text);
    if (tag.empty() || tag == "!" || tag == std::string(kCoreTagPrefix) + std::string(expected)) return true;
    return FailTag(tag, Range(event));
  }

  SourceRange At(size_t offset) const {
    const auto begin = static_cast<uint32_t>(bom_size_ + offset);
    return {begin, begin + (offset < text_.size() ? 1 : 0)};
  }

  SourceRange Range(const Event& event) {
    const auto begin = static_cast<uint32_t>(bom_size_ + cursor_.Offset(event->start_mark.index));
    const auto end = static_cast<uint32_t>(bom_size_ + cursor_.Offset(event->end_mark.index));
    return {begin, end};
  }

  // The scalar alone: without its anchor and tag, and without the line breaks after a block.
  SourceRange ScalarRange(const Event& event) {
    SourceRange range = Range(event);
    const std::string_view whole = tree_.source()->text();
    size_t begin = range.begin;
    while (begin < range.end && (whole[begin] == '&' || whole[begin] == '!')) {
      begin = whole.find_first_not_of(" \t", whole.find_first_of(" \t\r\n", begin));
    }
    // What stands on a later line, perhaps after comments, keeps the place of its anchor or tag.
    if (begin < range.end && whole[begin] != '\n' && whole[begin] != '\r' && whole[begin] != '#') {
      range.begin = static_cast<uint32_t>(begin);
    }
    if (event->data.scalar.style == YAML_LITERAL_SCALAR_STYLE ||
        event->data.scalar.style == YAML_FOLDED_SCALAR_STYLE) {
      while (range.end > range.begin + 1 && (whole[range.end - 1] == '\n' || whole[range.end - 1] == '\r')) {
        --range.end;
      }
    }
    return range;
  }

  bool FailSyntax() {
    if (parser_.error == YAML_MEMORY_ERROR) return Fail("yaml-syntax", "not enough memory to read this", {});
    const size_t offset = parser_.error == YAML_READER_ERROR ? parser_.problem_offset
                                                             : cursor_.Offset(parser_.problem_mark.index);
    if (offset > 0 && text_.substr(offset - 1, 2) == "{%") return FailTemplate(At(offset - 1));
    std::string message = "not valid YAML: ";
    message += parser_.problem;
    if (parser_.context != nullptr) {
      message += ' ';
      message += parser_.context;
    }
    return Fail("yaml-syntax", std::move(message), At(std::min(offset, text_.size())));
  }

  bool FailEmpty(const Event& event) {
    return Fail("yaml-syntax", "there is no content: a YAML document is needed", Range(event));
  }

  bool FailTemplate(SourceRange range) {
    return Fail("yaml-template",
                "a template (`{{ }}` or `{% %}`) stands here: render the file first, or quote the text if it "
                "is meant",
                range);
  }

  bool FailTag(std::string_view tag, SourceRange range) {
    const bool is_core = tag.starts_with(kCoreTagPrefix);
    if (is_core) tag.remove_prefix(kCoreTagPrefix.size());
    return Fail("yaml-tag",
                "the tag `" + std::string(is_core ? "!!" : "") + std::string(tag) +
                    "` is not known here: remove it, or write the value itself",
                range);
  }

  bool FailDepth(const Event& event) {
    const SourceRange range = Range(event);
    return Fail("yaml-syntax",
                "nested more than " + std::to_string(kMaxDepth) +
                    " levels deep: no policy or organization needs that",
                {range.begin, range.begin + 1});
  }

  bool Fail(std::string code, std::string message, SourceRange range) {
    diagnostics_.Add(
        {.code = std::move(code), .message = std::move(message), .source = tree_.source(), .range = range});
    return false;
  }

  Tree tree_;
  Diagnostics& diagnostics_;
  const uint32_t bom_size_;
  const std::string_view text_;  // the Source's, which tree_ keeps
  OffsetCursor cursor_;
  yaml_parser_t parser_ = {};
  std::unordered_map<std::string, Anchor> anchors_;
  uint32_t deepest_ = 0;   // depth of the deepest node since the innermost open anchor
  size_t text_bytes_ = 0;  // of all scalars, those of aliases included
  uint32_t last_end_ = 0;  // where the last token of the tree ended
  size_t unfolded_nodes_ = 0;
  size_t unfolded_bytes_ = 0;
};

}  // namespace

std::optional<Tree> ParseYaml(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  return Reader(std::move(source), diagnostics).Run();
}

}  // namespace scpcheck::json

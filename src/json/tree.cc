#include "json/tree.h"

#include <utility>

#include "base/find_bytes.h"
#include "base/utf8.h"
#include "json/scan.h"

namespace scpcheck::json {

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return "null";
    case Kind::kBoolean:
      return "a boolean";
    case Kind::kNumber:
      return "a number";
    case Kind::kString:
      return "a string";
    case Kind::kArray:
      return "an array";
    case Kind::kObject:
      return "an object";
  }
  return "";
}

std::string_view Value::text() const {
  const Node& n = node();
  if (n.decoded) {
    const Tree::Text& text = tree_->texts_[n.extra];
    return std::string_view(tree_->text_bytes_).substr(text.begin, text.size);
  }
  const std::string_view token = tree_->source_->text().substr(n.begin, n.end - n.begin);
  return n.kind == Kind::kString ? token.substr(1, token.size() - 2) : token;
}

std::optional<Value> Value::Find(std::string_view name) const {
  for (const Member member : members()) {
    if (member.key.text() == name) return member.value;
  }
  return std::nullopt;
}

uint32_t Tree::Add(Kind kind, uint32_t begin, uint32_t end) {
  const auto index = static_cast<uint32_t>(nodes_.size());
  Node& added = nodes_.emplace_back();
  added.kind = kind;
  added.begin = begin;
  added.end = end;
  added.after = index + 1;
  return index;
}

uint32_t Tree::AddText(Kind kind, uint32_t begin, uint32_t end, std::string_view text) {
  const uint32_t index = Add(kind, begin, end);
  nodes_[index].decoded = true;
  nodes_[index].extra = static_cast<uint32_t>(texts_.size());
  texts_.push_back({text_bytes_.size(), text.size()});
  text_bytes_.append(text);
  return index;
}

void Tree::Close(uint32_t container, uint32_t end, uint32_t count) {
  Node& closed = nodes_[container];
  closed.end = end;
  closed.after = static_cast<uint32_t>(nodes_.size());
  closed.extra = count;
}

uint32_t Tree::Copy(uint32_t first) {
  const auto index = static_cast<uint32_t>(nodes_.size());
  const uint32_t last = nodes_[first].after;
  for (uint32_t i = first; i < last; ++i) {
    nodes_.push_back(nodes_[i]);
    nodes_.back().after += index - first;
  }
  return index;
}

namespace {

bool IsJsonString(std::string_view token) {
  if (token.size() < 2 || token.front() != '"' || token.back() != '"') return false;
  const char* const end = token.data() + token.size();
  SpecialFinder specials(token.data(), end);
  const ScanResult string = ScanString(token.data(), end, specials);
  return string.flaw == Flaw::kNone && string.next == end;
}

}  // namespace

std::shared_ptr<const Source> NestedSource(Value value) {
  const Tree& tree = value.tree();
  const Node& node = tree.node(value.index());
  std::string text;
  std::vector<uint32_t> offsets;
  const uint32_t inside_begin = node.begin + 1;
  const std::string_view inside = tree.source()->text().substr(node.begin, node.end - node.begin);
  // YAML scalars have escapes of their own, and a string that recover.h made sense of has what is no escape:
  // their text keeps the place of the string's start.
  const bool is_json_string = IsJsonString(inside);
  if (is_json_string) {
    const std::string_view body = inside.substr(1, inside.size() - 2);
    for (size_t i = 0; i < body.size();) {
      const size_t before = text.size();
      const size_t taken = AppendUnescapedPiece(body.substr(i), text);
      offsets.insert(offsets.end(), text.size() - before, inside_begin + static_cast<uint32_t>(i));
      i += taken;
    }
    offsets.push_back(node.end - 1);
  }
  if (!is_json_string || text != value.text()) {
    text = value.text();
    offsets.assign(text.size() + 1, node.begin);
  }
  return Source::Nested(tree.source(), std::move(text), std::move(offsets));
}

namespace {

void AppendEscaped(char c, std::string& out) {
  switch (c) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\r':
      out += "\\r";
      return;
    case '\t':
      out += "\\t";
      return;
    default:
      constexpr char kHex[] = "0123456789abcdef";
      out += "\\u00";
      out.push_back(kHex[c >> 4]);
      out.push_back(kHex[c & 15]);
  }
}

void AppendQuoted(std::string_view text, std::string& out) {
  out.push_back('"');
  for (;;) {
    const size_t plain = FindJsonEscape(text);
    out.append(text.substr(0, plain));
    if (plain == text.size()) break;
    AppendEscaped(text[plain], out);
    text.remove_prefix(plain + 1);
  }
  out.push_back('"');
}

void AppendCompact(Value value, std::string& out) {
  switch (value.kind()) {
    case Kind::kNull:
      out += "null";
      return;
    case Kind::kBoolean:
      out += value.truth() ? "true" : "false";
      return;
    case Kind::kNumber:
      out += value.text();
      return;
    case Kind::kString:
      AppendQuoted(value.text(), out);
      return;
    case Kind::kArray: {
      char separator = '[';
      for (const Value element : value.elements()) {
        out.push_back(std::exchange(separator, ','));
        AppendCompact(element, out);
      }
      if (separator == '[') out.push_back('[');
      out.push_back(']');
      return;
    }
    case Kind::kObject: {
      char separator = '{';
      for (const Member member : value.members()) {
        out.push_back(std::exchange(separator, ','));
        AppendQuoted(member.key.text(), out);
        out.push_back(':');
        AppendCompact(member.value, out);
      }
      if (separator == '{') out.push_back('{');
      out.push_back('}');
      return;
    }
  }
}

}  // namespace

std::string QuotedText(std::string_view text) {
  std::string out;
  AppendQuoted(text, out);
  return out;
}

std::string CompactText(Value value) {
  std::string out;
  AppendCompact(value, out);
  return out;
}

TextSize CompactSize(Value value) {
  const Tree& tree = value.tree();
  const std::string_view source = tree.source()->text();
  const auto text_at = [&](SourceRange range) { return source.substr(range.begin, range.end - range.begin); };
  const bool is_ascii = CountContinuationBytes(text_at(value.range())) == 0;
  TextSize size;
  size_t continuation_bytes = 0;
  const uint32_t end = tree.node(value.index()).after;
  for (uint32_t i = value.index(); i < end; ++i) {
    const Node& node = tree.node(i);
    if (node.kind == Kind::kArray || node.kind == Kind::kObject) {
      const size_t commas = node.extra > 0 ? node.extra - 1 : 0;
      const size_t colons = node.kind == Kind::kObject ? node.extra : 0;
      size.bytes += 2 + commas + colons;
    } else if (node.decoded) {
      const std::string text = CompactText(Value(&tree, i));
      size.bytes += text.size();
      continuation_bytes += CountContinuationBytes(text);
    } else {
      // It stands there as CompactText writes it.
      size.bytes += node.end - node.begin;
      if (!is_ascii) continuation_bytes += CountContinuationBytes(text_at({node.begin, node.end}));
    }
  }
  size.characters = size.bytes - continuation_bytes;
  return size;
}

}  // namespace scpcheck::json

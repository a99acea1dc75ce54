// Located JSON: a compact tree in which every key and value knows its bytes in the Source.
//
// Nodes lie in one array in document order; a member is its key's node followed by its value's. The tree does
// not care which syntax it came from: parse.h makes it of JSON, yaml.h of YAML.

#ifndef SCPCHECK_JSON_TREE_H_
#define SCPCHECK_JSON_TREE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scpcheck/source.h"

namespace scpcheck::json {

enum class Kind : uint8_t { kNull, kBoolean, kNumber, kString, kArray, kObject };

// With its article: "a string", "an object", "null".
std::string_view KindName(Kind kind);

struct Node {
  Kind kind = Kind::kNull;
  bool decoded = false;  // the text is not the source's bytes but entry `extra` of Tree::texts_
  bool truth = false;    // of a boolean
  uint32_t begin = 0;    // the token's bytes, quotes and brackets included
  uint32_t end = 0;
  uint32_t after = 0;  // index of the first node that is not below this one
  uint32_t extra = 0;  // see `decoded`; of arrays and objects the number of elements or members
};

class Tree;

// A cheap handle on a node. The Tree must outlive it.
class Value {
 public:
  Value(const Tree* tree, uint32_t index) : tree_(tree), index_(index) {}

  Kind kind() const { return node().kind; }
  bool is_null() const { return kind() == Kind::kNull; }
  bool is_boolean() const { return kind() == Kind::kBoolean; }
  bool is_number() const { return kind() == Kind::kNumber; }
  bool is_string() const { return kind() == Kind::kString; }
  bool is_array() const { return kind() == Kind::kArray; }
  bool is_object() const { return kind() == Kind::kObject; }

  SourceRange range() const { return {node().begin, node().end}; }
  // A string's text without escapes; a number or boolean as it is written.
  std::string_view text() const;
  bool truth() const { return node().truth; }
  // Elements of an array, members of an object.
  uint32_t size() const { return node().extra; }

  class Iterator;
  class MemberIterator;
  template <typename I>
  struct Range {
    I first, last;
    I begin() const { return first; }
    I end() const { return last; }
  };
  // Precondition: is_array(), is_object().
  Range<Iterator> elements() const;
  Range<MemberIterator> members() const;

  // The first member of that name.
  std::optional<Value> Find(std::string_view name) const;

  const Tree& tree() const { return *tree_; }
  uint32_t index() const { return index_; }

 private:
  const Node& node() const;

  const Tree* tree_;
  uint32_t index_;
};

struct Member {
  Value key;
  Value value;
};

class Tree {
 public:
  explicit Tree(std::shared_ptr<const Source> source) : source_(std::move(source)) {}

  const std::shared_ptr<const Source>& source() const { return source_; }
  // Precondition: the tree has a node.
  Value root() const { return Value(this, 0); }
  bool empty() const { return nodes_.empty(); }

  // For the parsers. Add returns the new node's index; Close sets where a container ends and counts its
  // elements.
  uint32_t Add(Kind kind, uint32_t begin, uint32_t end);
  uint32_t AddText(Kind kind, uint32_t begin, uint32_t end, std::string_view text);
  void Close(uint32_t container, uint32_t end, uint32_t count);
  void Reserve(size_t nodes) { nodes_.reserve(nodes); }
  Node& node(uint32_t index) { return nodes_[index]; }
  const Node& node(uint32_t index) const { return nodes_[index]; }
  uint32_t node_count() const { return static_cast<uint32_t>(nodes_.size()); }
  // Appends copies of the nodes [first, node(first).after) and returns the copy's index. For YAML's aliases.
  uint32_t Copy(uint32_t first);

 private:
  friend class Value;

  struct Text {
    size_t begin;
    size_t size;
  };

  std::shared_ptr<const Source> source_;
  std::vector<Node> nodes_;
  std::vector<Text> texts_;
  std::string text_bytes_;
};

inline const Node& Value::node() const {
  return tree_->nodes_[index_];
}

class Value::Iterator {
 public:
  Iterator(const Tree* tree, uint32_t index) : tree_(tree), index_(index) {}
  Value operator*() const { return Value(tree_, index_); }
  Iterator& operator++() {
    index_ = tree_->node(index_).after;
    return *this;
  }
  friend bool operator==(const Iterator& a, const Iterator& b) { return a.index_ == b.index_; }

 private:
  const Tree* tree_;
  uint32_t index_;
};

class Value::MemberIterator {
 public:
  MemberIterator(const Tree* tree, uint32_t index) : tree_(tree), index_(index) {}
  Member operator*() const { return {Value(tree_, index_), Value(tree_, index_ + 1)}; }
  MemberIterator& operator++() {
    index_ = tree_->node(index_ + 1).after;
    return *this;
  }
  friend bool operator==(const MemberIterator& a, const MemberIterator& b) { return a.index_ == b.index_; }

 private:
  const Tree* tree_;
  uint32_t index_;
};

inline Value::Range<Value::Iterator> Value::elements() const {
  return {Iterator(tree_, index_ + 1), Iterator(tree_, node().after)};
}
inline Value::Range<Value::MemberIterator> Value::members() const {
  return {MemberIterator(tree_, index_ + 1), MemberIterator(tree_, node().after)};
}

// A Source of its own for the text of a string, whose places are those of the string's characters.
// Precondition: value.is_string().
std::shared_ptr<const Source> NestedSource(Value value);

// `text` as a JSON string, in quotes.
std::string QuotedText(std::string_view text);

// The value as JSON without any white space, as AWS's console would store it.
std::string CompactText(Value value);
struct TextSize {
  size_t bytes = 0;
  size_t characters = 0;  // Unicode code points
};
// That of CompactText, without making it.
TextSize CompactSize(Value value);

}  // namespace scpcheck::json

#endif  // SCPCHECK_JSON_TREE_H_

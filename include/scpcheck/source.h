// Text that was read, and places in it.
//
// A place is kept as byte offsets into a Source; lines and columns are computed only when it is printed.

#ifndef SCPCHECK_SOURCE_H_
#define SCPCHECK_SOURCE_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace scpcheck {

// Half-open range of bytes in a Source.
struct SourceRange {
  uint32_t begin = 0;
  uint32_t end = 0;

  friend bool operator==(const SourceRange&, const SourceRange&) = default;
};

// A place as people name it. Lines and columns count from 1, columns in Unicode characters.
struct SourcePosition {
  std::string_view file;  // owned by the Source
  uint32_t line = 0;
  uint32_t column = 0;
};

// Immutable text with a name. A policy that stands as a string inside another document (the `Content` of
// DescribePolicy) is a Source of its own, whose places are those of the enclosing file.
class Source {
 public:
  // Texts are bounded so that 32-bit offsets reach everything.
  static constexpr size_t kMaxSize = 0xfffffff0;

  // Precondition: text.size() <= kMaxSize.
  static std::shared_ptr<const Source> FromText(std::string name, std::string text);

  // `outer_offsets[i]` is where the character that holds byte i of `text` starts in `outer`; one entry more
  // than bytes, for the end.
  static std::shared_ptr<const Source> Nested(std::shared_ptr<const Source> outer, std::string text,
                                              std::vector<uint32_t> outer_offsets);

  // The outermost file's name.
  const std::string& name() const { return outer_ ? outer_->name() : name_; }
  std::string_view text() const { return text_; }
  // Bytes of a leading UTF-8 byte order mark: 0 or 3. It has no column.
  uint32_t bom_size() const { return bom_size_; }

  // The text in which this one stands as a string; null for a file's own.
  const std::shared_ptr<const Source>& outer() const { return outer_; }
  // Where the character that holds a byte starts in outer(), if there is one.
  uint32_t OuterOffset(uint32_t offset) const { return outer_offsets_[offset]; }

  // Line and column of a byte, in the outermost file. An offset beyond the end means the end.
  SourcePosition Locate(uint32_t offset) const;
  // The text of the line that holds `offset` in the outermost file, without its line break.
  std::string_view LineAt(uint32_t offset) const;

 private:
  // What makes finding places in a long text quick. It is made when several have been asked for.
  struct LineIndex {
    std::vector<uint32_t> lines;              // where each begins
    std::vector<uint32_t> characters_before;  // of each block of kBlockBytes
  };
  static constexpr uint32_t kBlockBytes = 4096;

  Source() = default;
  const LineIndex& Lines() const;

  std::string name_;
  std::string text_;
  uint32_t bom_size_ = 0;
  std::shared_ptr<const Source> outer_;
  std::vector<uint32_t> outer_offsets_;
  mutable std::atomic<uint32_t> located_ = 0;
  mutable std::once_flag lines_once_;
  mutable LineIndex lines_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_SOURCE_H_

// A stream of lines, cut into blocks of whole lines, in bounded memory.

#ifndef SCPCHECK_CLI_LINE_BLOCKS_H_
#define SCPCHECK_CLI_LINE_BLOCKS_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "scpcheck/result.h"

namespace scpcheck {
class GzipStream;
}

namespace scpcheck::cli {

// A request is some hundred bytes; a line beyond this is a mistake, and is reported instead of kept.
inline constexpr size_t kMaxLineBytes = size_t{1} << 20;

struct LineBlock {
  // Whole lines, the last one perhaps without its line break.
  std::string_view text() const { return std::string_view(buffer).substr(0, size); }
  // Of the memory around the text.
  const char* readable_end() const { return buffer.data() + buffer.size(); }

  // The memory behind it is used again for the next block: fresh pages would cost more than reading them.
  std::string buffer;
  size_t size = 0;
  uint64_t first_line = 1;   // the number of the first of them
  bool is_too_long = false;  // instead of text: one line that is longer than kMaxLineBytes
};

class LineBlockReader {
 public:
  // Reads from an open file descriptor, which stays the caller's; gzip is recognised by its content, and a
  // byte order mark at the start is skipped.
  explicit LineBlockReader(int descriptor);
  ~LineBlockReader();

  // Waits for input and fills `block`, whose memory is used again. False at the end of the input, or if it
  // can't be read on: then error() is not empty.
  bool Next(LineBlock& block);
  // Whether Next would give something without waiting for the other side to write.
  bool HasInput() const;
  const std::string& error() const { return error_; }

 private:
  size_t Read(char* to, size_t size);
  size_t ReadRaw(char* to, size_t size);
  void SniffStart();

  int descriptor_;
  std::unique_ptr<GzipStream> gzip_;
  std::string raw_;  // compressed bytes, or the start of the input
  size_t raw_begin_ = 0;
  size_t raw_end_ = 0;
  std::string carry_;  // the start of a line whose end has not been read
  uint64_t next_line_ = 1;
  bool at_start_ = true;
  bool at_end_ = false;
  bool skipping_ = false;  // the rest of a line that is too long
  std::string error_;
};

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LINE_BLOCKS_H_

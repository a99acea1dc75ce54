// Reads a file of lines in windows that end with a line, into one buffer: fresh memory costs more than
// parsing what is put into it, so a yardstick that loaded the whole file would be a poor one.

#ifndef SCPCHECK_BENCH_YARDSTICK_WINDOWS_H_
#define SCPCHECK_BENCH_YARDSTICK_WINDOWS_H_

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

namespace scpcheck::bench {

class Windows {
 public:
  static constexpr size_t kPadding = 64;  // readable bytes behind each window

  // The lines that begin in [begin, end) of the file; `window` bounds the length of a line.
  Windows(int file, uint64_t begin, uint64_t end, size_t window)
      : file_(file), position_(begin), end_(end), window_(window), buffer_(window + kPadding) {}

  // False at the end, or when a line is longer than the window or the file can't be read: then failed().
  bool Next(std::string_view& lines) {
    std::memmove(buffer_.data(), buffer_.data() + used_, filled_ - used_);
    filled_ -= used_;
    used_ = 0;
    while (filled_ < window_ && position_ < end_) {
      const uint64_t wanted = std::min<uint64_t>(window_ - filled_, end_ - position_);
      const ssize_t got =
          pread(file_, buffer_.data() + filled_, static_cast<size_t>(wanted), static_cast<off_t>(position_));
      if (got <= 0) {
        failed_ = true;
        return false;
      }
      filled_ += static_cast<size_t>(got);
      position_ += static_cast<uint64_t>(got);
    }
    if (filled_ == 0) return false;
    used_ = filled_;
    if (position_ < end_) {
      const auto* last = static_cast<const char*>(memrchr(buffer_.data(), '\n', filled_));
      if (last == nullptr) {
        failed_ = true;
        return false;
      }
      used_ = static_cast<size_t>(last - buffer_.data()) + 1;
    }
    lines = std::string_view(buffer_.data(), used_);
    return true;
  }
  bool failed() const { return failed_; }

 private:
  int file_;
  uint64_t position_;
  uint64_t end_;
  size_t window_;
  std::vector<char> buffer_;
  size_t filled_ = 0;
  size_t used_ = 0;
  bool failed_ = false;
};

// Cuts a file into as many ranges as asked for, each ending with a line. None when the file can't be read.
inline std::vector<std::pair<uint64_t, uint64_t>> SplitLines(int file, size_t parts) {
  struct stat status {};
  if (fstat(file, &status) != 0) return {};
  const uint64_t size = static_cast<uint64_t>(status.st_size);
  std::vector<std::pair<uint64_t, uint64_t>> ranges;
  uint64_t begin = 0;
  for (size_t part = 1; part <= parts; ++part) {
    uint64_t end = part == parts ? size : std::max(begin, size * part / parts);
    char c = 0;
    while (end > begin && end < size && pread(file, &c, 1, static_cast<off_t>(end - 1)) == 1 && c != '\n')
      ++end;
    ranges.emplace_back(begin, end);
    begin = end;
  }
  return ranges;
}

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_YARDSTICK_WINDOWS_H_

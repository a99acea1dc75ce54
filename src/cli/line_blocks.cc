#include "cli/line_blocks.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "base/find_bytes.h"
#include "base/system_message.h"
#include "base/utf8.h"
#include "source/gzip.h"

namespace scpcheck::cli {

namespace {

// Large enough that system calls cost nothing, small enough to stay in the cache.
constexpr size_t kBlockBytes = size_t{128} << 10;
constexpr size_t kRawBytes = size_t{64} << 10;

}  // namespace

LineBlockReader::LineBlockReader(int descriptor) : descriptor_(descriptor) {}
LineBlockReader::~LineBlockReader() = default;

size_t LineBlockReader::ReadRaw(char* to, size_t size) {
  for (;;) {
    const ssize_t got = read(descriptor_, to, size);
    if (got >= 0) return static_cast<size_t>(got);
    if (errno == EINTR) continue;
    error_ = "can't read on: " + SystemMessage(errno);
    return 0;
  }
}

// Fills raw_ with enough to recognise gzip and a byte order mark.
void LineBlockReader::SniffStart() {
  at_start_ = false;
  raw_.resize(kRawBytes);
  while (raw_end_ < 3) {
    const size_t got = ReadRaw(raw_.data() + raw_end_, raw_.size() - raw_end_);
    if (got == 0) break;
    raw_end_ += got;
  }
  const std::string_view start(raw_.data(), raw_end_);
  if (IsGzip(start)) {
    gzip_ = std::make_unique<GzipStream>();
  } else if (start.starts_with(kUtf8Bom)) {
    raw_begin_ = kUtf8Bom.size();
  }
}

size_t LineBlockReader::Read(char* to, size_t size) {
  if (at_start_) SniffStart();
  if (!gzip_) {
    if (raw_begin_ == raw_end_) return ReadRaw(to, size);
    const size_t taken = std::min(size, raw_end_ - raw_begin_);
    std::memcpy(to, raw_.data() + raw_begin_, taken);
    raw_begin_ += taken;
    return taken;
  }
  for (;;) {
    if (raw_begin_ == raw_end_) {
      raw_begin_ = 0;
      raw_end_ = ReadRaw(raw_.data(), raw_.size());
      if (raw_end_ == 0) {
        if (error_.empty() && !gzip_->AtMemberEnd()) error_ = "the gzip data is cut off";
        return 0;
      }
    }
    const std::string_view input(raw_.data() + raw_begin_, raw_end_ - raw_begin_);
    const Result<GzipStream::Step> step = gzip_->Inflate(input, to, size);
    if (!step) {
      error_ = step.error().message;
      return 0;
    }
    raw_begin_ += step->consumed;
    if (step->produced > 0) return step->produced;
  }
}

bool LineBlockReader::HasInput() const {
  if (at_end_ || raw_begin_ != raw_end_) return true;
  pollfd poll_state = {descriptor_, POLLIN, 0};
  return poll(&poll_state, 1, 0) != 0;
}

bool LineBlockReader::Next(LineBlock& block) {
  block.is_too_long = false;
  block.size = 0;
  block.first_line = next_line_;
  const auto make_room = [&](size_t bytes) {
    if (block.buffer.size() < bytes) block.buffer.resize(bytes);
  };
  make_room(std::max(kBlockBytes, carry_.size() + kBlockBytes / 2));
  carry_.copy(block.buffer.data(), carry_.size());
  block.size = carry_.size();
  carry_.clear();
  while (!at_end_) {
    make_room(block.size + kBlockBytes / 2);
    const size_t got = Read(block.buffer.data() + block.size, block.buffer.size() - block.size);
    if (got == 0) {
      at_end_ = true;
      break;
    }
    std::string_view added(block.buffer.data() + block.size, got);
    if (skipping_) {
      const size_t end = added.find('\n');
      if (end == std::string_view::npos) continue;
      skipping_ = false;
      block.first_line = ++next_line_;
      // What is left starts a line like any other.
      added.remove_prefix(end + 1);
      std::memmove(block.buffer.data(), added.data(), added.size());
      added = std::string_view(block.buffer.data(), added.size());
    }
    block.size += added.size();
    const size_t last_break = added.rfind('\n');
    if (last_break != std::string_view::npos) {
      carry_.assign(added.substr(last_break + 1));
      block.size -= carry_.size();
      break;
    }
    if (block.size > kMaxLineBytes) {
      skipping_ = true;
      block.size = 0;
      block.is_too_long = true;
      return true;
    }
  }
  if (block.size == 0) return false;
  next_line_ += CountByte(block.text(), '\n');
  return true;
}

}  // namespace scpcheck::cli

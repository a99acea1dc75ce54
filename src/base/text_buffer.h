// Text that grows at its end, for writers that know beforehand how much room a piece takes at most.

#ifndef SCPCHECK_BASE_TEXT_BUFFER_H_
#define SCPCHECK_BASE_TEXT_BUFFER_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace scpcheck {

class TextBuffer {
 public:
  std::string_view text() const { return {data_.get(), size_}; }
  size_t size() const { return size_; }
  void Clear() { size_ = 0; }

  // Room for `bytes` more at the end. What is written there counts once Commit names its end.
  char* Reserve(size_t bytes) {
    if (capacity_ - size_ < bytes) Grow(bytes);
    return data_.get() + size_;
  }
  void Commit(const char* end) { size_ = static_cast<size_t>(end - data_.get()); }

 private:
  void Grow(size_t bytes) {
    const size_t capacity = std::max(capacity_ * 2, size_ + bytes);
    // Not set to zero: everything is written before it is read.
    std::unique_ptr<char[]> data(new char[capacity]);
    if (size_ > 0) std::memcpy(data.get(), data_.get(), size_);
    data_ = std::move(data);
    capacity_ = capacity;
  }

  std::unique_ptr<char[]> data_;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_TEXT_BUFFER_H_

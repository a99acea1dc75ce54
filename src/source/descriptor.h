// Owns a file descriptor.

#ifndef SCPCHECK_SOURCE_DESCRIPTOR_H_
#define SCPCHECK_SOURCE_DESCRIPTOR_H_

#include <unistd.h>

namespace scpcheck {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  // The standard streams stay open.
  ~Descriptor() {
    if (fd_ > STDERR_FILENO) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_SOURCE_DESCRIPTOR_H_

#include "cli/progress.h"

#include "base/grouped.h"

namespace scpcheck::cli {

void Progress::Show(uint64_t done) {
  if (!environment_.shows_progress) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + std::chrono::milliseconds(200);
  std::string line = "\r" + Grouped(done);
  if (total_ > 0) line += " of " + Grouped(total_);
  is_shown_ = true;
  // To the end of the line, where a longer one may have been.
  static_cast<void>(environment_.err.Write(line + " " + what_ + "\x1b[K"));
}

void Progress::End() {
  if (is_shown_) static_cast<void>(environment_.err.Write("\r\x1b[K"));
  is_shown_ = false;
}

}  // namespace scpcheck::cli

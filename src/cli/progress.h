// Tells somebody who watches that long work goes on.

#ifndef SCPCHECK_CLI_PROGRESS_H_
#define SCPCHECK_CLI_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "cli/environment.h"

namespace scpcheck::cli {

// One line on the terminal of standard error, rewritten now and then and taken away at the end. Of short work
// nothing is seen; nor if results go to the same terminal, where they are progress enough.
class Progress {
 public:
  // `total`: 0 if it is not known. `what` are counted, such as "requests".
  Progress(Environment& environment, uint64_t total, std::string_view what)
      : environment_(environment), total_(total), what_(what) {}
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { End(); }

  // So many are done. Cheap enough to be called some thousand times a second.
  void Show(uint64_t done);
  void End();

 private:
  using Clock = std::chrono::steady_clock;

  Environment& environment_;
  uint64_t total_;
  std::string what_;
  Clock::time_point next_ = Clock::now() + std::chrono::seconds(1);
  bool is_shown_ = false;
};

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_PROGRESS_H_

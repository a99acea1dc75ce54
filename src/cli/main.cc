#include <fcntl.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <exception>
#include <initializer_list>
#include <new>

#include "base/check.h"
#include "cli/exit_code.h"
#include "cli/flags.h"

namespace {

// A file that takes the number of a closed standard stream would get what is meant for that. What stands in
// for it is opened the wrong way round, so that using it fails.
void HoldStandardStreams() {
  for (const int descriptor : {0, 1, 2}) {
    if (fcntl(descriptor, F_GETFD) != -1 || errno != EBADF) continue;
    open("/dev/null", descriptor == 0 ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace

int main(int argc, char** argv) {
  HoldStandardStreams();
  // A reader that goes away is an error of write(2), which sinks handle.
  std::signal(SIGPIPE, SIG_IGN);
  // So is a file that would grow beyond what is allowed.
  std::signal(SIGXFSZ, SIG_IGN);
  try {
    return scpcheck::cli::Main(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fprintf(stderr, "scpcheck: there is not enough memory for this\n");
    return scpcheck::cli::kExitUsage;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "scpcheck: internal error: %s\n", exception.what());
  }
  return scpcheck::kExitInternalError;
}

#include <csignal>
#include <cstdio>
#include <exception>

#include "base/check.h"
#include "cli/flags.h"

int main(int argc, char** argv) {
  // A reader that goes away is an error of write(2), which sinks handle.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return scpcheck::cli::Main(argc, argv);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "scpcheck: internal error: %s\n", exception.what());
  }
  return scpcheck::kExitInternalError;
}

#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace scpcheck {

void CheckFailed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "scpcheck: internal error: check `%s` failed at %s:%d\n", condition, file, line);
  std::fflush(stderr);
  std::_Exit(kExitInternalError);
}

}  // namespace scpcheck

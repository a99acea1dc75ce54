// Runs a command and says what it took:
//
//   measure OUT-FILE COMMAND [ARGUMENT]...
//
// The command's stdout goes to OUT-FILE (such as /dev/null). One line on this program's own stdout:
// nanoseconds, CPU microseconds, peak resident kilobytes, minor page faults, exit status (-1 for a signal).
//
// A program of its own, linked statically: Linux counts the memory of whoever starts a program into the
// program's peak, and a Python interpreter would hide the 10 MB that are to be measured.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdio>
#include <cstring>

extern char** environ;

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: measure OUT-FILE COMMAND [ARGUMENT]...\n");
    return 2;
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, argv[1], O_WRONLY | O_CREAT | O_TRUNC, 0644);

  const auto start = std::chrono::steady_clock::now();
  pid_t child = 0;
  if (const int error = posix_spawnp(&child, argv[2], &actions, nullptr, argv + 2, environ); error != 0) {
    std::fprintf(stderr, "%s: %s\n", argv[2], std::strerror(error));
    return 2;
  }
  int status = 0;
  struct rusage usage {};
  if (wait4(child, &status, 0, &usage) < 0) return 2;
  const auto end = std::chrono::steady_clock::now();

  const auto micros = [](const timeval& time) {
    return static_cast<long long>(time.tv_sec) * 1'000'000 + time.tv_usec;
  };
  std::printf(
      "%lld %lld %ld %ld %d\n",
      static_cast<long long>(std::chrono::duration_cast<std::chrono::nanoseconds>(end - start).count()),
      micros(usage.ru_utime) + micros(usage.ru_stime), usage.ru_maxrss, usage.ru_minflt,
      WIFEXITED(status) ? WEXITSTATUS(status) : -1);
  return 0;
}

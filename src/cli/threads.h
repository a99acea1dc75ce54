// Threads that may fail.

#ifndef SCPCHECK_CLI_THREADS_H_
#define SCPCHECK_CLI_THREADS_H_

#include <cstddef>
#include <functional>
#include <thread>
#include <vector>

namespace scpcheck::cli {

// Starts up to `count` threads, fewer where the system gives no more.
std::vector<std::thread> StartThreads(size_t count, const std::function<void()>& work);

// Runs `work` on this thread and up to `count` - 1 others until all have returned. What one of them throws is
// thrown here.
void RunOnThreads(size_t count, const std::function<void()>& work);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_THREADS_H_

#include "cli/threads.h"

#include <exception>
#include <mutex>
#include <system_error>

namespace scpcheck::cli {

std::vector<std::thread> StartThreads(size_t count, const std::function<void()>& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  try {
    while (threads.size() < count) threads.emplace_back(work);
  } catch (const std::system_error&) {
    // A limit on processes or memory: those that there are will do.
  }
  return threads;
}

void RunOnThreads(size_t count, const std::function<void()>& work) {
  std::mutex mutex;
  std::exception_ptr failure;
  const auto guarded = [&] {
    try {
      work();
    } catch (...) {
      const std::lock_guard lock(mutex);
      failure = std::current_exception();
    }
  };
  std::vector<std::thread> threads = StartThreads(count > 0 ? count - 1 : 0, guarded);
  guarded();
  for (std::thread& thread : threads) thread.join();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace scpcheck::cli

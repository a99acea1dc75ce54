// What the environment says about random tests.
#ifndef SCPCHECK_TESTS_PROPERTY_ENVIRONMENT_H_
#define SCPCHECK_TESTS_PROPERTY_ENVIRONMENT_H_

#include <cstdint>
#include <cstdlib>

namespace scpcheck::property {

// The number in an environment variable, or `fallback` if it isn't set.
inline uint64_t NumberFromEnvironment(const char* name, uint64_t fallback) {
  const char* const text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// SCPCHECK_SEED repeats a run.
inline uint64_t Seed() {
  return NumberFromEnvironment("SCPCHECK_SEED", 1);
}

// Debug and sanitizer builds do a part of the work.
#if defined(NDEBUG) && !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
inline constexpr bool kThorough = true;
#else
inline constexpr bool kThorough = false;
#endif

}  // namespace scpcheck::property

#endif  // SCPCHECK_TESTS_PROPERTY_ENVIRONMENT_H_

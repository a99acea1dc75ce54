// A failed check is a bug of ours: the program says where and ends with exit code 70, never with a decision.

#ifndef SCPCHECK_BASE_CHECK_H_
#define SCPCHECK_BASE_CHECK_H_

namespace scpcheck {

inline constexpr int kExitInternalError = 70;

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line);

}  // namespace scpcheck

#define SCPCHECK_CHECK(condition)                      \
  (static_cast<bool>(condition) ? static_cast<void>(0) \
                                : ::scpcheck::CheckFailed(#condition, __FILE__, __LINE__))

#endif  // SCPCHECK_BASE_CHECK_H_

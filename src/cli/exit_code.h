// Exit codes: a contract with scripts.

#ifndef SCPCHECK_CLI_EXIT_CODE_H_
#define SCPCHECK_CLI_EXIT_CODE_H_

namespace scpcheck::cli {

inline constexpr int kExitOk = 0;           // allowed, clean, as expected
inline constexpr int kExitNo = 1;           // denied, findings, not as expected
inline constexpr int kExitUsage = 2;        // wrong usage, or an input that could not be read or decided
inline constexpr int kExitConditional = 3;  // some allowed, some denied

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_EXIT_CODE_H_

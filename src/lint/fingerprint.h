// What a finding is recognised by, in baselines and in the tools that show findings.

#ifndef SCPCHECK_LINT_FINGERPRINT_H_
#define SCPCHECK_LINT_FINGERPRINT_H_

#include <string>
#include <string_view>

namespace scpcheck {

// The first 32 hexadecimal digits of the SHA-256 of the parts, joined by NUL. `path` is relative to the
// folder of the configuration; `statement` is the normal form of the statement, empty for findings about the
// document; `offender` the value or key at fault, empty if there is none.
std::string Fingerprint(std::string_view rule, std::string_view path, std::string_view statement,
                        std::string_view offender);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_FINGERPRINT_H_

// What a finding is recognised by, in baselines and in the tools that show findings.

#ifndef SCPCHECK_LINT_FINGERPRINT_H_
#define SCPCHECK_LINT_FINGERPRINT_H_

#include <sha256.h>

#include <string>
#include <string_view>

namespace scpcheck {

// What the findings of a rule in a statement share, which are many, and statements are long.
class FingerprintStart {
 public:
  // `path` is relative to the folder of the configuration; `statement` is the normal form of the statement,
  // empty for findings about the document.
  FingerprintStart(std::string_view rule, std::string_view path, std::string_view statement);
  // The first 32 hexadecimal digits of the SHA-256 of the parts, joined by NUL. `offender` is the value or
  // key at fault, empty if there is none.
  std::string Of(std::string_view offender) const;

 private:
  SHA256_CTX context_;  // of all before the offender
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_FINGERPRINT_H_

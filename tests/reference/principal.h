// Who makes a request.
#ifndef SCPCHECK_TESTS_REFERENCE_PRINCIPAL_H_
#define SCPCHECK_TESTS_REFERENCE_PRINCIPAL_H_

#include <string>

namespace scpcheck::reference {

struct Principal {
  enum class Kind { kUnknown, kRoot, kUser, kRole, kRoleOfUnknownPath, kFederatedUser, kService };
  Kind kind = Kind::kUnknown;
  std::string arn;                          // kRoot, kUser, kRole, kFederatedUser
  std::string account;                      // empty when it names none
  bool service_linked = false;              // E-12: it, or all that fit the pattern
  bool may_be_service_linked_only = false;  // a pattern: not known that any other principal fits
};

// `account` is that of the request, if it is given: for patterns, and for the word `root`. Throws
// std::runtime_error when `text` is neither a principal nor a pattern.
Principal ParsePrincipal(const std::string& text, const std::string& account, const std::string& partition);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_PRINCIPAL_H_

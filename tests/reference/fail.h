// How what can't be read as an organization or a request is reported.
#ifndef SCPCHECK_TESTS_REFERENCE_FAIL_H_
#define SCPCHECK_TESTS_REFERENCE_FAIL_H_

#include <stdexcept>
#include <string>

namespace scpcheck::reference {

[[noreturn]] inline void Fail(const std::string& message) {
  throw std::runtime_error(message);
}

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_FAIL_H_

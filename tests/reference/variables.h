// Variables of policies: `${aws:PrincipalTag/team}` stands for what the request says of the key.
#ifndef SCPCHECK_TESTS_REFERENCE_VARIABLES_H_
#define SCPCHECK_TESTS_REFERENCE_VARIABLES_H_

#include "pattern.h"
#include "reference.h"
#include "request.h"

namespace scpcheck::reference {

enum class Replaced {
  kAll,
  kUnknown,     // the request leaves a value open
  kUnresolved,  // the request has no such value, so that the pattern can't match
};

// Puts the values of its variables into a pattern, as plain text (V-08).
Replaced ReplaceVariables(const Pattern& pattern, const Request& request, const KeyArity& key_arity,
                          Pattern& replaced);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_VARIABLES_H_

// Whether a condition holds: the operators, and the set operators around them.
#ifndef SCPCHECK_TESTS_REFERENCE_CONDITION_H_
#define SCPCHECK_TESTS_REFERENCE_CONDITION_H_

#include "policy.h"
#include "reference.h"
#include "request.h"
#include "values.h"

namespace scpcheck::reference {

// `key_arity` tells which variables resolve.
Truth Holds(const Condition& condition, const Request& request, const KeyArity& key_arity);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_CONDITION_H_

// What a statement says, apart from how it is written: case of actions, keys and operators, order, lists of
// one, the Sid.

#ifndef SCPCHECK_LINT_NORMAL_FORM_H_
#define SCPCHECK_LINT_NORMAL_FORM_H_

#include <string>

#include "scpcheck/policy.h"

namespace scpcheck {

// Two statements with the same normal form decide every request alike. Not meant for people.
std::string NormalForm(const Statement& statement);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_NORMAL_FORM_H_

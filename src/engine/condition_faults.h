// Conditions that are decided by a rule (G-04a), but hardly mean what their author thinks.

#ifndef SCPCHECK_ENGINE_CONDITION_FAULTS_H_
#define SCPCHECK_ENGINE_CONDITION_FAULTS_H_

#include "scpcheck/diagnostic.h"
#include "scpcheck/policy.h"

namespace scpcheck {

// Values that their operator can't compare with anything (C-12, C-13, C-15, C-22), and `Null` under a set
// operator (C-16). Dates that mean what AWS does not say are warnings.
void FindConditionFaults(const Policy& policy, Diagnostics& diagnostics);

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_CONDITION_FAULTS_H_

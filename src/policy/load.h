// Located JSON to a policy.

#ifndef SCPCHECK_POLICY_LOAD_H_
#define SCPCHECK_POLICY_LOAD_H_

#include "json/tree.h"
#include "scpcheck/policy.h"

namespace scpcheck {

// Reads `document` as a policy. Errors of the JSON text itself (equal keys) are the caller's to add.
Policy LoadPolicy(json::Value document);

}  // namespace scpcheck

#endif  // SCPCHECK_POLICY_LOAD_H_

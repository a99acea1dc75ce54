// What a policy lets through: many SCPs only deny beside AWS's FullAWSAccess, others list what is allowed.

#ifndef SCPCHECK_LINT_RULES_PATTERNS_ALLOWED_ACTIONS_H_
#define SCPCHECK_LINT_RULES_PATTERNS_ALLOWED_ACTIONS_H_

#include <vector>

#include "catalog/catalogue.h"
#include "lint/policy_view.h"

namespace scpcheck {

// The catalogue's actions that some Allow of a policy names, for whatever resources and under whatever
// conditions; all actions if the policy has no Allow, since it then stands beside FullAWSAccess. To deny what
// is not among them changes nothing. A statement with a template token in NotAction names nothing for
// certain.
class AllowedActions {
 public:
  explicit AllowedActions(const PolicyView& policy);

  bool Has(ActionId action) const { return allowed_[static_cast<size_t>(action)]; }

 private:
  std::vector<bool> allowed_;  // by action
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_PATTERNS_ALLOWED_ACTIONS_H_

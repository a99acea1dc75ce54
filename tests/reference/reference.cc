#include "reference.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "condition.h"
#include "organization.h"
#include "pattern.h"
#include "policy.h"
#include "request.h"
#include "values.h"
#include "variables.h"

namespace scpcheck::reference {
namespace {

class Evaluator {
 public:
  Evaluator(const Organization::Model& model, const Request& request) : model_(model), request_(request) {}

  Truth Applies(const Statement& statement) const {
    Truth truth = FromBool(ActionApplies(statement));
    if (truth == Truth::kFalse || statement.never_matches) return Truth::kFalse;
    truth = And(truth, ResourceApplies(statement));
    for (const Condition& condition : statement.conditions) {  // C-01, C-04
      if (truth == Truth::kFalse) return truth;
      truth = And(truth, Holds(condition, request_, model_.key_arity));
    }
    return truth;
  }

 private:
  // G-10, G-11
  bool ActionApplies(const Statement& statement) const {
    bool listed = false;
    for (const std::string& regex : statement.actions) listed = listed || FullMatch(regex, request_.action);
    return listed != statement.not_action;
  }

  // G-11
  Truth ResourceApplies(const Statement& statement) const {
    Truth listed = Truth::kFalse;
    for (const ResourcePattern& resource : statement.resources) listed = Or(listed, Matches(resource));
    return statement.not_resource ? Not(listed) : listed;
  }

  Truth Matches(const ResourcePattern& resource) const {
    if (resource.everything) return Truth::kTrue;
    if (resource.parts.empty()) return Truth::kFalse;
    if (request_.resource_kind == Request::Resource::kStar) return Truth::kFalse;
    bool unknown = request_.resource_kind == Request::Resource::kUnknown;
    // a `*` that ends a segment runs past colons, other wildcards stay in theirs; the sixth has no
    // bounds.
    std::string regex;
    for (size_t i = 0; i < resource.parts.size(); ++i) {
      Pattern part;
      switch (ReplaceVariables(resource.parts[i], request_, model_.key_arity, part)) {
        case Replaced::kAll:
          break;
        case Replaced::kUnknown:
          unknown = true;
          continue;
        case Replaced::kUnresolved:
          return Truth::kFalse;  // V-06
      }
      if (i > 0) regex += ':';
      regex += i < 5 ? Regex(part, "[^:]*", ".*", "[^:]") : Regex(part, ".*", ".*", ".");
    }
    return unknown ? Truth::kUnknown : FromBool(FullMatch(regex, request_.resource));
  }

  const Organization::Model& model_;
  const Request& request_;
};

Decision Exempt(const char* reason) {
  return {"allowed", reason, "", "", "", std::nullopt, true};
}

}  // namespace

Decision Decide(const Organization& organization, const nlohmann::json& node) {
  const Organization::Model& model = organization.model();
  const Request request = ParseRequest(model, node);

  // The first reason that fits (contract, 'A decision').
  if (!model.scps_enabled) return Exempt("scpNotEnabled");                                     // E-20
  if (request.account_id == model.management_account) return Exempt("managementAccount");      // E-11
  if (request.principal.service_linked) return Exempt("serviceLinkedRole");                    // E-12
  if (request.principal.kind == Principal::Kind::kService) return Exempt("servicePrincipal");  // E-14
  if (request.action == "sts:getcalleridentity") return Exempt("noPermissionRequired");        // E-17

  const Evaluator evaluator(model, request);
  Decision denied;                                 // by the first Deny that certainly applies
  bool earlier_deny = false, some_deny = false;    // that may apply
  std::string closed;                              // the first level that certainly allows nothing
  bool earlier_level = false, some_level = false;  // that may allow nothing
  for (const Level& level : request.account->levels) {
    Truth allows = Truth::kFalse;  // E-02
    for (const auto& policy : level.policies) {
      for (size_t i = 0; i < policy->statements.size(); ++i) {
        const Statement& statement = policy->statements[i];
        const Truth applies = evaluator.Applies(statement);
        if (!statement.deny) {
          allows = Or(allows, applies);
        } else if (applies == Truth::kUnknown) {
          some_deny = true;
          earlier_deny = earlier_deny || denied.decision.empty();
        } else if (applies == Truth::kTrue && denied.decision.empty()) {
          denied = {"denied",      "explicitDeny",      level.node, policy->id,
                    statement.sid, static_cast<int>(i), false};
        }
      }
    }
    if (allows == Truth::kFalse && closed.empty()) closed = level.node;  // E-01, E-03
    if (allows == Truth::kUnknown) {
      some_level = true;
      earlier_level = earlier_level || closed.empty();
    }
  }

  if (request.principal.may_be_service_linked_only) return {"undecided", "", "", "", "", std::nullopt, false};
  if (!denied.decision.empty()) {
    denied.place_certain = !earlier_deny;
    return denied;
  }
  if (!closed.empty()) {
    return {"denied", "implicitDeny", closed, "", "", std::nullopt, !some_deny && !earlier_level};
  }
  if (some_deny || some_level) return {"undecided", "", "", "", "", std::nullopt, false};
  return {"allowed", "allowedAtEveryLevel", "", "", "", std::nullopt, true};
}

}  // namespace scpcheck::reference

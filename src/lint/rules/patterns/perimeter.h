// What the rules about perimeters and tags share: how requests from outside of a network, of an organization
// or without a tag are told, and tests that are added to a condition.

#ifndef SCPCHECK_LINT_RULES_PATTERNS_PERIMETER_H_
#define SCPCHECK_LINT_RULES_PATTERNS_PERIMETER_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/policy_view.h"
#include "lint/value_sets.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// Keys of the VPC endpoint that a request came through, that every service puts into its requests.
inline constexpr std::string_view kEndpointKeys[] = {"aws:SourceVpc", "aws:SourceVpce", "aws:VpcSourceIp"};
// The same, of some services only: data/vpce-key-services.tsv.
inline constexpr std::string_view kEndpointOwnerKeys[] = {"aws:SourceVpcArn", "aws:VpceAccount",
                                                          "aws:VpceOrgID", "aws:VpceOrgPaths"};

// Whether the test is on one of the keys, in any case.
bool IsOneOf(const ConditionClause& clause, std::span<const std::string_view> keys);
bool HasTestOf(const StatementView& view, std::span<const std::string_view> keys);

// A negated test, of one value or of all, that a request without the key passes, too (C-03): it holds for
// whatever is outside of what it lists.
bool HoldsOutside(const ConditionClause& clause);

// Whether the statement is only about requests that came through a VPC endpoint.
bool DemandsEndpoint(const StatementView& view);

// Whether the test holds for a request in which its key is `value`.
Truth3 HoldsFor(const StatementView& view, const ConditionClause& clause, std::string_view value);

// Whether the statement is only about calls that AWS services make for principals.
bool IsOnlyAboutServiceCalls(const StatementView& view);

// The statement's actions, ascending, without those that the policy does not allow anyway, that its Resource
// element can't match, and whose requests never carry a key that one of its tests needs. Where the actions
// are those of all services, only those of the services that the ARNs name: others may take such resources,
// too, but are not what is meant.
std::vector<ActionId> ReachableActions(const StatementView& view);
// Those of `actions` that are in `others`, too; all ascending.
std::vector<ActionId> Common(const std::vector<ActionId>& actions, const std::vector<ActionId>& others);

// The ARN, which is written for the partition `aws` and may have `*` in it, if the Resource or NotResource
// element leaves everything in the statement that it stands for, whatever the element's texts will be: in the
// partition that they are about. A `*` for the account stands for one account, if an entry is only about
// that. What NotResource spares a part of is taken for spared. Nothing, too, if the list is longer than a
// policy has room for.
std::optional<std::string> Reaches(const StatementView& view, std::string_view arn);

// Adds `"operator": {"key": "value"}` to the condition. Nothing if that operator tests the key already.
std::optional<std::vector<TextEdit>> AddTest(const StatementView& view, std::string_view op,
                                             std::string_view key, std::string_view value);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_PATTERNS_PERIMETER_H_

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

// Whether the Resource or NotResource element leaves everything in the statement that an ARN with `*` in it
// stands for, whatever its texts will be. What NotResource spares a part of is taken for spared. False, too,
// if the list is longer than a policy has room for.
bool Reaches(const StatementView& view, std::string_view arn);

// Adds `"operator": {"key": "value"}` to the condition. Nothing if that operator tests the key already.
std::optional<std::vector<TextEdit>> AddTest(const StatementView& view, std::string_view op,
                                             std::string_view key, std::string_view value);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_PATTERNS_PERIMETER_H_

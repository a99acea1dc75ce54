// The answers of `aws organizations` calls as they were saved: a file each in a directory, or a line each in
// one file of JSON lines. What they say about the organization is gathered in aws_facts.h.

#ifndef SCPCHECK_ORG_IMPORT_AWS_ANSWERS_H_
#define SCPCHECK_ORG_IMPORT_AWS_ANSWERS_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "json/tree.h"
#include "org/import/importer.h"
#include "scpcheck/source.h"

namespace scpcheck {

enum class AwsOperation : uint8_t {
  kDescribeAccount,
  kDescribeEffectivePolicy,
  kDescribeOrganization,
  kDescribeOrganizationalUnit,
  kDescribePolicy,
  kListAccounts,
  kListAccountsForParent,
  kListChildren,
  kListOrganizationalUnitsForParent,
  kListParents,
  kListPolicies,
  kListPoliciesForTarget,
  kListRoots,
  kListTargetsForPolicy,
};

// The CLI's name, such as `list-roots`.
std::string_view AwsOperationName(AwsOperation operation);

struct AwsAnswer {
  AwsOperation operation;
  // What the request was about and the response does not repeat: its ParentId, ChildId, TargetId, PolicyId
  // ...
  std::string subject;
  // The request's Filter or ChildType, if it is known.
  std::string variant;
  // The answer's one member, such as the value of `Roots`: an array for the List operations, else an object.
  json::Value content;
  std::shared_ptr<const Source> source;
};

// Whether the directory or file looks like saved answers. Of a file only the first line is read.
bool HoldsAwsAnswers(const ImportInput& input);

// Calls `use` for every answer; its tree is gone afterwards. Reports answers that can't be read, that stand
// twice, and listings that are cut off.
void ForEachAwsAnswer(ImportInput& input, const std::function<void(const AwsAnswer&)>& use);

// AWS's forms of ids. Each returns the length of the longest id at the start of `text`, or 0.
size_t AwsOrganizationIdLength(std::string_view text);
size_t AwsRootIdLength(std::string_view text);
size_t AwsUnitIdLength(std::string_view text);
size_t AwsAccountIdLength(std::string_view text);
size_t AwsPolicyIdLength(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_ORG_IMPORT_AWS_ANSWERS_H_

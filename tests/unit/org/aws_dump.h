// A saved `aws organizations` output that is complete, for tests to change.

#ifndef SCPCHECK_TESTS_UNIT_ORG_AWS_DUMP_H_
#define SCPCHECK_TESTS_UNIT_ORG_AWS_DUMP_H_

#include <map>
#include <string>
#include <string_view>

#include "loading.h"

namespace scpcheck {

using FileMap = std::map<std::string, std::string>;

// A small organization: the management account in the root, `Dev` in the OU `Stages`.
inline FileMap Dump() {
  return {
      {"dump/describe-organization.json",
       R"({"Organization": {"Id": "o-exampleorg1",
  "Arn": "arn:aws:organizations::999999999999:organization/o-exampleorg1",
  "MasterAccountId": "999999999999"}})"},
      {"dump/list-roots.json",
       R"({"Roots": [{"Id": "r-abcd", "Name": "Root",
  "PolicyTypes": [{"Type": "TAG_POLICY", "Status": "ENABLED"},
                  {"Type": "SERVICE_CONTROL_POLICY", "Status": "ENABLED"}]}]})"},
      {"dump/list-accounts.json",
       R"({"Accounts": [{"Id": "999999999999", "Name": "Management", "Status": "ACTIVE", "State": "ACTIVE"},
  {"Id": "111111111111", "Name": "Dev", "Status": "SUSPENDED", "State": "CLOSED"}]})"},
      {"dump/list-organizational-units-for-parent/r-abcd.json",
       R"({"OrganizationalUnits": [{"Id": "ou-abcd-11111111", "Name": "Stages",
  "Path": "o-exampleorg1/r-abcd/ou-abcd-11111111/"}]})"},
      {"dump/list-organizational-units-for-parent/ou-abcd-11111111.json", R"({"OrganizationalUnits": []})"},
      {"dump/list-accounts-for-parent/r-abcd.json",
       R"({"Accounts": [{"Id": "999999999999", "Name": "Management"}]})"},
      {"dump/list-accounts-for-parent/ou-abcd-11111111.json",
       R"({"Accounts": [{"Id": "111111111111", "Name": "Dev",
  "Paths": ["o-exampleorg1/r-abcd/ou-abcd-11111111/111111111111/"]}]})"},
      {"dump/list-policies/SERVICE_CONTROL_POLICY.json",
       R"({"Policies": [{"Id": "p-FullAWSAccess", "Name": "FullAWSAccess", "AwsManaged": true,
  "Type": "SERVICE_CONTROL_POLICY"},
 {"Id": "p-region01", "Name": "RegionGuard", "AwsManaged": false, "Type": "SERVICE_CONTROL_POLICY"}]})"},
      {"dump/describe-policy/p-region01.json",
       R"({"Policy": {"PolicySummary": {"Id": "p-region01", "Name": "RegionGuard"},
  "Content": "{\"Version\":\"2012-10-17\",\n\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}}"}})"},
      {"dump/list-policies-for-target/r-abcd.json", R"({"Policies": [{"Id": "p-FullAWSAccess"}]})"},
      {"dump/list-policies-for-target/ou-abcd-11111111.json",
       R"({"Policies": [{"Id": "p-FullAWSAccess"},
  {"Id": "p-region01"}]})"},
      {"dump/list-policies-for-target/999999999999.json", R"({"Policies": [{"Id": "p-FullAWSAccess"}]})"},
      {"dump/list-policies-for-target/111111111111.json", R"({"Policies": [{"Id": "p-FullAWSAccess"}]})"},
  };
}

inline constexpr std::string_view kDumpDescribed =
    R"(o-exampleorg1 aws management 999999999999 scps on
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
p-region01 RegionGuard SERVICE_CONTROL_POLICY
  - deny ec2:* on *
r-abcd /: p-FullAWSAccess
ou-abcd-11111111 /Stages: p-FullAWSAccess p-region01
999999999999 /Management r-abcd ACTIVE: p-FullAWSAccess
111111111111 /Stages/Dev ou-abcd-11111111 CLOSED: p-FullAWSAccess
)";

inline std::string LoadDescribed(const FileMap& files, const LoadOptions& options = {}) {
  const Loading loading = Load(files, "dump", options);
  return loading.organization ? Describe(*loading.organization) : loading.error;
}

}  // namespace scpcheck

#endif  // SCPCHECK_TESTS_UNIT_ORG_AWS_DUMP_H_

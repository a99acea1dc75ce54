// The output of `aws organizations`, in a directory or as JSON lines.

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "loading.h"

namespace scpcheck {
namespace {

using FileMap = std::map<std::string, std::string>;

// A small organization: the management account in the root, `Dev` in the OU `Stages`.
FileMap Dump() {
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

constexpr std::string_view kDumpDescribed =
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

std::string LoadDescribed(const FileMap& files, const LoadOptions& options = {}) {
  const Loading loading = Load(files, "dump", options);
  return loading.organization ? Describe(*loading.organization) : loading.error;
}

TEST(AwsOutput, Directory) {
  const Loading loading = Load(Dump(), "dump");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization), kDumpDescribed);
  EXPECT_EQ(loading.AllDiagnostics(), "");
  EXPECT_EQ(loading.organization->source, nullptr);
}

// What tools/collect-organization writes.
TEST(AwsOutput, CollectedDirectory) {
  const Loading loading = Load(DiskFiles(), std::string(SCPCHECK_TESTDATA_DIR) + "/aws-output");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(loading.AllDiagnostics(), "");
  EXPECT_EQ(Describe(*loading.organization), R"(o-lab7example aws management 700000000001 scps on
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
p-keeplogs1 KeepLogs SERVICE_CONTROL_POLICY
  DenyStop deny cloudtrail:StopLogging cloudtrail:DeleteTrail on * if ArnNotLike aws:PrincipalArn arn:aws:iam::*:role/Prüfung
p-sensors_1 SensorServices SERVICE_CONTROL_POLICY
  AllowSensors allow iot:* kinesis:Put* on *
p-unused001 Unused SERVICE_CONTROL_POLICY
  - deny * on *
r-k3m9 /: p-FullAWSAccess p-keeplogs1
ou-k3m9-research1 /Research: p-FullAWSAccess
ou-k3m9-fieldwork /Field\/Work: p-FullAWSAccess
ou-k3m9-sensors01 /Field\/Work/Sensors: p-sensors_1
700000000001 /Lab Billing r-k3m9 ACTIVE: p-FullAWSAccess
000700000002 /Research/Telescope ou-k3m9-research1 ACTIVE: p-FullAWSAccess
700000000004 /Field\/Work/Depot ou-k3m9-fieldwork CLOSED: p-FullAWSAccess
700000000003 /Field\/Work/Sensors/Boje Süd ou-k3m9-sensors01 ACTIVE: p-FullAWSAccess
)");
}

TEST(AwsOutput, PiecesThatOtherPiecesReplace) {
  // Without the listings by parent, Paths tell where accounts are.
  FileMap files = Dump();
  files.erase("dump/list-accounts-for-parent/r-abcd.json");
  files.erase("dump/list-accounts-for-parent/ou-abcd-11111111.json");
  files["dump/list-accounts.json"] =
      R"({"Accounts": [{"Id": "999999999999", "Name": "Management", "Status": "ACTIVE",
  "Paths": ["o-exampleorg1/r-abcd/999999999999/"]}, {"Id": "111111111111", "Name": "Dev", "State": "CLOSED",
  "Paths": ["o-exampleorg1/r-abcd/ou-abcd-11111111/111111111111/"]}]})";
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);

  // Or list-parents does.
  files["dump/list-accounts.json"] = Dump()["dump/list-accounts.json"];
  files["dump/list-parents/999999999999.json"] = R"({"Parents": [{"Id": "r-abcd", "Type": "ROOT"}]})";
  files["dump/list-parents_111111111111.json"] =
      R"({"Parents": [{"Id": "ou-abcd-11111111", "Type": "ORGANIZATIONAL_UNIT"}]})";
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);

  // Or list-children, with the names from elsewhere.
  files = Dump();
  std::erase_if(files, [](const auto& file) { return file.first.find("-for-parent/") != std::string::npos; });
  files["dump/list-children/r-abcd_ORGANIZATIONAL_UNIT.json"] =
      R"({"Children": [{"Id": "ou-abcd-11111111", "Type": "ORGANIZATIONAL_UNIT"}]})";
  files["dump/list-children/r-abcd_ACCOUNT.json"] =
      R"({"Children": [{"Id": "999999999999", "Type": "ACCOUNT"}]})";
  files["dump/list-children/ou-abcd-11111111_ORGANIZATIONAL_UNIT.json"] = R"({"Children": []})";
  files["dump/list-children/ou-abcd-11111111_ACCOUNT.json"] =
      R"({"Children": [{"Id": "111111111111", "Type": "ACCOUNT"}]})";
  files["dump/describe-organizational-unit_ou-abcd-11111111.json"] =
      R"({"OrganizationalUnit": {"Id": "ou-abcd-11111111", "Name": "Stages"}})";
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);

  // The accounts of the listings by parent are enough.
  files = Dump();
  files.erase("dump/list-accounts.json");
  files["dump/describe-account/111111111111.json"] =
      R"({"Account": {"Id": "111111111111", "Name": "Dev", "State": "CLOSED"}})";
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);

  // The root's listing under another name, told by its content; and files that are none of ours.
  files = Dump();
  files["dump/the-roots.json"] = files["dump/list-roots.json"];
  files.erase("dump/list-roots.json");
  files["dump/README.md"] = "text";
  files["dump/notes.json"] = "not JSON at all";
  files["dump/list-tags-for-resource/r-abcd.json"] = "{}";
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);
  files.erase("dump/describe-organization.json");
  EXPECT_EQ(Load(files, "dump").error, "");

  // list-targets-for-policy; the order of list-policies is that of attachment.
  files = Dump();
  std::erase_if(files, [](const auto& file) { return file.first.find("-for-target/") != std::string::npos; });
  files["dump/list-targets-for-policy/p-region01.json"] =
      R"({"Targets": [{"TargetId": "ou-abcd-11111111"}]})";
  files["dump/list-targets-for-policy-p-FullAWSAccess.json"] =
      R"({"Targets": [{"TargetId": "r-abcd"}, {"TargetId": "ou-abcd-11111111"}, {"TargetId": "999999999999"},
  {"TargetId": "111111111111"}]})";
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);
}

TEST(AwsOutput, StateWinsOverStatus) {
  FileMap files = Dump();
  files["dump/list-accounts.json"] =
      R"({"Accounts": [{"Id": "999999999999", "Status": "SUSPENDED"}, {"Id": "111111111111", "Status": "ACTIVE"}]})";
  files["dump/list-accounts-for-parent/ou-abcd-11111111.json"] =
      R"({"Accounts": [{"Id": "111111111111", "State": "PENDING_CLOSURE", "Status": "ACTIVE"}]})";
  const Loading loading = Load(files, "dump");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(loading.organization->accounts[0].state, "SUSPENDED");
  EXPECT_EQ(loading.organization->accounts[1].state, "PENDING_CLOSURE");
}

TEST(AwsOutput, E20_OnlyEnabledCounts) {
  for (const std::string_view status : {"PENDING_ENABLE", "PENDING_DISABLE"}) {
    FileMap files = Dump();
    files["dump/list-roots.json"] =
        R"({"Roots": [{"Id": "r-abcd", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": ")" +
        std::string(status) + R"("}]}]})";
    EXPECT_FALSE(Load(files, "dump").organization->scps_enabled) << status;
  }
  // Where SCPs are off, nothing need be attached or listed.
  FileMap files = Dump();
  files["dump/list-roots.json"] = R"({"Roots": [{"Id": "r-abcd", "PolicyTypes": []}]})";
  std::erase_if(files, [](const auto& file) { return file.first.find("polic") != std::string::npos; });
  const Loading loading = Load(files, "dump");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_FALSE(loading.organization->scps_enabled);
}

TEST(AwsOutput, Partition) {
  FileMap files = Dump();
  files["dump/describe-organization.json"] =
      R"({"Organization": {"Id": "o-exampleorg1", "Arn": "arn:aws-us-gov:organizations::9:organization/o-exampleorg1",
  "MasterAccountId": "999999999999"}})";
  EXPECT_EQ(Load(files, "dump").organization->partition, "aws-us-gov");
}

TEST(AwsOutput, ManagementAccountUnknown) {
  FileMap files = Dump();
  files.erase("dump/describe-organization.json");
  const Loading loading = Load(files, "dump");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_FALSE(loading.organization->management_account);
  EXPECT_EQ(
      loading.AllDiagnostics(),
      "warning: dump: there is no answer of `describe-organization`: the management account is unknown, "
      "so it is judged like a member account\n");
}

TEST(AwsOutput, OtherPolicyTypes) {
  FileMap files = Dump();
  files["dump/list-policies-for-target/r-abcd_RESOURCE_CONTROL_POLICY.json"] =
      R"({"Policies": [{"Id": "p-RCPFullAWSAccess", "Name": "RCPFullAWSAccess", "AwsManaged": true,
  "Type": "RESOURCE_CONTROL_POLICY"}]})";
  files["dump/list-policies-for-target/r-abcd_TAG_POLICY.json"] =
      R"({"Policies": [{"Id": "p-tags0001", "Name": "Tags", "Type": "TAG_POLICY"}]})";
  files["dump/describe-policy/p-tags0001.json"] =
      R"({"Policy": {"PolicySummary": {"Id": "p-tags0001", "Type": "TAG_POLICY"}, "Content": "no JSON"}})";
  const Loading loading = Load(files, "dump");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization),
            R"(o-exampleorg1 aws management 999999999999 scps on
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
p-region01 RegionGuard SERVICE_CONTROL_POLICY
  - deny ec2:* on *
p-RCPFullAWSAccess RCPFullAWSAccess RESOURCE_CONTROL_POLICY managed
r-abcd /: p-FullAWSAccess p-RCPFullAWSAccess
ou-abcd-11111111 /Stages: p-FullAWSAccess p-region01
999999999999 /Management r-abcd ACTIVE: p-FullAWSAccess
111111111111 /Stages/Dev ou-abcd-11111111 CLOSED: p-FullAWSAccess
)");
}

TEST(AwsOutput, G18_SizeOfTheDecodedText) {
  FileMap files = Dump();
  files["dump/describe-policy/p-region01.json"] =
      R"({"Policy": {"PolicySummary": {"Id": "p-region01"}, "Content": "{\"Id\":\"\u00e9\ud83d\ude00\"}\n"}})";
  const Loading loading = Load(files, "dump", {.ignored_policies = {"p-region01"}});
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(loading.organization->policies[1].stored_characters, 12U);
  EXPECT_EQ(loading.organization->policies[1].stored_bytes, 16U);
}

// Places inside `Content` are those of the file, whatever stands before them.
TEST(AwsOutput, PlacesInContent) {
  struct Case {
    std::string_view content;  // as the JSON string's inside
    std::string_view place;
  };
  constexpr Case kCases[] = {
      {R"({\"Statement\":[]})", "3:30"},
      {R"({\n\t\"Statement\":\u0020[]})", "3:40"},
      {R"({\"Id\":\"\u00e9\ud83d\ude00\",\"Statement\":[]})", "3:60"},
      {"{\\\"Id\\\":\\\"\xc3\xa9\xf0\x9f\x98\x80\\\",\\\"Statement\\\":[]}", "3:44"},
  };
  for (const Case& c : kCases) {
    FileMap files = Dump();
    files["dump/describe-policy/p-region01.json"] =
        "{\"Policy\": {\"PolicySummary\": {\"Id\": \"p-region01\"},\n\n  \"Content\": \"" +
        std::string(c.content) + "\"}}";
    EXPECT_EQ(LoadDescribed(files), "dump/describe-policy/p-region01.json:" + std::string(c.place) +
                                        ": `Statement` is empty: a policy needs at least one statement");
  }
}

TEST(AwsOutput, BrokenContentHurtsOnlyWhereItIsAttached) {
  FileMap files = Dump();
  files["dump/describe-policy/p-broken01.json"] =
      R"({"Policy": {"PolicySummary": {"Id": "p-broken01", "Name": "Broken"}, "Content": "{\"Effect\": 1, \"Effect\": 2}"}})";
  Loading loading = Load(files, "dump");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_FALSE(loading.organization->policies[2].document.decidable);

  files["dump/list-policies-for-target/r-abcd.json"] = R"({"Policies": [{"Id": "p-broken01"}]})";
  EXPECT_EQ(Load(files, "dump").error,
            "dump/describe-policy/p-broken01.json:1:98: the key `Effect` stands twice in one object: AWS "
            "rejects that; keep one of them");
  EXPECT_EQ(Load(files, "dump", {.ignored_policies = {"Broken"}}).error, "");
}

struct Edit {
  std::string_view file;
  std::string_view text;  // empty: the file is not there
};

struct ErrorCase {
  std::vector<Edit> edits;
  std::string_view error;
};

void ExpectErrors(const std::vector<ErrorCase>& cases, const LoadOptions& options = {}) {
  for (const ErrorCase& c : cases) {
    FileMap files = Dump();
    for (const Edit& edit : c.edits) {
      const std::string path = "dump/" + std::string(edit.file);
      if (edit.text.empty()) {
        EXPECT_EQ(files.erase(path), 1U) << path;
      } else {
        files[path] = edit.text;
      }
    }
    EXPECT_EQ(Load(files, "dump", options).error, c.error);
  }
}

TEST(AwsOutput, Contradictions) {
  ExpectErrors({
      {{{"list-accounts-for-parent/r-abcd.json",
         R"({"Accounts": [{"Id": "999999999999"}, {"Id": "111111111111"}]})"}},
       "dump/list-accounts-for-parent/r-abcd.json:1:39: `111111111111` lies in `r-abcd` here, but elsewhere "
       "in "
       "`ou-abcd-11111111`: see dump/list-accounts-for-parent/ou-abcd-11111111.json:1:15"},
      {{{"list-accounts.json",
         R"({"Accounts": [{"Id": "111111111111", "Paths": ["o-exampleorg1/r-abcd/111111111111/"]}]})"}},
       "dump/list-accounts.json:1:48: `111111111111` lies in `r-abcd` here, but elsewhere in "
       "`ou-abcd-11111111`: see dump/list-accounts-for-parent/ou-abcd-11111111.json:1:15"},
      {{{"list-organizational-units-for-parent/r-abcd.json",
         R"({"OrganizationalUnits": [{"Id": "ou-abcd-11111111", "Path": "o-exampleorg1/r-abcd/ou-abcd-22222222/ou-abcd-11111111/"}]})"}},
       "dump/list-organizational-units-for-parent/r-abcd.json:1:61: `ou-abcd-11111111` lies in "
       "`ou-abcd-22222222` here, but elsewhere in `r-abcd`: see "
       "dump/list-organizational-units-for-parent/r-abcd.json:1:26"},
      {{{"list-accounts.json",
         R"({"Accounts": [{"Id": "222222222222", "Paths": ["o-exampleorg1/r-abcd/ou-abcd-22222222/222222222222/"]}]})"}},
       "dump/list-accounts.json:1:48: `222222222222` lies in `ou-abcd-22222222`, which no answer lists"},
      {{{"list-organizational-units-for-parent/ou-abcd-11111111.json",
         R"({"OrganizationalUnits": [{"Id": "ou-abcd-22222222"}]})"},
        {"list-organizational-units-for-parent/ou-abcd-22222222.json",
         R"({"OrganizationalUnits": [{"Id": "ou-abcd-11111111"}]})"},
        {"list-organizational-units-for-parent/r-abcd.json", R"({"OrganizationalUnits": []})"}},
       "dump/list-organizational-units-for-parent/ou-abcd-11111111.json:1:26: the organizational unit "
       "`ou-abcd-22222222` does not lie below the root"},
      {{{"list-policies-for-target/222222222222.json", R"({"Policies": [{"Id": "p-FullAWSAccess"}]})"}},
       "dump/list-policies-for-target/222222222222.json:1:15: policies are attached to `222222222222` here, "
       "but no answer lists it"},
      {{{"list-targets-for-policy/p-region01.json",
         R"({"Targets": [{"TargetId": "ou-abcd-11111111"}, {"TargetId": "111111111111"}]})"}},
       "dump/list-targets-for-policy/p-region01.json:1:48: `p-region01` is attached to `111111111111` here, "
       "but not elsewhere: see dump/list-policies-for-target/111111111111.json:1:14"},
      {{{"list-targets-for-policy/p-region01.json", R"({"Targets": []})"}},
       "dump/list-policies-for-target/ou-abcd-11111111.json:2:3: `p-region01` is attached to "
       "`ou-abcd-11111111` here, but not elsewhere: see dump/list-targets-for-policy/p-region01.json:1:13"},
      {{{"list-roots.json", R"({"Roots": [{"Id": "r-abcd", "Name": "A"}, {"Id": "r-efgh", "Name": "B"}]})"}},
       "dump/list-roots.json:1:43: an organization has one root, here is a second: see "
       "dump/list-roots.json:1:12"},
      {{{"describe-policy/p-region01.json",
         R"({"Policy": {"PolicySummary": {"Id": "p-region02"}, "Content": "{}"}})"}},
       "dump/describe-policy/p-region01.json:1:37: this was asked for `p-region01`, but is `p-region02`"},
      {{{"list-roots_2.json", R"({"Roots": []})"}},
       "dump/list-roots_2.json:1:1: the same call is answered twice, first in dump/list-roots.json, line 1: "
       "keep one of them"},
      {{{"list-policies-for-target/r-abcd.json",
         R"({"Policies": [{"Id": "p-FullAWSAccess"}, {"Id": "p-FullAWSAccess"}]})"}},
       "dump/list-policies-for-target/r-abcd.json:1:42: the policy `p-FullAWSAccess` is attached twice here"},
  });
}

TEST(AwsOutput, MissingPieces) {
  ExpectErrors({
      {{{"list-roots.json", ""}},
       "dump: there is no answer of `list-roots`: it tells the root, and whether SCPs are enabled"},
      {{{"list-roots.json", R"({"Roots": []})"}},
       "dump: there is no answer of `list-roots`: it tells the root, and whether SCPs are enabled"},
      {{{"list-accounts.json", ""},
        {"list-accounts-for-parent/r-abcd.json", ""},
        {"list-accounts-for-parent/ou-abcd-11111111.json", ""}},
       "dump: there is no answer of `list-accounts`: it tells the accounts"},
      {{{"list-accounts.json", ""}, {"list-accounts-for-parent/ou-abcd-11111111.json", ""}},
       "dump: there is no answer of `list-accounts-for-parent` for `ou-abcd-11111111`: it tells the accounts "
       "in it"},
      {{{"list-accounts-for-parent/ou-abcd-11111111.json", ""}},
       "dump/list-accounts.json:2:3: no answer tells where the account `111111111111` lies: save the "
       "listings "
       "of its parent, or `list-parents` for it"},
      {{{"list-organizational-units-for-parent/ou-abcd-11111111.json", ""}},
       "dump: there is no answer of `list-organizational-units-for-parent` for `ou-abcd-11111111`: it tells "
       "the units in it"},
      {{{"list-policies-for-target/111111111111.json", ""}},
       "dump: there is no answer of `list-policies-for-target` for `111111111111`: it tells what is attached "
       "there"},
      {{{"list-policies-for-target/111111111111.json", ""},
        {"list-policies-for-target/999999999999.json", ""},
        {"list-policies-for-target/ou-abcd-11111111.json", ""},
        {"list-policies-for-target/r-abcd.json", ""}},
       "dump: there is no answer of `list-policies-for-target`: it tells what is attached where"},
      {{{"list-policies-for-target/111111111111.json", ""},
        {"list-policies-for-target/999999999999.json", ""},
        {"list-policies-for-target/ou-abcd-11111111.json", ""},
        {"list-policies-for-target/r-abcd.json", ""},
        {"list-targets-for-policy/p-region01.json", R"({"Targets": []})"}},
       "dump: there is no answer of `list-targets-for-policy` for `p-FullAWSAccess`: it tells where it is "
       "attached"},
      {{{"describe-policy/p-region01.json", ""}},
       "dump/list-policies-for-target/ou-abcd-11111111.json:2:3: the policy `p-region01` is attached here, "
       "but "
       "no answer of `describe-policy` has its content"},
  });
}

TEST(AwsOutput, Malformed) {
  ExpectErrors({
      {{{"list-roots.json", "{\"Roots\": [}"}}, "dump/list-roots.json:1:12: expected a value, found `}`"},
      {{{"list-roots.json", R"({"Roots": [{"Id": "r-abcd", "Id": "r-efgh"}]})"}},
       "dump/list-roots.json:1:29: the key `Id` stands twice in one object: AWS rejects that; keep one of "
       "them"},
      {{{"list-roots.json", R"([{"Id": "r-abcd"}])"}},
       "dump/list-roots.json:1:1: an answer of `list-roots` must have an array named `Roots`: save the whole "
       "answer, without `--query`"},
      {{{"list-roots.json", R"({"Roots": {"Id": "r-abcd"}})"}},
       "dump/list-roots.json:1:11: an answer of `list-roots` must have an array named `Roots`: save the "
       "whole "
       "answer, without `--query`"},
      {{{"list-roots.json", R"({"Roots": ["r-abcd"]})"}},
       "dump/list-roots.json:1:12: an object with a string `Id` must stand here"},
      {{{"list-roots.json", R"({"Roots": [{"Id": "r-abc"}]})"}},
       "dump/list-roots.json:1:19: `r-abc` does not have the form of a root id"},
      {{{"list-accounts.json", R"({"Accounts": [{"Id": 111111111111}]})"}},
       "dump/list-accounts.json:1:22: an object with a string `Id` must stand here"},
      {{{"list-accounts-for-parent/r-abcd.json", R"({"Accounts": [{"Id": "99999999999"}]})"},
        {"list-accounts.json", R"({"Accounts": []})"}},
       "dump/list-accounts-for-parent/r-abcd.json:1:15: `99999999999` is no account id: it must have 12 "
       "digits; if leading zeros were lost, it is \"099999999999\""},
      {{{"list-accounts.json",
         R"({"Accounts": [{"Id": "111111111111", "Paths": ["r-abcd/111111111111"]}]})"}},
       "dump/list-accounts.json:1:48: the path of `111111111111` must be `o-.../r-.../.../111111111111/`"},
      {{{"list-organizational-units-for-parent/r-abcd.json",
         R"({"OrganizationalUnits": [{"Id": "ou-efgh-11111111"}]})"},
        {"list-organizational-units-for-parent/ou-efgh-11111111.json", R"({"OrganizationalUnits": []})"},
        {"list-accounts-for-parent/ou-abcd-11111111.json", R"({"Accounts": []})"},
        {"list-accounts.json", R"({"Accounts": []})"}},
       "dump/list-organizational-units-for-parent/r-abcd.json:1:26: the OU id `ou-efgh-11111111` does not "
       "repeat the root's: it must start with `ou-abcd-`"},
      {{{"describe-organization.json",
         R"({"Organization": {"Id": "o-short", "MasterAccountId": "999999999999"}})"}},
       "dump/describe-organization.json:1:25: `o-short` does not have the form of an organization id"},
      {{{"list-accounts-for-parent/ou-abcd.json", R"({"Accounts": []})"}},
       "dump/list-accounts-for-parent/ou-abcd.json:1:1: the file's name must tell the `ParentId`, as in "
       "`list-accounts-for-parent/<id>.json`"},
      {{{"list-accounts-for-parent/1111111111112.json", R"({"Accounts": []})"}},
       "dump/list-accounts-for-parent/1111111111112.json:1:1: the file's name must tell the `ParentId`, as "
       "in "
       "`list-accounts-for-parent/<id>.json`"},
      {{{"list-accounts-for-parent/111111111111.json", R"({"Accounts": []})"}},
       "dump/list-accounts-for-parent/111111111111.json:1:14: `111111111111` does not have the form of a "
       "root "
       "id or an OU id"},
      {{{"describe-policy/p-region01.json", R"({"Policy": {"PolicySummary": {}, "Content": {}}})"}},
       "dump/describe-policy/p-region01.json:1:12: a `Policy` must have an object `PolicySummary` and a "
       "string "
       "`Content`"},
      {{{"describe-effective-policy/TAG_POLICY_111111111111.json", R"({"EffectivePolicy": {}})"}},
       "dump/describe-effective-policy/TAG_POLICY_111111111111.json:1:1: `describe-effective-policy` has no "
       "service control policies: save `describe-policy` and `list-policies-for-target` instead"},
  });
}

TEST(AwsOutput, Paging) {
  constexpr std::string_view kFirst =
      R"({"Accounts": [{"Id": "999999999999", "Name": "Management", "State": "ACTIVE"}], "NextToken": "t"})";
  constexpr std::string_view kSecond =
      R"({"Accounts": [{"Id": "111111111111", "Name": "Dev", "State": "CLOSED"}]})";
  constexpr std::string_view kEmptyPage = R"({"Accounts": [], "NextToken": "u"})";
  FileMap files = Dump();
  files.erase("dump/list-accounts.json");
  files["dump/list-accounts_page1.json"] = kFirst;
  files["dump/list-accounts_page2.json"] = kEmptyPage;
  EXPECT_EQ(
      LoadDescribed(files),
      "dump/list-accounts_page2.json:1:31: the listing is cut off here: its next page is missing; save it "
      "without `--max-items` and `--no-paginate`, or accept it with `--allow-partial`");
  files["dump/list-accounts_page3.json"] = kSecond;
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);

  // Pages of what lies in one parent.
  files = Dump();
  files["dump/list-accounts-for-parent/r-abcd_1.json"] = kFirst;
  EXPECT_EQ(LoadDescribed(files), kDumpDescribed);
  files.erase("dump/list-accounts-for-parent/r-abcd.json");
  EXPECT_EQ(
      LoadDescribed(files),
      "dump/list-accounts-for-parent/r-abcd_1.json:1:94: the listing is cut off here: its next page is "
      "missing; save it without `--max-items` and `--no-paginate`, or accept it with `--allow-partial`");

  // Accepted on demand, with what hangs on the missing part.
  files = Dump();
  files["dump/list-organizational-units-for-parent/r-abcd.json"] =
      R"({"OrganizationalUnits": [], "NextToken": "t"})";
  const Loading loading = Load(files, "dump", {.ignored_policies = {}, .allow_partial = true});
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization), R"(o-exampleorg1 aws management 999999999999 scps on
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
p-region01 RegionGuard SERVICE_CONTROL_POLICY
  - deny ec2:* on *
r-abcd /: p-FullAWSAccess
999999999999 /Management r-abcd ACTIVE: p-FullAWSAccess
)");
  EXPECT_EQ(
      loading.AllDiagnostics(),
      "dump/list-organizational-units-for-parent/r-abcd.json:1:42: warning: the listing is cut off here: "
      "its next page is missing; save it without `--max-items` and `--no-paginate`, or accept it with "
      "`--allow-partial`\n"
      "dump/list-accounts-for-parent/ou-abcd-11111111.json:1:15: warning: `111111111111` lies in "
      "`ou-abcd-11111111`, which no answer lists\n"
      "dump/list-policies-for-target/111111111111.json:1:15: warning: policies are attached to "
      "`111111111111` here, but no answer lists it\n"
      "dump/list-policies-for-target/ou-abcd-11111111.json:1:15: warning: policies are attached to "
      "`ou-abcd-11111111` here, but no answer lists it\n");
}

TEST(AwsOutput, DeepNesting) {
  FileMap files = Dump();
  std::string parent = "ou-abcd-11111111";
  for (int i = 0; i < 200; ++i) {
    const std::string child = "ou-abcd-" + std::to_string(20000000 + i);
    files["dump/list-organizational-units-for-parent/" + parent + ".json"] =
        R"({"OrganizationalUnits": [{"Id": ")" + child + R"("}]})";
    files["dump/list-policies-for-target/" + child + ".json"] = R"({"Policies": []})";
    parent = child;
  }
  EXPECT_NE(Load(files, "dump").error.find("nested more than 64 levels deep"), std::string::npos);
}

// --- JSON lines ---

std::string Line(std::string_view operation, std::string_view request, std::string_view response) {
  return R"({"operation":")" + std::string(operation) + R"(","request":)" + std::string(request) +
         R"(,"response":)" + std::string(response) + "}\n";
}

std::string Lines() {
  return Line("DescribeOrganization", "{}",
              R"({"Organization":{"Id":"o-exampleorg1","MasterAccountId":"999999999999"}})") +
         Line(
             "list-roots", "{}",
             R"({"Roots":[{"Id":"r-abcd","PolicyTypes":[{"Type":"SERVICE_CONTROL_POLICY","Status":"ENABLED"}]}]})") +
         Line(
             "ListAccounts", "{}",
             R"({"Accounts":[{"Id":"999999999999","Name":"Management","Paths":["o-exampleorg1/r-abcd/999999999999/"]}],"NextToken":"2"})") +
         "\n" + Line("ListAccounts", R"({"NextToken":"2"})", R"({"Accounts":[],"NextToken":"3"})") +
         Line(
             "ListAccounts", R"({"NextToken":"3"})",
             R"({"Accounts":[{"Id":"111111111111","Name":"Dev","State":"CLOSED","Paths":["o-exampleorg1/r-abcd/ou-abcd-11111111/111111111111/"]}]})") +
         Line("ListOrganizationalUnitsForParent", R"({"ParentId":"r-abcd"})",
              R"({"OrganizationalUnits":[{"Id":"ou-abcd-11111111","Name":"Stages"}]})") +
         Line("ListOrganizationalUnitsForParent", R"({"ParentId":"ou-abcd-11111111"})",
              R"({"OrganizationalUnits":[]})") +
         Line(
             "DescribePolicy", R"({"PolicyId":"p-region01"})",
             R"({"Policy":{"PolicySummary":{"Id":"p-region01","Name":"RegionGuard"},"Content":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"ec2:*\",\"Resource\":\"*\"}}"}})") +
         Line("ListTagsForResource", "{}", R"({"Tags":[]})") +
         Line("ListPolicies", R"({"Filter":"SERVICE_CONTROL_POLICY"})",
              R"({"Policies":[{"Id":"p-FullAWSAccess","Name":"FullAWSAccess"},{"Id":"p-region01"}]})") +
         Line(
             "ListTargetsForPolicy", R"({"PolicyId":"p-FullAWSAccess"})",
             R"({"Targets":[{"TargetId":"r-abcd"},{"TargetId":"ou-abcd-11111111"},{"TargetId":"999999999999"},{"TargetId":"111111111111"}]})") +
         Line("list-targets-for-policy", R"({"PolicyId":"p-region01"})",
              R"({"Targets":[{"TargetId":"ou-abcd-11111111"}]})");
}

std::string LoadLines(const std::string& text) {
  const Loading loading = Load({{"dump.jsonl", text}}, "dump.jsonl");
  return loading.organization ? Describe(*loading.organization) : loading.error;
}

TEST(AwsLines, Organization) {
  const Loading loading = Load({{"dump.jsonl", Lines()}}, "dump.jsonl");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization), kDumpDescribed);
  EXPECT_EQ(loading.AllDiagnostics(), "");
  const Organization& organization = *loading.organization;
  ASSERT_NE(organization.source, nullptr);
  const SourceRange range = organization.accounts[1].range;
  EXPECT_TRUE(organization.source->text().substr(range.begin).starts_with(R"({"Id":"111111111111")"));
  EXPECT_EQ(organization.source->Locate(range.begin).line, 6U);
}

TEST(AwsLines, ByteOrderMarkAndLineEnds) {
  std::string text = "\xef\xbb\xbf\r\n";
  for (const char c : Lines()) {
    if (c == '\n') text.push_back('\r');
    text.push_back(c);
  }
  EXPECT_EQ(LoadLines(text), kDumpDescribed);
}

TEST(AwsLines, Errors) {
  struct Case {
    std::string more;
    std::string_view error;
  };
  const Case cases[] = {
      {"{\n", "dump.jsonl:14:2: expected a key in double quotes, found the end of the text"},
      {"{}\n", "dump.jsonl:14:1: each line must be an object with `operation`, `request` and `response`"},
      {"[]\n", "dump.jsonl:14:1: each line must be an object with `operation`, `request` and `response`"},
      {"{} {}\n",
       "dump.jsonl:14:4: there is more after the end of the document: only one JSON value may stand "
       "here"},
      {Line("ListAccountsForParent", "{}", R"({"Accounts":[]})"),
       "dump.jsonl:14:14: the request of this `ListAccountsForParent` has no `ParentId`"},
      {Line("ListRoots", "{}", R"({"Roots":[]})"),
       "dump.jsonl:14:50: the same call is answered twice, first in dump.jsonl, line 2: keep one of them"},
      {Line("ListAccounts", R"({"NextToken":"4"})", R"({"Accounts":[],"NextToken":"5"})"),
       "dump.jsonl:14:95: the listing is cut off here: its next page is missing; save it without "
       "`--max-items` "
       "and `--no-paginate`, or accept it with `--allow-partial`"},
      {Line("ListPoliciesForTarget", R"({"TargetId":"x"})", R"({"Policies":[]})"),
       "dump.jsonl:14:88: `x` does not have the form of a root id, an OU id or an account id"},
  };
  for (const Case& c : cases) EXPECT_EQ(LoadLines(Lines() + c.more), c.error) << c.more;
}

TEST(AwsLines, OtherFilesAreNotTakenForThem) {
  for (const std::string_view text :
       {R"({"operation": "x"})", R"({"Operation": "x", "response": 1})", R"(["operation", "response"])",
        "{\"operation\": \"ListRoots\",\n\"response\": {}}", "{\"operation\""}) {
    EXPECT_EQ(LoadLines(std::string(text)).find("each line"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace scpcheck

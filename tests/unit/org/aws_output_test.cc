// What the output of `aws organizations` says, in a directory.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "aws_dump.h"
#include "loading.h"

namespace scpcheck {
namespace {

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

}  // namespace
}  // namespace scpcheck

// Output of `aws organizations` that contradicts itself, or is cut off or broken.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "aws_dump.h"
#include "loading.h"

namespace scpcheck {
namespace {

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

// A guess about what is missing or mistyped could turn all policies off.
TEST(AwsOutput, E20_PolicyTypesAreTakenAsAwsWritesThem) {
  ExpectErrors({
      {{{"list-roots.json", R"({"Roots": [{"Id": "r-abcd"}]})"}},
       "dump/list-roots.json:1:12: a root must have an array `PolicyTypes`, which tells whether SCPs are "
       "enabled: "
       "save the whole answer of `list-roots`"},
      {{{"list-roots.json", R"({"Roots": [{"Id": "r-abcd", "PolicyTypes": "SERVICE_CONTROL_POLICY"}]})"}},
       "dump/list-roots.json:1:44: a root must have an array `PolicyTypes`, which tells whether SCPs are "
       "enabled: "
       "save the whole answer of `list-roots`"},
      {{{"list-roots.json",
         R"({"Roots": [{"Id": "r-abcd", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY"}]}]})"}},
       "dump/list-roots.json:1:45: an object with a string `Status` must stand here"},
      {{{"list-roots.json",
         R"({"Roots": [{"Id": "r-abcd", "PolicyTypes": [{"Type": "SERVICE_CONTROL_POLICY", "Status": "Enabled"}]}]})"}},
       "dump/list-roots.json:1:90: `Enabled` is no status of a policy type: did you mean `ENABLED`?"},
      {{{"describe-policy/p-region01.json",
         R"({"Policy": {"PolicySummary": {"Id": "p-region01", "Type": "Service_Control_Policy"}, "Content": "{}"}})"}},
       "dump/describe-policy/p-region01.json:1:59: `Service_Control_Policy` is no type of policy: did you "
       "mean "
       "`SERVICE_CONTROL_POLICY`?"},
      {{{"describe-organization.json",
         R"({"Organization": {"Id": "o-exampleorg1", "Arn": "arn:awscn:x", "MasterAccountId": "999999999999"}})"}},
       "dump/describe-organization.json:1:49: `awscn` is no partition of AWS: did you mean `aws-cn`?"},
  });
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
      {{{"list-roots.json", R"({"Roots": [{"Id": "r-abcd", "PolicyTypes": []}, {"Id": "r-efgh"}]})"}},
       "dump/list-roots.json:1:49: an organization has one root, here is a second: see "
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

}  // namespace
}  // namespace scpcheck

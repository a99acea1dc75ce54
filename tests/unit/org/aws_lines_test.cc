// The output of `aws organizations` as JSON lines.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "aws_dump.h"
#include "loading.h"

namespace scpcheck {
namespace {

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

// The organization file of scpcheck, JSON and YAML: what it means and every complaint about it.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "loading.h"

namespace scpcheck {
namespace {

constexpr std::string_view kFullDocument =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";

TEST(OrganizationFile, Smallest) {
  const Loading loading = LoadText(R"({"root": {"id": "r-abcd"}})");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization), R"( aws management ? scps on
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
r-abcd /: p-FullAWSAccess
)");
  EXPECT_EQ(loading.AllDiagnostics(), "");
}

constexpr std::string_view kOrganization = R"({
  "id": "o-exampleorg1", "partition": "aws-cn", "managementAccount": "999999999999",
  "policyTypes": ["SERVICE_CONTROL_POLICY", "TAG_POLICY"],
  "policies": {
    "p-FullAWSAccess": {},
    "p-guard": {"name": "Guard", "document": {"Version": "2012-10-17",
      "Statement": {"Sid": "Only", "Effect": "Deny", "NotAction": "s3:*", "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestedRegion": ["eu-west-1", 7, true]}}}}},
    "p-rcp": {"name": "Rcp", "type": "RESOURCE_CONTROL_POLICY", "document": {"anything": 1}}
  },
  "root": {
    "id": "r-abcd", "name": "Top", "policies": ["FullAWSAccess", "p-rcp"],
    "accounts": [{"id": "999999999999", "policies": []}],
    "organizationalUnits": [
      {"id": "ou-1", "name": "a/b", "policies": ["Guard", "p-FullAWSAccess"],
       "accounts": [{"id": "000000000001", "name": "Dev", "state": "ACTIVE"}],
       "organizationalUnits": [{"id": "ou-2"}]},
      {"id": "ou-3", "name": "c"}
    ]
  }
})";

TEST(OrganizationFile, Everything) {
  const Loading loading = LoadText(std::string(kOrganization));
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization), R"(o-exampleorg1 aws-cn management 999999999999 scps on
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
p-guard Guard SERVICE_CONTROL_POLICY
  Only deny s3:* except on * if StringEquals aws:RequestedRegion eu-west-1 7 true
p-rcp Rcp RESOURCE_CONTROL_POLICY
r-abcd /: p-FullAWSAccess p-rcp
ou-1 /a\/b: p-guard p-FullAWSAccess
ou-2 /a\/b/ou-2: p-FullAWSAccess
ou-3 /c: p-FullAWSAccess
999999999999 /999999999999 r-abcd ACTIVE:
000000000001 /a\/b/Dev ou-1 ACTIVE: p-FullAWSAccess
)");
  EXPECT_EQ(loading.AllDiagnostics(), "");
}

TEST(OrganizationFile, G18_SizeOfAnInlineDocumentIsThatOfItsCompactForm) {
  const Loading loading =
      LoadText(R"({"policies": {"p-a": {"document": {"Version" : "\u00e9",  "Statement": []}}},
    "root": {"id": "r-a"}})");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(loading.organization->policies[0].stored_characters, 30U);
  EXPECT_EQ(loading.organization->policies[0].stored_bytes, 31U);
}

TEST(OrganizationFile, E20_PolicyTypes) {
  const auto enabled = [](std::string_view types) {
    return LoadText("{" + std::string(types) + R"("root": {"id": "r-a"}})").organization->scps_enabled;
  };
  EXPECT_TRUE(enabled(""));
  EXPECT_TRUE(enabled(R"("policyTypes": ["TAG_POLICY", "SERVICE_CONTROL_POLICY"],)"));
  EXPECT_FALSE(enabled(R"("policyTypes": [],)"));
  EXPECT_FALSE(enabled(R"("policyTypes": ["RESOURCE_CONTROL_POLICY"],)"));
}

TEST(OrganizationFile, PolicyFilesLieBesideIt) {
  const std::string organization =
      R"({"policies": {"p-a": {"file": "policies/a.json"}}, "root": {"id": "r-a", "policies": ["p-a"]}})";
  const std::string policy = std::string(kFullDocument) + "\n";
  const Loading loading =
      Load({{"orgs/x/org.json", organization}, {"orgs/x/policies/a.json", policy}}, "orgs/x/org.json");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(loading.organization->policies[0].stored_characters, policy.size());
  EXPECT_EQ(loading.organization->policies[0].document.source->name(), "orgs/x/policies/a.json");

  EXPECT_EQ(Load({{"org.json", organization}}, "org.json").error,
            "org.json:1:31: the policy's file policies/a.json: can't open it: no such file or directory");
  EXPECT_EQ(Load({{"org.json", organization}, {"policies/a.json", "{\n\"Statement\": 1}"}}, "org.json").error,
            "policies/a.json:2:14: `Statement` must be an object or an array of objects, this is a number");
}

TEST(OrganizationFile, Inconsistencies) {
  struct Case {
    std::string_view text;
    std::string_view error;  // without the file's name
  };
  constexpr Case kCases[] = {
      {R"({"policies": {}})", "1:1: the organization has no `root`"},
      {R"({"root": 1, "policies": {}})", "1:10: the root is an object, this is a number"},
      {R"({"root": {}})", "1:10: the root needs an `id`"},
      {R"({"root": {"id": "x-1"}})", "1:17: the id of the root starts with `r-`, this is `x-1`"},
      {R"({"root": {"id": "r-1", "organizationalUnits": [{"id": "r-2"}]}})",
       "1:55: the id of an organizational unit starts with `ou-`, this is `r-2`"},
      {R"({"root": {"id": "r-1", "organizationalUnits": [{"name": "x"}]}})",
       "1:48: an organizational unit needs an `id`"},
      {R"({"root": {"id": "r-1", "organizationalUnits": ["ou-1"]}})",
       "1:48: an organizational unit is an object, this is a string"},
      {R"({"root": {"id": "r-1", "organizationalUnits": [{"id": "ou-1"}, {"id": "ou-1"}]}})",
       "1:71: `ou-1` stands twice in the tree"},
      {R"({"root": {"id": "r-1", "accounts": [{"name": "x"}]}})", "1:37: an account needs an `id`"},
      {R"({"root": {"id": "r-1", "accounts": ["111111111111"]}})",
       "1:37: an account is an object, this is a string"},
      {R"({"root": {"id": "r-1", "accounts": [{"id": "12345"}]}})",
       "1:44: `12345` is no account id: it must have 12 digits; if leading zeros were lost, it is "
       "\"000000012345\""},
      {R"({"root": {"id": "r-1", "accounts": [{"id": "1111111111111"}]}})",
       "1:44: `1111111111111` is no account id: it must have 12 digits"},
      {R"({"root": {"id": "r-1", "accounts": [{"id": "11111111111x"}]}})",
       "1:44: `11111111111x` is no account id: it must have 12 digits"},
      {R"({"root": {"id": "r-1", "accounts": [{"id": 111111111111}]}})",
       "1:44: an account id is a string, since it may start with zeros: write \"111111111111\""},
      {R"({"root": {"id": "r-1", "accounts": [{"id": null}]}})",
       "1:44: `id` must be a string of 12 digits, this is null"},
      {R"({"root": {"id": "r-1", "accounts": [{"id": "111111111111"}],
 "organizationalUnits": [{"id": "ou-1", "accounts": [{"id": "111111111111"}]}]}})",
       "2:61: the account `111111111111` stands twice in the tree, first in `r-1`"},
      {R"({"root": {"id": "r-1", "accounts": {}}})", "1:36: `accounts` must be an array, this is an object"},
      {R"({"root": {"id": "r-1", "name": 1}})", "1:32: `name` must be a string, this is a number"},
      {R"({"managementAccount": "1", "root": {"id": "r-1"}})",
       "1:23: `1` is no account id: it must have 12 digits; if leading zeros were lost, it is "
       "\"000000000001\""},
      {R"({"policyTypes": "SERVICE_CONTROL_POLICY", "root": {"id": "r-1"}})",
       "1:17: `policyTypes` must be an array, this is a string"},
      {R"({"policyTypes": [1], "root": {"id": "r-1"}})",
       "1:18: `policyTypes` must be an array of strings, this is a number"},
      {R"({"polices": {}, "root": {"id": "r-1"}})",
       "1:2: `polices` is not known here: did you mean `policies`?"},
      {R"({"root": {"id": "r-1", "tags": {}}})",
       "1:24: `tags` is not known here: known are `id`, `name`, `policies`, `accounts`, "
       "`organizationalUnits`"},
      {R"({"root": {"id": "r-1", "accounts": [{"id": "111111111111", "State": "x"}]}})",
       "1:60: `State` is not known here: did you mean `state`?"},
      {R"({"policies": [], "root": {"id": "r-1"}})", "1:14: `policies` must be an object, this is an array"},
      {R"({"policies": {"p-a": 1}, "root": {"id": "r-1"}})",
       "1:22: `p-a` must be an object, this is a number"},
      {R"({"policies": {"a": {"document": {}}}, "root": {"id": "r-1"}})",
       "1:15: a policy id starts with `p-`, this is `a`"},
      {R"({"policies": {"p-a": {}}, "root": {"id": "r-1"}})",
       "1:15: the policy `p-a` has neither `document` nor `file`"},
      {R"({"policies": {"p-a": {"document": {}, "file": "x"}}, "root": {"id": "r-1"}})",
       "1:15: a policy has either `document` or `file`, not both"},
      {R"({"policies": {"p-a": {"file": 1}}, "root": {"id": "r-1"}})",
       "1:31: `file` must be a string, this is a number"},
      {R"({"policies": {"p-a": {"awsManaged": "true"}}, "root": {"id": "r-1"}})",
       "1:37: `awsManaged` must be `true` or `false`, this is a string"},
      {R"({"policies": {"p-a": {"document": {}}, "p-a": {"document": {}}}, "root": {"id": "r-1"}})",
       "1:40: the policy id `p-a` stands twice"},
      {R"({"root": {"id": "r-1", "policies": ["p-x"]}})", "1:37: there is no policy `p-x`"},
      {R"({"policies": {"p-guard1": {"name": "RegionGuard", "type": "TAG_POLICY", "document": {}}},
 "root": {"id": "r-1", "policies": ["p-gaurd1"]}})",
       "2:37: there is no policy `p-gaurd1`: did you mean `p-guard1` (RegionGuard)?"},
      {R"({"policies": {"p-guard1": {"name": "RegionGuard", "type": "TAG_POLICY", "document": {}}},
 "root": {"id": "r-1", "policies": ["regionguards"]}})",
       "2:37: there is no policy `regionguards`: did you mean `p-guard1` (RegionGuard)?"},
      {R"({"policies": {"p-a": {"name": "N", "type": "TAG_POLICY", "document": {}},
 "p-b": {"name": "N", "type": "TAG_POLICY", "document": {}}}, "root": {"id": "r-1", "policies": ["N"]}})",
       "2:98: several policies are named `N`: use the id"},
      {R"({"root": {"id": "r-1", "policies": ["p-FullAWSAccess", "FullAWSAccess"]}})",
       "1:56: the policy `FullAWSAccess` is attached twice here"},
      {R"({"root": {"id": "r-1", "policies": [1]}})",
       "1:37: `policies` must be an array of policy ids or names, this is a number"},
      {R"({"root": {"id": "r-1", "id": "r-2"}})",
       "1:24: the key `id` stands twice in one object: AWS rejects that; keep one of them"},
      {R"({"root": {"id": "r-1"}} {})",
       "1:25: there is more after the end of the document: only one JSON value may stand here"},
      {R"({"root": {"id": "r-1", "accounts": [{"id": ""}]}})",
       "1:44: `` is no account id: it must have 12 digits"},
      // Mistyped, each of these would turn policies off without a word.
      {R"({"policies": {"p-a": {"type": "SERVICE_CONTROL_POLICIES", "document": {}}}, "root": {"id": "r-1"}})",
       "1:31: `SERVICE_CONTROL_POLICIES` is no type of policy: did you mean `SERVICE_CONTROL_POLICY`?"},
      {R"({"policyTypes": ["service_control_policy"], "root": {"id": "r-1"}})",
       "1:18: `service_control_policy` is no type of policy: did you mean `SERVICE_CONTROL_POLICY`?"},
      {R"({"partition": "aws-usgov", "root": {"id": "r-1"}})",
       "1:15: `aws-usgov` is no partition of AWS: did you mean `aws-us-gov`?"},
      {R"({"partition": "", "root": {"id": "r-1"}})",
       "1:15: `` is no partition of AWS: known are `aws`, `aws-cn`, `aws-us-gov`, `aws-eusc`, `aws-iso`, "
       "`aws-iso-b`, `aws-iso-e`, `aws-iso-f`"},
      {"{\"root\": {\"id\": \"r-1\"},}", "1:24: a comma before `}`: remove it"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(LoadText(std::string(c.text)).error, "org.json:" + std::string(c.error)) << c.text;
  }
}

// What is multiplied by everything below it is bounded.
TEST(OrganizationFile, LongNamesAreRefused) {
  const std::string fits(1024, 'x');
  const auto error_with = [](const std::string& id, const std::string& name) {
    return LoadText(R"({"root": {"id": "r-1", "organizationalUnits": [{"id": ")" + id + R"(", "name": ")" +
                    name + R"("}]}})")
        .error;
  };
  EXPECT_EQ(error_with("ou-" + fits.substr(3), fits), "");
  EXPECT_EQ(error_with("ou-" + fits, "x"), "org.json:1:55: the id has 1027 bytes: at most 1024 are read");
  EXPECT_EQ(error_with("ou-1", fits + "x"), "org.json:1:55: the name has 1025 bytes: at most 1024 are read");
  EXPECT_EQ(LoadText(R"({"root": {"id": "r-1", "accounts": [{"id": ")" + fits + fits + R"("}]}})").error,
            "org.json:1:44: this is no account id: it must have 12 digits");
}

TEST(OrganizationFile, PolicyFilesAreBoundedTogether) {
  const std::string policy = std::string(kFullDocument) + std::string(3 << 20, ' ');
  std::string policies;
  for (int i = 100; i < 123; ++i) {
    policies += (policies.empty() ? "" : ",\n") + ("\"p-" + std::to_string(i)) + R"(": {"file": "p.json"})";
  }
  EXPECT_EQ(
      Load({{"org.json", R"({"root": {"id": "r-1"}, "policies": {)" + policies + "}}"}, {"p.json", policy}},
           "org.json")
          .error,
      "org.json:23:19: the policies' files have more than 64 MiB together, this one and those after it are "
      "not read");
}

TEST(OrganizationFile, TheOneInADirectory) {
  const std::string organization = R"({"root": {"id": "r-1"}})";
  const std::map<std::string, std::string> files = {{"d/org.yaml", "root: {id: r-1}"},
                                                    {"d/policy.json", std::string(kFullDocument)},
                                                    {"d/notes.json", "["}};
  EXPECT_EQ(Load(files, "d").error, "");
  std::map<std::string, std::string> two = files;
  two["d/other.json"] = organization;
  EXPECT_EQ(Load(two, "d").error,
            "d: several organizations lie here, d/org.yaml and d/other.json: name the one that is meant");
  EXPECT_EQ(Load({{"d/policy.json", std::string(kFullDocument)}}, "d").error.substr(0, 38),
            "d: no organization is recognised here;");
  EXPECT_EQ(LoadText(std::string(kFullDocument)).error.substr(0, 26), "org.json: this is a policy");
}

// Long lists, known or not, take no more time than their length.
TEST(OrganizationFile, ManyReferences) {
  std::string policies;
  std::string known;
  std::string unknown;
  for (int i = 100000; i < 140000; ++i) {
    policies += "\"p-a" + std::to_string(i) + R"(": {"type": "TAG_POLICY", "document": {}},)";
    known += "\"p-a" + std::to_string(i) + "\",";
    unknown += "\"p-bcd" + std::to_string(i) + "\",";
  }
  policies.pop_back();
  known.pop_back();
  unknown.pop_back();
  const auto load = [&](const std::string& attached) {
    return LoadText("{\"policies\": {" + policies + "}, \"root\": {\"id\": \"r-1\", \"policies\": [" +
                    attached + "]}}");
  };
  const Loading loading = load(known);
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(loading.organization->nodes[0].attachments.size(), 40000U);
  EXPECT_FALSE(load(unknown).organization);
  EXPECT_NE(load(known + ",\"p-a100000\"").error.find("the policy `p-a100000` is attached twice here"),
            std::string::npos);
}

TEST(OrganizationFile, AllComplaintsAreCollected) {
  const Loading loading =
      LoadText(R"({"x": 1, "root": {"id": "r-1", "accounts": [{"id": "1"}, {"id": "2"}]}})");
  EXPECT_EQ(loading.diagnostics.all().size(), 3U);
  EXPECT_EQ(loading.error, loading.diagnostics.first_error().ToError().ToString());
}

// G-04a: what can't be read as a policy is an error only where it is attached.
TEST(OrganizationFile, G04a_UndecidablePolicies) {
  const auto text = [](std::string_view attached) {
    return R"({"policies": {"p-bad": {"name": "Bad", "document": {"Statement": []}}},
 "root": {"id": "r-1", "policies": [)" +
           std::string(attached) + "]}}";
  };
  EXPECT_EQ(LoadText(text("")).error, "");
  EXPECT_EQ(LoadText(text("\"p-bad\"")).error,
            "org.json:1:66: `Statement` is empty: a policy needs at least one statement");
  for (const char* name : {"p-bad", "Bad"}) {
    const Loading loading = LoadText(text("\"Bad\", \"FullAWSAccess\""), {.ignored_policies = {name}});
    ASSERT_TRUE(loading.organization) << loading.error;
    // As if it were not attached.
    ASSERT_EQ(loading.organization->nodes[0].attachments.size(), 1U);
    EXPECT_EQ(loading.organization->policy(loading.organization->nodes[0].attachments[0].policy).id,
              "p-FullAWSAccess");
  }
  EXPECT_EQ(LoadText(text(""), {.ignored_policies = {"p-none"}}).error,
            "there is no policy `p-none` to ignore");
}

// G-02: equal keys inside a document hurt that policy alone.
TEST(OrganizationFile, G02_DuplicateKeysInDocuments) {
  const auto text = [](std::string_view attached) {
    return R"({"policies": {"p-twice": {"document": {"Version": "2012-10-17",
  "Statement": {"Effect": "Deny", "Effect": "Deny", "Action": "*", "Resource": "*"}}}},
 "root": {"id": "r-1", "policies": [)" +
           std::string(attached) + "]}}";
  };
  const Loading unattached = LoadText(text(""));
  ASSERT_TRUE(unattached.organization) << unattached.error;
  EXPECT_FALSE(unattached.organization->policies[0].document.decidable);
  EXPECT_EQ(LoadText(text("\"p-twice\"")).error,
            "org.json:2:35: the key `Effect` stands twice in one object: AWS rejects that; keep one of them");
  // Not those outside.
  EXPECT_EQ(LoadText(R"({"policies": {"p-a": {"name": "A", "document": {"a": {"b": 1, "b": 2}}, "name": "B"}},
 "root": {"id": "r-1"}})")
                .error,
            "org.json:1:73: the key `name` stands twice in one object: AWS rejects that; keep one of them");
  // However many they are.
  std::string many = R"({"policies": {"p-twice": {"document": {)";
  for (int i = 0; i < 2000; ++i) many += "\"k\": 1, ";
  many += R"("k": 1}}}, "root": {"id": "r-1", "id": "r-2", "policies": []}})";
  EXPECT_FALSE(LoadText(many).organization);
}

TEST(OrganizationFile, G02_DuplicateKeysThatAnAliasRepeats) {
  const auto text = [](std::string_view attached) {
    return "policies:\n  p-a: {document: &d {Statement: [], Statement: []}}\n  p-b: {document: *d}\n"
           "  p-c: {document: {Statement: 1, x: *d}}\nroot: {id: r-1, policies: [" +
           std::string(attached) + "]}\n";
  };
  for (const std::string_view attached : {"p-a", "p-b", "p-c"}) {
    const Loading loading = Load({{"org.yaml", text(attached)}}, "org.yaml");
    EXPECT_NE(
        loading.AllDiagnostics().find("org.yaml:2:38: error: the key `Statement` stands twice in one object"),
        std::string::npos)
        << attached;
  }
  EXPECT_EQ(Load({{"org.yaml", text("")}}, "org.yaml").error, "");
}

TEST(OrganizationFile, Yaml) {
  // Both traps: an unquoted id with a leading zero, and an unquoted version date.
  constexpr std::string_view kYaml = R"(# comment
managementAccount: 999999999999
policies:
  p-guard:
    name: 2024
    document:
      Version: 2012-10-17
      Statement: &statement
        - {Effect: Deny, Action: 's3:*', Resource: '*', Condition: {Bool: {aws:SecureTransport: false}}}
  p-other:
    document: {Version: 2012-10-17, Statement: *statement}
root:
  id: r-abcd
  policies: [2024, p-other]
  accounts:
    - id: 012345678901
      name: true
      policies: []
    - {id: 111111111111, name: 0x1F}
)";
  const Loading loading = Load({{"org.yaml", std::string(kYaml)}}, "org.yaml");
  ASSERT_TRUE(loading.organization) << loading.error;
  EXPECT_EQ(Describe(*loading.organization), R"( aws management 999999999999 scps on
p-guard 2024 SERVICE_CONTROL_POLICY
  - deny s3:* on * if Bool aws:SecureTransport false
p-other p-other SERVICE_CONTROL_POLICY
  - deny s3:* on * if Bool aws:SecureTransport false
p-FullAWSAccess FullAWSAccess SERVICE_CONTROL_POLICY managed
  - allow * on *
r-abcd /: p-guard p-other
012345678901 /true r-abcd ACTIVE:
111111111111 /0x1F r-abcd ACTIVE: p-FullAWSAccess
)");
  EXPECT_TRUE(loading.organization->policies[0].document.has_variables);

  struct Case {
    std::string_view yaml;
    std::string_view error;
  };
  constexpr Case kCases[] = {
      {"root: {id: r-1, accounts: [{id: 12345678901}]}",
       "org.yaml:1:33: `12345678901` is no account id: it must have 12 digits; if leading zeros were lost, "
       "it "
       "is \"012345678901\""},
      {"policies: {p-a: {awsManaged: yes, document: {}}}\nroot: {id: r-1}",
       "org.yaml:1:30: `awsManaged` must be `true` or `false`, this is a string"},
      {"root: {id: r-1}\n---\nroot: {id: r-2}",
       "org.yaml:2:1: a second document starts here: a file holds one, split it into several files"},
      {"", "org.yaml:1:1: there is no content: a YAML document is needed"},
      {"root: {id: {{ root }}}",
       "org.yaml:1:12: a template (`{{ }}` or `{% %}`) stands here: render the file first, or quote the text "
       "if it is meant"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Load({{"org.yaml", std::string(c.yaml)}}, "org.yaml").error, c.error) << c.yaml;
  }
}

TEST(OrganizationFile, WhichSyntax) {
  struct Case {
    const char* path;
    std::string_view text;
    std::string_view error;
  };
  constexpr Case kCases[] = {
      {"org.json", R"({"root": {"id": "r-1"}})", ""},
      {"org.yaml", R"({"root": {"id": "r-1"}})", ""},
      {"org", R"({"root": {"id": "r-1"}})", ""},
      {"org.yaml", "{root: {id: r-1}}", ""},
      {"org.yaml", "root: {id: r-1}", ""},
      {"org", "root: {id: r-1}", ""},
      {"org", "{root: {id: r-1}}", ""},
      {"org.json", "{root: {id: r-1}}", "org.json:1:2: expected a key in double quotes, found `r`"},
      {"org.json", "root: {id: r-1}", "org.json:1:1: expected a value, found `r`"},
      {"org.json", "", "org.json:1:1: the text is empty: a JSON document is needed"},
      {"org", "{\"root\": {\"id\": 'r-1}",
       "org:1:17: JSON strings stand in double quotes: write `\"` for `'`"},
      {"org.yaml", "{\"root\": {\"id\": 'r-1}",
       "org.yaml:1:17: JSON strings stand in double quotes: write `\"` for `'`"},
      {"org.yaml", "root: 'r-1",
       "org.yaml:1:11: not valid YAML: found unexpected end of stream while scanning a quoted scalar"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(Load({{c.path, std::string(c.text)}}, c.path).error, c.error) << c.path << ' ' << c.text;
  }
}

TEST(OrganizationFile, NotAnOrganization) {
  constexpr std::string_view kMessage =
      "no organization is recognised here; known are a directory with `list-roots.json`, or JSON lines of "
      "`operation`, `request` and `response`; an organization file: an object with `root`";
  EXPECT_EQ(LoadText("[]").error, "org.json: " + std::string(kMessage));
  EXPECT_EQ(Load({{"dir/x.txt", ""}}, "dir").error, "dir: " + std::string(kMessage));
  EXPECT_EQ(Load({{"dir/x.txt", ""}}, "none").error, "none: can't open it: no such file or directory");
}

}  // namespace
}  // namespace scpcheck

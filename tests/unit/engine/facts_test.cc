// The facts of semantics, one row each: a condition, resource or action and a request, and whether the
// statement matches. Each row is asked twice: as the only Deny, and as the only Allow of its level.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/folded_name.h"
#include "engine/condition_faults.h"
#include "engine/lookup.h"
#include "scpcheck/engine.h"

namespace scpcheck {
namespace {

constexpr const char* kUser = "arn:aws:iam::111111111111:user/team/ann";

Engine Compile(const std::string& organization) {
  const MemoryFiles files({{"o.json", organization}});
  Diagnostics diagnostics;
  Result<Organization> loaded = LoadOrganization("o.json", files, {}, diagnostics);
  EXPECT_TRUE(loaded.ok()) << loaded.error().ToString() << "\n" << organization;
  return Engine::Compile(loaded.ok() ? std::move(loaded).value() : Organization{});
}

// `body`: the members of the statement besides Effect.
std::string OrganizationWith(const std::string& effect, const std::string& body, const std::string& version) {
  const std::string full = effect == "Deny" ? R"("p-FullAWSAccess",)" : "";
  return R"({"id":"o-example001","policies":{"p-x":{"document":{)" + version + R"("Statement":{"Effect":")" +
         effect + "\"," + body + R"(}}}},"root":{"id":"r-abcd","policies":[)" + full +
         R"("p-x"],"accounts":[{"id":"111111111111","name":"Dev"}]}})";
}

enum Expect { kNo, kYes, kOpen };

void Check(const std::string& body, const std::string& request, Expect expected,
           const std::string& version = R"("Version":"2012-10-17",)") {
  const Result<Request> parsed = ParseRequest(request);
  ASSERT_TRUE(parsed.ok()) << parsed.error().ToString() << request;
  for (const std::string effect : {"Deny", "Allow"}) {
    const Engine engine = Compile(OrganizationWith(effect, body, version));
    Evaluator evaluator(engine);
    const Result<Decision> decision = evaluator.Decide(*parsed);
    ASSERT_TRUE(decision.ok()) << decision.error().ToString() << request;
    const Verdict matched = effect == "Deny" ? Verdict::kDenied : Verdict::kAllowed;
    const Verdict missed = effect == "Deny" ? Verdict::kAllowed : Verdict::kDenied;
    const Verdict wanted = expected == kOpen ? Verdict::kUndecided : expected == kYes ? matched : missed;
    EXPECT_EQ(VerdictName(decision->verdict), VerdictName(wanted)) << effect << " " << body << "\n"
                                                                   << request;
  }
}

// G-04a: told, and decided all the same.
TEST(FactsTest, ConditionFaults) {
  const struct {
    const char* condition;
    const char* told;  // the beginning
  } kCases[] = {
      {R"({"NumericLessThan":{"a:x":["1","ten"]}})",
       "error: `ten` is no number, so `NumericLessThan` has nothing"},
      {R"({"DateGreaterThan":{"a:x":"tomorrow"}})", "error: `tomorrow` is no date"},
      {R"({"NotIpAddress":{"a:x":"10.0.0.0/33"}})", "error: `10.0.0.0/33` is no address or address block"},
      {R"({"ArnLike":{"a:x":"arn:aws:iam"}})", "error: `arn:aws:iam` is no ARN"},
      {R"({"ForAllValues:Null":{"a:x":"true"}})", "error: `Null` asks whether a key is there"},
      {R"({"DateLessThan":{"a:x":"2026-01-01T00:00:00"}})",
       "warning: `2026-01-01T00:00:00` has no time zone"},
      {R"({"DateLessThan":{"a:x":"2026-01-01T00:00:00+01:00"}})", ""},
      {R"({"DateLessThan":{"a:x":"2026-01-01"}})", ""},
      {R"({"NumericLessThan":{"a:x":"1e3"},"IpAddress":{"a:y":"10.0.0.0/8"}})", ""},
      {R"({"ArnLike":{"a:x":"arn:aws:iam::*:role/*"},"Null":{"a:y":"true"}})", ""},
  };
  for (const auto& c : kCases) {
    const Policy policy = ParsePolicy(Source::FromText(
        "p",
        R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":)" +
            std::string(c.condition) + "}}"));
    Diagnostics faults;
    FindConditionFaults(policy, faults);
    const std::string told = faults.empty() ? "" : faults.all()[0].ToString();
    EXPECT_EQ(faults.all().size(), *c.told == '\0' ? 0U : 1U) << c.condition;
    EXPECT_NE(told.find(c.told), std::string::npos) << told;
  }
}

// Names that hash alike, as `[` and `{` do, cost no more than a few looks each.
TEST(KeyTable, CollidingNames) {
  KeyTable table;
  std::vector<CompiledKey> keys;
  for (uint32_t i = 0; i < 4096; ++i) {
    std::string name = "aws:PrincipalTag/";
    for (uint32_t bit = 0; bit < 12; ++bit) name += (i >> bit & 1) != 0 ? '[' : '{';
    keys.push_back({.name = name, .lower_name = AsciiLower(name)});
    table.Add(static_cast<KeyId>(i), keys);
  }
  for (uint32_t i = 0; i < keys.size(); ++i) {
    EXPECT_EQ(table.Find(keys[i].name, FoldedHash(keys[i].name), keys), static_cast<KeyId>(i))
        << keys[i].name;
  }
  EXPECT_EQ(table.Find("aws:PrincipalTag/[[[[[[[[[[[]", FoldedHash("aws:PrincipalTag/[[[[[[[[[[[]"), keys),
            std::nullopt);
}

struct ConditionFact {
  const char* id;
  const char* condition;
  const char* context;
  Expect expected;
};

TEST(FactsTest, Conditions) {
  const ConditionFact facts[] = {
      {"C-01", R"({"StringEquals":{"a:x":"1","a:y":"2"}})", R"({"a:x":"1","a:y":"2"})", kYes},
      {"C-01", R"({"StringEquals":{"a:x":"1","a:y":"2"}})", R"({"a:x":"1","a:y":"3"})", kNo},
      {"C-02", R"({"StringEquals":{"a:x":["1","2"]}})", R"({"a:x":"2"})", kYes},
      {"C-02", R"({"StringNotEquals":{"a:x":["1","2"]}})", R"({"a:x":"2"})", kNo},
      {"C-02", R"({"StringNotEquals":{"a:x":["1","2"]}})", R"({"a:x":"3"})", kYes},
      {"C-03", R"({"StringEquals":{"a:x":"1"}})", R"({"a:x":null})", kNo},
      {"C-03", R"({"StringNotEquals":{"a:x":"1"}})", R"({"a:x":null})", kYes},
      {"C-03", R"({"StringEquals":{"a:x":"1"}})", R"({})", kOpen},
      {"C-10", R"({"StringLike":{"a:x":"a${*}b"}})", R"({"a:x":"a*b"})", kYes},
      {"C-10", R"({"StringLike":{"a:x":"a${*}b"}})", R"({"a:x":"axb"})", kNo},
      {"C-11", R"({"StringEquals":{"a:x":"a*"}})", R"({"a:x":"ab"})", kNo},
      {"C-12", R"({"NumericEquals":{"a:x":"2.0"}})", R"({"a:x":2})", kYes},
      {"C-12", R"({"NumericLessThan":{"a:x":10}})", R"({"a:x":"9.99"})", kYes},
      {"C-12", R"({"NumericNotEquals":{"a:x":"ten"}})", R"({"a:x":2})", kNo},
      {"C-12", R"({"NumericNotEquals":{"a:x":3}})", R"({"a:x":"ten"})", kNo},
      {"C-13", R"({"DateGreaterThan":{"a:x":"2026-01-01T00:00:00Z"}})",
       R"({"a:x":"2026-01-01T01:00:00+00:30"})", kYes},
      {"C-13", R"({"DateEquals":{"a:x":"2026"}})", R"({"a:x":"2026-01-01"})", kYes},
      {"C-13", R"({"DateEquals":{"a:x":"1767225600"}})", R"({"a:x":"2026-01-01T00:00:00Z"})", kYes},
      {"C-13", R"({"DateNotEquals":{"a:x":"2026-02-30"}})", R"({"a:x":"2026-01-01"})", kNo},
      {"C-14", R"({"Bool":{"a:x":true}})", R"({"a:x":"TRUE"})", kYes},
      {"C-14", R"({"Bool":{"a:x":"false"}})", R"({"a:x":true})", kNo},
      {"C-15", R"({"IpAddress":{"aws:SourceIp":"203.0.113.77/24"}})", R"({"aws:SourceIp":"203.0.113.1"})",
       kYes},
      {"C-15", R"({"IpAddress":{"aws:SourceIp":"203.0.113.0"}})", R"({"aws:SourceIp":"203.0.113.1"})", kNo},
      {"C-15", R"({"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}})", R"({"aws:SourceIp":"2001:db8::1"})",
       kYes},
      {"C-15", R"({"IpAddress":{"aws:SourceIp":"2001:DB8::/32"}})", R"({"aws:SourceIp":"2001:db8:0:0::1"})",
       kYes},
      {"C-16", R"({"ForAllValues:Null":{"aws:TagKeys":"true"}})", R"({"aws:TagKeys":["a"]})", kYes},
      {"C-16", R"({"ForAnyValue:Null":{"aws:TagKeys":"false"}})", R"({"aws:TagKeys":["a"]})", kNo},
      {"C-17", R"({"Null":{"a:x":"true"}})", R"({"a:x":[]})", kYes},
      {"C-17", R"({"Null":{"a:x":"false"}})", R"({"a:x":""})", kYes},
      {"C-18", R"({"StringEqualsIfExists":{"a:x":"1"}})", R"({"a:x":null})", kYes},
      {"C-18", R"({"ForAnyValue:StringEqualsIfExists":{"aws:TagKeys":"1"}})", R"({"aws:TagKeys":null})",
       kYes},
      {"C-19", R"({"StringEqualsIgnoreCase":{"a:x":"Prod"}})", R"({"a:x":"pROD"})", kYes},
      {"C-20", R"({"ArnLike":{"a:x":"arn:aws:s3:*:*:b*"}})", R"({"a:x":"arn:aws:s3:::bucket:with:colons"})",
       kYes},
      {"C-21", R"({"ArnLike":{"a:x":"arn:aws:someservice:*:111122223333:finance/*"}})",
       R"({"a:x":"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"})",
       kNo},
      {"C-21", R"({"StringLike":{"a:x":"arn:aws:someservice:*:111122223333:finance/*"}})",
       R"({"a:x":"arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt"})",
       kYes},
      {"C-22", R"({"ArnLike":{"a:x":"*"}})", R"({"a:x":"arn:aws:s3:::b"})", kNo},
      {"C-22a", R"({"ArnNotLike":{"a:x":"arn:aws:s3:::b"}})", R"({"a:x":"no arn"})", kNo},
      {"C-30", R"({"ForAllValues:StringEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":[""]})", kYes},
      {"C-30", R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":[""]})", kNo},
      {"C-31", R"({"StringNotEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":["b"]})", kNo},
      {"C-31", R"({"StringNotEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":null})", kYes},
      {"C-31a", R"({"StringEquals":{"a:x":"1"}})", R"({"a:x":["1"]})", kNo},
      {"C-32", R"({"ForAnyValue:StringEquals":{"aws:RequestedRegion":"eu-west-1"}})",
       R"({"aws:RequestedRegion":"eu-west-1"})", kYes},
      {"4.4", R"({"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}})", R"({"aws:TagKeys":["a","c"]})",
       kNo},
      {"4.4", R"({"ForAllValues:StringEquals":{"aws:TagKeys":["a","b"]}})", R"({"aws:TagKeys":null})", kYes},
      {"4.4", R"({"ForAllValues:StringNotEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":["b","a"]})", kNo},
      {"4.4", R"({"ForAnyValue:StringEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":["b","a"]})", kYes},
      {"4.4", R"({"ForAnyValue:StringNotEquals":{"aws:TagKeys":"a"}})", R"({"aws:TagKeys":null})", kNo},
      {"T-08", R"({"BinaryEquals":{"a:x":"QmluYXJ5"}})", R"({"a:x":"QmluYXJ5"})", kYes},
      {"G-14", R"({"StringEquals":{"AWS:requesttag/Team":"1"}})", R"({"aws:RequestTag/team":"1"})", kYes},
      {"G-15", R"({"stringequals":{"a:x":"1"}})", R"({"a:x":"1"})", kYes},
      {"G-15", R"({"StringEqual":{"a:x":"1"}})", R"({"a:x":"1"})", kNo},
      {"G-15", R"({"StringEqual":{}})", R"({"a:x":"1"})", kNo},
      {"G-15", R"({"NullIfExists":{},"StringEquals":{"a:x":"1"}})", R"({"a:x":"1"})", kNo},
      {"C-04", R"({"StringEquals":{}})", R"({"a:x":"1"})", kYes},
      {"C-12", R"({"NumericLessThan":{"a:x":"1e999999999"}})", R"({"a:x":"5"})", kYes},
      {"C-13", R"({"DateLessThan":{"a:x":"1772366400000000"}})", R"({"a:x":"2026-03-01T00:00:00Z"})", kYes},
      {"G-16", R"({"StringEquals":{"a:x":[]}})", R"({"a:x":"1"})", kNo},
      {"G-16a", R"({"StringNotEquals":{"a:x":[]}})", R"({"a:x":"1"})", kYes},
      {"V-01", R"({"StringEquals":{"a:x":"${aws:username}"}})", R"({"a:x":"ann"})", kYes},
      {"V-03a", R"({"StringEquals":{"a:x":"${aws:TagKeys, 'a'}"}})", R"({"a:x":"a","aws:TagKeys":null})",
       kNo},
      {"V-04", R"({"StringEquals":{"a:x":"${a:y, 'none'}"}})", R"({"a:x":"none","a:y":null})", kYes},
      {"V-06", R"({"StringNotEquals":{"a:x":"${a:y}"}})", R"({"a:x":"1","a:y":null})", kYes},
      {"V-06", R"({"StringEquals":{"a:x":"${a:y}"}})", R"({"a:x":"1","a:y":null})", kNo},
      {"V-08", R"({"StringLike":{"a:x":"${a:y}"}})", R"({"a:x":"abc","a:y":"a*"})", kNo},
      {"U-02", R"({"StringEquals":{"aws:PrincipalAccount":"111111111111"}})", R"({})", kYes},
      {"U-02", R"({"StringEquals":{"aws:PrincipalOrgID":"o-example001"}})", R"({})", kYes},
      {"V-09", R"({"StringEquals":{"aws:PrincipalType":"User"}})", R"({})", kYes},
  };
  for (const ConditionFact& fact : facts) {
    SCOPED_TRACE(fact.id);
    Check(std::string(R"("Action":"*","Resource":"*","Condition":)") + fact.condition,
          std::string(
              R"({"account":"Dev","action":"s3:GetObject","resource":"arn:aws:s3:::b/k","principal":")") +
              kUser + R"(","context":)" + fact.context + "}",
          fact.expected);
  }
}

struct ResourceFact {
  const char* id;
  const char* action;
  const char* element;   // with its key
  const char* resource;  // empty: left out
  Expect expected;
};

TEST(FactsTest, Resources) {
  const ResourceFact facts[] = {
      {"R-01", "s3:GetObject", R"("Resource":"*")", "", kYes},
      {"R-01", "s3:GetObject", R"("Resource":"arn:aws:s3:::b/*")", "", kOpen},
      {"R-02", "s3:GetObject", R"("Resource":"arn:aws:s3:::B/*/test/*")",
       "arn:aws:s3:::B/1/2/test/3/object.jpg", kYes},
      {"R-02", "s3:GetObject", R"("Resource":"arn:aws:s3:::B/*/test/*")", "arn:aws:s3:::B/1-test/object.jpg",
       kNo},
      {"R-03", "logs:PutLogEvents", R"("Resource":"arn:aws:l*:x:y:log-group")",
       "arn:aws:logs:eu:x:y:log-group", kYes},
      {"R-03", "logs:PutLogEvents", R"("Resource":"arn:aws:lo*s:eu-west-1:*:x")",
       "arn:aws:lo:gs:eu-west-1:1:x", kNo},
      {"R-05", "s3:GetObject", R"("Resource":"arn:aws:s3:::B")", "arn:aws:s3:::b", kNo},
      {"R-06", "sqs:SendMessage", R"("Resource":"arn:aws:sqs*")", "arn:aws:sqs:eu-west-1:111111111111:q",
       kYes},
      {"R-06a", "sqs:SendMessage", R"("Resource":"arn:aws:sqs")", "arn:aws:sqs:eu-west-1:111111111111:q",
       kNo},
      {"R-06a", "sqs:SendMessage", R"("NotResource":"arn:aws:sqs")", "arn:aws:sqs:eu-west-1:111111111111:q",
       kYes},
      {"R-07", "s3:ListAllMyBuckets", R"("Resource":"arn:aws:s3:::*")", "arn:aws:s3:::b", kNo},
      {"R-07", "s3:ListAllMyBuckets", R"("NotResource":"arn:aws:s3:::*")", "", kYes},
      {"R-10", "s3:GetObject", R"("Resource":"arn:aws:s3:::b/*")", "arn:aws:s3:::b/logs/*", kYes},
      {"R-10", "s3:GetObject", R"("Resource":"arn:aws:s3:::b/*")", "arn:aws:s3:::c/*", kNo},
      {"R-10", "s3:GetObject", R"("Resource":"arn:aws:s3:::b/x")", "arn:aws:s3:::b/*", kOpen},
      {"G-11", "s3:GetObject", R"("NotResource":["arn:aws:s3:::a","arn:aws:s3:::b"])", "arn:aws:s3:::b", kNo},
      {"V-06", "s3:GetObject", R"("Resource":"arn:aws:s3:::b/${aws:PrincipalTag/team}")", "arn:aws:s3:::b/x",
       kOpen},
  };
  for (const ResourceFact& fact : facts) {
    SCOPED_TRACE(fact.id);
    std::string request = std::string(R"({"account":"Dev","action":")") + fact.action + "\"";
    if (*fact.resource != '\0') request += std::string(R"(,"resource":")") + fact.resource + "\"";
    Check(std::string(R"("Action":"*",)") + fact.element, request + "}", fact.expected);
  }
}

struct ActionFact {
  const char* id;
  const char* element;
  const char* action;
  Expect expected;
};

TEST(FactsTest, Actions) {
  const ActionFact facts[] = {
      {"G-10", R"("Action":"S3:getobject")", "s3:GetObject", kYes},
      {"G-10", R"("Action":"s3:*Object")", "s3:GetObject", kYes},
      {"G-10", R"("Action":"s3:?etObject")", "s3:GetObject", kYes},
      {"G-10", R"("Action":"*:*")", "s3:GetObject", kYes},
      {"G-10", R"("Action":"s*:Get*")", "s3:GetObject", kYes},
      {"G-10", R"("Action":"s3:Get:Object")", "s3:GetObject", kNo},
      {"G-10", R"("Action":"s3: GetObject")", "s3:GetObject", kNo},
      {"G-10", R"("NotAction":"s3: GetObject")", "s3:GetObject", kYes},
      {"G-10", R"("Action":"s3*")", "s3:GetObject", kNo},
      {"G-10", R"("Action":"newservice:Do*")", "newservice:DoIt", kYes},
      {"G-10", R"("Action":"s3:New*")", "s3:NewActionOfTomorrow", kYes},
      {"G-11", R"("NotAction":["s3:*","iam:*"])", "s3:GetObject", kNo},
      {"G-11", R"("NotAction":["s3:*","iam:*"])", "newservice:DoIt", kYes},
      {"G-16", R"("Action":[])", "s3:GetObject", kNo},
      {"G-16", R"("NotAction":[])", "s3:GetObject", kYes},
  };
  for (const ActionFact& fact : facts) {
    SCOPED_TRACE(fact.id);
    Check(std::string(fact.element) + R"(,"Resource":"*")",
          std::string(R"({"account":"Dev","action":")") + fact.action + "\"}", fact.expected);
  }
}

TEST(FactsTest, VariablesNeedTheirVersion) {  // G-03
  const std::string body =
      R"("Action":"*","Resource":"*","Condition":{"StringEquals":{"a:x":"${aws:username}"}})";
  const std::string request = std::string(R"({"account":"Dev","action":"s3:GetObject","principal":")") +
                              kUser + R"(","context":{"a:x":"${aws:username}"}})";
  Check(body, request, kNo);
  Check(body, request, kYes, "");
  Check(body, request, kYes, R"("Version":"2008-10-17",)");
}

struct SubjectFact {
  const char* id;
  const char* organization;  // further members of the organization
  const char* request;       // further members of the request
  Reason reason;
};

TEST(FactsTest, WhoIsReached) {
  const SubjectFact facts[] = {
      {"E-10", "", R"("principal":"root")", Reason::kExplicitDeny},
      {"E-10", "", R"("principal":"arn:aws:iam::111111111111:role/x")", Reason::kExplicitDeny},
      {"E-11", R"("managementAccount":"111111111111",)", R"("principal":"root")", Reason::kManagementAccount},
      {"E-12", "",
       R"("principal":"arn:aws:iam::111111111111:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot")",
       Reason::kServiceLinkedRole},
      {"E-12", "", R"("principal":"arn:aws:iam::111111111111:role/aws-service-role/*")",
       Reason::kServiceLinkedRole},
      {"E-12", "", R"("principal":"arn:aws:iam::111111111111:role/*")", Reason::kExplicitDeny},
      {"E-14", "", R"("principal":"cloudtrail.amazonaws.com")", Reason::kServicePrincipal},
      {"E-20", R"("policyTypes":[],)", R"("principal":"root")", Reason::kScpNotEnabled},
      {"C-23a", "", R"("principal":"arn:aws:sts::111111111111:assumed-role/x/session")",
       Reason::kExplicitDeny},
  };
  for (const SubjectFact& fact : facts) {
    SCOPED_TRACE(fact.id);
    const Engine engine =
        Compile(std::string("{") + fact.organization +
                R"("policies":{"p-x":{"document":{"Version":"2012-10-17","Statement":)"
                R"({"Sid":"All","Effect":"Deny","Action":"*","Resource":"*"}}}},"root":{"id":"r-abcd",)"
                R"("policies":["p-FullAWSAccess","p-x"],"accounts":[{"id":"111111111111"}]}})");
    Evaluator evaluator(engine);
    const Result<Request> request = ParseRequest(
        std::string(R"({"account":"111111111111","action":"s3:GetObject",)") + fact.request + "}");
    ASSERT_TRUE(request.ok());
    const Result<Decision> decision = evaluator.Decide(*request);
    ASSERT_TRUE(decision.ok()) << decision.error().ToString();
    EXPECT_EQ(ReasonName(decision->reason), ReasonName(fact.reason));
    if (fact.reason == Reason::kExplicitDeny) {
      EXPECT_EQ(decision->node, "r-abcd");
      EXPECT_EQ(decision->policy, "p-x");
      EXPECT_EQ(decision->sid, "All");
    }
    // E-17: whatever is denied.
    Request caller_identity = *request;
    caller_identity.action = "STS:getCallerIdentity";
    const Result<Decision> identity = evaluator.Decide(caller_identity);
    ASSERT_TRUE(identity.ok());
    EXPECT_EQ(identity->verdict, Verdict::kAllowed);
  }
}

TEST(FactsTest, LevelsAndOrder) {  // E-01 to E-03
  const Engine engine = Compile(
      R"({"policies":{"p-s3":{"document":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}},
      "p-ec2":{"document":{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}},
      "p-deny":{"document":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"ec2:Stop*","Resource":"*"},
      {"Sid":"Second","Effect":"Deny","Action":"ec2:StopInstances","Resource":"*"}]}}},
      "root":{"id":"r-abcd","organizationalUnits":[{"id":"ou-abcd-1","name":"One","policies":["p-s3","p-ec2"],
      "accounts":[{"id":"111111111111"},{"id":"222222222222","policies":["p-deny"]}]}]}})");
  Evaluator evaluator(engine);
  const struct {
    const char* account;
    const char* action;
    Reason reason;
    const char* node;
  } rows[] = {
      {"111111111111", "s3:GetObject", Reason::kAllowedAtEveryLevel, ""},
      {"111111111111", "ec2:RunInstances", Reason::kAllowedAtEveryLevel, ""},
      {"111111111111", "iam:CreateUser", Reason::kImplicitDeny, "ou-abcd-1"},
      {"222222222222", "ec2:StopInstances", Reason::kExplicitDeny, "222222222222"},
      {"222222222222", "ec2:RunInstances", Reason::kImplicitDeny, "222222222222"},
      {"222222222222", "iam:CreateUser", Reason::kImplicitDeny, "ou-abcd-1"},
  };
  for (const auto& row : rows) {
    const Result<Decision> decision = evaluator.Decide(
        {.account = row.account, .action = row.action, .resource = {}, .principal = {}, .context = {}});
    ASSERT_TRUE(decision.ok()) << decision.error().ToString();
    EXPECT_EQ(ReasonName(decision->reason), ReasonName(row.reason)) << row.account << " " << row.action;
    EXPECT_EQ(decision->node, row.node);
    if (row.reason == Reason::kExplicitDeny) {
      EXPECT_EQ(decision->statement, 0U);
    }
  }
}

// The engine keeps the statements of a policy in words of 64 bits: every one must be found, whatever came
// before its policy, for actions of the catalogue and others.
TEST(FactsTest, PoliciesOfAnySize) {
  for (const int size : {1, 3, 61, 62, 64, 65, 150}) {
    std::string policies;
    std::string attached = R"("p-FullAWSAccess")";
    for (const std::string name : {"a", "b"}) {
      std::string statements;
      for (int i = 0; i < size; ++i) {
        if (i > 0) statements += ",";
        statements += R"({"Effect":"Deny","Action":["s3:GetObject","new:Thing"],"Resource":"*","Condition":)";
        statements += R"({"StringEquals":{"aws:RequestTag/which":")" + name + std::to_string(i) + R"("}}})";
      }
      policies += (policies.empty() ? "" : ",") + std::string("\"p-") + name +
                  R"(":{"document":{"Statement":[)" + statements + "]}}";
      attached += ",\"p-" + name + '"';
    }
    const Engine engine = Compile(R"({"policies":{)" + policies + R"(},"root":{"id":"r-abcd","policies":[)" +
                                  attached + R"(],"accounts":[{"id":"111111111111"}]}})");
    Evaluator evaluator(engine);
    for (const std::string action : {"s3:GetObject", "new:Thing"}) {
      for (const std::string name : {"a", "b"}) {
        for (int i = 0; i < size; ++i) {
          const Result<Request> request = ParseRequest(
              R"({"account":"111111111111","action":")" + action + R"(","completeContext":true,"context":)" +
              R"({"aws:RequestTag/which":")" + name + std::to_string(i) + R"("}})");
          ASSERT_TRUE(request.ok()) << request.error().ToString();
          const Result<Decision> decision = evaluator.Decide(*request);
          ASSERT_TRUE(decision.ok()) << decision.error().ToString();
          EXPECT_EQ(decision->policy, "p-" + name) << size;
          EXPECT_EQ(decision->statement, static_cast<uint32_t>(i)) << size << " " << name;
        }
      }
    }
  }
}

struct PrincipalFact {
  const char* id;
  const char* condition;
  const char* principal;
  Expect expected;
};

// What is known of aws:PrincipalArn, aws:PrincipalType and aws:username if the principal is a pattern.
TEST(FactsTest, PrincipalPatterns) {
  constexpr const char* kLikeAppHere =
      R"({"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/app"}})";
  constexpr const char* kLikeApp = R"({"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app"}})";
  constexpr const char* kNotLikeApp = R"({"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/app"}})";
  constexpr const char* kRolesHere =
      R"({"StringLike":{"aws:PrincipalArn":"arn:aws:iam::111111111111:role/*"}})";
  constexpr const char* kIgnoreCase =
      R"({"StringEqualsIgnoreCase":{"aws:PrincipalArn":"ARN:AWS:IAM::111111111111:ROLE/APP"}})";
  constexpr const char* kVariable = R"({"StringEquals":{"a:x":"${aws:PrincipalArn}"}})";
  const PrincipalFact facts[] = {
      // The account asked about and the organization's partition take the place of wildcards.
      {"U-01", kLikeAppHere, "arn:aws:iam::*:role/app", kYes},
      {"U-01", kLikeAppHere, "arn:*:iam::111111111111:role/app", kYes},
      {"U-01", kLikeAppHere, "arn:a*:iam:*:1?1111111111:role/app", kYes},
      {"U-01", kLikeAppHere, "arn:aws:iam::*:role/a*", kOpen},
      {"U-01", kLikeApp, "arn:aws:iam::*:role/app", kYes},
      {"U-01", kNotLikeApp, "arn:aws:iam::*:role/app", kNo},
      {"U-01", kNotLikeApp, "arn:aws:iam::*:user/*", kYes},
      {"U-01", kRolesHere, "arn:aws:iam::*:role/*", kYes},
      {"U-01", kRolesHere, "arn:*:iam::*:r*", kOpen},
      {"U-01", kRolesHere, "arn:*:i*::*:role/app", kOpen},
      {"U-01", kLikeAppHere, "arn:*:i*::*:user/app", kNo},
      {"U-01", kRolesHere, "arn:aws:iam::*:*", kOpen},
      {"U-01", kRolesHere, "arn:*:iam::*:root", kNo},
      // What is one principal then is known like one that is written out.
      {"U-01", kIgnoreCase, "arn:aws:iam::111111111111:role/app", kYes},
      {"U-01", kIgnoreCase, "arn:aws:iam::*:role/app", kYes},
      {"U-01", kVariable, "arn:aws:iam::111111111111:role/app", kYes},
      {"U-01", kVariable, "arn:*:iam::*:role/app", kYes},
      {"U-01", kVariable, "arn:aws:iam::*:role/ap?", kOpen},
      {"V-09", R"({"StringEquals":{"aws:username":"ann"}})", "arn:aws:iam::*:user/team/ann", kYes},
      {"V-09", R"({"StringEquals":{"aws:PrincipalType":"Account"}})", "arn:*:iam::*:root", kYes},
      // C-23a: a pattern of sessions is one of roles, with any path.
      {"C-23a", kLikeApp, "arn:aws:sts::111111111111:assumed-role/*", kOpen},
      {"C-23a", kRolesHere, "arn:aws:sts::111111111111:assumed-role/*", kYes},
      {"C-23a", kRolesHere, "arn:aws:sts::*:assumed-role*", kYes},
      {"C-23a", kLikeApp, "arn:aws:sts::111111111111:assumed-role/app*", kOpen},
      {"C-23a", kLikeApp, "arn:aws:sts::111111111111:assumed-role/b*", kNo},
      {"C-23a", kLikeApp, "arn:aws:sts::111111111111:assumed-role/app?s", kOpen},
      {"C-23a",
       R"({"ArnLike":{"aws:PrincipalArn":["arn:aws:iam::*:role/app*","arn:aws:iam::*:role/*/app*"]}})",
       "arn:aws:sts::111111111111:assumed-role/app*", kYes},
      {"C-23a", R"({"StringEquals":{"aws:PrincipalType":"AssumedRole"}})",
       "arn:aws:sts::111111111111:assumed-role/a*", kYes},
      // Among several kinds there may be sessions, whose key is that of their role.
      {"C-23", kLikeApp, "arn:aws:sts::111111111111:*", kOpen},
      {"C-23", kRolesHere, "arn:aws:sts::111111111111:*", kOpen},
      {"C-23", R"({"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:user/*"}})", "arn:aws:sts::111111111111:*",
       kNo},
      {"C-23", kLikeApp, "arn:aws:s*::111111111111:assumed-role/app/*", kOpen},
      {"C-23", kLikeApp, "arn:aws:sts::111111111111:f*", kNo},
  };
  for (const PrincipalFact& fact : facts) {
    SCOPED_TRACE(fact.id);
    Check(std::string(R"("Action":"*","Resource":"*","Condition":)") + fact.condition,
          std::string(R"({"account":"Dev","action":"s3:GetObject","principal":")") + fact.principal +
              R"(","context":{"a:x":"arn:aws:iam::111111111111:role/app"}})",
          fact.expected);
  }
}

TEST(FactsTest, UndecidedNamesWhatItDependsOn) {
  const Engine engine = Compile(OrganizationWith(
      "Deny",
      R"("Action":"s3:*","Resource":"arn:aws:s3:::b/*","Condition":{"StringEquals":{"AWS:requestedregion":"eu-west-1"},"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/x"}})",
      R"("Version":"2012-10-17",)"));
  Evaluator evaluator(engine);
  const Result<Decision> decision = evaluator.Decide(
      {.account = "Dev", .action = "s3:GetObject", .resource = {}, .principal = {}, .context = {}});
  ASSERT_TRUE(decision.ok());
  EXPECT_EQ(decision->verdict, Verdict::kUndecided);
  EXPECT_EQ(std::vector<std::string_view>(decision->depends_on.begin(), decision->depends_on.end()),
            (std::vector<std::string_view>{"aws:RequestedRegion", "principal", "resource"}));
}

}  // namespace
}  // namespace scpcheck

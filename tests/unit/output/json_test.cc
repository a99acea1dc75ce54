// JSON documents: their members and the order of these, and that any text gives valid JSON.

#include "output/json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/catalogue.h"
#include "catalog/search.h"
#include "observatory.h"

namespace scpcheck {
namespace {

using Json = nlohmann::ordered_json;

// On one line: how a document is indented is for the golden files of the commands. Checks what every document
// has.
std::string Compact(const std::string& text) {
  EXPECT_TRUE(text.ends_with("\n}\n")) << text;
  constexpr std::string_view kHead =
      "{\n  \"schema\": 1,\n  \"version\": \"1.2.3\",\n  \"catalogueDate\": \"2026-03-01\",\n";
  EXPECT_TRUE(text.starts_with(kHead)) << text;
  Json document = Json::parse(text);
  for (const char* const name : {"schema", "version", "catalogueDate"}) document.erase(name);
  return document.dump();
}

std::string AnswersJson(const std::vector<Answer>& answers, const Organization& organization,
                        const OutputContext& context) {
  AnswersDocument document(context);
  for (const Answer& answer : answers) document.Add(answer, organization);
  return std::move(document).Take();
}

TEST(AnswerJson, MembersInTheirOrder) {
  const Organization organization = LoadText(kObservatory);
  const struct {
    Answer answer;
    std::string document;
  } cases[] = {
      {AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel),
       R"({"account":"600000000011","action":"lamp:SwitchOn","decision":"allowed",)"
       R"("reason":"allowedAtEveryLevel","dependsOn":[]})"},
      {AnswerOf(Verdict::kAllowed, Reason::kManagementAccount),
       R"({"account":"600000000011","action":"lamp:SwitchOn","decision":"allowed",)"
       R"("reason":"managementAccount","dependsOn":[]})"},
      {ImplicitDeny(),
       R"({"account":"600000000011","action":"lamp:SwitchOn","decision":"denied","reason":"implicitDeny",)"
       R"("node":"ou-obs1-domes001","dependsOn":[]})"},
      {ExplicitDeny(),
       R"({"account":"600000000011","action":"lamp:SwitchOn","decision":"denied","reason":"explicitDeny",)"
       R"("node":"ou-obs1-domes001","policy":"p-night","statement":0,"sid":"Dark","dependsOn":[]})"},
      {Undecided(),
       R"({"account":"600000000011","action":"lamp:SwitchOn",)"
       R"("error":"undecided: depends on aws:SourceIp, principal","dependsOn":["aws:SourceIp","principal"]})"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Compact(AnswerJson(c.answer, organization, Context())), c.document);
    EXPECT_EQ(Compact(AnswersJson({c.answer, c.answer}, organization, Context())),
              R"({"decisions":[)" + c.document + ',' + c.document + "]}");
  }
  EXPECT_EQ(Compact(AnswersJson({}, organization, Context())), R"({"decisions":[]})");
}

// What comes back is text of the request, and stays so: reading it as numbers would change it.
TEST(AnswerJson, WhatComesBackFromTheRequest) {
  const Organization organization = LoadText(kObservatory);
  Answer answer = ImplicitDeny();
  answer.explanation = ExplanationWith(Truth::kFalse, Truth::kFalse);
  answer.id = "-3.50e1";
  answer.echo = {{"n\"", "1e999"}, {"list", R"([1, {"k": "\u00fc"}])"}};
  EXPECT_EQ(AnswerJson(answer, organization, Context()),
            R"({
  "schema": 1,
  "version": "1.2.3",
  "catalogueDate": "2026-03-01",
  "id": -3.50e1,
  "account": "600000000011",
  "action": "lamp:SwitchOn",
  "decision": "denied",
  "reason": "implicitDeny",
  "node": "ou-obs1-domes001",
  "dependsOn": [],
  "blockers": [
    {
      "node": "ou-obs1-domes001"
    }
  ],
  "n\"": 1e999,
  "list": [1, {"k": "\u00fc"}]
}
)");
  Answer other = AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel);
  other.id = R"("q\n2")";
  EXPECT_EQ(AnswersJson({answer, other}, organization, Context()),
            R"({
  "schema": 1,
  "version": "1.2.3",
  "catalogueDate": "2026-03-01",
  "decisions": [
    {
      "id": -3.50e1,
      "account": "600000000011",
      "action": "lamp:SwitchOn",
      "decision": "denied",
      "reason": "implicitDeny",
      "node": "ou-obs1-domes001",
      "dependsOn": [],
      "blockers": [
        {
          "node": "ou-obs1-domes001"
        }
      ],
      "n\"": 1e999,
      "list": [1, {"k": "\u00fc"}]
    },
    {
      "id": "q\n2",
      "account": "600000000011",
      "action": "lamp:SwitchOn",
      "decision": "allowed",
      "reason": "allowedAtEveryLevel",
      "dependsOn": []
    }
  ]
}
)");
  for (const std::string_view name : {"schema", "version", "catalogueDate", "levels"}) {
    EXPECT_TRUE(IsDocumentMember(name)) << name;
  }
  EXPECT_FALSE(IsDocumentMember("n"));
}

TEST(AnswerJson, BlockersOfWhatIsNotAllowed) {
  const Organization organization = LoadText(kObservatory);
  const std::string dark =
      R"({"node":"ou-obs1-domes001","policy":"p-night","statement":0,"sid":"Dark","file":"o.json","line":1})";
  const std::string level = R"({"node":"ou-obs1-domes001"})";
  Answer answer = ExplicitDeny();
  answer.explanation = ExplanationWith(Truth::kTrue, Truth::kFalse);
  const auto blockers = [&] {
    const Json document = Json::parse(AnswerJson(answer, organization, Context()));
    EXPECT_FALSE(document.contains("levels"));
    const Json table = Json::parse(AnswersJson({answer}, organization, Context()));
    EXPECT_FALSE(table["decisions"][0].contains("levels"));
    EXPECT_EQ(table["decisions"][0].value("blockers", Json()), document.value("blockers", Json()));
    return document.contains("blockers") ? document["blockers"].dump() : "none";
  };
  EXPECT_EQ(blockers(), '[' + dark + ',' + level + ']');
  answer.verdict = Verdict::kUndecided;
  answer.explanation = ExplanationWith(Truth::kUnknown, Truth::kTrue);
  EXPECT_EQ(blockers(), '[' + dark + ']');
  answer.verdict = Verdict::kAllowed;
  EXPECT_EQ(blockers(), "none");
  answer.verdict = Verdict::kDenied;
  answer.explanation.reset();
  EXPECT_EQ(blockers(), "none");

  const Explanation both = ExplanationWith(Truth::kTrue, Truth::kFalse);
  EXPECT_EQ(BlockersMember(BlockersOf(both, organization)), "\"blockers\":[" + dark + ',' + level + ']');
  EXPECT_EQ(BlockersMember({}), "\"blockers\":[]");
}

TEST(AnswerJson, LevelsAreForExplain) {
  const Organization organization = LoadText(kObservatory);
  Answer answer = Undecided();
  answer.explanation = ExplanationWith(Truth::kUnknown, Truth::kFalse);
  StatementExplanation& dark = answer.explanation->levels[1].statements[0];
  dark.because = "IpAddress aws:SourceIp";
  dark.saw = "unknown";
  dark.range = organization.policy(kNight).document.statements[0].range;
  OutputContext context = Context();
  context.explain = true;
  const Json document = Json::parse(AnswerJson(answer, organization, context));
  EXPECT_EQ(Json::parse(AnswersJson({answer}, organization, context))["decisions"][0]["levels"],
            document["levels"]);
  const size_t column = std::string(kObservatory).find(R"({"Sid":"Dark")") + 1;
  EXPECT_EQ(document["levels"].dump(),
            R"([{"node":"r-obs1","name":"Observatory","allows":"yes","denies":"no","statements":[)"
            R"({"policy":"p-FullAWSAccess","statement":0,"effect":"Allow","matches":"yes",)"
            R"("file":"FullAWSAccess","line":1,"column":1}]},)"
            R"({"node":"ou-obs1-domes001","name":"Domes","allows":"no","denies":"unknown","statements":[)"
            R"({"policy":"p-night","statement":0,"sid":"Dark","effect":"Deny","matches":"unknown",)"
            R"("because":"IpAddress aws:SourceIp","saw":"unknown","file":"o.json","line":1,"column":)" +
                std::to_string(column) +
                R"(},)"
                R"({"policy":"p-night","statement":1,"effect":"Allow","matches":"no","file":"o.json",)"
                R"("line":1,"column":1}]}])");
}

// Texts of policies and requests are anybody's: control characters, quotes, and through the C++ interface
// bytes that are no UTF-8.
TEST(AnswerJson, AnyTextGivesValidJson) {
  const Organization organization = LoadText(kObservatory);
  const struct {
    std::string text;
    std::string read;
  } cases[] = {
      {"\"a\\b/c\"", "\"a\\b/c\""},
      {std::string("\0\x01\x1f\n\t\x7f", 6), std::string("\0\x01\x1f\n\t\x7f", 6)},
      {"\x1b[31mred", "\x1b[31mred"},
      {"Z\xc3\xbcrich \xf0\x9f\x98\x80", "Z\xc3\xbcrich \xf0\x9f\x98\x80"},
      {"a\xff"
       "b\xc3",
       "a\xef\xbf\xbd"
       "b\xef\xbf\xbd"},
  };
  for (const auto& c : cases) {
    Answer answer = ExplicitDeny();
    answer.action = answer.node = answer.policy = answer.sid = c.text;
    for (const std::string& text :
         {AnswerJson(answer, organization, Context()), AnswersJson({answer}, organization, Context())}) {
      for (const char byte : text) EXPECT_TRUE(byte == '\n' || static_cast<unsigned char>(byte) >= 0x20);
      const Json document = Json::parse(text);
      const Json& decision = document.contains("decisions") ? document["decisions"][0] : document;
      for (const char* const name : {"action", "node", "policy", "sid"}) {
        EXPECT_EQ(decision.at(name).get<std::string>(), c.read) << name;
      }
    }
    std::vector<Blocker> blockers(1);
    blockers[0].node = c.text;
    EXPECT_EQ(Json::parse('{' + BlockersMember(blockers) + '}')["blockers"][0]["node"].get<std::string>(),
              c.read);
  }
}

TEST(TreeJson, MembersInTheirOrder) {
  EXPECT_EQ(
      Compact(TreeJson(LoadText(kObservatory), Context())),
      R"({"id":"o-observ001","partition":"aws","managementAccount":"600000000001","scpEnabled":true,)"
      R"("policies":[{"id":"p-night","name":"Night","type":"SERVICE_CONTROL_POLICY","awsManaged":false,)"
      R"("evaluated":true,"characters":154,"maxCharacters":10240,"statements":2},)"
      R"({"id":"p-FullAWSAccess","name":"FullAWSAccess","type":"SERVICE_CONTROL_POLICY",)"
      R"("awsManaged":true,"evaluated":true,"characters":85,"maxCharacters":10240,"statements":1}],)"
      R"("nodes":[{"id":"r-obs1","name":"Observatory","path":"/","policies":["p-FullAWSAccess"],)"
      R"("freeSlots":9},{"id":"ou-obs1-domes001","name":"Domes","path":"/Domes","parent":"r-obs1",)"
      R"("policies":["p-night"],"freeSlots":9}],"accounts":[{"id":"600000000011","name":"Refractor",)"
      R"("path":"/Domes/Refractor","parent":"ou-obs1-domes001","policies":["p-FullAWSAccess"],)"
      R"("freeSlots":9},{"id":"600000000012","name":"","path":"/Domes/600000000012",)"
      R"("parent":"ou-obs1-domes001","policies":["p-FullAWSAccess"],"freeSlots":9}]})");
}

TEST(TreeJson, WhatIsNotGivenIsLeftOut) {
  const std::string text =
      R"({"partition":"aws-cn","policyTypes":[],"policies":{"p-rcp":{"type":"RESOURCE_CONTROL_POLICY",)"
      R"("document":{}}},"root":{"id":"r-obs1","name":"a\"\u0001","policies":["p-rcp"],"accounts":[)"
      R"({"id":"600000000011","name":"a/b","state":"SUSPENDED","policies":[]}]}})";
  EXPECT_EQ(Compact(TreeJson(LoadText(text), Context())),
            R"({"partition":"aws-cn","scpEnabled":false,"policies":[{"id":"p-rcp","name":"p-rcp",)"
            R"("type":"RESOURCE_CONTROL_POLICY","awsManaged":false,"evaluated":false,"characters":2}],)"
            R"("nodes":[{"id":"r-obs1","name":"a\"\u0001","path":"/","policies":["p-rcp"],"freeSlots":10}],)"
            R"("accounts":[{"id":"600000000011","name":"a/b","path":"/a\\/b","parent":"r-obs1",)"
            R"("state":"SUSPENDED","policies":[],"freeSlots":10}]})");
}

// The organization comes from a file that AWS has not seen yet.
TEST(TreeJson, MoreAttachmentsThanAwsAllows) {
  std::string policies;
  std::string names;
  for (int i = 10; i < 22; ++i) {
    const std::string name = "\"p-" + std::to_string(i) + '"';
    policies +=
        (policies.empty() ? "" : ",") + name +
        R"(:{"document":{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}})";
    names += (names.empty() ? "" : ",") + name;
  }
  const Json document = Json::parse(TreeJson(
      LoadText(R"({"policies":{)" + policies + R"(},"root":{"id":"r-obs1","policies":[)" + names + "]}}"),
      Context()));
  EXPECT_EQ(document["nodes"][0]["freeSlots"], -2);
}

TEST(ActionsJson, MembersInTheirOrder) {
  const Result<Catalogue> catalogue = Catalogue::FromText(
      "scpcheck-catalogue 1\nsource the dome's \"manual\"\ndate 2026-03-01\nkey String dome:Slit\n"
      "service dome Dome\ntype shutter\narn arn:${Partition}:dome:::shutter/${Id}\narn arn:x\n"
      "write Open\nkeys dome:Slit\nneeds shutter\nkeys dome:Slit\nlist ListDomes\nend\n",
      "c.txt");
  ASSERT_TRUE(catalogue.ok()) << catalogue.error().ToString();
  const Result<std::vector<ActionId>> actions = SearchActions(*catalogue, {"dome:*"});
  ASSERT_TRUE(actions.ok());
  EXPECT_EQ(Compact(ActionsJson(*catalogue, *actions, Context())),
            R"({"catalogueSource":"the dome's \"manual\"","actions":[)"
            R"({"action":"dome:ListDomes","accessLevel":"List","resourceTypes":[],"conditionKeys":[]},)"
            R"({"action":"dome:Open","accessLevel":"Write","resourceTypes":[{"name":"shutter",)"
            R"("required":true,"arns":["arn:${Partition}:dome:::shutter/${Id}","arn:x"],)"
            R"("conditionKeys":["dome:Slit"]}],"conditionKeys":["dome:Slit"]}]})");
  EXPECT_EQ(Compact(ActionsJson(*catalogue, {}, Context())),
            R"({"catalogueSource":"the dome's \"manual\"","actions":[]})");
}

}  // namespace
}  // namespace scpcheck

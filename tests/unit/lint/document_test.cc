// Documents: what kind they are, where policies inside others are found wrong, what fixes make of texts, the
// canonical layout; and what a page of a rule can't show.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "json/parse.h"
#include "lint/document_kind.h"
#include "lint/edits.h"
#include "lint/format.h"
#include "lint/linter.h"
#include "lint/normal_form.h"
#include "policy/load.h"
#include "property/environment.h"

namespace scpcheck {
namespace {

constexpr std::string_view kClean =
    R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}})";

RuleSet Only(std::initializer_list<std::string_view> ids) {
  RuleSet rules = RuleSet::None();
  for (const std::string_view id : ids) rules.Enable(*FindRule(id), true);
  return rules;
}

std::vector<Finding> Lint(const std::string& text, const RuleSet& rules, const LintSettings& settings = {}) {
  return Linter(Catalogue::Embedded(), settings, rules).Lint(Source::FromText("p.json", text), "p.json");
}

// `SCP001 1:2-3 error /pointer` of all findings.
std::string Places(const std::vector<Finding>& findings) {
  std::string out;
  for (const Finding& finding : findings) {
    const SourcePosition begin = finding.source->Locate(finding.range.begin);
    const SourcePosition end = finding.source->Locate(finding.range.end);
    out += (out.empty() ? "" : "\n") + std::string(finding.rule->id) + " " + std::to_string(begin.line) +
           ":" + std::to_string(begin.column) + "-" + std::to_string(end.column) + " " +
           std::string(SeverityName(finding.severity)) + " " + finding.pointer;
  }
  return out;
}

std::string FirstFix(const std::string& text, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    if (!finding.fixes.empty()) return ApplyEdits(text, finding.fixes[0].edits);
  }
  return "no fix";
}

json::Tree Parsed(const std::string& text) {
  Diagnostics diagnostics;
  std::optional<json::Tree> tree = json::Parse(Source::FromText("p.json", text), diagnostics);
  EXPECT_TRUE(tree) << text;
  return *std::move(tree);
}

std::string Canonical(const std::string& text) {
  return CanonicalText(Parsed(text).root());
}

TEST(DocumentKind, Table) {
  struct Case {
    DocumentKind kind;
    std::string_view text;
  };
  constexpr auto kScp = DocumentKind::kScp;
  constexpr auto kRcp = DocumentKind::kRcp;
  constexpr auto kOther = DocumentKind::kOtherPolicy;
  constexpr auto kNone = DocumentKind::kNoPolicy;
  constexpr Case kCases[] = {
      {kScp, kClean},
      // With faults it is one too.
      {kScp, R"({"Version":"2012-10-17"})"},
      {kScp, R"({"Statement":[]})"},
      {kScp, R"({"Statement":"x"})"},
      {kScp, R"({"statements":[{"Effect":"Deny","Action":"*"}]})"},
      {kScp, R"({"Effect":"Deny","NotAction":"iam:*"})"},
      {kScp, R"({'Statement': [{'Effect': 'Deny',}]} // x)"},
      {kScp, R"({"Statement":[{"Effect":"Deny", oops]})"},
      {kNone, R"({"Statement": )"},
      {kNone, "{}"},
      {kNone, "[]"},
      {kNone, "\"Statement\""},
      {kNone, "17"},
      {kNone, ""},
      {kNone, R"({"Version":"1.0","resources":[]})"},
      {kNone, R"({"statements":{"covered":10,"pct":100}})"},
      {kNone, R"({"statements":["a"]})"},
      // Somebody else's.
      {kRcp,
       R"({"Statement":[{"Effect":"Deny","Principal":"*","Action":"kms:*","Resource":"*","Condition":{}}]})"},
      {kRcp,
       R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["kms:*"],"NotResource":"*"}})"},
      {kRcp,
       R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"S3:Get*","Resource":"arn:aws:s3:::a/*"}})"},
      {kScp, R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"s3:*","Resource":"*"}})"},
      {kScp,
       R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["kms:*","ec2:*"],"NotResource":"*"}})"},
      {kRcp,
       R"({"Statement":{"Effect":"Deny","Principal":"*","Action":["kms:*","ec2:*"],"NotResource":"*"}})"},
      {kScp,
       R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"iam:*","Resource":"*","Condition":{}}})"},
      {kScp, R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*","Condition":{}}})"},
      {kScp,
       R"({"Statement":{"Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*","Condition":{}}})"},
      {kScp,
       R"({"Statement":{"Effect":"Deny","NotPrincipal":"*","Action":"s3:*","Resource":"*","Condition":{}}})"},
      {kScp,
       R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"1"},"Action":"s3:*","Resource":"*","Condition":{}}})"},
      {kOther,
       R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*",
"Condition":{"Bool":{"aws:principalIsAWSService":false}}}})"},
      {kScp,
       R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"sns:*","Resource":"*",
"Condition":{"Bool":{"aws:SecureTransport":false}}}})"},
      {kOther, R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})"},
      {kOther, R"({"Statement":{"Effect":"Deny","Principal":{"AWS":"1"},"Action":"sts:AssumeRole"}})"},
      {kScp,
       R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"},{"Effect":"Deny","Action":"*"}]})"},
      // Inside others.
      {kScp, R"([{"Version":"2012-10-17","Statement":[]}])"},
      {kScp, R"([{"Statement":[]},{"Statement":[]}])"},
      {kScp, R"({"any":{"Statement":[]}})"},
      {kNone, R"({"any":{"Statement":[]},"other":1})"},
      {kScp, R"({"PolicyDocument":{"Statement":[]},"PolicyName":"x"})"},
      {kRcp,
       R"({"PolicyDocument":{"Statement":{"Effect":"Deny","Principal":"*","Action":"sqs:*","NotResource":"*"}}})"},
      {kScp, R"({"Content":"{\"Statement\":[]}","Name":"x","Type":"SERVICE_CONTROL_POLICY"})"},
      {kScp,
       R"({"Policy":{"PolicySummary":{"Type":"SERVICE_CONTROL_POLICY"},"Content":" {\"Statement\":[]}"}})"},
      {kRcp,
       R"({"Policy":{"PolicySummary":{"Type":"RESOURCE_CONTROL_POLICY"},"Content":"{\"Statement\":[]}"}})"},
      {kOther, R"({"Policy":{"PolicySummary":{"Type":"TAG_POLICY"},"Content":"{\"tags\":{}}"}})"},
      {kNone, R"({"Content":"{}","Type":"text/plain"})"},
      {kNone, R"({"Content":"{\"tags\":{}}"})"},
      {kScp, R"("{\"Statement\":[]}")"},
      {kScp, R"({"Content":"{\"Statement\": oops"})"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(KindOfDocument(Source::FromText("p.json", std::string(c.text))), c.kind) << c.text;
  }
}

// What is no SCP is told, and nothing else is said of it but what is wrong with its JSON.
TEST(Document, OtherKindsAreOnlyTold) {
  const RuleSet all = RuleSet::Default();
  EXPECT_EQ(
      Places(Lint(
          R"({"Statement":{"Effect":"Deny","Principal":"*","Action":"kms:Nothing","Resource":"*","Condition":{}}})",
          all)),
      "SCP009 1:31-42 warning /Statement/Principal");
  EXPECT_EQ(
      Places(Lint(R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*",}})", all)),
      "SCP009 1:32-43 warning /Statement/Principal\nSCP001 1:75-76 error /Statement");
  EXPECT_EQ(Places(Lint(R"({"name":"a package"})", all)), "SCP009 1:1-2 error ");
  // Where the place of `Principal` is not known, the beginning of the policy or of the string is told.
  const std::string trust =
      R"({"statements":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]})";
  EXPECT_EQ(Places(Lint(trust, all)), "SCP009 1:1-2 warning ");
  const std::string string =
      "{\"Content\": " +
      JsonQuoted(R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}})") + "}";
  EXPECT_EQ(Places(Lint(string, all)), "SCP009 1:13-14 warning /Content");
  EXPECT_EQ(Places(Lint("", all)), "SCP001 1:1-1 error ");
}

TEST(Document, G17_Texts) {
  const RuleSet rules = Only({"SCP001"});
  const std::string clean(kClean);
  EXPECT_EQ(Places(Lint("\xef\xbb\xbf" + clean, rules)), "SCP001 1:1-1 warning ");
  EXPECT_EQ(FirstFix("\xef\xbb\xbf" + clean, Lint("\xef\xbb\xbf" + clean, rules)), clean);
  EXPECT_EQ(Places(Lint(std::string("\xff\xfe{\0\"\0", 6), rules)), "SCP001 1:1-2 error ");
  EXPECT_EQ(Places(Lint("{\"Version\":\"2012-10-17\xff\"}", rules)), "SCP001 1:23-24 error /Version");
}

// The rest of a text with faults is linted.
TEST(Document, LintingGoesOn) {
  EXPECT_EQ(
      Places(Lint("{'Version': '2012-10-17', // old\n'Statement': {Effect: 'deny' 'Action': [\"s3\",]}}",
                  Only({"SCP001", "SCP103", "SCP105", "SCP112"}))),
      "SCP001 1:2-11 error /Version\nSCP001 1:27-33 error \nSCP105 2:14-15 error /Statement\n"
      "SCP001 2:15-21 error /Statement/Effect\nSCP103 2:23-29 error /Statement/Effect\n"
      "SCP001 2:30-31 error /Statement/Action\nSCP112 2:41-45 error /Statement/Action/0\n"
      "SCP001 2:45-46 error /Statement/Action");
}

TEST(Document, InsideAString) {
  const std::string text =
      "{\"Policy\": {\"Content\":\n"
      R"("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"a b\", \"Effect\": \"deny\",)"
      R"( \"Action\": \"s3:*\", \"Resource\": \"*\", \"Condition\": {}}]}")"
      "}}";
  const RuleSet rules = Only({"SCP009", "SCP103", "SCP111", "SCP113", "SCP501"});
  const std::vector<Finding> findings = Lint(text, rules);
  EXPECT_EQ(
      Places(findings),
      "SCP009 1:1-2 warning \nSCP113 2:58-65 error /Policy/Content\nSCP103 2:79-87 error /Policy/Content\n"
      "SCP111 2:147-149 warning /Policy/Content");
  EXPECT_EQ(findings[1].sid, "a b");
  EXPECT_EQ(findings[1].statement, 0U);
  std::string fixed = ApplyEdits(text, findings[1].fixes[0].edits);
  fixed = FirstFix(fixed, Lint(fixed, Only({"SCP103"})));
  fixed = FirstFix(fixed, Lint(fixed, Only({"SCP111"})));
  EXPECT_EQ(fixed,
            "{\"Policy\": {\"Content\":\n"
            R"("{\"Version\": \"2012-10-17\", \"Statement\": [{\"Sid\": \"aB\", \"Effect\": \"Deny\",)"
            R"( \"Action\": \"s3:*\", \"Resource\": \"*\"}]}")"
            "}}");
  // What stands in other quotes, which is told whatever was asked for, has no places of its own, and is not
  // mended before the quotes are.
  const std::vector<Finding> quoted =
      Lint(R"({"Content": '{"Statement":[{"Effect":"deny"}]}'})", Only({"SCP103"}));
  EXPECT_EQ(Places(quoted), "SCP103 1:13-13 error /Content\nSCP001 1:13-48 error /Content");
  EXPECT_TRUE(quoted[0].fixes.empty());
  // A string in a string is as far as it goes.
  EXPECT_EQ(Places(Lint(R"("{\"Content\":\"{\\\"Statement\\\":[]}\"}")", Only({"SCP007", "SCP009"}))),
            "SCP009 1:1-2 error ");
}

// The size of a string is that of its text; of an object inside another document only the compact form is
// known.
TEST(Document, G18_Size) {
  const RuleSet rules = Only({"SCP501", "SCP502"});
  const auto padded = [](size_t size) {
    std::string text(kClean);
    text.resize(size, ' ');
    return text;
  };
  EXPECT_EQ(Places(Lint(padded(9216), rules)), "");
  EXPECT_EQ(Places(Lint(padded(9217), rules)), "SCP502 1:1-2 info ");
  EXPECT_EQ(Places(Lint(padded(10240), rules)), "SCP502 1:1-2 info ");
  EXPECT_EQ(Places(Lint(padded(10241), rules)), "SCP501 1:1-2 error ");
  EXPECT_EQ(FirstFix(padded(10241), Lint(padded(10241), rules)), kClean);
  LintSettings legacy;
  legacy.max_policy_characters = 5120;
  EXPECT_EQ(Places(Lint(padded(5120), Only({"SCP501"}), legacy)), "");
  EXPECT_EQ(Places(Lint(padded(5121), Only({"SCP501"}), legacy)), "SCP501 1:1-2 error ");
  // Characters, not bytes.
  std::string umlauts =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"arn:)";
  for (int i = 0; i < 6000; ++i) umlauts += "\xc3\xa4";
  EXPECT_EQ(Places(Lint(umlauts + "\"}}", Only({"SCP501"}))), "SCP501 1:1-2 warning ");
  const std::string string = "{\"Content\": " + JsonQuoted(padded(10241)) + "}";
  EXPECT_EQ(Places(Lint(string, Only({"SCP501"}))), "SCP501 1:14-15 error /Content");
  EXPECT_EQ(FirstFix(string, Lint(string, Only({"SCP501"}))), "{\"Content\": " + JsonQuoted(kClean) + "}");
  EXPECT_EQ(Places(Lint("{\"x\": " + padded(20000) + "}", rules)), "");
  // A text with faults is not given up for what was understood of it.
  EXPECT_EQ(FirstFix(padded(10241) + "//", Lint(padded(10241) + "//", Only({"SCP501"}))), "no fix");
}

// The compact form fits exactly, or takes one character too many.
TEST(Document, CompactFormsAtTheLimit) {
  std::string text(kClean);
  text.resize(kClean.size() + 10, ' ');
  LintSettings settings;
  settings.max_policy_characters = static_cast<uint32_t>(kClean.size());
  EXPECT_EQ(FirstFix(text, Lint(text, Only({"SCP501"}), settings)), kClean);
  --settings.max_policy_characters;
  EXPECT_EQ(FirstFix(text, Lint(text, Only({"SCP501"}), settings)), "no fix");
  settings.max_policy_characters = static_cast<uint32_t>(2 * kClean.size());
  settings.size_warn_percent = 50;
  EXPECT_EQ(FirstFix(text, Lint(text, Only({"SCP502"}), settings)), kClean);
  --settings.max_policy_characters;
  EXPECT_EQ(FirstFix(text, Lint(text, Only({"SCP502"}), settings)), "no fix");
  const std::string canonical = Canonical(std::string(kClean));
  settings.max_policy_characters = static_cast<uint32_t>(canonical.size());
  EXPECT_EQ(FirstFix(text, Lint(text, Only({"SCP524"}), settings)), canonical);
  --settings.max_policy_characters;
  EXPECT_EQ(Places(Lint(text, Only({"SCP524"}), settings)), "");
}

// Each kind of character that a value should not hold, first and last of each range, and its neighbours.
TEST(Document, SuspiciousCharactersOfValues) {
  const auto places = [](std::string_view character) {
    return Places(
        Lint(R"({"Statement":{"Resource":"a\u)" + std::string(character) + "b\"}}", Only({"SCP004"})));
  };
  for (const std::string_view odd :
       {"0000", "0008", "001f", "007f", "009f", "00ad", "061c", "200b", "200c", "200d", "200e", "200f",
        "202a", "202e", "2060", "2066", "2069", "feff"}) {
    EXPECT_EQ(places(odd), "SCP004 1:28-34 error /Statement/Resource") << odd;
  }
  for (const std::string_view space : {"00a0", "202f"}) {
    EXPECT_EQ(places(space), "SCP004 1:28-34 warning /Statement/Resource") << space;
  }
  for (const std::string_view plain :
       {"0009", "000a", "000d", "0020", "007e", "00a1", "00ac", "00ae", "061b", "061d",
        "200a", "2010", "2029", "2030", "205f", "2061", "2065", "206a", "fefe", "ff00"}) {
    EXPECT_EQ(places(plain), "") << plain;
  }
}

TEST(Document, Fixes) {
  struct Case {
    std::string_view rule;
    std::string_view text;
    std::string_view fixed;
  };
  constexpr Case kCases[] = {
      {"SCP003",
       "{\"Version\": \"2012-10-17\", \"Statement\": [\n  {\"Effect\": \"Deny\"}\n]}\n"
       "{\"Version\": \"2012-10-17\", \"Statement\": [ {\"Sid\": \"b\"},\n{\"Sid\": \"c\"} ]}, "
       "{\"Version\": \"2012-10-17\", \"Statement\": {\"Sid\": \"d\"}}\n",
       "{\"Version\": \"2012-10-17\", \"Statement\": [\n  {\"Effect\": \"Deny\"},\n  {\"Sid\": "
       "\"b\"},\n{\"Sid\": "
       "\"c\"}, {\"Sid\": \"d\"}\n]}\n"},
      {"SCP003", "{\"Statement\": {}} {\"Statement\": {\"Sid\": \"b\"}}",
       "{\"Statement\": [{}, {\"Sid\": \"b\"}]}"},
      {"SCP003", "{\"Statement\": {}} {\"Statement\": {\"Sid\": \"b\"}, \"Id\": 1}", "no fix"},
      {"SCP003", "{\"Statement\": {}} {\"Statement\": []}", "no fix"},
      {"SCP003", "{\"Statement\": {},} {\"Statement\": {}}", "no fix"},
      {"SCP003", "{\"Statement\": {}} {\"Statement\": {}} }", "no fix"},
      {"SCP005", "{\n  \"Statement\": []\n}", "{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}"},
      {"SCP005", "{\"Statement\": []}", "{\"Version\": \"2012-10-17\", \"Statement\": []}"},
      {"SCP008", "{\"Version\": \"2012-10-17\", \"Id\": 1, \"Statement\": []}",
       "{\"Version\": \"2012-10-17\", \"Statement\": []}"},
      {"SCP008", "{\"Id\": 1, \"Statement\": []}", "{\"Statement\": []}"},
      {"SCP105", "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\"}]}",
       "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\", \"Resource\": \"*\"}]}"},
      {"SCP107", "{\"Statement\": [{\"Effect\": \"Deny\", \"Principal\": \"*\", \"Action\": \"*\"}]}",
       "{\"Statement\": [{\"Effect\": \"Deny\", \"Action\": \"*\"}]}"},
      {"SCP107", "{\"Statement\": [{\"Principal\": \"*\"}]}", "no fix"},
      {"SCP108", "{\"Statement\": [{\"Effect\": \"Deny\", \"Actions\": \"*\", \"NotAction\": \"*\"}]}",
       "no fix"},
      {"SCP108", "{\"Statement\": [{\"Effect\": \"Deny\", \"NotActions\": \"*\"}]}",
       "{\"Statement\": [{\"Effect\": \"Deny\", \"NotAction\": \"*\"}]}"},
      {"SCP113", R"({"Statement": [{"Sid": ""}]})", "no fix"},
      {"SCP116", R"({"Version": "2012-10-17", "Statement": {"NotResource": "\u0061${aws:x, y}z"}})",
       R"({"Version": "2012-10-17", "Statement": {"NotResource": "a${aws:x, 'y'}z"}})"},
      {"SCP522", "{\"Statement\": {\"Action\": [\"b:1\",\n  \"a:\\u0031\", /* */ \"B:1\"]}}",
       "{\"Statement\": {\"Action\": [\"a:\\u0031\",\n  \"B:1\", /* */ \"b:1\"]}}"},
  };
  for (const Case& c : kCases) {
    const std::string text(c.text);
    EXPECT_EQ(FirstFix(text, Lint(text, Only({c.rule}))), c.fixed) << c.rule << ' ' << c.text;
  }
}

// Sids that are made anew differ from all others.
TEST(Document, SidsStayApart) {
  const std::string text =
      R"({"Statement": [{"Sid": "a b", "Effect": "Deny"}, {"Sid": "aB", "Effect": "Deny"}, {"Sid": "a-b"},)"
      R"( {"Sid": "aB2"}, {"Sid": "aB"}]})";
  std::string fixed = text;
  for (int round = 0; round < 10; ++round) {
    const std::vector<Finding> findings = Lint(fixed, Only({"SCP113", "SCP503"}));
    if (findings.empty()) break;
    fixed = FirstFix(fixed, findings);
  }
  EXPECT_EQ(
      fixed,
      R"({"Statement": [{"Sid": "aB3", "Effect": "Deny"}, {"Sid": "aB", "Effect": "Deny"}, {"Sid": "aB4"},)"
      R"( {"Sid": "aB2"}, {"Sid": "aB5"}]})");
}

TEST(Format, Layout) {
  EXPECT_EQ(
      Canonical(R"({"Statement":[{"Condition":{"Null":{"k":true},"Bool":{"b":["x",1.50,false]}},"Extra":[],
"Resource":"*","Action":["s3:*"],"Effect":"Deny","Sid":"A"},"odd",{}],"Note":{"a":[{"b":[]}]},"Version":"2012-10-17"})"),
      R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "A",
      "Effect": "Deny",
      "Action": ["s3:*"],
      "Resource": "*",
      "Condition": {
        "Null": {
          "k": true
        },
        "Bool": {
          "b": ["x", 1.50, false]
        }
      },
      "Extra": []
    },
    "odd",
    {}
  ],
  "Note": {
    "a": [
      {
        "b": []
      }
    ]
  }
}
)");
  EXPECT_EQ(Canonical(R"({"Statement":{"NotResource":"*","NotAction":"*","Effect":"Deny"},"Id":"x"})"),
            R"({
  "Id": "x",
  "Statement": {
    "Effect": "Deny",
    "NotAction": "*",
    "NotResource": "*"
  }
}
)");
  EXPECT_EQ(Canonical("[1, \"\\u0041\\n\"]"), "[1, \"A\\n\"]\n");
  EXPECT_EQ(Canonical("{}"), "{}\n");
}

// A list stays on its line up to the hundredth column, comma and all.
TEST(Format, Columns) {
  const auto statement = [](size_t size, const char* rest) {
    return R"({"Statement":{"Action":["s3:*",")" + std::string(size, 'a') + "\"]" + rest + "}}";
  };
  // `    "Action": ["s3:*", "` is 24 characters, `"]` two.
  EXPECT_EQ(Canonical(statement(74, "")).find("\n      \"s3"), std::string::npos);
  EXPECT_NE(Canonical(statement(75, "")).find("\n      \"s3"), std::string::npos);
  EXPECT_EQ(Canonical(statement(73, ",\"Resource\":\"*\"")).find("\n      \"s3"), std::string::npos);
  EXPECT_NE(Canonical(statement(74, ",\"Resource\":\"*\"")).find("\n      \"s3"), std::string::npos);
  // Characters count, not bytes.
  const std::string umlauts =
      R"({"Statement":{"Action":["s3:*",")" + std::string(72, 'a') + "\xc3\xa4\xc3\xa4\"]}}";
  EXPECT_EQ(Canonical(umlauts).find("\n      \"s3"), std::string::npos);
}

// Policies at random, in any layout and with any faults.
class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  size_t Below(size_t bound) { return std::uniform_int_distribution<size_t>(0, bound - 1)(random_); }

  std::string Policy() {
    std::vector<std::string> members;
    if (Below(8) > 0)
      members.push_back("\"Version\":" + Space() + Pick({"\"2012-10-17\"", "\"2008-10-17\"", "1"}));
    if (Below(8) == 0) members.push_back(R"("Id": "x")");
    std::string statements = "[" + Space();
    for (size_t left = Below(4); left > 0; --left)
      statements += Statement() + (left > 1 ? "," : "") + Space();
    statements += "]";
    members.push_back("\"Statement\":" + (Below(3) == 0 ? Statement() : statements));
    return Object(members);
  }

  std::string Damaged(std::string text) {
    for (size_t changes = 1 + Below(3); changes > 0 && !text.empty(); --changes) {
      const size_t at = Below(text.size());
      switch (Below(4)) {
        case 0:
          text.erase(at, 1 + Below(4));
          break;
        case 1:
          text.insert(at, Pick({"\"",   "'", ",", "//x\n",   "/*",       "*/",           "#",    "{",  "}",
                                "[",    "]", ":", "${",      "\xc2\xa0", "\xe2\x80\x9c", "\xff", "\t", "\n",
                                "True", ";", "=", "\\u200b", "\\",       "\xd0\xb0"}));
          break;
        case 2:
          text[at] = static_cast<char>(Below(256));
          break;
        default:
          text.insert(at, text.substr(Below(text.size()), 1 + Below(30)));
          break;
      }
    }
    return text;
  }

 private:
  std::string Pick(std::initializer_list<std::string_view> choices) {
    return std::string(*(choices.begin() + static_cast<std::ptrdiff_t>(Below(choices.size()))));
  }

  std::string Space() { return Pick({"", "", " ", "\n", "\t", "\r\n  "}); }

  std::string Object(std::vector<std::string> members) {
    std::shuffle(members.begin(), members.end(), random_);
    std::string text = "{" + Space();
    for (size_t i = 0; i < members.size(); ++i) text += (i > 0 ? "," : "") + Space() + members[i] + Space();
    return text + "}";
  }

  std::string Texts() {
    const auto text = [&] {
      return Pick({"\"*\"", "\"s3:Get*\"", "\"S3:GetObject\"", "\"arn:aws:s3:::b/*\"", "\"${aws:username}\"",
                   "\"\"", "\"\\u0061:b\"", "\"iam:CreateUser\"", "\"${x\"",
                   "\"gr\xc3\xb6\xc3\x9f"
                   "e\"",
                   "\"a b\""});
    };
    if (Below(3) == 0) return text();
    std::string list = "[" + Space();
    for (size_t left = Below(5); left > 0; --left) list += text() + (left > 1 ? "," : "") + Space();
    return list + "]";
  }

  std::string Statement() {
    std::vector<std::string> members;
    if (Below(2) == 0) members.push_back("\"Sid\": " + Pick({"\"A\"", "\"B\"", "\"a b\"", "\"\""}));
    if (Below(9) > 0) members.push_back("\"Effect\":" + Pick({"\"Deny\"", "\"Allow\"", "\"deny\""}));
    if (Below(9) > 0) members.push_back(Pick({"\"Action\":", "\"NotAction\":", "\"Actions\":"}) + Texts());
    if (Below(9) > 0) members.push_back(Pick({"\"Resource\":", "\"NotResource\":"}) + Texts());
    if (Below(5) == 0) members.push_back(R"("Principal": "*")");
    if (Below(2) == 0) {
      std::vector<std::string> blocks;
      for (const std::string_view name :
           {"StringEquals", "ForAnyValue:StringLike", "numericequals", "Bool"}) {
        if (Below(3) > 0) continue;
        std::vector<std::string> clauses;
        if (Below(5) > 0) clauses.push_back("\"aws:RequestedRegion\": " + Texts());
        if (Below(2) == 0)
          clauses.push_back("\"aws:ResourceTag/x\": " + Pick({"1.50", "true", "null", "[]"}));
        blocks.push_back("\"" + std::string(name) + "\": " + Object(clauses));
      }
      members.push_back("\"Condition\": " + Object(blocks));
    }
    return Object(members);
  }

  std::mt19937_64 random_;
};

// What a policy says, without its layout.
std::string Meaning(const std::string& text) {
  const Policy policy = ParsePolicy(Source::FromText("p.json", text));
  std::string meaning = policy.has_variables ? "variables\n" : "";
  meaning += policy.decidable ? "decidable\n" : "";
  for (const Statement& statement : policy.statements) {
    meaning += (statement.sid ? statement.sid->text : "-") + '\n' + NormalForm(statement) + '\n';
  }
  return meaning;
}

TEST(Format, KeepsWhatIsSaid) {
  Generator generator(property::Seed());
  const int rounds = property::kThorough ? 5000 : 500;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const std::string text = generator.Policy();
    const std::string canonical = Canonical(text);
    EXPECT_EQ(Canonical(canonical), canonical) << text;
    EXPECT_EQ(Meaning(canonical), Meaning(text)) << text;
    // No value is lost, and none changes.
    std::string before = json::CompactText(Parsed(text).root());
    std::string after = json::CompactText(Parsed(canonical).root());
    EXPECT_EQ(before.size(), after.size()) << text;
    std::sort(before.begin(), before.end());
    std::sort(after.begin(), after.end());
    EXPECT_EQ(before, after) << text;
  }
}

// Whatever the text: findings have places in it, and their edits can be made.
TEST(Document, AnyText) {
  RuleSet rules = RuleSet::None();
  for (const RuleInfo& rule : AllRules()) {
    if (rule.id < "SCP200" || (rule.id > "SCP500" && rule.id < "SCP510") ||
        (rule.id > "SCP520" && rule.id < "SCP525")) {
      rules.Enable(rule, true);
    }
  }
  Generator generator(property::Seed());
  const int rounds = property::kThorough ? 5000 : 500;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const std::string policy = generator.Policy();
    const std::string damaged = generator.Damaged(policy);
    for (const std::string& text :
         {policy, damaged, "{\"Content\": " + JsonQuoted(policy) + "}", "{\"x\": " + damaged + "}"}) {
      for (const Finding& finding : Lint(text, rules)) {
        EXPECT_LE(finding.range.begin, finding.range.end) << text;
        EXPECT_LE(finding.range.end, text.size()) << text;
        EXPECT_FALSE(finding.message.empty());
        for (const Fix& fix : finding.fixes) {
          EXPECT_NE(ApplyEdits(text, fix.edits), text) << finding.rule->id << ' ' << fix.title << '\n'
                                                       << text;
        }
      }
    }
  }
}

// A fix that is called safe leaves the meaning of a policy that had one.
TEST(Document, SafeFixesKeepTheMeaning) {
  RuleSet rules = RuleSet::None();
  for (const RuleInfo& rule : AllRules()) {
    // Sids are no part of what a policy decides; their fixes have their own test.
    const bool is_about_sids = rule.id == "SCP113" || (rule.id > "SCP502" && rule.id < "SCP506");
    // Those that take out what is said twice change the form, not the meaning: tests/property compares
    // decisions.
    const bool is_about_form = rule.id < "SCP200" || (rule.id > "SCP500" && rule.id < "SCP510") ||
                               (rule.id > "SCP520" && rule.id < "SCP525");
    if (is_about_form && !is_about_sids) rules.Enable(rule, true);
  }
  Generator generator(property::Seed() + 1);
  const int rounds = property::kThorough ? 5000 : 500;
  for (int round = 0; round < rounds && !testing::Test::HasFailure(); ++round) {
    const std::string text = generator.Policy();
    if (!ParsePolicy(Source::FromText("p.json", text)).decidable) continue;
    for (const Finding& finding : Lint(text, rules)) {
      for (const Fix& fix : finding.fixes) {
        if (!fix.safe || finding.rule->id == "SCP005" || finding.rule->id == "SCP006") continue;
        EXPECT_EQ(Meaning(ApplyEdits(text, fix.edits)), Meaning(text)) << finding.rule->id << '\n' << text;
      }
    }
  }
}

// The reader takes time in proportion to the text, and so do the rules.
// Of a policy that no account could have, some rules would take long.
TEST(Document, TooLargePolicies) {
  const auto policy = [](size_t size) {
    const std::string begin = R"({"Version":"2012-10-17","Statement":{"Sid":")";
    const std::string end = R"(","Effect":"Deny","Action":"s3:GetObjec","Resource":"*"}})";
    return begin + std::string(size - begin.size() - end.size(), 'x') + end;
  };
  EXPECT_EQ(Places(Lint(policy(50'000), Only({"SCP202"}))).substr(0, 6), "SCP202");
  const std::vector<Finding> findings = Lint(policy(50'001), Only({"SCP202"}));
  EXPECT_EQ(Places(findings), "SCP501 1:1-2 error ");
  EXPECT_NE(findings[0].message.find("which were not run"), std::string::npos) << findings[0].message;
  // The policy counts, not what it stands in.
  const std::string inside =
      R"({"name": ")" + std::string(50'000, 'x') + R"(", "PolicyDocument": )" + std::string(kClean) + "}";
  EXPECT_EQ(Places(Lint(inside, Only({"SCP501"}))), "");
}

TEST(Document, LargeTexts) {
  RuleSet rules = RuleSet::None();
  for (const RuleInfo& rule : AllRules()) {
    if (rule.id < "SCP200" || (rule.id > "SCP500" && rule.id < "SCP510") ||
        (rule.id > "SCP520" && rule.id < "SCP525")) {
      rules.Enable(rule, true);
    }
  }
  constexpr size_t kSize = 16384;
  for (const std::string_view piece :
       {"{},", "{\"Sid\":\"a b\"},", "{\"Sid\":\"A\"},", "\"x\",", "{\"Action\":\"GetObjectx\"},",
        "{\"Action\":\"\xd0\xb0\"},", "{\"Principal\":\"*\"},", "{\"actions\":1},", "{\"Condition\":{}},",
        "{\"Resource\":\"${aws:a,b}${\"},"}) {
    std::string text = R"({"Version":"2012-10-17","Statement":[)";
    while (text.size() < kSize) text += piece;
    text.back() = ']';
    Lint(text + "}", rules);
  }
}

}  // namespace
}  // namespace scpcheck

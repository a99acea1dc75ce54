// The grammar of policies (semantics section 1): every rule with its code, its place, and whether anything
// may still be decided with the policy (G-04a).

#include "scpcheck/policy.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "scpcheck/source.h"

namespace scpcheck {
namespace {

Policy Parse(std::string_view text) {
  return ParsePolicy(Source::FromText("p.json", std::string(text)));
}

std::string Diagnosed(const Policy& policy) {
  std::string out;
  for (const Diagnostic& diagnostic : policy.diagnostics.all()) {
    const Error error = diagnostic.ToError();
    out += (out.empty() ? "" : "\n") + std::to_string(error.line) + ':' + std::to_string(error.column) + ' ' +
           std::string(SeverityName(diagnostic.severity)) + ' ' + diagnostic.code;
  }
  return out;
}

TEST(Policy, G08_EverythingInAnyOrder) {
  const Policy policy = Parse(R"({"Statement": [{"Resource": ["arn:aws:s3:::b", "*"], "Action": "s3:Get*",
  "Effect": "Allow", "Sid": "One"},
 {"Condition": {"StringLike": {"aws:PrincipalTag/team": ["a", 1.50, true]}, "Null": {"k": "true"}},
  "NotResource": "x", "NotAction": ["a:b"], "Effect": "Deny"}], "Version": "2012-10-17"})");
  EXPECT_EQ(Diagnosed(policy), "");
  EXPECT_TRUE(policy.decidable);
  EXPECT_TRUE(policy.has_variables);
  ASSERT_EQ(policy.statements.size(), 2U);
  const Statement& first = policy.statements[0];
  EXPECT_EQ(first.sid->text, "One");
  EXPECT_EQ(first.effect, Effect::kAllow);
  EXPECT_FALSE(first.not_action);
  EXPECT_FALSE(first.not_resource);
  ASSERT_EQ(first.actions.size(), 1U);
  EXPECT_EQ(first.actions[0].text, "s3:Get*");
  ASSERT_EQ(first.resources.size(), 2U);
  EXPECT_EQ(first.resources[1].text, "*");
  const SourcePosition place = policy.source->Locate(first.resources[1].range.begin);
  EXPECT_EQ(place.line, 1U);
  EXPECT_EQ(place.column, 48U);
  const Statement& second = policy.statements[1];
  EXPECT_FALSE(second.sid);
  EXPECT_EQ(second.effect, Effect::kDeny);
  EXPECT_TRUE(second.not_action);
  EXPECT_TRUE(second.not_resource);
  ASSERT_EQ(second.conditions.size(), 2U);
  EXPECT_EQ(second.conditions[0].key.text, "aws:PrincipalTag/team");
  EXPECT_EQ(second.conditions[0].op.comparison, Comparison::kStringLike);
  std::string values;
  for (const ConditionValue& value : second.conditions[0].values) {
    values += std::to_string(static_cast<int>(value.kind)) + value.text + ' ';
  }
  EXPECT_EQ(values, "0a 11.50 2true ");
  EXPECT_EQ(second.conditions[1].operator_text.text, "Null");
}

constexpr bool kDecidable = true;
constexpr bool kUndecidable = false;

struct Case {
  const char* fact;
  std::string_view text;
  std::string_view diagnostics;
  bool decidable;
};

void ExpectDiagnosed(const Case& c) {
  const Policy policy = Parse(c.text);
  EXPECT_EQ(Diagnosed(policy), c.diagnostics) << c.fact << ' ' << c.text;
  EXPECT_EQ(policy.decidable, c.decidable) << c.fact << ' ' << c.text;
  // An undecidable policy says why.
  EXPECT_TRUE(policy.decidable || policy.diagnostics.has_errors()) << c.fact;
}

TEST(Policy, Document) {
  constexpr Case kCases[] = {
      {"G-01", "[]", "1:1 error not-an-object", kUndecidable},
      {"G-01", "\"{}\"", "1:1 error not-an-object", kUndecidable},
      {"G-01", "", "1:1 error json-syntax", kUndecidable},
      {"G-01", R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}} {})",
       "1:84 error second-document", kUndecidable},
      {"G-02",
       R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"},
"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "2:1 error duplicate-key", kUndecidable},
      {"G-03", R"({"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:1 warning missing-version", kDecidable},
      {"G-03", R"({"Version":"2008-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:12 warning old-version", kDecidable},
      {"G-03", R"({"Version":"2012-10-18","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:12 error unknown-version", kUndecidable},
      {"G-03", R"({"Version":20121017,"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:12 error wrong-type", kUndecidable},
      {"G-04", R"({"Version":"2012-10-17"})", "1:1 error missing-statement", kUndecidable},
      {"G-04", R"({"Version":"2012-10-17","Statement":[]})", "1:37 error empty-statement", kUndecidable},
      {"G-04", R"({"Version":"2012-10-17","Statement":"x"})", "1:37 error wrong-type", kUndecidable},
      {"G-04", R"({"Version":"2012-10-17","Statement":[1]})", "1:38 error wrong-type", kUndecidable},
      {"G-04", R"({"Version":"2012-10-17","Statement":[[]]})", "1:38 error wrong-type", kUndecidable},
      {"G-09", R"({"version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:2 error unknown-element\n1:1 warning missing-version", kUndecidable},
      {"G-09",
       R"({"Version":"2012-10-17","Note":1,"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:25 error unknown-element", kUndecidable},
      {"1.2",
       R"({"Version":"2012-10-17","Id":"x","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})",
       "1:25 warning policy-id", kDecidable},
      {"G-17",
       "\xef\xbb\xbf{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"*\","
       "\"Resource\":\"*\"}}",
       "", kDecidable},
      {"G-17", "{\"Version\":\"\xff\"}", "1:13 error json-syntax", kUndecidable},
      // The text's own errors come first.
      {"G-02", R"({"Statement":1,"Statement":1})",
       "1:16 error duplicate-key\n1:14 error wrong-type\n1:28 error wrong-type\n1:1 warning missing-version",
       kUndecidable},
  };
  for (const Case& c : kCases) ExpectDiagnosed(c);
}

// The statement stands alone on line 2.
TEST(Policy, Statements) {
  constexpr Case kCases[] = {
      {"G-04", R"({"Effect":"Deny","Action":"*","Resource":"*"})", "", kDecidable},
      {"G-05", R"({"Effect":"deny","Action":"*","Resource":"*"})", "2:11 error unknown-effect", kUndecidable},
      {"G-05", R"({"Effect":"ALLOW","Action":"*","Resource":"*"})", "2:11 error unknown-effect",
       kUndecidable},
      {"G-05", R"({"Effect":["Deny"],"Action":"*","Resource":"*"})", "2:11 error wrong-type", kUndecidable},
      {"G-05", R"({"Action":"*","Resource":"*"})", "2:1 error missing-effect", kUndecidable},
      {"G-06", R"({"Effect":"Deny","Action":"*","NotAction":"*","Resource":"*"})",
       "2:31 error exclusive-elements", kUndecidable},
      {"G-06", R"({"Effect":"Deny","Action":"*","NotResource":"*","Resource":"*"})",
       "2:49 error exclusive-elements", kUndecidable},
      {"G-06", R"({"Effect":"Deny","Resource":"*"})", "2:1 error missing-action", kUndecidable},
      {"G-06", R"({"Effect":"Deny","Action":"*"})", "2:1 error missing-resource", kUndecidable},
      {"G-06", "{}", "2:1 error missing-effect\n2:1 error missing-action\n2:1 error missing-resource",
       kUndecidable},
      {"G-07", R"({"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"})",
       "2:46 error principal-element", kUndecidable},
      {"G-07", R"({"Effect":"Deny","Action":"*","Resource":"*","NotPrincipal":{"AWS":"1"}})",
       "2:46 error principal-element", kUndecidable},
      {"G-09", R"({"effect":"Deny","Effect":"Deny","Action":"*","Resource":"*"})",
       "2:2 error unknown-element", kUndecidable},
      {"G-09", R"({"Effect":"Deny","Action":"*","Resource":"*","Comment":null})",
       "2:46 error unknown-element", kUndecidable},
      {"G-02", R"({"Effect":"Deny","Action":"*","Resource":"*","Effect":"Deny"})", "2:46 error duplicate-key",
       kUndecidable},
      // G-10
      {"G-10", R"({"Effect":"Deny","Action":["*","s3:Get*","S3:get?","*:*","a-b:*C*"],"Resource":"*"})", "",
       kDecidable},
      {"G-10", R"({"Effect":"Deny","Action":"s3","Resource":"*"})", "2:27 error malformed-action",
       kDecidable},
      {"G-10", R"({"Effect":"Deny","Action":"","Resource":"*"})", "2:27 error malformed-action", kDecidable},
      {"G-10", R"({"Effect":"Deny","Action":":x","Resource":"*"})", "2:27 error malformed-action",
       kDecidable},
      {"G-10", R"({"Effect":"Deny","Action":"s3:","Resource":"*"})", "2:27 error malformed-action",
       kDecidable},
      {"G-10", R"({"Effect":"Deny","Action":["s3:Get","s3:a:b"],"Resource":"*"})",
       "2:37 error malformed-action", kDecidable},
      {"G-10", R"({"Effect":"Deny","NotAction":"s3: GetObject","Resource":"*"})",
       "2:30 error malformed-action", kDecidable},
      {"G-10", R"({"Effect":"Deny","Action":1,"Resource":"*"})", "2:27 error wrong-type", kUndecidable},
      {"G-10", R"({"Effect":"Deny","Action":["s3:*",null],"Resource":"*"})", "2:35 error wrong-type",
       kUndecidable},
      {"G-10", R"({"Effect":"Deny","Action":"*","Resource":{"a":1}})", "2:42 error wrong-type", kUndecidable},
      // G-12
      {"G-12", R"({"Sid":"Az09","Effect":"Deny","Action":"*","Resource":"*"})", "", kDecidable},
      {"G-12", R"({"Sid":"","Effect":"Deny","Action":"*","Resource":"*"})", "2:8 info empty-sid", kDecidable},
      {"G-12", R"({"Sid":"a b","Effect":"Deny","Action":"*","Resource":"*"})", "2:8 error sid-characters",
       kDecidable},
      {"G-12", "{\"Sid\":\"\xc3\xa4\",\"Effect\":\"Deny\",\"Action\":\"*\",\"Resource\":\"*\"}",
       "2:8 error sid-characters", kDecidable},
      {"G-12", R"({"Sid":1,"Effect":"Deny","Action":"*","Resource":"*"})", "2:8 error wrong-type",
       kUndecidable},
      {"G-12",
       R"({"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"},
{"Sid":"A","Effect":"Deny","Action":"*","Resource":"*"},
{"Sid":"a","Effect":"Deny","Action":"*","Resource":"*"})",
       "4:8 error duplicate-sid", kDecidable},
      // G-16
      {"G-16", R"({"Effect":"Deny","Action":[],"Resource":[]})", "", kDecidable},
      {"G-16", R"({"Effect":"Deny","NotAction":[],"Resource":"*"})", "2:30 warning empty-not-action",
       kDecidable},
      // G-13
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{}})", "", kDecidable},
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{}}})", "", kDecidable},
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":[]})", "2:58 error wrong-type",
       kUndecidable},
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":"true"}})",
       "2:66 error wrong-type", kUndecidable},
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":null}}})",
       "2:71 error wrong-type", kUndecidable},
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":[true,{}]}}})",
       "2:77 error wrong-type", kUndecidable},
      {"G-13", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":[[true]]}}})",
       "2:72 error wrong-type", kUndecidable},
      // G-14
      {"G-14",
       R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"aws:k":true,"AWS:K":true}}})",
       "2:80 error duplicate-condition-key", kDecidable},
      {"G-14",
       R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":true},"Null":{"K":true}}})",
       "", kDecidable},
      {"G-02",
       R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k":true},"Bool":{"l":true}}})",
       "2:77 error duplicate-key", kUndecidable},
      // G-15
      {"G-15", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"stringlike":{"k":"x"}}})",
       "2:59 warning operator-case", kDecidable},
      {"G-15",
       R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"forAnyValue:StringLike":{"k":"x"}}})",
       "2:59 warning operator-case", kDecidable},
      {"G-15", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringMatches":{"k":"x"}}})",
       "2:59 error unknown-operator", kDecidable},
      {"4.2", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NullIfExists":{"k":"true"}}})",
       "2:59 error unknown-operator", kDecidable},
      // What is left to the evaluation.
      {"G-04a",
       R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"ForAllValues:Null":{"k":"maybe"}}})", "",
       kDecidable},
      {"G-04a", R"({"Effect":"Deny","Action":"*","Resource":"*","Condition":{"NumericEquals":{"k":"x"}}})",
       "", kDecidable},
      {"R-06", R"({"Effect":"Deny","Action":"*","Resource":["s3","arn:aws:s3"]})", "", kDecidable},
  };
  for (const Case& c : kCases) {
    const std::string text = "{\"Version\":\"2012-10-17\",\"Statement\":[\n" + std::string(c.text) + "\n]}";
    ExpectDiagnosed({c.fact, text, c.diagnostics, c.decidable});
  }
}

TEST(Policy, G03_Variables) {
  EXPECT_TRUE(Parse(R"({"Version":"2012-10-17"})").has_variables);
  EXPECT_FALSE(Parse(R"({"Version":"2008-10-17"})").has_variables);
  EXPECT_FALSE(Parse("{}").has_variables);
}

TEST(Policy, Messages) {
  struct MessageCase {
    std::string_view text;
    std::string_view first;
  };
  constexpr MessageCase kCases[] = {
      {R"({"Statment":[]})", "1:2: `Statment` is no element of a policy here: did you mean `Statement`?"},
      {R"({"Version":"2012-10-17","Statement":{"effect":"Deny"}})",
       "1:38: `effect` is no element of a policy here: did you mean `Effect`?"},
      // Not each two letters are meant to be `Id`.
      {R"({"To":[]})", "1:2: `To` is no element of a policy here"},
      {R"({"Version":"2012-10-17","Statement":{"Effect":"deny","Action":"*","Resource":"*"}})",
       "1:47: `Effect` is `deny`: it must be exactly `Allow` or `Deny`"},
      {R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":{},"Resource":"*"}})",
       "1:63: `Action` must be a string or an array of strings, this is an object"},
      {R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Principal":"*"}})",
       "1:82: service control policies have no `Principal`: to speak of callers, use the condition key "
       "`aws:PrincipalArn`"},
      {R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3.Get","Resource":"*"}})",
       "1:63: `s3.Get` is no action and matches none: write `*` or `service:Action`"},
      {R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Is":{}}}})",
       "1:95: the condition operator `Is` does not exist: the condition never matches"},
  };
  for (const MessageCase& c : kCases) {
    const Policy policy = Parse(c.text);
    ASSERT_TRUE(policy.diagnostics.has_errors()) << c.text;
    EXPECT_EQ(policy.diagnostics.first_error().ToError().ToString(), "p.json:" + std::string(c.first));
  }
}

// A single text is bounded, which bounds what matching costs.
TEST(Policy, TextTooLong) {
  const auto text = [](size_t size) {
    return R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":")" +
           std::string(size, 'a') + "\"}}";
  };
  EXPECT_TRUE(Parse(text(kMaxPolicyTextBytes)).decidable);
  const Policy policy = Parse(text(kMaxPolicyTextBytes + 1));
  EXPECT_FALSE(policy.decidable);
  EXPECT_EQ(Diagnosed(policy), "1:78 error text-too-long");
}

TEST(Policy, ManyStatementsAndKeys) {
  std::string text = R"({"Version":"2012-10-17","Statement":[)";
  for (int i = 0; i < 2000; ++i) {
    text += R"({"Sid":"S)" + std::to_string(i) +
            R"(","Effect":"Deny","Action":"*","Resource":"*","Condition":{"Bool":{"k)" + std::to_string(i) +
            R"(":true}}},)";
  }
  text.back() = ']';
  const Policy policy = Parse(text + "}");
  EXPECT_EQ(Diagnosed(policy), "");
  EXPECT_EQ(policy.statements.size(), 2000U);
}

}  // namespace
}  // namespace scpcheck

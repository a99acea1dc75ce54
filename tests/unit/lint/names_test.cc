// The curated tables of src/lint/data that rules SCP201 to SCP218 rest on, held against the catalogue; and
// what the pages of these rules cannot show.

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "catalog/catalogue.h"
#include "lint/edits.h"
#include "lint/linter.h"
#include "lint/rules/names/arn.h"
#include "lint/rules/names/regions.h"
#include "lint/tables.h"
#include "match/pattern.h"

namespace scpcheck {
namespace {

const Catalogue& Known() {
  return Catalogue::Embedded();
}

std::vector<std::string_view> Split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    parts.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

// An action, or a whole service: `wafv2:*`.
bool IsName(std::string_view name) {
  if (name.ends_with(":*")) return Known().FindService(name.substr(0, name.size() - 2)).has_value();
  return Known().FindAction(name).has_value();
}

TEST(NameTables, EveryRowHasASource) {
  for (const std::string_view name :
       {"regions", "service-aliases", "api-names", "retired-names", "namespace-twins", "aws-owned-arns",
        "id-formats", "deprecated-keys", "undocumented-keys", "uncertain-arity"}) {
    const Table& table = TableOf(name);
    EXPECT_GT(table.row_count(), 0U) << name;
    std::set<std::string> rows;
    for (size_t i = 0; i < table.row_count(); ++i) {
      std::string row;
      for (size_t j = 0; j < table.column_count(); ++j) {
        EXPECT_FALSE(table.Row(i)[j].empty()) << name << " row " << i;
        if (j + 1 < table.column_count()) row += std::string(table.Row(i)[j]) + "\t";
      }
      EXPECT_TRUE(rows.insert(row).second) << name << ": " << row << " twice";
    }
  }
}

TEST(NameTables, AliasesAreNoServicesAndLeadToSome) {
  const Table& table = TableOf("service-aliases");
  for (size_t i = 0; i < table.row_count(); ++i) {
    EXPECT_FALSE(Known().FindService(table.Row(i)[0])) << table.Row(i)[0];
    EXPECT_TRUE(table.Row(i)[1] == "-" || Known().FindService(table.Row(i)[1])) << table.Row(i)[1];
  }
}

TEST(NameTables, CallsAreNoActionsAndLeadToSome) {
  const Table& table = TableOf("api-names");
  for (size_t i = 0; i < table.row_count(); ++i) {
    EXPECT_FALSE(Known().FindAction(table.Row(i)[0])) << table.Row(i)[0];
    EXPECT_TRUE(Known().FindAction(table.Row(i)[1])) << table.Row(i)[1];
  }
}

TEST(NameTables, SuccessorsAndTwinsExist) {
  const Table& retired = TableOf("retired-names");
  for (size_t i = 0; i < retired.row_count(); ++i) {
    EXPECT_TRUE(IsName(retired.Row(i)[0])) << retired.Row(i)[0];
    for (const std::string_view successor : Split(retired.Row(i)[2]))
      EXPECT_TRUE(IsName(successor)) << successor;
  }
  const Table& twins = TableOf("namespace-twins");
  for (size_t i = 0; i < twins.row_count(); ++i) {
    EXPECT_TRUE(IsName(twins.Row(i)[0])) << twins.Row(i)[0];
    EXPECT_TRUE(IsName(twins.Row(i)[1])) << twins.Row(i)[1];
    EXPECT_EQ(twins.Row(i)[0].ends_with('*'), twins.Row(i)[1].ends_with('*')) << twins.Row(i)[0];
  }
}

TEST(NameTables, KeysExist) {
  const Table& ids = TableOf("id-formats");
  for (size_t i = 0; i < ids.row_count(); ++i) EXPECT_TRUE(Known().FindKey(ids.Row(i)[0])) << ids.Row(i)[0];
  const Table& deprecated = TableOf("deprecated-keys");
  for (size_t i = 0; i < deprecated.row_count(); ++i) {
    EXPECT_FALSE(Known().FindKey(deprecated.Row(i)[0])) << deprecated.Row(i)[0];
    EXPECT_TRUE(Known().FindKey(deprecated.Row(i)[1])) << deprecated.Row(i)[1];
  }
}

TEST(NameTables, RegionsHaveTheFormOfRegions) {
  const Table& regions = TableOf("regions");
  for (size_t i = 0; i < regions.row_count(); ++i) {
    EXPECT_TRUE(HasFormOfRegion(regions.Row(i)[0])) << regions.Row(i)[0];
    EXPECT_EQ(SuggestRegion(regions.Row(i)[0]), regions.Row(i)[0]);
  }
}

// Whatever AWS's own templates say fits, with anything in their variable parts, also nothing.
TEST(NameTables, EveryTemplateFits) {
  for (uint32_t i = 0; i < Known().resource_type_count(); ++i) {
    for (size_t j = 0; j < Known().TypeTemplateCount(ResourceTypeId{i}); ++j) {
      const std::string_view known = Known().TypeTemplate(ResourceTypeId{i}, j);
      // The recovery points of AWS Backup have ARNs of all services (data/aws-owned-arns.tsv).
      if (known.find(":${Vendor}:") != std::string_view::npos) continue;
      for (const std::string_view filler : {"*", "x7"}) {
        std::string arn;
        for (size_t at = 0; at < known.size(); ++at) {
          if (known.substr(at).starts_with("${")) {
            arn += filler;
            at = known.find('}', at);
          } else {
            arn += known[at];
          }
        }
        const ArnFit fit = FitArn(Known(), SplitArn(arn));
        EXPECT_TRUE(fit.knows_service && fit.service_has_arns && fit.fits) << known << " as " << arn;
      }
    }
  }
}

TEST(NameArns, Fields) {
  const ArnText arn = SplitArn("arn:aws:iam::${aws:PrincipalAccount}:role/a:b");
  EXPECT_TRUE(arn.is_whole());
  EXPECT_EQ(arn.fields[kArnAccount], "${aws:PrincipalAccount}");
  EXPECT_EQ(arn.fields[kArnResource], "role/a:b");
  EXPECT_EQ(arn.OffsetOf(kArnResource), 37U);
  EXPECT_EQ(SplitArn("arn:aws:s3").count, 3U);
  EXPECT_EQ(SplitArn("").count, 1U);
  EXPECT_EQ(SplitArn("arn:aws:iam::${aws:x").count, 6U);
  EXPECT_TRUE(MayBeShifted(SplitArn("arn:aws:lambda:*:function:audit")));
  EXPECT_TRUE(MayBeShifted(SplitArn("arn:aws:lamb*:eu-west-1:function:audit")));
  EXPECT_FALSE(MayBeShifted(SplitArn("arn:aws:lambda:*:12345:function:audit")));
  EXPECT_FALSE(MayBeShifted(SplitArn("arn:aws:lambda:eu-west-1:function:audit:x")));
}

std::vector<Finding> Lint(std::string_view ids, const std::string& text) {
  RuleSet rules = RuleSet::None();
  for (const RuleInfo& rule : AllRules()) {
    if (rule.id.starts_with(ids)) rules.Enable(rule, true);
  }
  return Linter(Known(), LintSettings(), rules).Lint(Source::FromText("policy.json", text), "policy.json");
}

// Where a string has escapes, its parts have no places of their own; fixes write the string anew.
TEST(NamePlaces, OfStringsWithEscapes) {
  const std::string text =
      R"({"Statement":{"Effect":"Deny","Action":"guard\u0075ty:DeleteDetector","Resource":"arn:aws:sqs:eu-w\u0065st1:*:q"}})";
  const std::vector<Finding> findings = Lint("SCP2", text);
  ASSERT_EQ(findings.size(), 2U);
  for (const Finding& finding : findings) {
    EXPECT_EQ(text[finding.range.begin], '"') << finding.message;
    EXPECT_EQ(text[finding.range.end - 1], '"') << finding.message;
  }
  EXPECT_NE(ApplyEdits(text, findings[0].fixes.at(0).edits).find("\"guardduty:DeleteDetector\""),
            std::string::npos);
  EXPECT_NE(ApplyEdits(text, findings[1].fixes.at(0).edits).find("\"arn:aws:sqs:eu-west-1:*:q\""),
            std::string::npos);
}

TEST(NamePlaces, OfOneCharacter) {
  const std::string text =
      R"({"Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"Null":{"aws:ResourceTag/*":"true"}}}})";
  const std::vector<Finding> findings = Lint("SCP209", text);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(text.substr(findings[0].range.begin, findings[0].range.end - findings[0].range.begin), "*");
}

// Policies that cannot be read as such reach the rules too.
TEST(NameRules, BearAnything) {
  for (
      const std::string_view text : {
          R"({"Statement":{}})",
          R"({"Statement":[7,{"Action":null,"Resource":{},"Condition":[]}]})",
          R"({"Statement":{"Action":["",":","a:","x y:z","${a}:b"],"Resource":["",":::::","arn::::::","${","${}"]}})",
          R"({"Statement":{"NotAction":[],"NotResource":[],"Condition":{"":{"":""},"StringEquals":{"":[],":":"","/":""}}}})",
          R"({"Statement":{"Action":"S3:*","Condition":{"Nope":7,"StringLike":{"aws:PrincipalOrgPaths":["/","o-","*"]}}}})",
          R"({"Statement":{"Condition":{"StringLike":{"aws:RequestedRegion":["-","--","   "],"aws:SourceVpc":["*","?"]}}}})",
      }) {
    Lint("SCP2", std::string(text));
  }
}

// What each rule finds hardest, in policies longer than AWS takes them, costs moments, also in a slow build.
TEST(NameRules, BearLongPolicies) {
  const auto repeated = [](std::string_view before, std::string_view piece, std::string_view after) {
    std::string text(before);
    for (int i = 0; text.size() < 16000; ++i) {
      if (i > 0) text += ',';
      std::string item(piece);
      for (size_t at; (at = item.find('#')) != std::string::npos;) item.replace(at, 1, std::to_string(i));
      text += item;
    }
    return text + std::string(after);
  };
  const std::string open = R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":[)";
  const std::string resources =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":[)";
  const std::string conditions =
      R"({"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringEquals":{)";
  const std::vector<std::string> texts = {
      repeated(open, R"("abcdef#:x")", "]}}"),
      repeated(open, R"("ec2:DescribeInstanceAttr#")", "]}}"),
      repeated(open, R"("waf:*#","aws-portal:*")", "]}}"),
      repeated(R"({"Statement":[)",
               R"({"Effect":"Deny","Action":"waf:*"},{"Effect":"Deny","NotAction":"a:#"})", "]}"),
      repeated(resources, R"("arn:aws:ec2:*:*:thing#/*")", "]}}"),
      repeated(resources, R"("arn:aws:*2:*:*:*t*h*i*n*g#*/*")", "]}}"),
      repeated(resources, R"("arn:*:*:*:*:${Account#}/*")", "]}}"),
      resources + "\"arn:aws:ec2:*:*:" + std::string(16000, '*') + "x\"]}}",
      repeated(conditions, R"("aws:RequestedRegoin#":"x")", "}}}}"),
      repeated(conditions, R"("aws:RequestedRegion":["eu-wets-#"])", "}}}}"),
      repeated(conditions, R"("s3:prefix":["${aws:Username#}"])", "}}}}"),
      repeated(R"({"Statement":{"Effect":"Deny","Action":"*","Condition":{)", R"("StringEqual#":{"a":"b"})",
               "}}}"),
  };
  for (const std::string& text : texts) {
    SCOPED_TRACE(text.substr(0, 200));
    Lint("SCP2", text);
  }
}

}  // namespace
}  // namespace scpcheck

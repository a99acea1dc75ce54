#include "catalog/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"

namespace scpcheck {
namespace {

std::vector<std::string> Search(const std::vector<std::string>& patterns,
                                const std::optional<std::string>& regex = std::nullopt) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Result<std::vector<ActionId>> found = SearchActions(catalogue, patterns, regex);
  if (!found.ok()) return {"error: " + found.error().message};
  EXPECT_TRUE(std::is_sorted(found->begin(), found->end()));
  std::vector<std::string> names;
  for (const ActionId action : *found) names.emplace_back(catalogue.ActionName(action));
  return names;
}

using Names = std::vector<std::string>;

TEST(SearchActions, Table) {
  struct Case {
    Names patterns;
    Names found;
  };
  const Case kCases[] = {
      {{"s3:GetObject"}, {"s3:GetObject"}},
      {{"S3:gETOBJECT"}, {"s3:GetObject"}},
      {{"s3:Get*Acl"}, {"s3:GetBucketAcl", "s3:GetObjectAcl", "s3:GetObjectVersionAcl"}},
      {{"s3:?etObject"}, {"s3:GetObject"}},
      {{"s3:[GP]etObject"}, {}},
      {{"*:CreateBucket"},
       {"lightsail:CreateBucket", "s3-outposts:CreateBucket", "s3:CreateBucket", "s3express:CreateBucket"}},
      {{"s3:GetObject", "s3:Get?bject", "s3:DeleteBucket"}, {"s3:DeleteBucket", "s3:GetObject"}},
      {{"s3:Nothing*"}, {}},
      {{"GetObject"}, {}},
      {{""}, {}},
      {{}, {}},
  };
  for (const Case& c : kCases) EXPECT_EQ(Search(c.patterns), c.found);
  EXPECT_EQ(Search({"*"}).size(), Catalogue::Embedded().action_count());
}

TEST(SearchActions, RegularExpressionNarrows) {
  EXPECT_EQ(Search({"s3:Get*Acl"}, "OBJECT.*acl$"), (Names{"s3:GetObjectAcl", "s3:GetObjectVersionAcl"}));
  EXPECT_EQ(Search({"s3:Get*Acl"}, "^s3:GetB"), Names{"s3:GetBucketAcl"});
  EXPECT_EQ(Search({"s3:Get*Acl"}, "").size(), 3u);
  EXPECT_EQ(Search({"*"}, "^s3:GetObject$"), Names{"s3:GetObject"});
}

TEST(SearchActions, RefusesWhatIsNoRegularExpression) {
  EXPECT_EQ(Search({"*"}, "a("), Names{"error: `a(` is no regular expression that RE2 knows: missing ): a("});
  EXPECT_EQ(Search({"*"}, "((a{1000}){1000}){1000}").front().substr(0, 6), "error:");
}

TEST(SuggestAction, Table) {
  struct Case {
    std::string_view name;
    std::string_view suggestion;  // empty: none
  };
  constexpr Case kCases[] = {
      {"s3:GetObjcet", "s3:GetObject"},
      {"s3:GetObjects", "s3:GetObject"},
      {"S3:PUTBUCKETPOLICIES", "s3:PutBucketPolicy"},
      {"ec2:RunInstance", "ec2:RunInstances"},
      {"ec3:RunInstances", "ec2:RunInstances"},
      {"dynamdb:GetItem", "dynamodb:GetItem"},
      {"s3:GetObject", "s3:GetObject"},
      {"s3:MakeCoffee", ""},
      {"nosuchservice:GetObject", ""},
      {"s3:", ""},
      {"GetObject", ""},
      {"", ""},
  };
  const Catalogue& catalogue = Catalogue::Embedded();
  for (const Case& c : kCases) {
    const std::optional<ActionId> action = SuggestAction(catalogue, c.name);
    EXPECT_EQ(action ? catalogue.ActionName(*action) : "", c.suggestion) << c.name;
  }
  EXPECT_FALSE(SuggestAction(catalogue, "s3:" + std::string(1'000'000, 'x')).has_value());
}

TEST(SuggestService, Table) {
  struct Case {
    std::string_view prefix;
    std::string_view suggestion;
  };
  constexpr Case kCases[] = {
      {"dynamdb", "dynamodb"},
      {"ORGANISATIONS", "organizations"},
      {"lamdba", "lambda"},
      {"cloudwatchlogs", ""},
      {"", ""},
  };
  const Catalogue& catalogue = Catalogue::Embedded();
  for (const Case& c : kCases) {
    const std::optional<ServiceId> service = SuggestService(catalogue, c.prefix);
    EXPECT_EQ(service ? catalogue.ServiceName(*service) : "", c.suggestion) << c.prefix;
  }
}

}  // namespace
}  // namespace scpcheck

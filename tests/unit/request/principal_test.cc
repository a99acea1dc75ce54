// Who calls: every form that `principal` of a request may have, and what is told from it.

#include "request/principal.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

namespace scpcheck {
namespace {

std::string_view KindName(PrincipalKind kind) {
  switch (kind) {
    case PrincipalKind::kRoot:
      return "root user";
    case PrincipalKind::kUser:
      return "user";
    case PrincipalKind::kRole:
      return "role";
    case PrincipalKind::kServiceLinkedRole:
      return "service-linked role";
    case PrincipalKind::kAssumedRole:
      return "role session";
    case PrincipalKind::kFederatedUser:
      return "federated user";
    case PrincipalKind::kService:
      return "service";
    case PrincipalKind::kSeveral:
      return "several";
  }
  return "";
}

// `kind|partition|account|name`, with `pattern` behind the kind of one and `...` behind the start of a name,
// or what is wrong with the text.
std::string Parse(std::string_view text) {
  Principal principal;
  if (const std::optional<std::string> problem = ParsePrincipal(text, principal)) return *problem;
  EXPECT_EQ(principal.text, text == "root" ? "" : text);
  return std::string(KindName(principal.kind)) + (principal.is_pattern ? " pattern|" : "|") +
         std::string(principal.partition) + '|' + std::string(principal.account) + '|' +
         std::string(principal.name) + (principal.name_is_prefix ? "..." : "");
}

TEST(ParsePrincipal, Forms) {
  constexpr struct {
    std::string_view text;
    std::string_view result;
  } kCases[] = {
      {"root", "root user|||"},
      {"arn:aws:iam::111111111111:root", "root user|aws|111111111111|"},
      {"arn:aws:iam::111111111111:user/ann", "user|aws|111111111111|ann"},
      // V-09: the name of a user has no path.
      {"arn:aws:iam::111111111111:user/team/red/ann", "user|aws|111111111111|ann"},
      {"arn:aws-cn:iam::111111111111:role/app", "role|aws-cn|111111111111|app"},
      {"arn:aws:iam::111111111111:role/platform/app", "role|aws|111111111111|app"},
      {"arn:aws:iam::111111111111:role/aws-service-role/spot.amazonaws.com/AWSServiceRoleForEC2Spot",
       "service-linked role|aws|111111111111|AWSServiceRoleForEC2Spot"},
      {"arn:aws:iam::111111111111:role/aws-service-role-not/x", "role|aws|111111111111|x"},
      // C-23a: a session tells its role's name, not its path.
      {"arn:aws:sts::111111111111:assumed-role/app/i-0123456789abcdef0", "role session|aws|111111111111|app"},
      {"arn:aws:sts::111111111111:federated-user/bob", "federated user|aws|111111111111|bob"},
      {"cloudtrail.amazonaws.com", "service|||"},
      {"ec2.amazonaws.com.cn", "service|||"},
      {"internal.amazon.com", "service|||"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Parse(c.text), c.result) << c.text;
}

TEST(ParsePrincipal, Patterns) {
  constexpr struct {
    std::string_view text;
    std::string_view result;
  } kCases[] = {
      {"*", "several pattern|||"},
      {"arn:aws:iam::111111111111:*", "several pattern|aws|111111111111|"},
      {"arn:aws:iam::111111111111:r*", "several pattern|aws|111111111111|"},
      {"arn:aws:iam::111111111111:*/app", "several pattern|aws|111111111111|"},
      {"arn:aws:*::111111111111:role/app", "several pattern|aws|111111111111|"},
      {"arn:aws:i?m::111111111111:user/ann", "several pattern|aws|111111111111|"},
      {"arn:*:iam::*:root", "root user pattern|*|*|"},
      {"arn:aws:iam::*:user/ann", "user pattern|aws|*|ann"},
      {"arn:aws:iam::1111*:user/team/*", "user pattern|aws|1111*|*"},
      {"arn:aws:iam::111111111111:role/*", "role pattern|aws|111111111111|*"},
      {"arn:aws:iam::111111111111:role/app-?", "role pattern|aws|111111111111|app-?"},
      // Some that fit are service-linked, others are not: it speaks of the others.
      {"arn:aws:iam::111111111111:role/aws-*", "role pattern|aws|111111111111|aws-*"},
      {"arn:aws:iam::111111111111:role/aws-service-role/*", "service-linked role pattern|aws|111111111111|*"},
      {"arn:aws:sts::111111111111:assumed-role/app/*", "role session pattern|aws|111111111111|app"},
      {"arn:aws:sts::111111111111:assumed-role/app-*/*", "role session pattern|aws|111111111111|app-*"},
      {"arn:aws:sts::111111111111:federated-user/*", "federated user pattern|aws|111111111111|*"},
      {"arn:aws:iam:*:111111111111:role/app", "role pattern|aws|111111111111|app"},
      // A wildcard that may take the `/` behind the role's name leaves open where the name ends.
      {"arn:aws:sts::111111111111:assumed-role/*", "role session pattern|aws|111111111111|..."},
      {"arn:aws:sts::111111111111:assumed-role/App*", "role session pattern|aws|111111111111|App..."},
      {"arn:aws:sts::111111111111:assumed-role/A?p*x", "role session pattern|aws|111111111111|A..."},
      {"arn:aws:sts::111111111111:assumed-role/App?x", "role session pattern|aws|111111111111|App..."},
      {"arn:aws:sts::111111111111:assumed-role/?*", "role session pattern|aws|111111111111|..."},
      {"arn:aws:sts::111111111111:assumed-role*", "role session pattern|aws|111111111111|..."},
      {"arn:aws:sts::111111111111:a*/app/*", "role session pattern|aws|111111111111|..."},
      {"arn:aws:sts::111111111111:*", "several pattern|aws|111111111111|"},
  };
  for (const auto& c : kCases) EXPECT_EQ(Parse(c.text), c.result) << c.text;
}

TEST(MayBeRoleSession, PatternsOfSeveralKinds) {
  constexpr struct {
    std::string_view text;
    bool may_be;
  } kCases[] = {
      {"arn:aws:sts::111111111111:*", true},
      {"arn:aws:sts::111111111111:*/x", true},
      {"arn:aws:s*::111111111111:assumed-role/app/*", true},
      {"arn:aws:*::111111111111:a*", true},
      {"arn:aws:*::111111111111:role/app", false},
      {"arn:aws:sts::111111111111:f*", false},
      {"arn:aws:iam::111111111111:*", false},
      {"arn:aws:i*::111111111111:*", false},
      // That is known: it need not be asked.
      {"arn:aws:sts::111111111111:assumed-role/app/*", false},
  };
  for (const auto& c : kCases) {
    Principal principal;
    ASSERT_FALSE(ParsePrincipal(c.text, principal)) << c.text;
    EXPECT_EQ(MayBeRoleSession(principal), c.may_be) << c.text;
  }
}

// What a pattern is put together from again, for the account it is about.
TEST(ParsePrincipal, PartsOfAnArn) {
  constexpr struct {
    std::string_view text;
    std::string_view service;
    std::string_view resource;
  } kCases[] = {
      {"root", "iam", "root"},
      {"arn:aws:iam::*:root", "iam", "root"},
      {"arn:aws:iam::111111111111:user/team/ann", "iam", "user/team/ann"},
      {"arn:*:i*:*:1*:role/a:b/*", "i*", "role/a:b/*"},
      {"cloudtrail.amazonaws.com", "", ""},
      {"*", "", ""},
  };
  for (const auto& c : kCases) {
    Principal principal;
    ASSERT_FALSE(ParsePrincipal(c.text, principal)) << c.text;
    EXPECT_EQ(ServiceOf(principal), c.service) << c.text;
    EXPECT_EQ(ResourceOf(principal), c.resource) << c.text;
  }
}

TEST(ParsePrincipal, RefusesWhatCantCall) {
  const std::string no_principal =
      " is no principal: give the ARN of a user, role, role session, federated user or root user, a pattern "
      "of one, `root`, or a service such as cloudtrail.amazonaws.com";
  const std::string no_kind = " is not the ARN of a user, role, role session, federated user or root user";
  const std::string no_session = " is no role session: write arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION";
  const struct {
    std::string_view text;
    std::string_view problem;
  } cases[] = {
      {"", no_principal},
      {"Root", no_principal},
      {"ann", no_principal},
      {"111111111111", no_principal},
      {"arn:aws:iam::111111111111", no_principal},
      {"ARN:aws:iam::111111111111:user/ann", no_principal},
      {"arn::iam::111111111111:user/ann", no_principal},
      {"arn:aws:iam:::user/ann", no_principal},
      {"arn:aws:iam:us-east-1:111111111111:user/ann", no_principal},
      {".amazonaws.com", no_principal},
      {"*.amazonaws.com", no_principal},
      {"https://ec2.amazonaws.com", no_principal},
      {"ec2.amazonaws.com.example.com", no_principal},
      {"arn:aws:iam::111111111111:group/admins", no_kind},
      {"arn:aws:iam::111111111111:user", no_kind},
      {"arn:aws:iam::111111111111:user/", no_kind},
      {"arn:aws:iam::111111111111:role/platform/", no_kind},
      {"arn:aws:iam::111111111111:User/ann", no_kind},
      {"arn:aws:sts::111111111111:role/app", no_kind},
      {"arn:aws:sts::111111111111:root", no_kind},
      {"arn:aws:iam::111111111111:assumed-role/app/session", no_kind},
      {"arn:aws:s3::111111111111:user/ann", no_kind},
      {"arn:aws:sts::111111111111:assumed-role/app", no_session},
      {"arn:aws:sts::111111111111:assumed-role//session", no_session},
      // No text of these has a name on both sides of a `/`.
      {"arn:aws:sts::111111111111:assumed-role/app?", no_session},
      {"arn:aws:sts::111111111111:assumed-role/?session", no_session},
      {"arn:aws:sts::*:assumed-role/app", no_session},
      {"arn:aws:sts::*:assumed-role", no_kind},
      {"arn:aws:iam::*:role", no_kind},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(Parse(c.text), '`' + std::string(c.text) + '`' + std::string(c.problem)) << c.text;
  }
}

}  // namespace
}  // namespace scpcheck

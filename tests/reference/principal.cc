#include "principal.h"

#include <string_view>
#include <vector>

#include "fail.h"
#include "pattern.h"
#include "values.h"

namespace scpcheck::reference {
namespace {

bool IsAccountId(std::string_view text) {
  return FullMatch("[0-9]{12}", text);
}

// A concrete principal; kUnknown when `text` is none.
Principal ParseConcretePrincipal(const std::string& text) {
  Principal principal;
  if (FullMatch("[a-z0-9][a-z0-9.-]*\\.amazonaws\\.com(\\.cn)?", text)) {
    principal.kind = Principal::Kind::kService;
    return principal;
  }
  const std::vector<std::string> parts = SplitArn(text);
  if (parts.size() != 6 || parts[0] != "arn" || parts[1].empty() || !parts[3].empty() ||
      !IsAccountId(parts[4])) {
    return principal;
  }
  principal.account = parts[4];
  principal.arn = text;
  const std::string& resource = parts[5];
  if (parts[2] == "iam" && resource == "root") {
    principal.kind = Principal::Kind::kRoot;
  } else if (parts[2] == "iam" && FullMatch("user/(.*/)?[^/]+", resource)) {
    principal.kind = Principal::Kind::kUser;
  } else if (parts[2] == "iam" && FullMatch("role/(.*/)?[^/]+", resource)) {
    principal.kind = Principal::Kind::kRole;
    principal.service_linked = FullMatch("role/aws-service-role/.*", resource);
  } else if (parts[2] == "sts" && FullMatch("assumed-role/[^/]+/[^/]+", resource)) {
    principal.kind = Principal::Kind::kRoleOfUnknownPath;  // C-23a
  } else if (parts[2] == "sts" && FullMatch("federated-user/[^/]+", resource)) {
    principal.kind = Principal::Kind::kFederatedUser;
  }
  return principal;
}

std::string ReplaceWildcards(const std::string& text, std::string_view run, std::string_view one) {
  std::string replaced;
  for (char c : text) {
    if (c == '*') {
      replaced += run;
    } else if (c == '?') {
      replaced += one;
    } else {
      replaced += c;
    }
  }
  return replaced;
}

}  // namespace

Principal ParsePrincipal(const std::string& text, const std::string& account, const std::string& partition) {
  if (text == "root") return ParseConcretePrincipal("arn:" + partition + ":iam::" + account + ":root");
  if (text.find_first_of("*?") == std::string::npos) {
    Principal principal = ParseConcretePrincipal(text);
    if (principal.kind == Principal::Kind::kUnknown) Fail("not a principal: " + text);
    return principal;
  }
  Principal principal;
  const std::vector<std::string> parts = SplitArn(text);
  if (parts.size() == 6 && IsAccountId(parts[4])) principal.account = parts[4];
  if (parts.size() == 6 && parts[2] == "iam") {
    const std::string certain = parts[5].substr(0, parts[5].find_first_of("*?"));
    principal.service_linked = FullMatch("role/aws-service-role/.*", certain);
  }
  if (principal.service_linked) return principal;
  // A few of the principals that fit, to be sure that not only service-linked roles do.
  principal.may_be_service_linked_only = true;
  const std::string own_account = account.empty() ? principal.account : account;
  for (const std::string resource : {"root", "user/x", "role/x", "federated-user/x"}) {
    const std::string service = resource == "federated-user/x" ? "sts" : "iam";
    const std::string candidate = "arn:" + partition + ":" + service + "::" + own_account + ":" + resource;
    if (FullMatch(Regex(ParsePattern(text, true, false), ".*", ".*", "."), candidate)) {
      principal.may_be_service_linked_only = false;
    }
  }
  for (const char* run : {"", "x", "x/x"}) {
    const Principal candidate = ParseConcretePrincipal(ReplaceWildcards(text, run, "x"));
    if (candidate.kind != Principal::Kind::kUnknown && candidate.kind != Principal::Kind::kService &&
        !candidate.service_linked) {
      principal.may_be_service_linked_only = false;
    }
  }
  return principal;
}

}  // namespace scpcheck::reference

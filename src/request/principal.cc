#include "request/principal.h"

#include <cstring>
#include <string>

#include "base/find_bytes.h"
#include "base/folded_name.h"
#include "base/glob.h"

namespace scpcheck {

namespace {

// Takes the text before the next colon.
bool TakeField(std::string_view& rest, std::string_view& field) {
  const size_t colon = FindByte(rest, ':');
  if (colon == rest.size()) return false;
  field = rest.substr(0, colon);
  rest.remove_prefix(colon + 1);
  return true;
}

// A comparison of fixed size, which is no call.
template <size_t kSize>
bool StartsWith(std::string_view text, const char (&prefix)[kSize]) {
  return text.size() >= kSize - 1 && std::memcmp(text.data(), prefix, kSize - 1) == 0;
}

bool IsServicePrincipal(std::string_view text) {
  // Most are ARNs, which this tells at once.
  if (StartsWith(text, "arn:")) return false;
  for (const std::string_view suffix : {".amazonaws.com", ".amazonaws.com.cn", ".amazon.com"}) {
    if (text.size() > suffix.size() && text.ends_with(suffix)) {
      return text.find_first_of(":/*?@ ") == std::string_view::npos;
    }
  }
  return false;
}

std::string_view AfterLastSlash(std::string_view text) {
  // Most have none: forwards the search is faster.
  for (size_t slash = FindByte(text, '/'); slash != text.size(); slash = FindByte(text, '/')) {
    text.remove_prefix(slash + 1);
  }
  return text;
}

std::string Malformed(std::string_view text, std::string_view what) {
  return "`" + std::string(text) + "` " + std::string(what);
}

constexpr char kSessionPrefix[] = "assumed-role/";

// The kind that an ARN can only be whose sixth part starts with `fixed`.
PrincipalKind KindOf(std::string_view service, std::string_view fixed) {
  const bool iam = EqualsExactly(service, "iam");
  const bool sts = EqualsExactly(service, "sts");
  if (iam && StartsWith(fixed, "user/")) return PrincipalKind::kUser;
  if (iam && StartsWith(fixed, "role/aws-service-role/")) return PrincipalKind::kServiceLinkedRole;
  if (iam && StartsWith(fixed, "role/")) return PrincipalKind::kRole;
  if (sts && StartsWith(fixed, kSessionPrefix)) return PrincipalKind::kAssumedRole;
  if (sts && StartsWith(fixed, "federated-user/")) return PrincipalKind::kFederatedUser;
  return PrincipalKind::kSeveral;
}

// `path` is NAME/SESSION, of which the session's name matters to nothing, or a pattern that fits such texts.
// False if there is none.
bool SetSessionName(std::string_view path, Principal& principal) {
  const size_t slash = path.find('/');
  if (slash != std::string_view::npos) {
    principal.name = path.substr(0, slash);
    return !principal.name.empty();
  }
  // Some wildcard has to take the slash. Whichever it is, the name starts with what stands before the first.
  principal.name = GlobLiteralPrefix(path);
  principal.name_is_prefix = true;
  for (size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '*') return true;
    // A `?` that takes the slash leaves nothing of it: both names stand around it.
    if (path[i] == '?' && i > 0 && i + 1 < path.size()) return true;
  }
  return false;
}

}  // namespace

std::string_view ServiceOf(const Principal& principal) {
  if (principal.text.empty()) return "iam";
  if (principal.account.empty()) return {};
  const char* const begin = principal.partition.data() + principal.partition.size() + 1;
  const std::string_view rest(begin, static_cast<size_t>(principal.account.data() - begin));
  return rest.substr(0, rest.find(':'));
}

std::string_view ResourceOf(const Principal& principal) {
  if (principal.text.empty()) return "root";
  if (principal.account.empty()) return {};
  const char* const account_end = principal.account.data() + principal.account.size();
  return principal.text.substr(static_cast<size_t>(account_end - principal.text.data()) + 1);
}

bool MayBeRoleSession(const Principal& principal) {
  if (principal.kind != PrincipalKind::kSeveral || !GlobMatch(ServiceOf(principal), "sts")) return false;
  const std::string_view prefix = GlobLiteralPrefix(ResourceOf(principal));
  return StartsWith(prefix, kSessionPrefix) || std::string_view(kSessionPrefix).starts_with(prefix);
}

std::optional<std::string> ParsePrincipal(std::string_view text, Principal& principal) {
  principal = Principal{};
  if (EqualsExactly(text, "root")) {
    principal.kind = PrincipalKind::kRoot;
    return std::nullopt;
  }
  principal.text = text;
  if (IsServicePrincipal(text)) {
    principal.kind = PrincipalKind::kService;
    return std::nullopt;
  }
  if (text == "*") {
    principal.is_pattern = true;
    return std::nullopt;
  }
  std::string_view rest = text;
  std::string_view arn;
  std::string_view service;
  std::string_view region;
  if (!TakeField(rest, arn) || !EqualsExactly(arn, "arn") || !TakeField(rest, principal.partition) ||
      !TakeField(rest, service) || !TakeField(rest, region) || !TakeField(rest, principal.account) ||
      principal.partition.empty() || !GlobMatch(region, "") || principal.account.empty()) {
    return Malformed(
        text,
        "is no principal: give the ARN of a user, role, role session, federated user or root user, "
        "a pattern of one, `root`, or a service such as cloudtrail.amazonaws.com");
  }
  principal.is_pattern = HasWildcard(text);
  if (EqualsExactly(rest, "root") && EqualsExactly(service, "iam")) {
    principal.kind = PrincipalKind::kRoot;
    return std::nullopt;
  }
  const std::string_view prefix = principal.is_pattern ? GlobLiteralPrefix(rest) : rest;
  if (principal.is_pattern &&
      (HasWildcard(service) || (prefix.size() < rest.size() && prefix.find('/') == std::string_view::npos))) {
    if (EqualsExactly(service, "sts") && !prefix.empty() &&
        std::string_view(kSessionPrefix).starts_with(prefix)) {
      principal.kind = PrincipalKind::kAssumedRole;
      principal.name_is_prefix = true;  // of any role
    }
    return std::nullopt;  // else of several kinds
  }
  principal.kind = KindOf(service, prefix);
  const size_t slash = FindByte(rest, '/');
  const std::string_view path = slash == rest.size() ? rest : rest.substr(slash + 1);
  if (principal.kind == PrincipalKind::kAssumedRole) {
    if (!SetSessionName(path, principal)) {
      return Malformed(text, "is no role session: write arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION");
    }
    return std::nullopt;
  }
  principal.name = AfterLastSlash(path);
  if (principal.kind == PrincipalKind::kSeveral || principal.name.empty()) {
    return Malformed(text, "is not the ARN of a user, role, role session, federated user or root user");
  }
  return std::nullopt;
}

}  // namespace scpcheck

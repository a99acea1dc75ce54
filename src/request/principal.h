// Who calls: what a `principal` of a request says, and what follows from it (contract, V-09, C-23).

#ifndef SCPCHECK_REQUEST_PRINCIPAL_H_
#define SCPCHECK_REQUEST_PRINCIPAL_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace scpcheck {

enum class PrincipalKind : uint8_t {
  kRoot,
  kUser,
  kRole,
  kServiceLinkedRole,
  kAssumedRole,  // a session: the role's path is unknown (C-23a)
  kFederatedUser,
  kService,
  kSeveral,  // a pattern that fits more than one kind
};

struct Principal {
  PrincipalKind kind = PrincipalKind::kSeveral;
  std::string_view text;  // as given; empty for the keyword `root`
  // Of an ARN; both may hold wildcards. Else empty.
  std::string_view partition;
  std::string_view account;
  std::string_view name;  // of a user without its path, of a role session the role's name
  // Of a pattern of role sessions: `name` is only how the role's name starts, since a wildcard may take the
  // `/` behind the name.
  bool name_is_prefix = false;
  bool is_pattern = false;  // has `*` or `?`
};

// Other parts of a principal's ARN, which are seldom needed: `iam`, and `role/platform/app`. Those of the
// keyword `root` are its user's; a service and the pattern `*` have none.
std::string_view ServiceOf(const Principal& principal);
std::string_view ResourceOf(const Principal& principal);

// Whether a pattern of several kinds may fit role sessions, among others.
bool MayBeRoleSession(const Principal& principal);

// Fills `principal`, whose views look into `text`. Returns what is wrong with the text, naming what is
// accepted.
std::optional<std::string> ParsePrincipal(std::string_view text, Principal& principal);

}  // namespace scpcheck

#endif  // SCPCHECK_REQUEST_PRINCIPAL_H_

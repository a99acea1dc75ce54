#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/rules.h"

namespace scpcheck {

namespace {

constexpr std::string_view kName = "AWSReservedSSO";
// The last characters of the name, which tell it from others.
constexpr size_t kDigits = 16;
constexpr std::string_view kPath = "aws-reserved/sso.amazonaws.com/";

constexpr std::string_view kRole = "role/";

// Whether a pattern matches roles that IAM Identity Center makes, with `segment` between the path and the
// name.
bool MatchesRolesWith(const WidePattern& pattern, std::string_view segment) {
  const std::string arn =
      "arn:*:iam::*:role/" + std::string(kPath) + std::string(segment) + std::string(kName) + "_*";
  return !pattern.MatchesNone(UsualArnCode(arn), ArnCode(arn));
}

bool MatchesRolesOfHome(const WidePattern& pattern, const std::string& home) {
  // In us-east-1 no Region stands in the path.
  if (!home.empty()) return MatchesRolesWith(pattern, home == "us-east-1" ? "" : home + "/");
  // Any other Region: a small letter, which no name of these roles begins with, and two hyphens.
  for (char letter = 'a'; letter <= 'z'; ++letter) {
    if (MatchesRolesWith(pattern, std::string(1, letter) + "*-*-?/")) return true;
  }
  return false;
}

// An ARN pattern in a policy that speaks of such roles.
struct Place {
  SourceRange range;
  std::string_view text;  // of the policy
  WidePattern pattern;
  bool takes_wildcards;
};

// Whether the text ends like the name of one such role, with the 16 digits that tell it from others.
bool HasSuffix(std::string_view text) {
  if (text.size() <= kDigits || text[text.size() - kDigits - 1] != '_') return false;
  const std::string_view digits = text.substr(text.size() - kDigits);
  return std::all_of(digits.begin(), digits.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

void CheckPlace(const StatementView& view, const Place& place, Reporter& report) {
  const size_t name = place.text.find(kName);
  if (name == std::string_view::npos || place.text.find("role/") > name ||
      place.text.find("assumed-role/") < name) {
    return;
  }
  // A whole name was copied from a role that exists, so its path is right; it is another after the permission
  // set is provisioned anew, and in each account.
  if (HasSuffix(place.text)) {
    std::string text(place.text.substr(0, place.text.size() - kDigits));
    text += '*';
    if (text.substr(0, name).ends_with(kPath)) text.insert(name, "*");
    FindingBuilder finding = report.Add(
        place.range, "the last 16 characters of " + Quoted(place.text.substr(name)) +
                         " change when the permission set is provisioned anew: write `" + text + "`");
    finding.WithSeverity(Severity::kInfo);
    if (place.takes_wildcards) finding.UnsafeFix("write `" + text + "`", {{place.range, JsonQuoted(text)}});
    return;
  }
  const std::string& home = view.policy().settings().home_region;
  if (MatchesRolesOfHome(place.pattern, home)) return;
  const size_t path = place.text.find(kPath);
  std::string found;
  if (path == std::string_view::npos) {
    found = "the path of these roles is `aws-reserved/sso.amazonaws.com/`, so this matches none";
  } else if (home.empty()) {
    found = "outside us-east-1 a Region stands in the path of these roles, so this matches none there";
  } else {
    found = "with IAM Identity Center in " + home + " no role has such a path, so this matches none";
  }
  // The wildcard stands for the Region and its slash, or for nothing.
  std::string text(place.text);
  text.insert(name, "*");
  if (path == std::string_view::npos) {
    // Whatever path is there instead goes.
    const size_t role = place.text.find(kRole);
    const size_t begin = role == std::string_view::npos ? name : role + kRole.size();
    text.replace(begin, name - begin, kPath);
  } else if (path + kPath.size() < name) {
    text.erase(path + kPath.size(), name - path - kPath.size());
  }
  FindingBuilder finding = report.Add(place.range, found + ": write `" + text + "`");
  if (place.takes_wildcards) finding.UnsafeFix("write `" + text + "`", {{place.range, JsonQuoted(text)}});
}

}  // namespace

void CheckIdentityCenterRolePath(const StatementView& view, Reporter& report) {
  const PolicyView& policy = view.policy();
  for (const LocatedText& resource : view.statement().resources) {
    if (resource.text.find(kName) == std::string::npos) continue;
    std::optional<WidePattern> pattern = ReadWideResource(resource.text, policy);
    if (pattern) CheckPlace(view, {resource.range, resource.text, std::move(*pattern), true}, report);
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    for (const ConditionValue& value : clause.values) {
      if (value.text.find(kName) == std::string::npos) continue;
      std::optional<WidePattern> pattern = ReadWide(clause, value, policy);
      // Their wildcards are SCP301's business.
      const bool is_exact = IsExactOperator(clause.op);
      if (!pattern || (is_exact && HasWildcard(value.text))) continue;
      CheckPlace(view, {value.range, value.text, std::move(*pattern), !is_exact}, report);
    }
  }
}

}  // namespace scpcheck

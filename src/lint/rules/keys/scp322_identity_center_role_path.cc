#include <algorithm>
#include <optional>
#include <string>

#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/rules.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

constexpr std::string_view kName = "AWSReservedSSO";
constexpr std::string_view kPath = "aws-reserved/sso.amazonaws.com/";
constexpr std::string_view kHomeWithoutSegment = "us-east-1";

// The roles that IAM Identity Center makes, if its home is in `region`, which may be a pattern. In us-east-1
// no Region stands in the path.
std::string RolesOf(std::string_view region) {
  std::string arn = "arn:*:iam::*:role/" + std::string(kPath);
  if (region != kHomeWithoutSegment) arn += std::string(region) + "/";
  return Pattern::Arn(arn + std::string(kName) + "_*", false)->code();
}

// An ARN pattern in a policy that speaks of such roles.
struct Place {
  SourceRange range;
  std::string_view text;
  std::string code;
  bool takes_wildcards;
};

// Whether the text ends like the name of one such role, with the 16 digits that tell it from others.
bool HasSuffix(std::string_view text) {
  constexpr size_t kDigits = 16;
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
    FindingBuilder finding = report.Add(
        place.range, "the last 16 characters of " + Quoted(place.text.substr(name)) +
                         " change when the permission set is provisioned anew: write `*` for them");
    finding.WithSeverity(Severity::kInfo);
    if (place.takes_wildcards) {
      const std::string text(place.text.substr(0, place.text.size() - 16));
      finding.UnsafeFix("write `*` for them", {{place.range, JsonQuoted(text + "*")}});
    }
    return;
  }
  const std::string& home = view.policy().settings().home_region;
  if (!PatternsDisjoint(place.code, RolesOf(home.empty() ? "??*-*-?" : home))) return;
  const std::string found =
      home.empty() ? "outside us-east-1 a Region stands in the path of these roles, so this matches none there"
                   : "with IAM Identity Center in " + home + " no role has such a path, so this matches none";
  // The wildcard stands for the Region and its slash, or for nothing.
  std::string text(place.text);
  text.insert(name, "*");
  const size_t path = place.text.find(kPath);
  if (path == std::string_view::npos) {
    text.insert(name, kPath);
  } else if (path + kPath.size() < name) {
    text.erase(path + kPath.size(), name - path - kPath.size());
  }
  FindingBuilder finding = report.Add(place.range, found + ": write " + Quoted(text));
  if (place.takes_wildcards) finding.UnsafeFix("write " + Quoted(text), {{place.range, JsonQuoted(text)}});
}

}  // namespace

void CheckIdentityCenterRolePath(const StatementView& view, Reporter& report) {
  const PolicyView& policy = view.policy();
  for (const LocatedText& resource : view.statement().resources) {
    if (resource.text.find(kName) == std::string::npos) continue;
    const std::optional<Pattern> pattern =
        Pattern::Resource(WithWildcardsForVariables(resource.text, policy), policy.policy().has_variables);
    if (pattern) CheckPlace(view, {resource.range, resource.text, pattern->code(), true}, report);
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    for (const ConditionValue& value : clause.values) {
      if (value.text.find(kName) == std::string::npos) continue;
      const std::optional<std::string> code = WidestCode(clause, value, policy);
      // Their wildcards are SCP301's business.
      const bool is_exact = IsExactOperator(clause.op);
      if (!code || (is_exact && HasWildcard(value.text))) continue;
      CheckPlace(view, {value.range, value.text, *code, !is_exact}, report);
    }
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/remove_clause.h"
#include "lint/rules/keys/rules.h"
#include "lint/rules/names/arn.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// Roles that are called like service-linked ones, with and without the path that makes them such.
const std::string& NamedLikeServiceLinkedRoleCode() {
  static const std::string code = ArnCode("arn:*:*:*:*:role/*AWSServiceRoleFor*");
  return code;
}

// Matches ARNs of role sessions, which policies of resources have for principals, and no other principal's.
bool IsSession(const WidePattern& pattern) {
  static const std::string usual = UsualArnCode("arn:*:sts::*:assumed-role/*");
  static const std::string unusual = ArnCode("arn:*:sts::*:assumed-role/*");
  return !pattern.MatchesNone(usual, unusual) && !MatchesAnyPrincipal(pattern);
}

// What a value that matches no principal does.
std::string NobodyText(const ConditionClause& clause) {
  return clause.op.negated ? "exempts nobody" : "matches nobody";
}

// Values of aws:PrincipalArn under the operators that compare texts.
bool ComparesPrincipalArn(const ConditionClause& clause) {
  return IsKey(clause, "aws:PrincipalArn") && IsStringOrArnOperator(clause.op);
}

// The fields of an ARN, the sixth with all its colons; fewer if it has fewer.
std::vector<std::string> FieldsOf(std::string_view text) {
  std::vector<std::string> fields;
  while (fields.size() < 5) {
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos) break;
    fields.emplace_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  fields.emplace_back(text);
  return fields;
}

std::string Joined(const std::vector<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) {
    if (!text.empty()) text += ':';
    text += field;
  }
  return text;
}

// The role of a session, without the session's name. Empty if it can't be told.
std::string RoleOfSession(std::string_view session, bool takes_wildcards) {
  std::vector<std::string> fields = FieldsOf(session);
  if (fields.size() != 6 || !fields[5].starts_with("assumed-role/")) return "";
  const std::string name = fields[5].substr(std::string_view("assumed-role/").size());
  fields[2] = "iam";
  fields[5] = "role/";
  // The roles of IAM Identity Center have a path, with or without a Region in it (SCP322).
  if (name.starts_with("AWSReservedSSO_")) {
    if (!takes_wildcards) return "";
    fields[5] += "aws-reserved/sso.amazonaws.com/*";
  }
  fields[5] += name.substr(0, name.find('/'));
  return Joined(fields);
}

// Names and paths of IAM's have no white space (IAM API Reference, CreateRole, CreateUser; STS API Reference,
// GetFederationToken).
bool HasSpace(std::string_view text) {
  return std::any_of(text.begin(), text.end(), IsAsciiBlank);
}

// What may have been meant by an ARN that no principal has: the account in the wrong field, which makes five
// fields or has the account where a Region would stand, or the field of the service empty.
std::vector<std::string> Repaired(std::string_view text) {
  std::vector<std::string> candidates;
  if (IsListOfArns(text)) return candidates;
  if (HasSpace(text)) {
    const size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return candidates;
    candidates.emplace_back(text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin));
    return candidates;
  }
  if (text == "*") candidates.emplace_back("arn:*:*:*:*:*");
  std::vector<std::string> fields = FieldsOf(text);
  if (fields.size() == 5) {
    fields.insert(fields.begin() + 3, "");
    candidates.push_back(Joined(fields));
  } else if (fields.size() == 6 && !fields[3].empty()) {
    if (fields[4].empty()) fields[4] = fields[3];
    fields[3].clear();
    candidates.push_back(Joined(fields));
  }
  return candidates;
}

// Writes another text in the place of a value. A number can't stand for an ARN.
std::vector<TextEdit> ReplaceValue(const ConditionValue& value, std::string_view text) {
  return {{value.range, JsonQuoted(text)}};
}

// Why a value matches no principal, and what comes of it. Empty if it may match one, or where another rule
// says so. `pattern` is what it is read as.
std::string FaultOf(const ConditionClause& clause, const ConditionValue& value,
                    const std::optional<WidePattern>& pattern, const PolicyView& policy) {
  if (value.text.empty()) return "";  // SCP110
  if (!pattern) {
    // C-22, C-22a: under a negated operator it spoils the others too.
    return std::string("this is no ARN of six fields, so ") +
           (clause.op.negated ? "the whole test never holds" : "it matches nobody");
  }
  if (IsListOfArns(value.text)) return "this is a list of ARNs in one string, so it " + NobodyText(clause);
  const bool is_other_fault = IsSession(*pattern) ||                                    // SCP320
                              (IsExactOperator(clause.op) && HasWildcard(value.text));  // SCP301
  if (is_other_fault ||
      (MatchesAnyPrincipal(*pattern) && !HasSpace(WithWildcardsForVariables(value.text, policy)))) {
    return "";
  }
  return "no principal has such an ARN, so it " + NobodyText(clause);
}

// Takes a value out of its list, or the whole test with its only value. `none` if the test has to stay.
std::optional<std::vector<TextEdit>> RemoveValue(const StatementView& view, const ConditionClause& clause,
                                                 const ConditionValue& value) {
  const json::Value values = view.ValuesOf(clause);
  if (!values.is_array() || values.size() == 1) return RemoveClause(view, clause);
  for (const json::Value element : values.elements()) {
    if (element.range() == value.range) return RemoveElement(values, element);
  }
  return std::nullopt;
}

}  // namespace

// C-23.
void CheckSessionArnInPrincipalArn(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!ComparesPrincipalArn(clause)) continue;
    for (const ConditionValue& value : clause.values) {
      const std::optional<WidePattern> pattern = ReadWide(clause, value, view.policy());
      if (!pattern || !IsSession(*pattern)) continue;
      const std::string role = RoleOfSession(value.text, !IsExactOperator(clause.op));
      std::string message = "for a role's session " + Quoted(clause.key.text) +
                            " is the ARN of the role, so this session's ARN " + NobodyText(clause) +
                            ": write ";
      message += role.empty() ? "the ARN of the role" : "`" + role + "`";
      FindingBuilder finding = report.Add(value.range, std::move(message));
      if (!role.empty()) finding.UnsafeFix("write the ARN of the role", ReplaceValue(value, role));
    }
  }
}

void CheckPrincipalArnCannotMatch(const StatementView& view, Reporter& report) {
  constexpr std::string_view kNext =
      "the ARN of a role, a user, a federated user or the root user, such as `arn:aws:iam::*:role/NAME`";
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!ComparesPrincipalArn(clause)) continue;
    for (const ConditionValue& value : clause.values) {
      const std::optional<WidePattern> pattern = ReadWide(clause, value, view.policy());
      if (pattern && !clause.op.negated && pattern->IsMeantWithin(ServiceLinkedRoleCode())) {
        report.Add(
            value.range,
            "only service-linked roles have such an ARN, and SCPs don't reach them, so it matches nobody: "
            "name other principals, or remove the value");
        continue;
      }
      const std::string fault = FaultOf(clause, value, pattern, view.policy());
      if (fault.empty()) continue;
      const std::vector<std::string> candidates = Repaired(value.text);
      const auto good = std::find_if(candidates.begin(), candidates.end(), [&](const std::string& text) {
        ConditionValue repaired = value;
        repaired.text = text;
        const std::optional<WidePattern> repaired_pattern = ReadWide(clause, repaired, view.policy());
        return repaired_pattern && MatchesAnyPrincipal(*repaired_pattern) && !HasSpace(text);
      });
      const bool is_known = good != candidates.end();
      FindingBuilder finding = report.Add(
          value.range, fault + ": write " +
                           (is_known                   ? "`" + *good + "`"
                            : IsListOfArns(value.text) ? std::string("each of them as a value of its own")
                                                       : std::string(kNext)));
      if (is_known) finding.UnsafeFix("write `" + *good + "`", ReplaceValue(value, *good));
    }
  }
}

// E-12.
void CheckSlrExemptionRedundant(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!ComparesPrincipalArn(clause) || !clause.op.negated) continue;
    for (const ConditionValue& value : clause.values) {
      const std::optional<WidePattern> pattern = ReadWide(clause, value, view.policy());
      if (!pattern || !MatchesPrincipal(*pattern, PrincipalKind::kRole)) continue;
      if (pattern->IsMeantWithin(ServiceLinkedRoleCode())) {
        FindingBuilder finding = report.Add(
            value.range,
            "only service-linked roles have such an ARN, and SCPs don't reach them, so they need no "
            "exemption: remove it");
        auto edits = RemoveValue(view, clause, value);
        if (!edits) continue;
        // A wildcard that crosses colons may also exempt a role with a colon in its path.
        if (PatternCovers(ServiceLinkedRoleCode(), pattern->code)) {
          finding.SafeFix("remove the exemption", std::move(*edits));
        } else {
          finding.UnsafeFix("remove the exemption", std::move(*edits));
        }
      } else if (pattern->IsMeantWithin(NamedLikeServiceLinkedRoleCode())) {
        report.Add(
            value.range,
            "roles called `AWSServiceRoleFor...` are service-linked, and SCPs don't reach them, so this "
            "exemption is not needed: remove it");
      }
    }
  }
}

}  // namespace scpcheck

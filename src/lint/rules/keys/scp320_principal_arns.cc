#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/principal_arns.h"
#include "lint/rules/keys/remove_clause.h"
#include "lint/rules/keys/rules.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// The code of an ARN pattern given as text.
std::string CodeOf(std::string_view arn) {
  return Pattern::Arn(arn, false)->code();
}

// The ARNs of role sessions, which are the principals of resource policies.
const std::string& SessionCode() {
  static const std::string code = CodeOf("arn:*:sts::*:assumed-role/*");
  return code;
}

// Roles that are called like service-linked ones, with and without the path that makes them such.
const std::string& NamedLikeServiceLinkedRoleCode() {
  static const std::string code = CodeOf("arn:*:*:*:*:role/*AWSServiceRoleFor*");
  return code;
}

bool IsSession(std::string_view code) {
  return !PatternsDisjoint(code, SessionCode()) && !MatchesAnyPrincipal(code);
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
  for (const std::string& field : fields) text += (text.empty() ? "" : ":") + field;
  return text;
}

// The role of a session, without the session's name.
std::string RoleOfSession(std::string_view session) {
  std::vector<std::string> fields = FieldsOf(session);
  if (fields.size() != 6 || !fields[5].starts_with("assumed-role/")) return "";
  const std::string_view name = std::string_view(fields[5]).substr(std::string_view("assumed-role/").size());
  fields[2] = "iam";
  fields[5] = "role/" + std::string(name.substr(0, name.find('/')));
  return Joined(fields);
}

// What may have been meant by an ARN that no principal has: the account in the wrong field, which makes five
// fields or has the account where a Region would stand, or the field of the service empty.
std::vector<std::string> Repaired(std::string_view text) {
  std::vector<std::string> candidates;
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
      const std::optional<std::string> code = WidestCode(clause, value, view.policy());
      if (!code || !IsSession(*code)) continue;
      const std::string role = RoleOfSession(value.text);
      const std::string found = "for a role's session " + Quoted(clause.key.text) +
                                " is the ARN of the role, so this session's ARN " + NobodyText(clause);
      if (role.empty()) {
        report.Add(value.range, found + ": write the ARN of the role");
      } else {
        report.Add(value.range, found + ": write " + Quoted(role))
            .UnsafeFix("write the ARN of the role", ReplaceValue(value, role));
      }
    }
  }
}

void CheckPrincipalArnCannotMatch(const StatementView& view, Reporter& report) {
  constexpr std::string_view kNext =
      ": write the ARN of a role, a user, a federated user or the root user, such as "
      "`arn:aws:iam::*:role/NAME`";
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!ComparesPrincipalArn(clause)) continue;
    for (const ConditionValue& value : clause.values) {
      if (value.text.empty()) continue;  // SCP110
      std::string found;
      const std::optional<std::string> code = WidestCode(clause, value, view.policy());
      if (!code) {
        // C-22, C-22a: under a negated operator it spoils the others too.
        found = Quoted(value.text) + " is no ARN of six fields, so " +
                (clause.op.negated ? "the whole test never holds" : "it matches nobody");
      } else if (IsSession(*code)) {
        continue;  // SCP320
      } else if (!MatchesAnyPrincipal(*code)) {
        // The wildcards of an exact operator are SCP301's business.
        if (IsExactOperator(clause.op) && value.text.find_first_of("*?") != std::string::npos) continue;
        found = "no principal has an ARN like " + Quoted(value.text) + ", so it " + NobodyText(clause);
      } else if (!clause.op.negated && PatternCovers(ServiceLinkedRoleCode(), *code)) {
        report.Add(value.range, "only service-linked roles have ARNs like " + Quoted(value.text) +
                                    ", and SCPs don't reach them, so it matches nobody: name other principals, "
                                    "or remove the value");
        continue;
      } else {
        continue;
      }
      const std::vector<std::string> candidates = Repaired(value.text);
      const auto good = std::find_if(candidates.begin(), candidates.end(), [&](const std::string& text) {
        ConditionValue repaired = value;
        repaired.text = text;
        const std::optional<std::string> repaired_code = WidestCode(clause, repaired, view.policy());
        return repaired_code && MatchesAnyPrincipal(*repaired_code);
      });
      if (good == candidates.end()) {
        report.Add(value.range, found + std::string(kNext));
      } else {
        report.Add(value.range, found + ": write " + Quoted(*good))
            .UnsafeFix("write " + Quoted(*good), ReplaceValue(value, *good));
      }
    }
  }
}

// E-12.
void CheckSlrExemptionRedundant(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!ComparesPrincipalArn(clause) || !clause.op.negated) continue;
    for (const ConditionValue& value : clause.values) {
      const std::optional<std::string> code = WidestCode(clause, value, view.policy());
      if (!code || !MatchesPrincipal(*code, PrincipalKind::kRole)) continue;
      if (PatternCovers(ServiceLinkedRoleCode(), *code)) {
        FindingBuilder finding =
            report.Add(value.range, "only service-linked roles have ARNs like " + Quoted(value.text) +
                                        ", and SCPs don't reach them, so they need no exemption: remove it");
        if (auto edits = RemoveValue(view, clause, value)) {
          finding.SafeFix("remove the exemption", std::move(*edits));
        }
      } else if (PatternCovers(NamedLikeServiceLinkedRoleCode(), *code)) {
        report.Add(value.range,
                   "roles called `AWSServiceRoleFor...` are service-linked, and SCPs don't reach them, so this "
                   "exemption is not needed: remove it");
      }
    }
  }
}

}  // namespace scpcheck

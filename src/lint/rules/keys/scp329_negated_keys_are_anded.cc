#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/keys/rules.h"

namespace scpcheck {

namespace {

bool HasPrefix(std::string_view text, std::string_view lower_prefix) {
  return AsciiEqualsIgnoreCase(text.substr(0, lower_prefix.size()), lower_prefix);
}

// What a key speaks of. Keys of one kind are often alternatives: a request comes from one of these networks
// or through one of those endpoints. Who is exempt (a principal, a tagged resource, a call through a service)
// may well be exempt whatever the others say.
std::string SubjectOf(std::string_view key) {
  for (const std::string_view exemption :
       {"aws:principal", "aws:user", "aws:calledvia", "aws:via", "aws:resourcetag/", "aws:source",
        "aws:assumedroot", "aws:federated", "aws:chatbot", "aws:isMcp"}) {
    if (HasPrefix(key, exemption) && !HasPrefix(key, "aws:sourceip") && !HasPrefix(key, "aws:sourcevpc"))
      return "";
  }
  if (HasPrefix(key, "aws:sourceip") || HasPrefix(key, "aws:sourcevpc") || HasPrefix(key, "aws:vpc") ||
      HasPrefix(key, "aws:ec2instance")) {
    return "network";
  }
  if (HasPrefix(key, "aws:resource") || HasPrefix(key, "ec2:owner") || HasPrefix(key, "s3:resourceaccount")) {
    return "resource";
  }
  return AsciiLower(key);
}

}  // namespace

// C-01, C-02.
void CheckNegatedKeysAreAnded(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!clause.op.negated || clause.op.set_operator == SetOperator::kForAnyValue ||
        !IsFirstOfBlock(view, clause)) {
      continue;
    }
    std::vector<std::string> subjects;
    std::vector<std::string> keys;
    for (const ConditionClause& other : BlockOf(view, clause)) {
      std::string subject = SubjectOf(other.key.text);
      if (subject.empty()) continue;
      keys.push_back(other.key.text);
      if (std::find(subjects.begin(), subjects.end(), subject) == subjects.end()) {
        subjects.push_back(std::move(subject));
      }
    }
    if (subjects.size() < 2) continue;
    report.Add(clause.operator_text.range,
               "all of these must differ for the statement to deny, so a request passes as soon as one of " +
                   ListOf(keys, 4) + " is as listed: if each of them must be, write a statement for each");
  }
}

}  // namespace scpcheck

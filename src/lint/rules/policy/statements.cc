#include "lint/rules/policy/statements.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/check.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/template_token.h"

namespace scpcheck {

StatementSets::StatementSets(const PolicyView& policy) : policy_(&policy), prover_(policy) {
  for (const StatementView& view : policy.statements()) {
    alive_.push_back(view.requests().is_readable() && !prover_.IsEmpty(view.requests()));
  }
}

std::vector<size_t> StatementSets::Denies() const {
  std::vector<size_t> denies;
  for (size_t i = 0; i < size(); ++i) {
    if (IsAlive(i) && view(i).denies()) denies.push_back(i);
  }
  return denies;
}

std::string NameOf(const StatementView& view) {
  const std::optional<LocatedText>& sid = view.statement().sid;
  if (sid && !sid->text.empty()) return Quoted(sid->text);
  const SourcePosition place = view.policy().source()->Locate(view.object().range().begin);
  return "the statement on line " + std::to_string(place.line);
}

std::optional<std::vector<TextEdit>> RemoveStatement(const StatementView& view) {
  const std::optional<json::Value> statements = view.policy().document().Find("Statement");
  if (!statements || !statements->is_array() || statements->size() < 2) return std::nullopt;
  return RemoveElement(*statements, view.object());
}

bool HoldsToken(const StatementView& view) {
  const Statement& statement = view.statement();
  const auto holds = [&](const auto& text) {
    return HoldsTemplateToken(text.text, view.policy().settings());
  };
  return std::any_of(statement.actions.begin(), statement.actions.end(), holds) ||
         std::any_of(statement.resources.begin(), statement.resources.end(), holds) ||
         std::any_of(
             statement.conditions.begin(), statement.conditions.end(), [&](const ConditionClause& clause) {
               return holds(clause.key) || std::any_of(clause.values.begin(), clause.values.end(), holds);
             });
}

json::Value ValueOf(const StatementView& view, std::string_view element) {
  const std::optional<json::Member> member = view.Element(element);
  SCPCHECK_CHECK(member.has_value());
  return member->value;
}

std::optional<json::Value> EntryAt(json::Value list, SourceRange range) {
  if (list.range() == range) return list;
  if (!list.is_array()) return std::nullopt;
  for (const json::Value element : list.elements()) {
    if (element.range() == range) return element;
  }
  return std::nullopt;
}

std::vector<TextEdit> AppendTexts(json::Value list, std::span<const std::string> texts) {
  std::vector<TextEdit> edits;
  for (const std::string& text : texts) {
    std::vector<TextEdit> one = AppendValue(list, JsonQuoted(text));
    if (edits.empty()) {
      edits = std::move(one);
      continue;
    }
    // They all stand in the same place. A string becomes a list, which the first has closed.
    std::string& so_far = edits.back().text;
    if (list.is_array()) {
      so_far += list.size() == 0 ? ", " + one.back().text : one.back().text;
    } else {
      so_far.insert(so_far.size() - 1, ", " + JsonQuoted(text));
    }
  }
  return edits;
}

bool IsExemptionKey(std::string_view key) {
  const std::string lower = AsciiLower(key);
  return lower.starts_with("aws:principal") || lower == "aws:userid" || lower == "aws:username" ||
         lower == "aws:sourceidentity" || lower.find("tag/") != std::string::npos;
}

bool IsExemption(const ConditionClause& clause) {
  return clause.op.negated && clause.op.set_operator == SetOperator::kNone && !clause.values.empty();
}

}  // namespace scpcheck

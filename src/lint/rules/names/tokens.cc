#include "lint/rules/names/tokens.h"

namespace scpcheck {

std::vector<TokenText> TokenTexts(const StatementView& view) {
  const Statement& statement = view.statement();
  std::vector<TokenText> texts;
  if (statement.sid) texts.push_back({TokenText::Kind::kSid, statement.sid->text, statement.sid->range});
  if (const std::optional<json::Member> effect = view.Element("Effect");
      effect && effect->value.is_string()) {
    texts.push_back({TokenText::Kind::kEffect, effect->value.text(), effect->value.range()});
  }
  for (const LocatedText& action : statement.actions) {
    texts.push_back({TokenText::Kind::kAction, action.text, action.range});
  }
  for (const LocatedText& resource : statement.resources) {
    texts.push_back({TokenText::Kind::kResource, resource.text, resource.range, statement.not_resource});
  }
  for (const ConditionClause& clause : statement.conditions) {
    const LocatedText& name = clause.operator_text;
    texts.push_back({TokenText::Kind::kOperator, name.text, name.range, false, &clause});
    texts.push_back({TokenText::Kind::kKey, clause.key.text, clause.key.range, false, &clause});
    for (const ConditionValue& value : clause.values) {
      texts.push_back({TokenText::Kind::kValue, value.text, value.range, false, &clause});
    }
  }
  return texts;
}

bool IsExpression(std::string_view token) {
  return token.starts_with("${") && token.find('.') != std::string_view::npos;
}

}  // namespace scpcheck

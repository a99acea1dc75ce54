#include "lint/rules/keys/remove_clause.h"

#include "lint/edits.h"

namespace scpcheck {

std::optional<std::vector<TextEdit>> RemoveClause(const StatementView& view, const ConditionClause& clause) {
  for (const json::Member condition : view.object().members()) {
    if (condition.key.text() != "Condition" || !condition.value.is_object()) continue;
    for (const json::Member block : condition.value.members()) {
      if (block.key.range() != clause.operator_text.range || !block.value.is_object()) continue;
      for (const json::Member member : block.value.members()) {
        if (member.key.range() != clause.key.range) continue;
        if (block.value.size() > 1) return RemoveMember(block.value, member);
        if (condition.value.size() > 1) return RemoveMember(condition.value, block);
        return RemoveMember(view.object(), condition);
      }
    }
  }
  return std::nullopt;
}

}  // namespace scpcheck

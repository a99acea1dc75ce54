#include <string>

#include "base/bits.h"
#include "engine/evaluator.h"
#include "engine/truth.h"

namespace scpcheck {

namespace {

std::string QuoteValue(std::string_view text) {
  return '"' + std::string(text) + '"';
}

SourceRange Span(const std::vector<LocatedText>& texts, SourceRange fallback) {
  return texts.empty() ? fallback : SourceRange{texts.front().range.begin, texts.back().range.end};
}

}  // namespace

std::string EvaluatorState::DescribeKey(KeyId key) const {
  const KeyState& state = StateOf(key);
  switch (state.kind) {
    case KeyState::Kind::kAbsent:
      return "absent";
    case KeyState::Kind::kUnknown:
    case KeyState::Kind::kPatterns:
      return state.from_principal ? "unknown: it follows from the principal" : "unknown";
    case KeyState::Kind::kValues:
      break;
  }
  if (!state.is_list && state.values.size() == 1) return QuoteValue(state.values.front());
  std::string list = "[";
  for (const std::string_view value : state.values) {
    if (list.size() > 1) list += ", ";
    list += QuoteValue(value);
  }
  return list + "]";
}

StatementExplanation EvaluatorState::ExplainStatement(const PolicyPart& part, uint32_t bit) {
  const StatementRef ref = compiled_->statement_at(part, bit);
  const CompiledStatement& statement = compiled_->statement(ref.statement);
  const Statement& source = compiled_->source_statement(ref);
  StatementExplanation explanation;
  explanation.policy = ref.policy;
  explanation.statement = ref.ordinal;
  explanation.range = source.range;
  if (AboutAction(part.word, uint64_t{1} << bit) == 0) {
    explanation.because = source.not_action ? "NotAction" : "Action";
    explanation.range = Span(source.actions, source.range);
    return explanation;
  }
  explanation.matches = EvaluateStatement(ref.statement);
  if (explanation.matches == Truth::kTrue) return explanation;
  if (source.never_matches) {
    explanation.because = "Condition";
    explanation.saw = "an operator that does not exist";
    explanation.range = source.range;
    return explanation;
  }
  // The first part that is as undecided, or as wrong, as the whole.
  if (EvaluateCached(statement.resources) == explanation.matches) {
    explanation.because = source.not_resource ? "NotResource" : "Resource";
    explanation.range = Span(source.resources, source.range);
    switch (resource_.kind) {
      case ResourceState::Kind::kUnknown:
        explanation.saw = "unknown";
        break;
      case ResourceState::Kind::kStar:
        explanation.saw = "\"*\": the action has no resource types";
        break;
      case ResourceState::Kind::kText:
        explanation.saw = QuoteValue(resource_.text);
        break;
      case ResourceState::Kind::kPattern:
        explanation.saw = "a pattern";
        break;
    }
    return explanation;
  }
  const std::span<const ClauseId> clauses = compiled_->clauses_of(statement);
  for (size_t i = 0; i < clauses.size(); ++i) {
    if (EvaluateCached(clauses[i]) != explanation.matches) continue;
    const ConditionClause& clause = source.conditions[i];
    explanation.because = clause.operator_text.text + " " + clause.key.text;
    explanation.saw = DescribeKey(compiled_->clause(clauses[i]).key);
    explanation.range = clause.key.range;
    break;
  }
  return explanation;
}

Explanation EvaluatorState::Explain() {
  Explanation explanation;
  if (Exemption()) return explanation;
  const Organization& organization = compiled_->organization;
  const Account& account = organization.account(account_->index);
  const auto add_level = [&](std::string_view id, std::string_view name,
                             const std::vector<Attachment>& attachments, ProgramId program_id) {
    const Program& program = compiled_->program(program_id);
    LevelExplanation& level = explanation.levels.emplace_back();
    level.node = id;
    level.name = name;
    for (const Attachment& attachment : attachments) {
      if (organization.policy(attachment.policy).is_scp()) level.policies.push_back(attachment.policy);
    }
    // In the order of attachment and of the author.
    for (const PolicyPart& part : compiled_->parts_of(program)) {
      ForEachBit(part.denies | part.allows, [&](uint32_t bit) {
        StatementExplanation statement = ExplainStatement(part, bit);
        Truth& truth = (part.denies >> bit & 1) != 0 ? level.denies : level.allows;
        truth = Or(truth, statement.matches);
        level.statements.push_back(std::move(statement));
      });
    }
  };
  for (const NodeIndex node : organization.PathTo(account.parent)) {
    add_level(organization.node(node).id, organization.node(node).name, organization.node(node).attachments,
              compiled_->node_programs[static_cast<uint32_t>(node)]);
  }
  add_level(account.id, account.name, account.attachments,
            compiled_->account_programs[static_cast<uint32_t>(account_->index)]);
  return explanation;
}

}  // namespace scpcheck

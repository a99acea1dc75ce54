#include "output/answer.h"

namespace scpcheck {

Answer MakeAnswer(const Decision& decision, const Request& request, std::string_view account_name) {
  Answer answer;
  answer.account = decision.account;
  answer.account_name = account_name;
  answer.action = request.action;
  answer.verdict = decision.verdict;
  answer.reason = decision.reason;
  answer.node = decision.node;
  answer.policy = decision.policy;
  answer.statement = decision.statement;
  answer.sid = decision.sid;
  for (const std::string_view name : decision.depends_on) answer.depends_on.emplace_back(name);
  answer.id = request.id;
  answer.echo = request.echo;
  return answer;
}

std::vector<Blocker> BlockersOf(const Explanation& explanation, const Organization& organization) {
  std::vector<Blocker> blockers;
  for (const LevelExplanation& level : explanation.levels) {
    for (const StatementExplanation& statement : level.statements) {
      const OrganizationPolicy& policy = organization.policy(statement.policy);
      const Statement& source = policy.document.statements[statement.statement];
      if (source.effect != Effect::kDeny || statement.matches == Truth::kFalse) continue;
      Blocker& blocker = blockers.emplace_back();
      blocker.node = level.node;
      blocker.policy = &policy;
      blocker.statement = statement.statement;
      if (source.sid) blocker.sid = source.sid->text;
      const SourcePosition place = policy.document.source->Locate(source.range.begin);
      blocker.file = place.file;
      blocker.line = place.line;
    }
    if (level.allows != Truth::kTrue) blockers.emplace_back().node = level.node;
  }
  return blockers;
}

}  // namespace scpcheck

// Decisions that own their texts, and what stands in a question's way.

#include "output/answer.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "observatory.h"

namespace scpcheck {
namespace {

TEST(MakeAnswer, OwnsWhatTheDecisionLooksAt) {
  std::string text = "600000000011|ou-obs1-domes001|p-night|Dark|aws:SourceIp";
  const std::string_view all = text;
  const std::array<std::string_view, 1> depends_on = {all.substr(43)};
  Decision decision;
  decision.verdict = Verdict::kDenied;
  decision.reason = Reason::kExplicitDeny;
  decision.account = all.substr(0, 12);
  decision.node = all.substr(13, 16);
  decision.policy = all.substr(30, 7);
  decision.statement = 4;
  decision.sid = all.substr(38, 4);
  decision.depends_on = depends_on;
  Request request;
  request.action = "lamp:SwitchOn";
  request.id = "\"q1\"";
  request.echo = {{"ticket", "17"}};
  const Answer answer = MakeAnswer(decision, request, "Refractor");
  text.assign(text.size(), '#');
  EXPECT_EQ(answer.account, "600000000011");
  EXPECT_EQ(answer.account_name, "Refractor");
  EXPECT_EQ(answer.action, "lamp:SwitchOn");
  EXPECT_EQ(answer.verdict, Verdict::kDenied);
  EXPECT_EQ(answer.reason, Reason::kExplicitDeny);
  EXPECT_EQ(answer.node, "ou-obs1-domes001");
  EXPECT_EQ(answer.policy, "p-night");
  EXPECT_EQ(answer.statement, 4u);
  EXPECT_EQ(answer.sid, "Dark");
  EXPECT_EQ(answer.depends_on, std::vector<std::string>{"aws:SourceIp"});
  EXPECT_FALSE(answer.explanation.has_value());
  EXPECT_EQ(answer.id, "\"q1\"");
  EXPECT_EQ(answer.echo, request.echo);
}

TEST(BlockersOf, WhatDeniesOrMayAndLevelsThatMayAllowNothing) {
  const Organization organization = LoadText(kObservatory);
  constexpr std::string_view kDark = "ou-obs1-domes001 p-night 0 Dark o.json:1;";
  constexpr std::string_view kLevel = "ou-obs1-domes001;";
  const struct {
    Truth dark;
    Truth dome;
    std::string blockers;
  } cases[] = {
      {Truth::kFalse, Truth::kTrue, ""},
      {Truth::kTrue, Truth::kTrue, std::string(kDark)},
      {Truth::kUnknown, Truth::kTrue, std::string(kDark)},
      {Truth::kFalse, Truth::kFalse, std::string(kLevel)},
      {Truth::kFalse, Truth::kUnknown, std::string(kLevel)},
      {Truth::kTrue, Truth::kFalse, std::string(kDark) + std::string(kLevel)},
  };
  for (const auto& c : cases) {
    std::string blockers;
    for (const Blocker& blocker : BlockersOf(ExplanationWith(c.dark, c.dome), organization)) {
      blockers += blocker.node;
      if (blocker.policy != nullptr) {
        blockers += ' ' + blocker.policy->id + ' ' + std::to_string(blocker.statement) + ' ' + blocker.sid +
                    ' ' + blocker.file + ':' + std::to_string(blocker.line);
      }
      blockers += ';';
    }
    EXPECT_EQ(blockers, c.blockers);
  }
  EXPECT_TRUE(BlockersOf({}, organization).empty());
}

}  // namespace
}  // namespace scpcheck

// An organization to print, and answers about it.

#ifndef SCPCHECK_TESTS_UNIT_OUTPUT_OBSERVATORY_H_
#define SCPCHECK_TESTS_UNIT_OUTPUT_OBSERVATORY_H_

#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "output/answer.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/files.h"
#include "scpcheck/organization.h"

namespace scpcheck {

// One line of JSON, so that a column is all that a place needs.
inline constexpr const char* kObservatory =
    R"({"id":"o-observ001","managementAccount":"600000000001","policies":{"p-night":{"name":"Night",)"
    R"("document":{"Version":"2012-10-17","Statement":[{"Sid":"Dark","Effect":"Deny","Action":"lamp:*",)"
    R"("Resource":"*"},{"Effect":"Allow","Action":"dome:*","Resource":"*"}]}}},"root":{"id":"r-obs1",)"
    R"("name":"Observatory","policies":["p-FullAWSAccess"],"organizationalUnits":[{"id":"ou-obs1-domes001",)"
    R"("name":"Domes","policies":["p-night"],"accounts":[{"id":"600000000011","name":"Refractor"},)"
    R"({"id":"600000000012"}]}]}})";

// In the order of the file.
inline constexpr PolicyIndex kNight{0};
inline constexpr PolicyIndex kFullAccess{1};

inline Organization LoadText(const std::string& text) {
  const MemoryFiles files({{"o.json", text}});
  Diagnostics diagnostics;
  Result<Organization> loaded = LoadOrganization("o.json", files, {}, diagnostics);
  EXPECT_TRUE(loaded.ok()) << loaded.error().ToString();
  return loaded.ok() ? std::move(loaded).value() : Organization{};
}

inline Answer AnswerOf(Verdict verdict, Reason reason) {
  Answer answer;
  answer.account = "600000000011";
  answer.account_name = "Refractor";
  answer.action = "lamp:SwitchOn";
  answer.verdict = verdict;
  answer.reason = reason;
  return answer;
}

inline Answer ExplicitDeny() {
  Answer answer = AnswerOf(Verdict::kDenied, Reason::kExplicitDeny);
  answer.node = "ou-obs1-domes001";
  answer.policy = "p-night";
  answer.statement = 0;
  answer.sid = "Dark";
  return answer;
}

inline Answer ImplicitDeny() {
  Answer answer = AnswerOf(Verdict::kDenied, Reason::kImplicitDeny);
  answer.node = "ou-obs1-domes001";
  return answer;
}

inline Answer Undecided() {
  Answer answer = AnswerOf(Verdict::kUndecided, Reason::kAllowedAtEveryLevel);
  answer.depends_on = {"aws:SourceIp", "principal"};
  return answer;
}

inline OutputContext Context() {
  OutputContext context;
  context.version = "1.2.3";
  context.catalogue_date = "2026-03-01";
  return context;
}

// What the root and the unit say of lamp:SwitchOn. Two statements of p-night: `dark` and `dome` are how they
// match.
inline Explanation ExplanationWith(Truth dark, Truth dome) {
  Explanation explanation;
  LevelExplanation& root = explanation.levels.emplace_back();
  root.node = "r-obs1";
  root.name = "Observatory";
  root.policies = {kFullAccess};
  root.allows = Truth::kTrue;
  StatementExplanation& full = root.statements.emplace_back();
  full.policy = kFullAccess;
  full.matches = Truth::kTrue;

  LevelExplanation& unit = explanation.levels.emplace_back();
  unit.node = "ou-obs1-domes001";
  unit.name = "Domes";
  unit.policies = {kNight};
  unit.denies = dark;
  unit.allows = dome;
  for (uint32_t i = 0; i < 2; ++i) {
    StatementExplanation& statement = unit.statements.emplace_back();
    statement.policy = kNight;
    statement.statement = i;
    statement.matches = i == 0 ? dark : dome;
  }
  return explanation;
}

}  // namespace scpcheck

#endif  // SCPCHECK_TESTS_UNIT_OUTPUT_OBSERVATORY_H_

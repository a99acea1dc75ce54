// Organizations and decisions as the property tests compare them.
#ifndef SCPCHECK_TESTS_PROPERTY_DECISION_TEXT_H_
#define SCPCHECK_TESTS_PROPERTY_DECISION_TEXT_H_

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "scpcheck/engine.h"

namespace scpcheck::property {

inline Engine CompileText(const std::string& organization_text, const CompileOptions& options = {}) {
  const MemoryFiles files({{"organization.json", organization_text}});
  Diagnostics diagnostics;
  Result<Organization> organization = LoadOrganization("organization.json", files, {}, diagnostics);
  EXPECT_TRUE(organization.ok()) << organization.error().ToString() << "\n" << organization_text;
  return Engine::Compile(organization.ok() ? std::move(organization).value() : Organization{}, options);
}

// How much of a decision two texts of it have to share.
enum class Detail {
  kNode,   // not which policy of the node
  kPlace,  // everything
};

inline std::string DecisionText(const Decision& decision, Detail detail = Detail::kPlace) {
  std::string text(VerdictName(decision.verdict));
  if (decision.verdict == Verdict::kUndecided) {
    for (const std::string_view name : decision.depends_on) text.append(" ").append(name);
    return text;
  }
  text.append(" ").append(ReasonName(decision.reason)).append(" ").append(decision.node);
  if (detail == Detail::kNode) return text;
  text.append(" ").append(decision.policy).append(" ");
  if (decision.statement) text += std::to_string(*decision.statement);
  return text.append(" ").append(decision.sid);
}

// The answer of the public API, or its error.
inline std::string Answer(Evaluator& evaluator, const nlohmann::json& request,
                          Detail detail = Detail::kPlace) {
  const Result<Request> parsed = ParseRequest(request.dump());
  if (!parsed) return "error: " + parsed.error().ToString();
  const Result<Decision> decision = evaluator.Decide(*parsed);
  return decision ? DecisionText(*decision, detail) : "error: " + decision.error().ToString();
}

}  // namespace scpcheck::property

#endif  // SCPCHECK_TESTS_PROPERTY_DECISION_TEXT_H_

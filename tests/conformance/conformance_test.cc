// The shared conformance vectors, and the example organizations with their questions, through the public API.
//
// Each case must get its expected answer or be undecided, never another decision. Which cases may be
// undecided is bounded by their number, so that the engine can't get away with deciding less.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "scpcheck/engine.h"

namespace scpcheck {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Tally {
  int decided = 0;
  int undecided = 0;  // though a decision is expected
  std::vector<std::string> undecided_ids;
};

// The decision as the members that `expected` may pin.
json ToJson(const Decision& decision) {
  json object = {{"account", decision.account},
                 {"decision", VerdictName(decision.verdict)},
                 {"reason", ReasonName(decision.reason)}};
  if (!decision.node.empty()) object["node"] = decision.node;
  if (!decision.policy.empty()) object["policy"] = decision.policy;
  if (decision.statement) object["statement"] = *decision.statement;
  if (!decision.sid.empty()) object["sid"] = decision.sid;
  return object;
}

void CheckCase(const std::string& id, const json& request, const json& expected, Evaluator& evaluator,
               Tally& tally) {
  SCOPED_TRACE(id + ": " + request.dump());
  const Result<Request> parsed = ParseRequest(request.dump());
  ASSERT_TRUE(parsed.ok()) << parsed.error().ToString();
  const Result<Decision> decision = evaluator.Decide(*parsed);
  ASSERT_TRUE(decision.ok()) << decision.error().ToString();
  if (decision->verdict == Verdict::kUndecided) {
    EXPECT_FALSE(decision->depends_on.empty());
    if (expected.at("decision") != "conditional") {
      ++tally.undecided;
      tally.undecided_ids.push_back(id);
    }
    return;
  }
  ++tally.decided;
  const json actual = ToJson(*decision);
  for (const auto& [name, value] : expected.items()) {
    if (name == "note" || name == "dependsOn") continue;
    ASSERT_TRUE(actual.contains(name)) << name << " expected: " << value << ", got " << actual;
    EXPECT_EQ(actual.at(name), value) << actual;
  }
}

Engine LoadEngine(const std::string& path, const Files& files) {
  Diagnostics diagnostics;
  Result<Organization> organization = LoadOrganization(path, files, {}, diagnostics);
  EXPECT_TRUE(organization.ok()) << organization.error().ToString();
  return Engine::Compile(organization.ok() ? std::move(organization).value() : Organization{});
}

TEST(ConformanceTest, Vectors) {
  const fs::path folder = fs::path(SCPCHECK_CONFORMANCE_DIR) / "conformance";
  if (!fs::is_directory(folder)) {
    std::cout << "not run: there is no folder " << folder << "\n";
    return;
  }
  Tally tally;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    const json file = json::parse(ReadFile(entry.path()));
    if (!file.contains("cases")) continue;
    const MemoryFiles files({{"organization.json", file.at("org").dump()}});
    const Engine engine = LoadEngine("organization.json", files);
    Evaluator evaluator(engine);
    for (const json& test : file.at("cases")) {
      CheckCase(entry.path().filename().string() + " " + test.at("id").get<std::string>(), test.at("request"),
                test.at("expect"), evaluator, tally);
    }
  }
  std::cout << tally.decided << " decided, " << tally.undecided
            << " undecided though a decision is expected\n";
  for (const std::string& id : tally.undecided_ids) std::cout << "  undecided: " << id << "\n";
  // What judging each statement by itself can't settle; see docs/semantics.md.
  EXPECT_GT(tally.decided, 0);
  EXPECT_LE(tally.undecided * 200, tally.decided);
}

TEST(ConformanceTest, ExampleOrganizations) {
  const fs::path folder = fs::path(SCPCHECK_CONFORMANCE_DIR) / "orgs";
  if (!fs::is_directory(folder)) {
    std::cout << "not run: there is no folder " << folder << "\n";
    return;
  }
  Tally tally;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory()) continue;
    const Engine engine = LoadEngine((entry.path() / "organization.json").string(), DiskFiles());
    Evaluator evaluator(engine);
    std::ifstream questions(entry.path() / "questions.jsonl");
    std::ifstream answers(entry.path() / "expected.jsonl");
    std::string question;
    std::string answer;
    for (int line = 1; std::getline(questions, question); ++line) {
      ASSERT_TRUE(std::getline(answers, answer))
          << "no answer to question " << line << " of " << entry.path();
      CheckCase(entry.path().filename().string() + ":" + std::to_string(line), json::parse(question),
                json::parse(answer), evaluator, tally);
    }
  }
  std::cout << tally.decided << " decided, " << tally.undecided
            << " undecided though a decision is expected\n";
  for (const std::string& id : tally.undecided_ids) std::cout << "  undecided: " << id << "\n";
  EXPECT_GT(tally.decided, 0);
  EXPECT_LE(tally.undecided, 2);
}

}  // namespace
}  // namespace scpcheck

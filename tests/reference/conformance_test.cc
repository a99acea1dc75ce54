// Holds the reference evaluator against the conformance vectors and the example organizations. What they call
// allowed or denied the reference must call so, or leave undecided; what they call conditional it must leave
// undecided. With SCPCHECK_LIST_UNDECIDED set it prints the ids of those that it leaves undecided.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catalogue_hooks.h"
#include "reference.h"

namespace scpcheck::reference {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

struct Counts {
  int cases = 0;
  int decided = 0;
  int places_open = 0;  // decided, but something unknown may decide it elsewhere
  int mismatches = 0;
  std::vector<std::string> undecided;  // though the vector says allowed or denied
};

json ReadJson(const fs::path& path) {
  std::ifstream in(path);
  return json::parse(in);
}

std::vector<json> ReadJsonLines(const fs::path& path) {
  std::ifstream in(path);
  std::vector<json> values;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty()) values.push_back(json::parse(line));
  }
  return values;
}

json ToJson(const Decision& decision) {
  json out = {{"decision", decision.decision}};
  if (!decision.reason.empty()) out["reason"] = decision.reason;
  if (!decision.node.empty()) out["node"] = decision.node;
  if (!decision.policy.empty()) out["policy"] = decision.policy;
  if (!decision.sid.empty()) out["sid"] = decision.sid;
  if (decision.statement) out["statement"] = *decision.statement;
  return out;
}

void Check(const Organization& organization, const std::string& id, const json& request, const json& expect,
           Counts& counts) {
  ++counts.cases;
  Decision decision;
  try {
    decision = Decide(organization, request);
  } catch (const std::exception& error) {
    ++counts.mismatches;
    ADD_FAILURE() << id << ": " << error.what() << "\n  request  " << request;
    return;
  }
  const json actual = ToJson(decision);
  if (decision.decision == "undecided") {
    if (expect.at("decision") != "conditional") counts.undecided.push_back(id);
    return;
  }
  ++counts.decided;
  if (!decision.place_certain) ++counts.places_open;
  for (const char* member : {"decision", "reason", "node", "policy", "statement", "sid"}) {
    if (!decision.place_certain && std::string(member) != "decision") continue;
    if (expect.contains(member) && actual.value(member, json()) != expect.at(member)) {
      ++counts.mismatches;
      ADD_FAILURE() << id << "\n  request  " << request << "\n  expected " << expect << "\n  actual   "
                    << actual;
      return;
    }
  }
}

void Print(const std::string& what, const Counts& counts) {
  std::cout << what << ": " << counts.cases << " cases, " << counts.decided << " decided and compared ("
            << counts.places_open << " of them not their place), " << counts.mismatches << " mismatches, "
            << counts.undecided.size() << " with an answer that the reference leaves undecided\n";
  if (std::getenv("SCPCHECK_LIST_UNDECIDED") == nullptr) return;
  for (const std::string& id : counts.undecided) std::cout << "  undecided: " << id << "\n";
}

TEST(ReferenceConformance, Vectors) {
  const fs::path directory = fs::path(SCPCHECK_CONFORMANCE_DIR) / "conformance";
  if (!fs::is_directory(directory)) {
    std::cout << "not run: no vectors\n";
    return;
  }
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  Counts counts;
  for (const fs::path& file : files) {
    const json vectors = ReadJson(file);
    if (!vectors.contains("cases")) continue;
    const Organization organization =
        Organization::Load(vectors.at("org"), CatalogueKeyArity(), CatalogueActionFacts());
    for (const json& one : vectors.at("cases")) {
      const std::string id = file.stem().string() + " " + one.at("id").get<std::string>();
      Check(organization, id, one.at("request"), one.at("expect"), counts);
    }
  }
  EXPECT_GT(counts.cases, 0);
  Print("vectors", counts);
}

// The organization of a folder, with the files that its policies name read in.
json ReadOrganization(const fs::path& folder) {
  json organization = ReadJson(folder / "organization.json");
  for (auto& [id, policy] : organization.at("policies").items()) {
    if (!policy.contains("file")) continue;
    policy["document"] = ReadJson(folder / policy.at("file").get<std::string>());
    policy.erase("file");
  }
  return organization;
}

TEST(ReferenceConformance, Organizations) {
  const fs::path directory = fs::path(SCPCHECK_CONFORMANCE_DIR) / "orgs";
  if (!fs::is_directory(directory)) {
    std::cout << "not run: no organizations\n";
    return;
  }
  for (const auto& entry : fs::directory_iterator(directory)) {
    if (!fs::exists(entry.path() / "questions.jsonl")) continue;
    const std::string name = entry.path().filename().string();
    const Organization organization =
        Organization::Load(ReadOrganization(entry.path()), CatalogueKeyArity(), CatalogueActionFacts());
    const std::vector<json> questions = ReadJsonLines(entry.path() / "questions.jsonl");
    const std::vector<json> expected = ReadJsonLines(entry.path() / "expected.jsonl");
    ASSERT_EQ(questions.size(), expected.size()) << name;
    Counts counts;
    for (size_t i = 0; i < questions.size(); ++i) {
      Check(organization, name + " " + std::to_string(i + 1), questions[i], expected[i], counts);
    }
    Print(name, counts);
  }
}

}  // namespace
}  // namespace scpcheck::reference

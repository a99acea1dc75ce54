// `reference_batch --org ORGANIZATION REQUESTS` decides JSON lines with the reference evaluator and writes a
// line for each as `scpcheck batch` does, so that bench/run.py can compare the two. ORGANIZATION is an
// organization file with its policies inline. A reason and a place are given only where the reference is sure
// of them.
#include <exception>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

#include "catalogue_hooks.h"
#include "reference.h"

namespace scpcheck::reference {
namespace {

using nlohmann::ordered_json;

std::ifstream Open(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error(path + ": can't open it");
  return in;
}

ordered_json ErrorLine(size_t number, const std::string& message) {
  return {{"line", number}, {"error", message}};
}

ordered_json DecisionLine(const Decision& decision) {
  ordered_json line = {{"decision", decision.decision}};
  if (!decision.place_certain) return line;
  line["reason"] = decision.reason;
  if (!decision.node.empty()) line["node"] = decision.node;
  if (!decision.policy.empty()) line["policy"] = decision.policy;
  if (decision.statement) line["statement"] = *decision.statement;
  if (!decision.sid.empty()) line["sid"] = decision.sid;
  return line;
}

ordered_json Answer(const Organization& organization, size_t number, const std::string& request) {
  try {
    const Decision decision = Decide(organization, nlohmann::json::parse(request));
    if (decision.decision == "undecided") return ErrorLine(number, "undecided");
    return DecisionLine(decision);
  } catch (const std::exception& error) {
    return ErrorLine(number, error.what());
  }
}

void Run(const std::string& organization_path, const std::string& requests_path) {
  std::ifstream organization_file = Open(organization_path);
  const Organization organization = Organization::Load(nlohmann::json::parse(organization_file),
                                                       CatalogueKeyArity(), CatalogueActionFacts());
  std::ifstream requests = Open(requests_path);
  size_t number = 0;
  for (std::string request; std::getline(requests, request);) {
    ++number;
    if (request.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::cout << Answer(organization, number, request).dump() << '\n';
  }
}

}  // namespace
}  // namespace scpcheck::reference

int main(int argc, char** argv) {
  if (argc != 4 || std::string_view(argv[1]) != "--org") {
    std::cerr << "usage: reference_batch --org ORGANIZATION REQUESTS\n";
    return 2;
  }
  try {
    scpcheck::reference::Run(argv[2], argv[3]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 2;
  }
}

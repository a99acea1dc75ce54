// Writes a workload: DIR/organization.json and DIR/requests.jsonl. What it has of each thing goes to stdout.

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "knobs.h"
#include "workload.h"

namespace {

using scpcheck::bench::Figures;
using scpcheck::bench::Outcome;
using scpcheck::bench::RequestMaker;
using scpcheck::bench::Workload;

// One `service:Name` a line; anything after the name is ignored, as are lines that begin with `#`.
std::vector<std::string> ReadActions(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> actions;
  std::string line;
  while (std::getline(file, line)) {
    line = line.substr(0, line.find_first_of(" \t\r"));
    if (!line.empty() && line[0] != '#' && line.find(':') != std::string::npos) actions.push_back(line);
  }
  return actions;
}

bool WriteFile(const std::filesystem::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  return file.good();
}

double Percent(size_t part, size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void PrintFigures(const Figures& figures) {
  std::printf("accounts %zu, units %zu, levels %zu, with own policies %zu, classes %zu\n", figures.accounts,
              figures.units, figures.unit_levels, figures.accounts_with_own_policies, figures.classes);
  std::printf(
      "policies %zu, statements %zu (%.1f %% Deny, %.1f %% conditional), patterns %zu, conditions %zu\n",
      figures.policies, figures.statements, Percent(figures.deny_statements, figures.statements),
      Percent(figures.conditional_statements, figures.statements), figures.action_patterns,
      figures.conditions);
  std::printf(
      "largest policy %zu characters, most attachments %zu, statements in a chain: %.1f on average, %zu at "
      "most\n",
      figures.largest_policy, figures.most_attachments, figures.average_chain, figures.longest_chain);
}

// Returns false when the file can't be written.
bool WriteRequests(Workload& workload, size_t count, const std::filesystem::path& path) {
  std::ofstream file(path, std::ios::binary);
  size_t outcomes[3] = {};
  size_t bytes = 0;
  size_t keys = 0;
  size_t statements = 0;
  size_t resources = 0;
  size_t principals = 0;
  for (size_t i = 0; i < count; ++i) {
    const RequestMaker::Line line = workload.NextRequest();
    file.write(line.text.data(), static_cast<std::streamsize>(line.text.size()));
    ++outcomes[static_cast<size_t>(line.outcome)];
    bytes += line.text.size();
    keys += line.context_keys;
    statements += line.statements;
    resources += line.has_resource ? 1 : 0;
    principals += line.has_principal ? 1 : 0;
  }
  file.close();
  if (count > 0) {
    std::printf(
        "requests %zu, %.1f bytes and %.2f context keys on average, resource %.1f %%, principal %.1f %%\n",
        count, static_cast<double>(bytes) / static_cast<double>(count),
        static_cast<double>(keys) / static_cast<double>(count), Percent(resources, count),
        Percent(principals, count));
    std::printf("statements of the account's chain that match a request's action: %.2f on average\n",
                static_cast<double>(statements) / static_cast<double>(count));
    std::printf("meant to be allowed %.1f %%, denied %.1f %%, open %.1f %%\n",
                Percent(outcomes[static_cast<size_t>(Outcome::kAllowed)], count),
                Percent(outcomes[static_cast<size_t>(Outcome::kDenied)], count),
                Percent(outcomes[static_cast<size_t>(Outcome::kOpen)], count));
  }
  return file.good();
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Writes an organization and requests about it, the same ones for the same seed");
  std::string size_text;
  uint64_t seed = 1;
  std::string out;
  std::string actions_path;
  size_t requests = 0;
  bool policy_files = false;
  app.add_option("--size", size_text, "S, M, L or worst")
      ->required()
      ->check(CLI::IsMember({"S", "M", "L", "worst"}));
  app.add_option("--seed", seed, "Seed (default 1)");
  app.add_option("--out", out, "Directory to write to")->required();
  app.add_option("--actions", actions_path, "File of action names, one service:Name a line")->required();
  CLI::Option* requests_option = app.add_option("--requests", requests, "Number of requests");
  app.add_flag("--policy-files", policy_files, "Policies in files beside the organization instead of inside");
  CLI11_PARSE(app, argc, argv);

  std::vector<std::string> actions = ReadActions(actions_path);
  if (actions.size() < scpcheck::bench::kLeastActions) {
    std::cerr << actions_path << ": " << actions.size() << " action names, at least "
              << scpcheck::bench::kLeastActions << " are needed\n";
    return 2;
  }
  const scpcheck::bench::Size size = *scpcheck::bench::ParseSize(size_text);
  if (requests_option->count() == 0) requests = scpcheck::bench::DefaultRequests(size);

  Workload workload(size, seed, std::move(actions));
  const std::filesystem::path directory(out);
  std::error_code error;
  std::filesystem::create_directories(policy_files ? directory / "policies" : directory, error);
  const std::string text = workload.OrganizationJson(!policy_files);
  bool good = WriteFile(directory / "organization.json", text);
  if (policy_files) {
    for (const scpcheck::bench::Policy& policy : workload.organization().policies) {
      good = WriteFile(directory / "policies" / (policy.name + ".json"), workload.PolicyJson(policy)) && good;
    }
  }
  std::printf("organization.json %zu bytes\n", text.size());
  PrintFigures(workload.figures());
  good = WriteRequests(workload, requests, directory / "requests.jsonl") && good;
  if (!good) {
    std::cerr << out << ": can't be written\n";
    return 2;
  }
  return 0;
}

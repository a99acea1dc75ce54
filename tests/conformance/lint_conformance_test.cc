// The linter on the shared folder's verdicts: on real policies (conformance-lint/) and on documents that AWS
// would reject (conformance/aws-documents.json).
//
// SCPCHECK_LINT_CONFORMANCE_RULES=SCP2,SCP301 holds only what these rules, by prefix, are expected to find.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/linter.h"

namespace scpcheck {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

const fs::path kShared = SCPCHECK_CONFORMANCE_DIR;

std::string ReadText(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// The rules that a `must` or `mustNot` speaks of.
std::vector<std::string> RulesOf(const json& entry) {
  if (entry.is_string()) return {entry.get<std::string>()};
  if (entry.contains("rule")) return {entry["rule"].get<std::string>()};
  return entry.value("anyOf", std::vector<std::string>());
}

// Whether the test is about one of them.
bool IsHeld(const std::vector<std::string>& rules) {
  const char* only = std::getenv("SCPCHECK_LINT_CONFORMANCE_RULES");
  if (only == nullptr) return true;
  std::string rest = only;
  while (!rest.empty()) {
    const size_t comma = std::min(rest.find(','), rest.size());
    const std::string prefix = rest.substr(0, comma);
    rest.erase(0, comma + 1);
    if (std::any_of(rules.begin(), rules.end(),
                    [&](const std::string& rule) { return rule.starts_with(prefix); })) {
      return true;
    }
  }
  return false;
}

bool Fits(const Finding& finding, const json& entry) {
  const std::vector<std::string> rules = RulesOf(entry);
  if (std::find(rules.begin(), rules.end(), finding.rule->id) == rules.end()) return false;
  if (!entry.is_object()) return true;
  if (entry.contains("statement") && finding.statement != entry["statement"].get<uint32_t>()) return false;
  if (entry.contains("line") &&
      finding.source->Locate(finding.range.begin).line != entry["line"].get<uint32_t>()) {
    return false;
  }
  if (entry.contains("severity")) {
    const std::string severity = entry["severity"];
    const Severity least = severity == "error"     ? Severity::kError
                           : severity == "warning" ? Severity::kWarning
                                                   : Severity::kInfo;
    return finding.severity >= least;
  }
  return true;
}

std::string Described(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) {
    const SourcePosition place = finding.source->Locate(finding.range.begin);
    text += "  " + std::to_string(place.line) + ":" + std::to_string(place.column) + " " +
            (finding.statement ? "[" + std::to_string(*finding.statement) + "] " : "") +
            std::string(finding.rule->id) + " " + std::string(SeverityName(finding.severity)) + ": " +
            finding.message + "\n";
  }
  return text;
}

class LintConformance : public testing::Test {
 protected:
  std::vector<Finding> Lint(const std::string& text, const std::string& name) const {
    LintSettings settings;
    settings.today = 20783;  // 2026-11-26
    return Linter(Catalogue::Embedded(), settings, RuleSet::Default())
        .Lint(Source::FromText(name, text), name);
  }

  static bool HasAny(const std::vector<Finding>& findings, const json& entry) {
    return std::any_of(findings.begin(), findings.end(),
                       [&](const Finding& finding) { return Fits(finding, entry); });
  }
};

TEST_F(LintConformance, RealPolicies) {
  if (!fs::is_directory(kShared / "conformance-lint")) GTEST_SKIP() << "not run: there is no " << kShared;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(kShared / "conformance-lint"))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  size_t cases = 0;
  for (const fs::path& path : files) {
    const json document = json::parse(ReadText(path));
    const fs::path set = kShared / "corpus" / document["source"].get<std::string>();
    for (const json& entry : document["cases"]) {
      const std::string name = entry["file"];
      ASSERT_TRUE(fs::is_regular_file(set / name)) << set / name;
      const std::vector<Finding> findings = Lint(ReadText(set / name), name);
      ++cases;
      for (const json& must : entry.value("must", json::array())) {
        if (!IsHeld(RulesOf(must))) continue;
        EXPECT_TRUE(HasAny(findings, must))
            << set / name << ": missing " << must << "\n  because " << entry.value("why", "") << '\n'
            << Described(findings);
      }
      for (const json& must_not : entry.value("mustNot", json::array())) {
        if (!IsHeld(RulesOf(must_not))) continue;
        EXPECT_FALSE(HasAny(findings, must_not)) << set / name << ": wrong " << must_not << '\n'
                                                 << Described(findings);
      }
      if (!entry.value("clean", false)) continue;
      std::vector<Finding> errors;
      for (const Finding& finding : findings) {
        if (finding.severity == Severity::kError && IsHeld({std::string(finding.rule->id)}))
          errors.push_back(finding);
      }
      EXPECT_TRUE(errors.empty()) << set / name << " is clean\n" << Described(errors);
    }
  }
  EXPECT_GT(cases, 0U);
}

TEST_F(LintConformance, DocumentsThatAwsRejects) {
  const fs::path path = kShared / "conformance" / "aws-documents.json";
  if (!fs::is_regular_file(path)) GTEST_SKIP() << "not run: there is no " << path;
  const json vectors = json::parse(ReadText(path));
  for (const json& document : vectors["documents"]) {
    const std::vector<Finding> findings = Lint(document["text"], "document.json");
    const std::string id = document["id"];
    for (const json& rule : document.value("rules", json::array())) {
      if (!IsHeld(RulesOf(rule))) continue;
      EXPECT_TRUE(HasAny(findings, rule)) << id << ": missing " << rule << '\n' << Described(findings);
    }
    if (document.contains("anyOf") && IsHeld(document["anyOf"])) {
      EXPECT_TRUE(HasAny(findings, document)) << id << ": missing any of " << document["anyOf"] << '\n'
                                              << Described(findings);
    }
    for (const json& rule : document.value("not", json::array())) {
      if (!IsHeld(RulesOf(rule))) continue;
      EXPECT_FALSE(HasAny(findings, rule)) << id << ": wrong " << rule << '\n' << Described(findings);
    }
  }
}

}  // namespace
}  // namespace scpcheck

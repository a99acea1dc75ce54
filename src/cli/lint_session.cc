#include "cli/lint_session.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "output/baseline.h"

namespace scpcheck::cli {

namespace {

constexpr size_t kMaxConfigurationSize = size_t{1} << 20;
constexpr size_t kMaxBaselineSize = size_t{64} << 20;

// Without `.` and `..`, from the root of the file system.
std::string Absolute(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  return error ? path : absolute.lexically_normal().string();
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  return slash == 0 ? "/" : path.substr(0, slash);
}

}  // namespace

Day Today() {
  const auto now = std::chrono::system_clock::now();
  return std::chrono::floor<std::chrono::days>(now).time_since_epoch().count();
}

ConfiguredRun* LintSession::RunFor(const std::string& path) {
  std::string configuration = choice_.path;
  if (!choice_.isolated && configuration.empty()) {
    configuration = FindConfiguration(environment_.files, FolderOf(Absolute(path)));
  }
  const auto known = std::find(paths_.begin(), paths_.end(), configuration);
  if (known != paths_.end()) return runs_[static_cast<size_t>(known - paths_.begin())].get();
  return Load(configuration);
}

ConfiguredRun* LintSession::Load(const std::string& configuration_path) {
  auto run = std::make_unique<ConfiguredRun>();
  if (!configuration_path.empty()) {
    Result<std::string> text = environment_.files.Read(configuration_path, kMaxConfigurationSize);
    if (!text) {
      Complain(environment_.err, text.error());
      return nullptr;
    }
    // Messages show it as people would name it from here.
    std::error_code error;
    std::string shown = std::filesystem::relative(configuration_path, error).string();
    if (error || shown.empty() || shown.starts_with("..")) shown = configuration_path;
    Diagnostics problems;
    run->configuration = ParseConfiguration(Source::FromText(shown, std::move(text).value()), problems);
    run->configuration.folder = FolderOf(Absolute(configuration_path));
    for (const Diagnostic& problem : problems.all()) Complain(environment_.err, problem.ToError());
    if (problems.has_errors()) return nullptr;
  } else {
    run->configuration.folder = Absolute(".");
    while (run->configuration.folder.size() > 1 && run->configuration.folder.ends_with('/')) {
      run->configuration.folder.pop_back();
    }
  }
  run->configuration.settings.today = Today();
  run->options = run->configuration.ForRun();
  const bool has_baseline = choice_.use_baseline && !run->configuration.baseline.empty();
  if (has_baseline && !ReadBaseline(*run)) return nullptr;
  run->run.emplace(catalogue_, run->options);
  paths_.push_back(configuration_path);
  runs_.push_back(std::move(run));
  return runs_.back().get();
}

bool LintSession::ReadBaseline(ConfiguredRun& run) {
  const std::string path = ResolveBeside(run.configuration.folder + "/x", run.configuration.baseline);
  const Result<std::string> text = environment_.files.Read(path, kMaxBaselineSize);
  if (!text) {
    Complain(environment_.err, text.error());
    return false;
  }
  Result<std::vector<BaselineEntry>> baseline = ParseBaseline(*text, path);
  if (!baseline) {
    Complain(environment_.err, baseline.error());
    return false;
  }
  for (BaselineEntry& entry : *baseline) run.options.baseline.insert(std::move(entry.fingerprint));
  return true;
}

std::string LintSession::NameFor(const std::string& path, const ConfiguredRun& run) const {
  const std::string absolute = Absolute(path);
  const std::string& folder = run.configuration.folder;
  const std::string prefix = folder.ends_with('/') ? folder : folder + "/";
  return absolute.starts_with(prefix) ? absolute.substr(prefix.size()) : path;
}

LintReport LintSession::Finish(const RuleSelection& selection, bool sees_all_files) {
  LintReport all;
  for (const std::unique_ptr<ConfiguredRun>& configured : runs_) {
    RuleSet rules = configured->configuration.RulesFor("", selection);
    // Of a few files nobody can tell what the others would need.
    if (!sees_all_files) rules.Enable(*FindRule("unused-suppression"), false);
    LintReport report = configured->run->Finish(rules);
    std::move(report.findings.begin(), report.findings.end(), std::back_inserter(all.findings));
    std::move(report.suppressed.begin(), report.suppressed.end(), std::back_inserter(all.suppressed));
    std::move(report.files.begin(), report.files.end(), std::back_inserter(all.files));
  }
  return all;
}

}  // namespace scpcheck::cli

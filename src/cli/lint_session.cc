#include "cli/lint_session.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "base/glob.h"
#include "cli/limits.h"
#include "output/baseline.h"
#include "output/lint_places.h"

namespace scpcheck::cli {

namespace {

constexpr size_t kMaxConfigurationSize = size_t{1} << 20;

// Without `.` and `..`, from the root of the file system.
std::string Absolute(const std::string& path) {
  std::error_code error;
  const std::filesystem::path absolute = std::filesystem::absolute(path, error);
  if (error) return path;
  std::string normal = absolute.lexically_normal().string();
  while (normal.size() > 1 && normal.ends_with('/')) normal.pop_back();
  return normal;
}

// A path as people would name it from here.
std::string ShownPath(const std::string& path) {
  return PathFrom(Absolute("."), path);
}

// Whether a folder is `outer` or lies in it.
bool IsInside(const std::string& folder, const std::string& outer) {
  return folder == outer || outer == "/" || folder.starts_with(outer + "/");
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

std::string LintSession::ConfigurationFor(const std::string& path) {
  if (choice_.isolated || !choice_.path.empty()) return choice_.path;
  const std::string folder = FolderOf(Absolute(path));
  const auto [entry, is_new] = nearest_.emplace(folder, "");
  if (is_new) entry->second = FindConfiguration(environment_.files, folder);
  return entry->second;
}

ConfiguredRun* LintSession::RunFor(const std::string& path) {
  const std::string configuration = ConfigurationFor(path);
  const auto known = std::find(paths_.begin(), paths_.end(), configuration);
  if (known != paths_.end()) return runs_[static_cast<size_t>(known - paths_.begin())].get();
  // One that can't be read is reported once, for whatever number of files.
  paths_.push_back(configuration);
  runs_.push_back(Load(configuration));
  return runs_.back().get();
}

std::unique_ptr<ConfiguredRun> LintSession::Load(const std::string& configuration_path) {
  auto run = std::make_unique<ConfiguredRun>();
  if (!configuration_path.empty()) {
    Result<std::string> text = environment_.files.Read(configuration_path, kMaxConfigurationSize);
    if (!text) {
      Complain(environment_.err, text.error());
      return nullptr;
    }
    Diagnostics problems;
    run->configuration = ParseConfiguration(
        Source::FromText(ShownPath(configuration_path), std::move(text).value()), problems);
    run->configuration.folder = FolderOf(Absolute(configuration_path));
    for (const Diagnostic& problem : problems.all()) Complain(environment_.err, problem.ToError());
    if (problems.has_errors()) return nullptr;
  } else {
    run->configuration.folder = Absolute(".");
  }
  run->configuration.settings.today = Today();
  run->options = run->configuration.ForRun();
  const bool has_baseline = choice_.use_baseline && !run->configuration.baseline.empty();
  if (has_baseline && !ReadBaseline(*run)) return nullptr;
  run->run.emplace(catalogue_, run->options);
  return run;
}

bool LintSession::ReadBaseline(ConfiguredRun& run) {
  const std::string path = ResolveBeside(run.configuration.folder + "/x", run.configuration.baseline);
  const Result<std::string> text = environment_.files.Read(path, kMaxBaselineSize);
  if (!text) {
    Error error = text.error();
    error.file = ShownPath(path);
    error.message += ": `scpcheck baseline create` makes the baseline that scpcheck.toml names";
    Complain(environment_.err, error);
    return false;
  }
  Result<Baseline> baseline = ParseBaseline(*text, ShownPath(path));
  if (!baseline) {
    Complain(environment_.err, baseline.error());
    return false;
  }
  for (BaselineEntry& entry : baseline->findings) {
    run.options.baseline.insert(std::move(entry.fingerprint));
  }
  for (auto& [name, record] : baseline->patterns) {
    run.patterns.emplace(name, std::make_shared<PatternRecord>(std::move(record)));
  }
  return true;
}

std::string LintSession::NameFor(const std::string& path, const ConfiguredRun& run) const {
  const std::string absolute = Absolute(path);
  const std::string& folder = run.configuration.folder;
  const std::string prefix = folder.ends_with('/') ? folder : folder + "/";
  return absolute.starts_with(prefix) ? absolute.substr(prefix.size()) : path;
}

bool LintSession::IsThere(const std::string& name, const ConfiguredRun& run) const {
  std::error_code error;
  for (size_t end = name.size(); end != std::string::npos && end > 0; end = name.rfind('/', end - 1)) {
    const std::string file = name.substr(0, end);
    // A file outside of the configuration's folder has the name that it was given.
    if (std::filesystem::is_regular_file(run.configuration.folder + "/" + file, error)) return true;
    if (std::filesystem::is_regular_file(file, error)) return true;
  }
  return false;
}

bool LintSession::HoldsAll(const std::string& folder, const ConfiguredRun& run) {
  return IsInside(run.configuration.folder, Absolute(folder));
}

void LintSession::TakeAsUsed(ConfiguredRun& configured, const std::vector<std::string>& files) const {
  const std::vector<Suppression>& suppressions = configured.options.suppressions;
  for (size_t i = 0; i < suppressions.size(); ++i) {
    const std::string& policy = suppressions[i].policy;
    if (policy.empty() || HasWildcard(policy) || !IsThere(policy, configured)) continue;
    const bool is_linted = std::any_of(files.begin(), files.end(), [&](const std::string& file) {
      return NameFor(file, configured) == policy;
    });
    if (!is_linted) configured.run->TakeAsUsed(i);
  }
}

LintReport LintSession::Finish(const RuleSelection& selection, const std::vector<std::string>& folders,
                               const std::vector<std::string>& files) {
  const bool has_selection =
      selection.select || !selection.extend_select.empty() || !selection.ignore.empty();
  LintReport all;
  for (const std::unique_ptr<ConfiguredRun>& configured : runs_) {
    if (configured == nullptr) continue;
    const bool sees_all = std::any_of(folders.begin(), folders.end(), [&](const std::string& folder) {
      return HoldsAll(folder, *configured);
    });
    RuleSet rules = configured->configuration.RulesFor("", selection);
    // Of some files or rules nobody can tell what the others would need.
    if (!sees_all || has_selection) rules.Enable(*FindRule("unused-suppression"), false);
    TakeAsUsed(*configured, files);
    LintReport report = configured->run->Finish(rules);
    std::move(report.findings.begin(), report.findings.end(), std::back_inserter(all.findings));
    std::move(report.suppressed.begin(), report.suppressed.end(), std::back_inserter(all.suppressed));
  }
  all.files = files;
  std::map<std::string, size_t> order;
  for (const std::string& file : files) order.emplace(file, order.size());
  const auto place_of = [&](const Finding& finding) {
    const auto entry = finding.source ? order.find(finding.source->name()) : order.end();
    return entry == order.end() ? order.size() : entry->second;
  };
  const auto comes_before = [&](const Finding& a, const Finding& b) { return place_of(a) < place_of(b); };
  // With one configuration they are in order.
  if (!std::is_sorted(all.findings.begin(), all.findings.end(), comes_before)) {
    std::stable_sort(all.findings.begin(), all.findings.end(), comes_before);
  }
  std::stable_sort(all.suppressed.begin(), all.suppressed.end(),
                   [&](const SuppressedFinding& a, const SuppressedFinding& b) {
                     return place_of(a.finding) < place_of(b.finding);
                   });
  return all;
}

}  // namespace scpcheck::cli

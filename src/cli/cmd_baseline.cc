#include "cli/cmd_baseline.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <set>
#include <utility>

#include "cli/exit_code.h"
#include "cli/limits.h"
#include "cli/lint_task.h"
#include "cli/load.h"
#include "output/baseline.h"
#include "output/lint_places.h"

namespace scpcheck::cli {

namespace {

constexpr const char* kDefaultName = "scpcheck-baseline.json";

// A baseline belongs to one configuration, which has to name it. Null if the files have several, which has
// been reported.
const ConfiguredRun* OnlyConfiguration(const LintReport& report, LintSession& session, Sink& err) {
  const ConfiguredRun* only = nullptr;
  for (const std::string& file : report.files) {
    const ConfiguredRun* run = session.RunFor(file);
    if (only == nullptr) only = run;
    if (run == only) continue;
    Complain(err, Error{.message = "this file has another configuration than those before it, and so another "
                                   "baseline: make one for each configuration",
                        .file = file});
    return nullptr;
  }
  return only;
}

// The part of a baseline that a run can say nothing of: files that are there but were not linted, and, unless
// it was over all files, those that are not there.
Baseline PartOfOtherFiles(const Baseline& baseline, const LintReport& report, const ConfiguredRun& run,
                          const LintSession& session, const BaselineOptions& options) {
  std::set<std::string> names;
  for (const std::string& file : report.files) names.insert(session.NameFor(file, run));
  const bool sees_all =
      std::any_of(options.lint.paths.begin(), options.lint.paths.end(),
                  [&](const std::string& path) { return LintSession::HoldsAll(path, run); });
  // A policy inside a file has the file's name before its own.
  const auto is_linted = [&](const std::string& name) {
    for (size_t end = name.size(); end != std::string::npos && end > 0; end = name.rfind('/', end - 1)) {
      if (names.count(name.substr(0, end)) > 0) return true;
    }
    return false;
  };
  const auto is_other = [&](const std::string& name) {
    return !is_linted(name) && (!sees_all || session.IsThere(name, run));
  };
  Baseline others;
  std::copy_if(baseline.findings.begin(), baseline.findings.end(), std::back_inserter(others.findings),
               [&](const BaselineEntry& entry) { return is_other(entry.file); });
  std::copy_if(baseline.patterns.begin(), baseline.patterns.end(),
               std::inserter(others.patterns, others.patterns.end()),
               [&](const auto& entry) { return is_other(entry.first); });
  return others;
}

}  // namespace

int RunBaseline(const BaselineOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.lint.catalogue, environment);
  if (!catalogue) return kExitUsage;
  LintTask task(options.lint, *catalogue, environment, false);
  const std::optional<LintReport> report = task.Run();
  if (!report || task.is_incomplete()) return kExitUsage;
  const ConfiguredRun* run = OnlyConfiguration(*report, task.session(), environment.err);
  if (run == nullptr) return kExitUsage;
  const Configuration& configuration = run->configuration;
  const bool is_named = !configuration.baseline.empty();
  std::error_code no_folder;
  const std::string here = std::filesystem::current_path(no_folder).string();
  const std::string path =
      !options.path.empty() ? options.path
                            : PathFrom(here, ResolveBeside(configuration.folder + "/x",
                                                           is_named ? configuration.baseline : kDefaultName));

  Baseline before;
  const Result<std::string> text = environment.files.Read(path, kMaxBaselineSize);
  if (options.mode == BaselineOptions::Mode::kCreate) {
    if (std::filesystem::exists(path, no_folder)) {
      Complain(environment.err,
               Error{.message =
                         "the baseline is there already: use `baseline update` or `baseline prune`; one that "
                         "can't be read has to be removed first",
                     .file = path});
      return kExitUsage;
    }
  } else {
    Result<Baseline> baseline = text ? ParseBaseline(*text, path) : text.error();
    if (!baseline) {
      Complain(environment.err, baseline.error());
      return kExitUsage;
    }
    before = std::move(baseline).value();
  }

  Baseline now{.findings = {}, .patterns = task.RecordedPatterns()};
  std::set<std::string> fingerprints;
  for (const Finding& finding : report->findings) {
    // What is wrong with the configuration itself is not taken as given.
    if (!finding.source || finding.source == configuration.source) continue;
    fingerprints.insert(finding.fingerprint);
    now.findings.push_back({finding.fingerprint, std::string(finding.rule->id),
                            task.session().NameFor(finding.source->name(), *run), finding.message});
  }
  Baseline kept = PartOfOtherFiles(before, *report, *run, task.session(), options);
  if (options.mode == BaselineOptions::Mode::kPrune) {
    for (const BaselineEntry& entry : kept.findings) fingerprints.insert(entry.fingerprint);
    now.findings = before.findings;
    std::erase_if(now.findings,
                  [&](const BaselineEntry& entry) { return fingerprints.count(entry.fingerprint) == 0; });
    // What has no patterns now needs no record; the others stay as they were.
    now.patterns.merge(kept.patterns);
    std::erase_if(before.patterns, [&](const auto& entry) { return now.patterns.count(entry.first) == 0; });
    now.patterns = before.patterns;
  } else {
    std::move(kept.findings.begin(), kept.findings.end(), std::back_inserter(now.findings));
    now.patterns.merge(kept.patterns);
  }

  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(catalogue->date())};
  const size_t count = now.findings.size();
  if (const std::optional<Error> error = WriteFile(path, BaselineJson(std::move(now), context))) {
    Complain(environment.err, *error);
    return kExitUsage;
  }
  std::string told = path + ": " + std::to_string(count) + (count == 1 ? " finding" : " findings");
  if (options.mode != BaselineOptions::Mode::kCreate)
    told += ", " + std::to_string(before.findings.size()) + " before";
  told += "\n";
  if (!is_named) {
    const std::string from_configuration = PathFrom(
        configuration.folder, std::filesystem::absolute(path, no_folder).lexically_normal().string());
    told += "put `baseline = \"" + from_configuration + "\"` into " + std::string(kConfigurationName) +
            ", so that `lint` takes them as given\n";
  }
  return Emit(environment, told, kExitOk);
}

}  // namespace scpcheck::cli

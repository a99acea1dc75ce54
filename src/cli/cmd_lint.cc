#include "cli/cmd_lint.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <set>
#include <thread>
#include <utility>

#include "base/check.h"
#include "cli/exit_code.h"
#include "cli/lint_session.h"
#include "cli/load.h"
#include "lint/fixer.h"
#include "lint/organization_policies.h"
#include "output/baseline.h"
#include "output/diff.h"
#include "output/lint.h"

namespace scpcheck::cli {

namespace {

constexpr unsigned kMaxJobs = 256;
constexpr size_t kMaxBaselineSize = size_t{64} << 20;

// A text to lint, and where it belongs.
struct Item {
  PolicyFile file;
  ConfiguredRun* run = nullptr;
  std::string name;  // as fingerprints have it
  std::optional<Linter> linter;
  std::vector<Finding> findings;
};

std::string Rendered(std::string_view format, const LintReport& report, const LintOutput& output) {
  if (format == "json") return LintJson(report, output);
  if (format == "sarif") return LintSarif(report, output);
  if (format == "github") return LintGithub(report);
  if (format == "gitlab") return LintGitlab(report);
  if (format == "junit") return LintJunit(report);
  SCPCHECK_CHECK(format == "text");
  return LintText(report, output);
}

// Writes a whole file, or leaves it as it was. A link stays a link: what it leads to is replaced.
std::optional<Error> Replace(const std::string& path, std::string_view text) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(path, error);
  Result<std::unique_ptr<Sink>> file = OpenFileSink(error ? path : target.string());
  if (!file) return file.error();
  if ((*file)->Write(text) != Sink::Status::kOk || (*file)->Finish() != Sink::Status::kOk)
    return (*file)->error();
  return std::nullopt;
}

class Command {
 public:
  Command(const LintOptions& options, const Catalogue& catalogue, Environment& environment, bool use_baseline)
      : options_(options),
        catalogue_(catalogue),
        environment_(environment),
        session_(catalogue, {options.configuration, options.isolated, use_baseline}, environment) {}

  int Run() {
    const std::optional<LintReport> report = Lint();
    if (!report) return kExitUsage;
    const int exit_code = Write(*report);
    return is_incomplete_ ? kExitUsage : exit_code;
  }

  // Nothing if it could not be done, which has been reported.
  std::optional<LintReport> Lint() {
    if (!CheckSelection()) return std::nullopt;
    PolicyFiles found = FindPolicyFiles(environment_.files, options_.paths, options_.stdin_name);
    if (!options_.organization.empty() && !AddOrganization(found)) return std::nullopt;
    if (options_.show_files) ShowFiles(found);
    for (const Error& error : found.errors) Complain(environment_.err, error);
    if (found.files.empty()) {
      if (found.errors.empty()) {
        Complain(environment_.err,
                 "no service control policy found: name a policy file, or a directory that holds one");
      }
      return std::nullopt;
    }
    for (PolicyFile& file : found.files) {
      if (!AddItem(std::move(file))) return std::nullopt;
    }
    LintAll();
    if ((options_.fix || options_.diff) && !Fix()) return std::nullopt;
    for (Item& item : items_) {
      item.run->run->AddFile(item.file.path);
      item.run->run->Add(std::move(item.findings), item.name);
    }
    is_incomplete_ = !found.errors.empty();
    return session_.Finish(options_.selection, SeesAllFiles());
  }

  bool is_incomplete() const { return is_incomplete_; }

 private:
  bool CheckSelection() {
    std::vector<std::string> words = options_.selection.extend_select;
    words.insert(words.end(), options_.selection.ignore.begin(), options_.selection.ignore.end());
    if (options_.selection.select) {
      words.insert(words.end(), options_.selection.select->begin(), options_.selection.select->end());
    }
    bool good = true;
    for (const std::string& word : words) {
      const Result<std::vector<const RuleInfo*>> rules = RulesNamed(word);
      if (!rules) Complain(environment_.err, rules.error().message);
      good = good && rules.ok();
    }
    return good;
  }

  bool AddOrganization(PolicyFiles& found) {
    Result<std::vector<std::shared_ptr<const Source>>> sources =
        PoliciesOfOrganization(options_.organization, environment_.files);
    if (!sources) {
      Complain(environment_.err, sources.error());
      return false;
    }
    for (std::shared_ptr<const Source>& source : *sources) {
      found.files.push_back({source->name(), false, std::move(source)});
    }
    return true;
  }

  void ShowFiles(const PolicyFiles& found) {
    std::string text;
    for (const PolicyFile& file : found.files) text += "lint " + file.path + "\n";
    for (const SkippedFile& file : found.skipped) text += "skip " + file.path + ": " + file.reason + "\n";
    static_cast<void>(environment_.err.Write(text));
  }

  bool AddItem(PolicyFile file) {
    Item item;
    item.run = session_.RunFor(file.path);
    if (item.run == nullptr) return false;
    item.name = session_.NameFor(file.path, *item.run);
    item.linter.emplace(catalogue_, item.run->configuration.settings,
                        item.run->configuration.RulesFor(item.name, options_.selection));
    item.file = std::move(file);
    items_.push_back(std::move(item));
    return true;
  }

  void LintAll() {
    const size_t jobs = std::min<size_t>(
        items_.size(),
        std::min(options_.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency()) : options_.jobs,
                 kMaxJobs));
    std::atomic<size_t> next = 0;
    const auto work = [&] {
      for (size_t i = next++; i < items_.size(); i = next++) {
        items_[i].findings = items_[i].linter->Lint(items_[i].file.source, items_[i].name);
      }
    };
    std::vector<std::thread> threads;
    for (size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
    work();
    for (std::thread& thread : threads) thread.join();
  }

  // Applies fixes, or shows what they would do. What is left is linted again.
  bool Fix() {
    for (Item& item : items_) {
      const auto is_suppressed = [&](const Finding& finding) {
        return item.run->run->Suppresses(finding, item.name);
      };
      const FixedText fixed =
          FixAll(*item.linter, item.file.source, item.name, options_.unsafe_fixes, is_suppressed);
      if (fixed.applied == 0) continue;
      if (options_.diff) {
        diff_ += UnifiedDiff(item.file.path, item.file.source->text(), fixed.text);
        continue;
      }
      if (item.file.is_stdin) {
        fixed_stdin_ = fixed.text;
      } else if (const std::optional<Error> error = Replace(item.file.path, fixed.text)) {
        Complain(environment_.err, *error);
        return false;
      }
      item.file.source = Source::FromText(item.file.path, fixed.text);
      item.findings = item.linter->Lint(item.file.source, item.name);
    }
    return true;
  }

  bool SeesAllFiles() const {
    return std::any_of(options_.paths.begin(), options_.paths.end(),
                       [this](const std::string& path) { return environment_.files.IsDirectory(path); });
  }

  int Write(const LintReport& report) {
    const LintOutput output{.context = {.version = environment_.version,
                                        .catalogue_date = std::string(catalogue_.date()),
                                        .color = environment_.color},
                            .width = options_.width,
                            .show_suppressed = options_.show_suppressed};
    LintOutput plain = output;
    plain.context.color = false;
    plain.width = 0;
    for (const std::string& request : options_.reports) {
      const size_t equals = request.find('=');
      if (const std::optional<Error> error =
              Replace(request.substr(equals + 1), Rendered(request.substr(0, equals), report, plain))) {
        Complain(environment_.err, *error);
        return kExitUsage;
      }
    }
    std::string text;
    if (options_.diff) {
      text = diff_;
    } else if (fixed_stdin_) {
      text = *fixed_stdin_;
    } else if (options_.statistics) {
      text = LintStatistics(report);
    } else {
      text = Rendered(options_.format, report, output);
    }
    const bool fails = options_.fail_on && std::any_of(report.findings.begin(), report.findings.end(),
                                                       [this](const Finding& finding) {
                                                         return finding.severity >= *options_.fail_on;
                                                       });
    return Emit(environment_, text, fails ? kExitNo : kExitOk);
  }

  const LintOptions& options_;
  const Catalogue& catalogue_;
  Environment& environment_;
  LintSession session_;
  std::vector<Item> items_;
  bool is_incomplete_ = false;  // some files could not be read
  std::string diff_;
  std::optional<std::string> fixed_stdin_;
};

}  // namespace

int RunLint(const LintOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  return Command(options, *catalogue, environment, true).Run();
}

int RunBaseline(const BaselineOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.lint.catalogue, environment);
  if (!catalogue) return kExitUsage;
  std::vector<BaselineEntry> before;
  const bool creates = options.mode == BaselineOptions::Mode::kCreate;
  const Result<std::string> text = environment.files.Read(options.path, kMaxBaselineSize);
  if (creates && text) {
    Complain(environment.err, options.path + " exists: use `baseline update` or `baseline prune`");
    return kExitUsage;
  }
  if (!creates) {
    if (!text) {
      Complain(environment.err, text.error());
      return kExitUsage;
    }
    Result<std::vector<BaselineEntry>> entries = ParseBaseline(*text, options.path);
    if (!entries) {
      Complain(environment.err, entries.error());
      return kExitUsage;
    }
    before = std::move(entries).value();
  }
  Command command(options.lint, *catalogue, environment, false);
  const std::optional<LintReport> report = command.Lint();
  if (!report || command.is_incomplete()) return kExitUsage;
  std::vector<BaselineEntry> now;
  std::set<std::string> fingerprints;
  for (const Finding& finding : report->findings) {
    fingerprints.insert(finding.fingerprint);
    now.push_back({finding.fingerprint, std::string(finding.rule->id),
                   finding.source ? finding.source->name() : std::string(), finding.message});
  }
  if (options.mode == BaselineOptions::Mode::kPrune) {
    now = before;
    std::erase_if(now,
                  [&](const BaselineEntry& entry) { return fingerprints.count(entry.fingerprint) == 0; });
  }
  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(catalogue->date())};
  const size_t count = now.size();
  if (const std::optional<Error> error = Replace(options.path, BaselineJson(std::move(now), context))) {
    Complain(environment.err, *error);
    return kExitUsage;
  }
  return Emit(environment,
              options.path + ": " + std::to_string(count) + " findings, " + std::to_string(before.size()) +
                  " before\n",
              kExitOk);
}

int RunExplain(const ExplainOptions& options, Environment& environment) {
  const OutputContext context{.version = environment.version,
                              .catalogue_date = std::string(Catalogue::Embedded().date())};
  if (options.all) {
    return Emit(environment, options.format == "json" ? RulesJson(context) : RulesMarkdown(), kExitOk);
  }
  const RuleInfo* rule = FindRule(options.rule);
  if (rule == nullptr) {
    const Result<std::vector<const RuleInfo*>> named = RulesNamed(options.rule);
    Complain(environment.err, named ? "`" + options.rule + "` means several rules: name one, or use --all"
                                    : named.error().message);
    return kExitUsage;
  }
  return Emit(environment, RulePage(*rule), kExitOk);
}

int RunConfigShow(const ConfigOptions& options, Environment& environment) {
  LintSession session(Catalogue::Embedded(), {options.configuration, options.isolated, false}, environment);
  // The folder itself, or that of the file.
  const std::string path = environment.files.IsDirectory(options.path) ? options.path + "/x" : options.path;
  const ConfiguredRun* run = session.RunFor(path);
  if (run == nullptr) return kExitUsage;
  return Emit(environment, DescribeConfiguration(run->configuration), kExitOk);
}

}  // namespace scpcheck::cli

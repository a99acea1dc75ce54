#include "cli/lint_task.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <set>
#include <thread>
#include <utility>

#include "base/printable.h"
#include "cli/limits.h"
#include "cli/progress.h"
#include "cli/threads.h"
#include "lint/fixer.h"
#include "lint/organization_policies.h"
#include "output/diff.h"

namespace scpcheck::cli {

LintTask::LintTask(const LintOptions& options, const Catalogue& catalogue, Environment& environment,
                   bool use_baseline)
    : options_(options),
      catalogue_(catalogue),
      environment_(environment),
      session_(catalogue, {options.configuration, options.isolated, use_baseline}, environment) {}

std::optional<LintReport> LintTask::Run() {
  if (!CheckSelection()) return std::nullopt;
  PolicyFiles found =
      FindPolicyFiles(environment_.files, options_.paths, {options_.stdin_name, options_.only_policies});
  if (!options_.organization.empty()) AddOrganization(found);
  if (options_.show_files) ShowFiles(found);
  for (const Error& error : found.errors) Complain(environment_.err, error);
  is_incomplete_ = !found.errors.empty();
  if (found.files.empty() && (is_incomplete_ || !options_.only_policies)) {
    if (!is_incomplete_) {
      Complain(environment_.err,
               "no service control policy found: name a policy file, or a directory that holds one; "
               "--show-files tells what was passed over");
    }
    return std::nullopt;
  }
  for (PolicyFile& file : found.files) {
    if (!AddItem(std::move(file))) is_incomplete_ = true;
  }
  if (items_.empty() && is_incomplete_) return std::nullopt;
  LintAll();
  if (options_.fix || options_.diff) FixAll();

  std::vector<std::string> folders;
  for (const std::string& path : options_.paths) {
    if (environment_.files.IsDirectory(path)) folders.push_back(path);
  }
  std::vector<std::string> files;
  std::set<std::string> seen;
  for (Item& item : items_) {
    if (seen.insert(item.file.path).second) files.push_back(item.file.path);
    item.run->run->Add(std::move(item.findings), item.name);
  }
  return session_.Finish(options_.selection, folders, files);
}

std::map<std::string, PatternRecord> LintTask::RecordedPatterns() const {
  std::map<std::string, PatternRecord> records;
  for (const Item& item : items_) {
    PatternRecord record = RecordPatterns(item.file.source, catalogue_);
    if (!record.actions.empty()) records.insert_or_assign(item.name, std::move(record));
  }
  return records;
}

bool LintTask::CheckSelection() const {
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

void LintTask::AddOrganization(PolicyFiles& found) const {
  Diagnostics diagnostics;
  Result<std::vector<PolicyText>> policies =
      PoliciesOfOrganization(options_.organization, environment_.files,
                             {.ignored_policies = {}, .allow_partial = options_.allow_partial}, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    if (diagnostic.severity == Severity::kError) {
      found.errors.push_back(diagnostic.ToError());
    } else {
      Error warning = diagnostic.ToError();
      warning.message = std::string(SeverityName(diagnostic.severity)) + ": " + warning.message;
      Complain(environment_.err, warning);
    }
  }
  if (!policies) {
    if (!diagnostics.has_errors()) found.errors.push_back(policies.error());
    return;
  }
  std::set<std::string> known;
  for (const PolicyFile& file : found.files) known.insert(FileIdentity(file.path));
  for (PolicyText& policy : *policies) {
    const std::string path = policy.source->name();
    // A file may be that of several policies.
    if (policy.source->outer() == nullptr && !known.insert(FileIdentity(path)).second) continue;
    found.files.push_back({path, false, std::move(policy.source), std::move(policy.id), policy.is_string});
  }
}

void LintTask::ShowFiles(const PolicyFiles& found) const {
  std::string text;
  for (const PolicyFile& file : found.files) {
    text += "lint " + Printable(file.path);
    if (!file.policy.empty()) text += ": " + Printable(file.policy);
    text += "\n";
  }
  for (const SkippedFile& file : found.skipped)
    text += "skip " + Printable(file.path) + ": " + file.reason + "\n";
  static_cast<void>(environment_.err.Write(text));
}

bool LintTask::AddItem(PolicyFile file) {
  Item item;
  item.run = session_.RunFor(file.path);
  if (item.run == nullptr) return false;
  item.name = session_.NameFor(file.path, *item.run);
  const std::string inside = file.source->outer() != nullptr ? file.policy : "";
  const Configuration& configuration = item.run->configuration;
  RuleSet rules = configuration.RulesFor(item.name, options_.selection, inside);
  // Policies inside one file are told apart.
  if (!inside.empty()) item.name += "/" + inside;
  if (file.is_listed) rules.Enable(*FindRule("not-an-scp"), false);
  LintSettings settings = configuration.settings;
  const auto recorded = item.run->patterns.find(item.name);
  if (recorded != item.run->patterns.end()) settings.recorded_patterns = recorded->second;
  item.linter.emplace(catalogue_, std::move(settings), std::move(rules));
  item.file = std::move(file);
  items_.push_back(std::move(item));
  return true;
}

void LintTask::LintAll() {
  std::atomic<size_t> next = 0;
  Progress progress(environment_, items_.size(), "policies");
  const std::thread::id main_thread = std::this_thread::get_id();
  const auto work = [&] {
    for (size_t i = next++; i < items_.size(); i = next++) {
      items_[i].findings = items_[i].linter->Lint(items_[i].file.source, items_[i].name);
      if (std::this_thread::get_id() == main_thread) progress.Show(i + 1);
    }
  };
  RunOnThreads(std::min<size_t>(items_.size(), JobsFor(options_.jobs)), work);
}

void LintTask::FixAll() {
  // All policies of an organization file together, in the order in which they stand in it.
  std::vector<std::vector<Item*>> files;
  std::map<const Source*, size_t> places;
  for (Item& item : items_) {
    const Source* const outer = item.file.source->outer().get();
    const auto [entry, is_new] = places.emplace(outer, files.size());
    if (is_new || outer == nullptr) {
      files.push_back({&item});
    } else {
      files[entry->second].push_back(&item);
    }
  }
  for (const std::vector<Item*>& items : files) FixFile(items);
}

void LintTask::FixFile(const std::vector<Item*>& items) {
  const PolicyFile& file = items[0]->file;
  const std::shared_ptr<const Source> outer = file.source->outer();
  const std::shared_ptr<const Source> whole = outer != nullptr ? outer : file.source;
  size_t fixes = 0;
  std::string text;
  size_t at = 0;
  for (Item* item : items) {
    const auto is_suppressed = [&](const Finding& finding) {
      return item->run->run->Suppresses(finding, item->name);
    };
    FixedText fixed =
        scpcheck::FixAll(*item->linter, item->file.source, item->name, options_.unsafe_fixes, is_suppressed);
    fixes += fixed.applied;
    if (outer != nullptr) {
      const uint32_t size = static_cast<uint32_t>(item->file.source->text().size());
      const uint32_t begin = item->file.source->OuterOffset(0);
      text += outer->text().substr(at, begin - at);
      at = item->file.source->OuterOffset(size);
    }
    text += fixed.text;
    item->fixed = std::move(fixed.text);
  }
  if (outer != nullptr) text += outer->text().substr(at);

  if (options_.diff) {
    diff_ += UnifiedDiff(file.path, whole->text(), text);
    return;
  }
  if (file.is_stdin) {
    fixed_stdin_ = text;
  } else if (fixes == 0) {
    return;
  } else if (const std::optional<Error> error = ReplaceFile(file.path, text)) {
    Complain(environment_.err, *error);
    is_incomplete_ = true;
    return;
  }
  fixes_ += fixes;
  Relint(items, Source::FromText(file.path, std::move(text)));
}

void LintTask::Relint(const std::vector<Item*>& items, const std::shared_ptr<const Source>& whole) {
  uint32_t grown = 0;  // may wrap: what earlier policies gained in size, or lost
  for (Item* item : items) {
    const uint32_t size = static_cast<uint32_t>(item->fixed->size());
    if (item->file.source->outer() == nullptr) {
      item->file.source = whole;
    } else {
      const uint32_t old_size = static_cast<uint32_t>(item->file.source->text().size());
      const uint32_t begin = item->file.source->OuterOffset(0) + grown;
      item->file.source = PartOf(whole, {begin, begin + size});
      grown += size - old_size;
    }
    item->findings = item->linter->Lint(item->file.source, item->name);
  }
}

}  // namespace scpcheck::cli

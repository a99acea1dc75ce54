// scpcheck.toml: which rules run on which files, with which severity and settings, and what is suppressed.

#ifndef SCPCHECK_CONFIG_CONFIGURATION_H_
#define SCPCHECK_CONFIG_CONFIGURATION_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lint/linter.h"
#include "lint/run.h"
#include "lint/settings.h"
#include "lint/suppressions.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/files.h"

namespace scpcheck {

inline constexpr std::string_view kConfigurationName = "scpcheck.toml";

// A choice of rules: ids (`SCP301`), beginnings of ids (`SCP3`), names, categories, or `all`.
struct RuleSelection {
  std::optional<std::vector<std::string>> select;  // instead of the default
  std::vector<std::string> extend_select;
  std::vector<std::string> ignore;
};

// The rules that a word means. The error names near misses.
Result<std::vector<const RuleInfo*>> RulesNamed(std::string_view word);

// Changes `rules` as a selection says. Precondition: RulesNamed knows all its words.
void ApplySelection(const RuleSelection& selection, RuleSet& rules);

struct PerFile {
  std::string pattern;  // of paths relative to the configuration's folder, with `*` and `?`
  RuleSelection selection;
};

struct Configuration {
  std::shared_ptr<const Source> source;  // null: there is no file
  std::string folder;                    // of the file, as it was found; paths in it are relative to that
  RuleSelection selection;
  std::map<std::string, std::optional<Severity>> severities;  // by rule id; none: off
  std::vector<PerFile> per_file;
  std::vector<Suppression> suppressions;
  std::string baseline;  // path; empty: none
  LintSettings settings;
  // Where the keys stand that the file gives, by their names.
  std::map<std::string, SourceRange> given;

  // The rules for a file. `path` is relative to the configuration's folder. `extra` comes from the command
  // line, and goes after the file's own selection. `inside` is the name of a policy inside the file.
  RuleSet RulesFor(std::string_view path, const RuleSelection& extra, std::string_view inside = {}) const;
  // What a run needs to know, `baseline` apart, whose file is the caller's to read.
  RunOptions ForRun() const;
};

// Reads a configuration. What is wrong goes to `diagnostics`, of which errors make the result useless.
Configuration ParseConfiguration(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

// The nearest `scpcheck.toml` in `folder` or above it. Empty: there is none.
std::string FindConfiguration(const Files& files, const std::string& folder);

// All keys with the values in force, and where each comes from: for people, but a configuration itself, too.
// `path` is the file that it is told for, as RulesFor takes it; empty if it is for none in particular.
std::string DescribeConfiguration(const Configuration& configuration, std::string_view path);

}  // namespace scpcheck

#endif  // SCPCHECK_CONFIG_CONFIGURATION_H_

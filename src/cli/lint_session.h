// Files to lint, with the configuration that holds for each: what `lint`, `baseline` and `config` share.

#ifndef SCPCHECK_CLI_LINT_SESSION_H_
#define SCPCHECK_CLI_LINT_SESSION_H_

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "cli/environment.h"
#include "cli/lint_files.h"
#include "config/configuration.h"
#include "lint/run.h"

namespace scpcheck::cli {

// Days since 1970-01-01, in UTC.
Day Today();

struct ConfigurationChoice {
  std::string path;  // empty: the nearest to each file
  bool isolated = false;
  bool use_baseline = true;
};

// A configuration and the files that it holds for.
struct ConfiguredRun {
  Configuration configuration;
  RunOptions options;
  // Of the baseline, by the names of policies as fingerprints have them.
  std::map<std::string, std::shared_ptr<const PatternRecord>> patterns;
  std::optional<LintRun> run;
};

class LintSession {
 public:
  LintSession(const Catalogue& catalogue, const ConfigurationChoice& choice, Environment& environment)
      : catalogue_(catalogue), choice_(choice), environment_(environment) {}

  // The run that a file belongs to. Null if its configuration, or the baseline of it, can't be read, which
  // has been reported.
  ConfiguredRun* RunFor(const std::string& path);
  // The file's name as fingerprints and per-file patterns have it: relative to the folder of the
  // configuration.
  std::string NameFor(const std::string& path, const ConfiguredRun& run) const;

  // Whether a file of such a name, or one that a policy of such a name stands in, is there.
  bool IsThere(const std::string& name, const ConfiguredRun& run) const;

  // Whether all files that a configuration holds for lie in `folder`.
  static bool HoldsAll(const std::string& folder, const ConfiguredRun& run);

  // Everything together, in the order of `files`, what is said of configurations behind it. `folders` are the
  // directories that were linted as a whole: only where they hold all files of a configuration it can be told
  // that a suppression is of no use.
  LintReport Finish(const RuleSelection& selection, const std::vector<std::string>& folders,
                    const std::vector<std::string>& files);

 private:
  std::string ConfigurationFor(const std::string& path);
  // Null if it can't be read.
  std::unique_ptr<ConfiguredRun> Load(const std::string& configuration_path);
  bool ReadBaseline(ConfiguredRun& run);
  // Of records that name a file which is there but was not linted: whether they are of use is not known.
  void TakeAsUsed(ConfiguredRun& configured, const std::vector<std::string>& files) const;

  const Catalogue& catalogue_;
  ConfigurationChoice choice_;
  Environment& environment_;
  std::vector<std::unique_ptr<ConfiguredRun>> runs_;
  std::vector<std::string> paths_;              // of their configurations
  std::map<std::string, std::string> nearest_;  // the configuration for the files of a folder
};

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LINT_SESSION_H_

// Linting some files, and mending them: what `lint` and `baseline` share.

#ifndef SCPCHECK_CLI_LINT_TASK_H_
#define SCPCHECK_CLI_LINT_TASK_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "cli/cmd_lint.h"
#include "cli/environment.h"
#include "cli/lint_files.h"
#include "cli/lint_session.h"
#include "lint/linter.h"
#include "lint/pattern_record.h"
#include "scpcheck/lint.h"

namespace scpcheck::cli {

class LintTask {
 public:
  // All must outlive the task.
  LintTask(const LintOptions& options, const Catalogue& catalogue, Environment& environment,
           bool use_baseline);

  // Nothing if it could not be done at all, which has been reported.
  std::optional<LintReport> Run();

  // Whether something was left undone, which has been reported: files that could not be read, or not be
  // written.
  bool is_incomplete() const { return is_incomplete_; }
  // What fixes would change, with `diff`; the mended text of standard input, with `fix`.
  const std::string& diff() const { return diff_; }
  const std::optional<std::string>& fixed_stdin() const { return fixed_stdin_; }
  size_t fixes() const { return fixes_; }

  // What the action patterns of each policy stand for, by its name as fingerprints have it.
  std::map<std::string, PatternRecord> RecordedPatterns() const;

  LintSession& session() { return session_; }

 private:
  // A text to lint, and where it belongs.
  struct Item {
    PolicyFile file;
    ConfiguredRun* run = nullptr;
    std::string name;  // as fingerprints have it
    std::optional<Linter> linter;
    std::vector<Finding> findings;
    std::optional<std::string> fixed;
  };

  bool CheckSelection() const;
  void AddOrganization(PolicyFiles& found) const;
  void ShowFiles(const PolicyFiles& found) const;
  bool AddItem(PolicyFile file);
  void LintAll();
  void FixAll();
  // Writes, or shows, what became of one file, which may hold several policies.
  void FixFile(const std::vector<Item*>& items);
  // Takes the mended text of a file, and lints it again.
  void Relint(const std::vector<Item*>& items, const std::shared_ptr<const Source>& whole);

  const LintOptions& options_;
  const Catalogue& catalogue_;
  Environment& environment_;
  LintSession session_;
  std::vector<Item> items_;
  bool is_incomplete_ = false;
  size_t fixes_ = 0;
  std::string diff_;
  std::optional<std::string> fixed_stdin_;
};

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LINT_TASK_H_

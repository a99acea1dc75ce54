#include "cli/cmd_fmt.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/check.h"
#include "base/grouped.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "cli/exit_code.h"
#include "cli/lint_files.h"
#include "json/recover.h"
#include "lint/document_kind.h"
#include "lint/format.h"
#include "lint/normal_form.h"
#include "output/diff.h"
#include "policy/load.h"

namespace scpcheck::cli {

namespace {

Error At(const Source& source, SourceRange range, std::string message) {
  const SourcePosition place = source.Locate(range.begin);
  return {.message = std::move(message), .file = source.name(), .line = place.line, .column = place.column};
}

// Whether both say the same, statement by statement. A change of layout that is more than that is a bug.
bool SaysTheSame(json::Value before, const std::string& after) {
  const Policy old_policy = LoadPolicy(before);
  const Policy new_policy = ParsePolicy(Source::FromText(before.tree().source()->name(), after));
  return old_policy.decidable == new_policy.decidable &&
         std::equal(old_policy.statements.begin(), old_policy.statements.end(), new_policy.statements.begin(),
                    new_policy.statements.end(),
                    [](const Statement& a, const Statement& b) { return NormalForm(a) == NormalForm(b); });
}

class Command {
 public:
  Command(const FmtOptions& options, Environment& environment)
      : options_(options), environment_(environment) {}

  int Run() {
    PolicyFiles found =
        FindPolicyFiles(environment_.files, options_.paths, {options_.stdin_name, options_.only_policies});
    for (const Error& error : found.errors) Fail(error);
    if (found.files.empty() && found.errors.empty() && !options_.only_policies) {
      Complain(environment_.err,
               "no service control policy found: name a policy file, or a directory that holds one");
      return kExitUsage;
    }
    for (const PolicyFile& file : found.files) Format(file);
    if (!options_.diff && !has_stdin_ && formatted_ + passed_over_ + unchanged_ > 0) {
      const size_t all = formatted_ + passed_over_ + unchanged_;
      out_ += std::to_string(formatted_) + " of " + std::to_string(all) + (all == 1 ? " file " : " files ") +
              (options_.check ? "would be " : "") + (options_.minify ? "minified" : "formatted") + "\n";
    }
    const bool differs = (options_.check || options_.diff) && formatted_ > 0;
    return Emit(environment_, out_, has_failed_ ? kExitUsage : differs ? kExitNo : kExitOk);
  }

 private:
  void Fail(const Error& error) {
    Complain(environment_.err, error);
    has_failed_ = true;
  }

  void Format(const PolicyFile& file) {
    if (file.is_stdin) has_stdin_ = true;
    Diagnostics problems;
    const json::Recovery reading = json::Recover(file.source, problems);
    const bool is_jsonc = file.path.ends_with(".jsonc");
    for (const json::Fault& fault : reading.faults) {
      if (fault.severity != Severity::kError || (fault.is_jsonc && options_.strip_comments)) continue;
      if (fault.is_jsonc && is_jsonc) {
        ++passed_over_;
        Complain(environment_.err,
                 At(*file.source, fault.range,
                    "comments are not laid out: --strip-comments makes a .json file without them"));
        return;
      }
      return Fail(At(*file.source, fault.range,
                     fault.message + (fault.is_jsonc ? ", with --strip-comments" : "; `lint` tells more")));
    }
    if (!reading.tree || !reading.more.empty() || !reading.has_all) {
      return Fail(At(*file.source, {}, "this is not one JSON document: `lint` tells more"));
    }
    // Which of two values counts is not for a layout to decide.
    for (const Diagnostic& problem : problems.all()) {
      if (problem.code != "duplicate-key") continue;
      Error error = problem.ToError();
      error.message += "; `lint` tells more";
      return Fail(error);
    }
    const json::Value root = reading.tree->root();
    const DocumentClass what = ClassifyDocument(root);
    if (!what.policy || what.policy->index() != root.index()) {
      return Fail(At(*file.source, root.range(),
                     what.wrapper.empty() ? "this is no policy, which is all that is laid out"
                                          : "the policy stands in " + what.wrapper +
                                                ": only a file that is a policy itself is laid out"));
    }
    const std::string text = options_.minify ? json::CompactText(root) : CanonicalText(root);
    SCPCHECK_CHECK(SaysTheSame(root, text));
    Write(file, is_jsonc && options_.strip_comments, text);
  }

  void Write(const PolicyFile& file, bool is_made, const std::string& text) {
    std::string path = file.path;
    std::string before(file.source->text());
    const size_t characters = CountCodePoints(before);
    if (is_made && !file.is_stdin) {
      path.pop_back();  // the `c`
      Result<std::string> made = environment_.files.Read(path, kMaxPolicyFileSize);
      before = made ? std::move(made).value() : std::string();
    }
    const std::string shown = Printable(path);
    const bool differs = before != text;
    ++(differs ? formatted_ : unchanged_);
    if (options_.diff) {
      const std::string diff = UnifiedDiff(path, before, text);
      out_ += environment_.color ? ColoredDiff(diff) : diff;
      return;
    }
    std::string line;
    if (options_.minify) {
      line = shown + ": " + Grouped(characters) + " characters, " + Grouped(CountCodePoints(text)) +
             " without white space\n";
    } else if (differs) {
      line = (options_.check ? "would format " : "formatted ") + shown + "\n";
    }
    if (options_.check) {
      out_ += line;
    } else if (file.is_stdin) {
      out_ += text;
      if (options_.minify) static_cast<void>(environment_.err.Write(line));
    } else {
      if (differs) {
        const std::optional<Error> error = is_made ? WriteFile(path, text) : ReplaceFile(path, text);
        if (error) {
          --formatted_;
          return Fail(*error);
        }
      }
      out_ += line;
    }
  }

  const FmtOptions& options_;
  Environment& environment_;
  std::string out_;
  size_t formatted_ = 0;
  size_t unchanged_ = 0;
  size_t passed_over_ = 0;
  bool has_stdin_ = false;
  bool has_failed_ = false;
};

}  // namespace

int RunFmt(const FmtOptions& options, Environment& environment) {
  return Command(options, environment).Run();
}

}  // namespace scpcheck::cli

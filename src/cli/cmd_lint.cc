#include "cli/cmd_lint.h"

#include <algorithm>
#include <filesystem>

#include "base/check.h"
#include "cli/exit_code.h"
#include "cli/lint_task.h"
#include "cli/load.h"
#include "output/diff.h"
#include "output/lint.h"

namespace scpcheck::cli {

namespace {

std::string Rendered(std::string_view format, const LintReport& report, const LintOutput& output) {
  if (format == "json") return LintJson(report, output);
  if (format == "sarif") return LintSarif(report, output);
  if (format == "github") return LintGithub(report, output);
  if (format == "gitlab") return LintGitlab(report, output);
  if (format == "junit") return LintJunit(report, output);
  SCPCHECK_CHECK(format == "text");
  return LintText(report, output);
}

// Writes the files that `--report` asks for. False if one could not be written, which has been reported.
bool WriteReports(const LintOptions& options, const LintReport& report, LintOutput output,
                  Environment& environment) {
  output.context.color = false;
  output.width = 0;
  for (const std::string& request : options.reports) {
    const size_t equals = request.find('=');
    const std::string text = Rendered(request.substr(0, equals), report, output);
    if (const std::optional<Error> error = WriteFile(request.substr(equals + 1), text)) {
      Complain(environment.err, *error);
      return false;
    }
  }
  return true;
}

}  // namespace

int RunLint(const LintOptions& options, Environment& environment) {
  const std::shared_ptr<const Catalogue> catalogue = CatalogueForCommand(options.catalogue, environment);
  if (!catalogue) return kExitUsage;
  LintTask task(options, *catalogue, environment, true);
  const std::optional<LintReport> report = task.Run();
  if (!report) return kExitUsage;

  std::error_code no_folder;
  const LintOutput output{.context = {.version = environment.version,
                                      .catalogue_date = std::string(catalogue->date()),
                                      .color = environment.color},
                          .folder = std::filesystem::current_path(no_folder).string(),
                          .width = options.width,
                          .show_suppressed = options.show_suppressed};
  const bool reports_written = WriteReports(options, *report, output, environment);
  const bool fails = options.fail_on && std::any_of(report->findings.begin(), report->findings.end(),
                                                    [&](const Finding& finding) {
                                                      return finding.severity >= *options.fail_on;
                                                    });
  const bool is_done = reports_written && !task.is_incomplete();
  const int exit_code = !is_done ? kExitUsage : fails ? kExitNo : kExitOk;
  if (task.fixes() > 0) {
    Complain(environment.err,
             "mended " + std::to_string(task.fixes()) + (task.fixes() == 1 ? " finding" : " findings"));
  }
  if (options.diff)
    return Emit(environment, environment.color ? ColoredDiff(task.diff()) : task.diff(), exit_code);
  const std::string text =
      options.statistics ? LintStatistics(*report) : Rendered(options.format, *report, output);
  if (!task.fixed_stdin()) return Emit(environment, text, exit_code);
  // Standard output is for the mended text.
  static_cast<void>(environment.err.Write(text));
  return Emit(environment, *task.fixed_stdin(), exit_code);
}

}  // namespace scpcheck::cli

#include "cli/flags_common.h"

#include <unistd.h>

#include <cstdlib>

#include "catalog/catalogue.h"

namespace scpcheck::cli {

std::string VersionText() {
  const Catalogue& catalogue = Catalogue::Embedded();
  return "scpcheck " SCPCHECK_VERSION "\naction catalogue of " + std::string(catalogue.date()) + " (" +
         std::string(catalogue.source()) + ")";
}

void AddVersionFlag(CLI::App& app) {
  app.set_version_flag("--version", VersionText, "Print the version and the date of the action catalogue");
}

void AddCommonFlags(CLI::App& command, CommonFlags& flags, const std::vector<std::string>& formats) {
  flags.format = formats.front();
  command.add_option("--format", flags.format, "Output format")
      ->check(CLI::IsMember(formats))
      ->capture_default_str();
  command.add_option("-o,--output", flags.output, "Write to this file instead of standard output");
  command.add_option("--color", flags.color, "Colour the output")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->capture_default_str();
  AddVersionFlag(command);
}

void AddCatalogueFlag(CLI::App& command, std::string& path) {
  command.add_option("--catalogue", path, "A newer action catalogue than the built-in one");
}

bool WantsColor(const CommonFlags& flags) {
  if (flags.color != "auto") return flags.color == "always";
  const char* no_color = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): before any thread starts
  return flags.output.empty() && isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

bool WantsProgress(const CommonFlags& flags) {
  const bool writes_file = !flags.output.empty() && flags.output != "-";
  return isatty(STDERR_FILENO) == 1 && (writes_file || isatty(STDOUT_FILENO) == 0);
}

std::string Version() {
  return SCPCHECK_VERSION;
}

}  // namespace scpcheck::cli

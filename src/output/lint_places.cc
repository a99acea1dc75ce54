#include "output/lint_places.h"

#include <algorithm>
#include <filesystem>

namespace scpcheck {

std::string PathFrom(const std::string& folder, const std::string& file) {
  const std::string path = (std::filesystem::path(folder) / file).lexically_normal().string();
  const std::string prefix = folder.ends_with('/') ? folder : folder + "/";
  return path.starts_with(prefix) ? path.substr(prefix.size()) : path;
}

std::string FileOf(const Finding& finding, const LintReport& report) {
  if (finding.source) return finding.source->name();
  return report.files.empty() ? std::string() : report.files.front();
}

bool HasPlaces(const Fix& fix, const Source& source) {
  return std::none_of(fix.edits.begin(), fix.edits.end(),
                      [&](const TextEdit& edit) { return edit.range.begin < source.bom_size(); });
}

std::string ReasonText(const std::string& reason) {
  return reason.empty() ? "without a reason" : reason;
}

}  // namespace scpcheck

// The baseline: findings that were there when the linter came to a repository, by their fingerprints.

#ifndef SCPCHECK_OUTPUT_BASELINE_H_
#define SCPCHECK_OUTPUT_BASELINE_H_

#include <string>
#include <string_view>
#include <vector>

#include "output/answer.h"
#include "scpcheck/lint.h"
#include "scpcheck/result.h"

namespace scpcheck {

struct BaselineEntry {
  std::string fingerprint;
  std::string rule;
  std::string file;
  std::string message;
};

// Sorted by file, rule and fingerprint, so that versions compare well. Records the date of the catalogue.
std::string BaselineJson(std::vector<BaselineEntry> entries, const OutputContext& context);
Result<std::vector<BaselineEntry>> ParseBaseline(std::string_view text, const std::string& file);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_BASELINE_H_

// The baseline: findings that were there when the linter came to a repository, by their fingerprints,
// and what action patterns stood for then.

#ifndef SCPCHECK_OUTPUT_BASELINE_H_
#define SCPCHECK_OUTPUT_BASELINE_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lint/pattern_record.h"
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

struct Baseline {
  std::vector<BaselineEntry> findings;
  std::map<std::string, PatternRecord> patterns;  // by the policy's name, as `file` of an entry
};

// The findings sorted by file, rule and fingerprint, so that versions compare well.
std::string BaselineJson(Baseline baseline, const OutputContext& context);
Result<Baseline> ParseBaseline(std::string_view text, const std::string& file);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_BASELINE_H_

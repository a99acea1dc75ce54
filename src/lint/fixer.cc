#include "lint/fixer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "lint/edits.h"

namespace scpcheck {

namespace {

// Each round mends something; a policy has no more layers of faults than this.
constexpr int kMaxRounds = 20;

bool Overlap(const TextEdit& a, const TextEdit& b) {
  // Two insertions at one place would have no order.
  if (a.range.begin == b.range.begin) return true;
  return a.range.begin < b.range.end && b.range.begin < a.range.end;
}

}  // namespace

FixedText FixAll(const Linter& linter, const std::shared_ptr<const Source>& source, std::string_view path,
                 bool unsafe, const std::function<bool(const Finding&)>& skip) {
  FixedText fixed{std::string(source->text()), 0};
  std::shared_ptr<const Source> at = source;
  for (int round = 0; round < kMaxRounds; ++round) {
    std::vector<TextEdit> edits;
    for (const Finding& finding : linter.Lint(at, path)) {
      // Places inside a nested text are not those of the file.
      if (finding.source != at || skip(finding)) continue;
      const auto fix = std::find_if(finding.fixes.begin(), finding.fixes.end(),
                                    [&](const Fix& candidate) { return candidate.safe || unsafe; });
      if (fix == finding.fixes.end()) continue;
      const bool is_free = std::none_of(fix->edits.begin(), fix->edits.end(), [&](const TextEdit& edit) {
        return std::any_of(edits.begin(), edits.end(),
                           [&](const TextEdit& other) { return Overlap(edit, other); });
      });
      if (!is_free) continue;
      edits.insert(edits.end(), fix->edits.begin(), fix->edits.end());
      ++fixed.applied;
    }
    if (edits.empty()) break;
    fixed.text = ApplyEdits(fixed.text, std::move(edits));
    at = Source::FromText(source->name(), fixed.text);
  }
  return fixed;
}

}  // namespace scpcheck

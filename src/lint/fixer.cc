#include "lint/fixer.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "json/parse.h"
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

using Edits = std::vector<TextEdit>;

std::shared_ptr<const Source> Applied(const Source& source, const std::vector<Edits>& fixes) {
  Edits all;
  for (const Edits& fix : fixes) all.insert(all.end(), fix.begin(), fix.end());
  return Source::FromText(source.name(), ApplyEdits(source.text(), std::move(all)));
}

bool IsJson(const std::shared_ptr<const Source>& source) {
  Diagnostics problems;
  return json::Parse(source, problems).has_value() && !problems.has_errors();
}

// Those that leave the text JSON: a new name may be that of an element that is there, or that another fix
// makes.
std::vector<Edits> Harmless(const Source& source, std::vector<Edits> fixes) {
  std::vector<Edits> kept;
  for (Edits& fix : fixes) {
    kept.push_back(std::move(fix));
    if (!IsJson(Applied(source, kept))) kept.pop_back();
  }
  return kept;
}

}  // namespace

FixedText FixAll(const Linter& linter, const std::shared_ptr<const Source>& source, std::string_view path,
                 bool unsafe, const std::function<bool(const Finding&)>& skip) {
  FixedText fixed;
  std::shared_ptr<const Source> at = source;
  for (int round = 0; round < kMaxRounds; ++round) {
    std::vector<Edits> chosen;
    for (const Finding& finding : linter.Lint(at, path)) {
      // Places inside a nested text are not those of the file.
      if (finding.source != at || skip(finding)) continue;
      const auto fix = std::find_if(finding.fixes.begin(), finding.fixes.end(),
                                    [&](const Fix& candidate) { return candidate.safe || unsafe; });
      if (fix == finding.fixes.end()) continue;
      const auto is_taken = [&](const TextEdit& edit) {
        return std::any_of(chosen.begin(), chosen.end(), [&](const Edits& other) {
          return std::any_of(other.begin(), other.end(),
                             [&](const TextEdit& taken) { return Overlap(edit, taken); });
        });
      };
      if (std::none_of(fix->edits.begin(), fix->edits.end(), is_taken)) chosen.push_back(fix->edits);
    }
    auto next = Applied(*at, chosen);
    if (IsJson(at) && !IsJson(next)) {
      chosen = Harmless(*at, std::move(chosen));
      next = Applied(*at, chosen);
    }
    if (chosen.empty()) break;
    fixed.applied += chosen.size();
    at = std::move(next);
  }
  fixed.text = at->text();
  return fixed;
}

}  // namespace scpcheck

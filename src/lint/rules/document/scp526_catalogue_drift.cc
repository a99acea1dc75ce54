#include <algorithm>
#include <string>
#include <vector>

#include "lint/pattern_record.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

// A service that gained more is looked up in its own documentation.
constexpr size_t kMaxNamed = 5;

}  // namespace

void CheckCatalogueDrift(const StatementView& view, Reporter& report) {
  const PatternRecord* const record = view.policy().settings().recorded_patterns.get();
  if (record == nullptr) return;
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ActionPattern& pattern : view.patterns()) {
    const auto before = record->actions.find(pattern.lower);
    if (before == record->actions.end()) continue;
    std::vector<std::string> added;
    for (const ActionId action : pattern.actions) {
      std::string name(catalogue.ActionName(action));
      if (!std::binary_search(before->second.begin(), before->second.end(), name)) {
        added.push_back(std::move(name));
      }
    }
    if (added.empty()) continue;
    std::string names;
    for (size_t i = 0; i < std::min(added.size(), kMaxNamed); ++i) {
      names += (i == 0 ? "`" : ", `") + added[i] + "`";
    }
    if (added.size() > kMaxNamed) names += " and " + std::to_string(added.size() - kMaxNamed) + " more";
    const char* const effect = view.statement().not_action ? "exempts" : view.denies() ? "denies" : "allows";
    report.Add(pattern.written->range, "`" + pattern.written->text + "` now also " + effect + " " + names +
                                           ", which the catalogue of " + record->catalogue_date +
                                           " did not have: if that is meant, `scpcheck baseline update` "
                                           "takes it as known");
  }
}

}  // namespace scpcheck

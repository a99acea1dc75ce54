#include "lint/rules/scope/entries.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

Entry::Fate FateOfPattern(const ActionPattern& pattern, ResourceScope& scope, const Catalogue& catalogue) {
  // AWS has actions that the catalogue does not: about everything nothing can be said.
  if (pattern.is_everything) return Entry::Fate::kLive;
  if (pattern.actions.empty()) return Entry::Fate::kUnknown;
  bool takes_resource = false;
  for (const ActionId action : pattern.actions) {
    switch (FateOf(action, scope, catalogue)) {
      case ActionFate::kCanMatch:
        return Entry::Fate::kLive;
      case ActionFate::kNoResource:
        break;
      case ActionFate::kMismatch:
        takes_resource = true;
        break;
    }
  }
  return takes_resource ? Entry::Fate::kMismatch : Entry::Fate::kNoResource;
}

}  // namespace

bool EntryList::HasOnly(Entry::Fate fate) const {
  return !entries.empty() && std::all_of(entries.begin(), entries.end(),
                                         [fate](const Entry& entry) { return entry.fate == fate; });
}

EntryList EntriesOf(const StatementView& view, ResourceScope& scope) {
  EntryList list;
  const Statement& statement = view.statement();
  if (statement.not_action || statement.not_resource || scope.has_everything() || !scope.is_well_formed()) {
    return list;
  }
  for (const ActionPattern& pattern : view.patterns()) {
    list.entries.push_back({&pattern, FateOfPattern(pattern, scope, view.policy().catalogue())});
  }
  list.is_dead = !list.entries.empty() && std::all_of(list.entries.begin(), list.entries.end(),
                                                      [](const Entry& entry) { return entry.is_dead(); });
  return list;
}

bool IsBeyondScps(const ActionPattern& pattern) {
  if (!pattern.is_well_formed) return false;
  const Table& table = TableOf("not-restrictable");
  for (size_t i = 0; i < table.row_count(); ++i) {
    const std::string known = AsciiLower(table.Row(i)[0]);
    // The known entry is a name, or all of a service; then any pattern in the service lies within it.
    if (GlobMatch(known, pattern.lower)) return true;
  }
  return false;
}

bool IsCoreService(std::string_view lower_name) {
  constexpr std::array<std::string_view, 7> kServices = {"cloudformation", "ec2", "iam", "kms",
                                                         "logs",           "s3",  "sts"};
  return std::find(kServices.begin(), kServices.end(), lower_name) != kServices.end();
}

SourceRange PlaceOfResources(const StatementView& view) {
  const std::vector<LocatedText>& resources = view.statement().resources;
  if (resources.size() == 1) return resources[0].range;
  const std::optional<json::Member> element = view.Element("Resource");
  return element ? element->key.range() : view.object().range();
}

}  // namespace scpcheck

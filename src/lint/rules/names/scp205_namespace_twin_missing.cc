#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 3;

// Whether some statement of the policy denies the action, under whatever conditions.
bool IsDeniedSomewhere(const PolicyView& policy, ActionId action) {
  return std::any_of(policy.statements().begin(), policy.statements().end(), [&](const StatementView& other) {
    return other.denies() && std::binary_search(other.actions().begin(), other.actions().end(), action);
  });
}

// The action of the twin's service that does the same: `codeconnections:X` for `codestar-connections:X`.
std::optional<ActionId> TwinOf(const Catalogue& catalogue, ActionId action, std::string_view name,
                               std::string_view twin) {
  if (name.ends_with(":*")) {
    return catalogue.FindAction(std::string(twin.substr(0, twin.size() - 1)) +
                                std::string(catalogue.ActionBareName(action)));
  }
  return catalogue.FindAction(name) == action ? catalogue.FindAction(twin) : std::nullopt;
}

}  // namespace

void CheckNamespaceTwinMissing(const StatementView& view, Reporter& report) {
  if (!view.denies() || view.statement().not_action) return;
  const Catalogue& catalogue = view.policy().catalogue();
  const Table& twins = TableOf("namespace-twins");
  for (size_t i = 0; i < twins.row_count(); ++i) {
    const std::string_view name = twins.Row(i)[0];
    const std::string_view twin = twins.Row(i)[1];
    const std::string_view service = name.substr(0, name.find(':'));
    const ActionPattern* first = nullptr;
    std::vector<std::string> added;
    for (const ActionPattern& pattern : view.patterns()) {
      if (pattern.service() != service || !HasLookedUpName(pattern)) continue;
      const bool has_gap = std::any_of(pattern.actions.begin(), pattern.actions.end(), [&](ActionId action) {
        const std::optional<ActionId> other = TwinOf(catalogue, action, name, twin);
        return other && !IsDeniedSomewhere(view.policy(), *other);
      });
      if (!has_gap) continue;
      if (first == nullptr) first = &pattern;
      std::string entry(twin);
      if (name.ends_with(":*")) {
        entry.pop_back();
        entry += pattern.written->text.substr(pattern.colon + 1);
      }
      if (std::find(added.begin(), added.end(), entry) == added.end()) added.push_back(std::move(entry));
    }
    if (first == nullptr) continue;
    FindingBuilder finding =
        report.Add(first->written->range,
                   Backquoted(first->written->text) +
                       " is denied, but AWS has the same under another name, which stays open: add " +
                       ListOf(added, kShown));
    const auto list = view.Element("Action");
    if (!list) continue;
    std::string values;
    for (const std::string& entry : added) values += (values.empty() ? "" : ", ") + JsonQuoted(entry);
    finding.UnsafeFix("add " + ListOf(added, kShown), AppendValue(list->value, values));
  }
}

}  // namespace scpcheck

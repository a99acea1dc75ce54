#include <algorithm>
#include <string>
#include <unordered_set>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/key_support.h"
#include "lint/rules/conditions/rules.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShownActions = 3;
constexpr std::string_view kRequestTag = "aws:RequestTag/";
constexpr std::string_view kResourceTag = "aws:ResourceTag/";

bool IsRequestTag(std::string_view key) {
  return AsciiEqualsIgnoreCase(key.substr(0, kRequestTag.size()), kRequestTag) ||
         AsciiEqualsIgnoreCase(key, "aws:TagKeys");
}

// Those of data/passes-no-tags.tsv.
const std::unordered_set<std::string>& ActionsWithoutTags() {
  static const std::unordered_set<std::string> kActions = [] {
    const Table& table = TableOf("passes-no-tags");
    std::unordered_set<std::string> actions;
    for (size_t row = 0; row < table.row_count(); ++row) actions.insert(AsciiLower(table.Row(row)[0]));
    return actions;
  }();
  return kActions;
}

bool PassesNoTags(const Catalogue& catalogue, const ActionPattern& pattern) {
  return !pattern.actions.empty() &&
         std::all_of(pattern.actions.begin(), pattern.actions.end(), [&](ActionId action) {
           return ActionsWithoutTags().contains(std::string(catalogue.LowerActionName(action)));
         });
}

// Asks for the tag of the resource. Nothing if the operator asks for it already.
std::optional<std::vector<TextEdit>> TestResourceTag(const StatementView& view, const ConditionClause& clause,
                                                     const std::string& key) {
  for (const ConditionClause& other : BlockOf(view, clause)) {
    if (AsciiEqualsIgnoreCase(other.key.text, key)) return std::nullopt;
  }
  return std::vector<TextEdit>{{clause.key.range, JsonQuoted(key)}};
}

}  // namespace

// U-06: a resource type lists the tags of requests because it can be tagged, whatever a call passes.
void CheckTagKeyWrongDirection(const StatementView& view, Reporter& report) {
  if (view.statement().not_action) return;
  const Catalogue& catalogue = view.policy().catalogue();
  std::vector<const ActionPattern*> patterns;
  for (const ActionPattern& pattern : view.patterns()) {
    if (PassesNoTags(catalogue, pattern)) patterns.push_back(&pattern);
  }
  if (patterns.empty()) return;
  // The same for all of these actions.
  const DividedTests tests =
      DivideTests(view, [](const ConditionClause& clause) { return IsRequestTag(clause.key.text); });
  std::vector<std::string> names;
  names.reserve(patterns.size());
  for (const ActionPattern* pattern : patterns) names.push_back(pattern->written->text);

  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsRequestTag(clause.key.text)) continue;
    const WithoutKey fate = FateWithoutKey(view, clause, tests);
    if (fate == WithoutKey::kFine) continue;
    const bool is_one_tag = clause.key.text.size() > kRequestTag.size();
    const std::string resource_key =
        std::string(kResourceTag) + (is_one_tag ? clause.key.text.substr(kRequestTag.size()) : "");
    std::string message = "requests for " + ListOf(names, kShownActions) + " pass no tags, so " +
                          (fate == WithoutKey::kNeverHolds ? "the test never holds for them: "
                                                           : "the test always holds for them: ");
    message += is_one_tag ? "test " + Quoted(resource_key) + ", the tag of the resource"
                          : "test the tags of the resource under `aws:ResourceTag/`";
    FindingBuilder finding = report.Add(clause.key.range, std::move(message));
    for (size_t i = 0; i < std::min(patterns.size(), kShownActions); ++i) {
      finding.Related(patterns[i]->written->range, "passes no tags");
    }
    if (!is_one_tag || patterns.size() < view.patterns().size()) continue;
    if (auto edits = TestResourceTag(view, clause, resource_key)) {
      finding.UnsafeFix("test " + Quoted(resource_key), std::move(*edits));
    }
  }
}

}  // namespace scpcheck

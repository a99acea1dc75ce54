#include <algorithm>
#include <optional>
#include <vector>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "catalog/search.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// The actions that authorise an API call of that name, `s3:ListObjectsV2`, in any case.
std::vector<std::string> ActionsOfCall(const Catalogue& catalogue, std::string_view name) {
  std::vector<std::string> actions;
  const Table& calls = TableOf("api-names");
  for (size_t i = 0; i < calls.row_count(); ++i) {
    if (AsciiEqualsIgnoreCase(calls.Row(i)[0], name) && catalogue.FindAction(calls.Row(i)[1])) {
      actions.emplace_back(calls.Row(i)[1]);
    }
  }
  return actions;
}

// Whether one name is the other with a slip of the keyboard or two, and not with another word in it:
// `ModifyIpam` is no `ModifyImage`.
bool IsSlip(std::string_view written, std::string_view meant) {
  constexpr size_t kShortWord = 2;
  const size_t shorter = std::min(written.size(), meant.size());
  size_t prefix = 0;
  while (prefix < shorter && written[prefix] == meant[prefix]) ++prefix;
  written.remove_prefix(prefix);
  meant.remove_prefix(prefix);
  while (!written.empty() && !meant.empty() && written.back() == meant.back()) {
    written.remove_suffix(1);
    meant.remove_suffix(1);
  }
  const size_t size = std::min(written.size(), meant.size());
  return size <= kShortWord || EditDistance(written, meant, size / 2) <= size / 2;
}

std::optional<ActionId> MeantBy(const Catalogue& catalogue, const ActionPattern& pattern) {
  const std::optional<ActionId> nearest = SuggestAction(catalogue, pattern.lower);
  if (!nearest || !IsSlip(pattern.name(), catalogue.LowerActionBareName(*nearest))) return std::nullopt;
  return nearest;
}

}  // namespace

// G-10: an action that does not exist has no effect.
void CheckUnknownAction(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ActionPattern& pattern : view.patterns()) {
    if (!pattern.is_literal || !pattern.actions.empty() || !HasLookedUpName(pattern)) continue;
    if (!catalogue.FindService(pattern.service())) continue;  // SCP201
    const LocatedText& written = *pattern.written;
    std::vector<std::string> meant = ActionsOfCall(catalogue, written.text);
    std::string message = Backquoted(written.text);
    if (!meant.empty()) {
      message += " is the name of an API call and of no action, so it " +
                 std::string(EffectOfIdleAction(view)) + ": write " + ListOf(meant, meant.size());
    } else {
      message += " is no action, so it " + std::string(EffectOfIdleAction(view));
      if (const std::optional<ActionId> nearest = MeantBy(catalogue, pattern)) {
        meant.emplace_back(catalogue.ActionName(*nearest));
        message += ": did you mean " + Backquoted(meant[0]) + "?";
      } else {
        message += ": look the name up with `scpcheck actions '" +
                   std::string(written.text.substr(0, pattern.colon)) + ":*'`";
      }
    }
    FindingBuilder finding = report.Add(written.range, std::move(message));
    finding.WithSeverity(SeverityOfIdleAction(view));
    if (meant.size() == 1) {
      finding.UnsafeFix("write " + Backquoted(meant[0]), {{written.range, JsonQuoted(meant[0])}});
    }
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/keys.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// The entry as AWS spells it. Of a name with wildcards only what stands before the first is compared, and
// only if all actions that it matches agree on it.
std::optional<std::string> Spelled(const Catalogue& catalogue, const ActionPattern& pattern) {
  const std::string_view written = pattern.written->text;
  if (pattern.is_literal) {
    if (pattern.actions.empty()) return std::nullopt;
    return std::string(catalogue.ActionName(pattern.actions[0]));
  }
  const std::optional<ServiceId> service = catalogue.FindService(pattern.service());
  if (!service) return std::nullopt;
  std::string spelled = std::string(catalogue.ServiceName(*service)) + ":";
  const size_t fixed = GlobLiteralPrefix(pattern.name()).size();
  std::string_view name = written.substr(pattern.colon + 1);
  if (!pattern.actions.empty()) {
    const std::string_view first = catalogue.ActionBareName(pattern.actions[0]).substr(0, fixed);
    const bool agree = std::all_of(pattern.actions.begin(), pattern.actions.end(), [&](ActionId action) {
      return catalogue.ActionBareName(action).substr(0, fixed) == first;
    });
    if (agree) {
      spelled += first;
      name.remove_prefix(fixed);
    }
  }
  return spelled + std::string(name);
}

// Keys that AWS documents in another spelling too.
constexpr std::string_view kOtherSpellings[] = {"ec2:SourceInstanceARN"};

// The key as AWS spells it, with the name that its author gave it.
std::optional<std::string> SpelledKey(const Catalogue& catalogue, std::string_view written) {
  const std::optional<CatalogueKeyId> key = catalogue.FindKey(written);
  if (!key || std::find(std::begin(kOtherSpellings), std::end(kOtherSpellings), written) !=
                  std::end(kOtherSpellings)) {
    return std::nullopt;
  }
  const std::string_view name = catalogue.Key(*key).name;
  const size_t begin = name.find("${");
  if (begin == std::string_view::npos) return std::string(name);
  const std::string_view behind = name.substr(name.find('}', begin) + 1);
  return std::string(name.substr(0, begin)) +
         std::string(written.substr(begin, written.size() - begin - behind.size())) + std::string(behind);
}

}  // namespace

// G-10, G-14, G-15.
void CheckNonCanonicalCase(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ActionPattern& pattern : view.patterns()) {
    if (!HasLookedUpName(pattern)) continue;
    const std::string& written = pattern.written->text;
    const std::optional<std::string> spelled = Spelled(catalogue, pattern);
    if (!spelled || *spelled == written) continue;
    report
        .Add(pattern.written->range, Backquoted(written) + " is matched in any case, but AWS spells it " +
                                         Backquoted(*spelled) + ": write that, so that searches find it")
        .SafeFix("write " + Backquoted(*spelled), {{pattern.written->range, JsonQuoted(*spelled)}});
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    if (IsFirstOfBlock(view, clause)) {
      const std::string& written = clause.operator_text.text;
      const std::string documented = DocumentedOperatorName(written);
      if (!documented.empty() && documented != written) {
        FindingBuilder finding =
            report.Add(clause.operator_text.range,
                       Backquoted(written) + " is taken for " + Backquoted(documented) +
                           ", but AWS does not document that case counts for nothing here: write " +
                           Backquoted(documented));
        finding.WithSeverity(Severity::kWarning);
        if (auto edits = RenameOperator(view, clause, documented)) {
          finding.SafeFix("write " + Backquoted(documented), std::move(*edits));
        }
      }
    }
    if (HoldsTemplateToken(clause.key.text, view.policy().settings())) continue;
    const std::optional<std::string> spelled = SpelledKey(catalogue, clause.key.text);
    if (!spelled || *spelled == clause.key.text) continue;
    FindingBuilder finding = report.Add(
        clause.key.range, Backquoted(clause.key.text) + " is matched in any case, but AWS spells it " +
                              Backquoted(*spelled) + ": write that, so that searches find it");
    // Of equal keys SCP330 speaks.
    if (StandsBeside(view, clause, clause.key.text)) continue;
    finding.SafeFix("write " + Backquoted(*spelled), {{clause.key.range, JsonQuoted(*spelled)}});
  }
}

}  // namespace scpcheck

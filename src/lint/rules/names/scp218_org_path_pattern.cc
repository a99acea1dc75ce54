#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/org_paths.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// What every path looks like: the organization, the root, units below it, each with a slash.
constexpr std::string_view kAnyPath = "o-*/r-*/";

// Whether some path is matched by the text.
bool MatchesPath(std::string_view text, bool takes_wildcards) {
  const Pattern pattern = takes_wildcards ? Pattern::Like(text, false) : Pattern::Exact(text, false);
  return !PatternsDisjoint(pattern.code(), Pattern::Like(kAnyPath, false).code());
}

// `o-.../r-.../` alone, to an exact operator: the accounts that lie in no unit.
bool IsRootItself(std::string_view path) {
  return std::count(path.begin(), path.end(), '/') == 2;
}

}  // namespace

void CheckOrgPathPattern(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!IsOrgPathKey(clause.key.text) || !ComparesTexts(clause.op)) continue;
    const bool takes_wildcards = clause.op.comparison == Comparison::kStringLike;
    for (const ConditionValue& value : clause.values) {
      const std::string& text = value.text;
      if (text.empty() || text.find("${") != std::string::npos ||
          HoldsTemplateToken(text, view.policy().settings())) {
        continue;
      }
      if (HasWildcard(text) && !takes_wildcards) continue;  // SCP301
      std::string message = Backquoted(text);
      std::optional<std::string> meant;
      if (MatchesPath(text, takes_wildcards)) {
        if (HasWildcard(text) || !IsRootItself(text)) continue;
        message += " takes in only the accounts that lie in the root itself, in no unit";
        if (takes_wildcards) {
          meant = text + "*";
          message += ": write " + Backquoted(*meant) + " for all of them";
        } else {
          message += ": write `StringLike` and " + Backquoted(text + "*") + " for all of them";
        }
      } else {
        if (MatchesPath(text + "/", takes_wildcards)) {
          meant = text + "/";
          // Nobody means the root without its units.
          if (!HasWildcard(text) && IsRootItself(*meant)) *meant += "*";
        }
        message += " matches no path of an organization";
        if (meant) {
          message += ", which ends in a slash: write ";
          if (meant->ends_with('*') && !takes_wildcards) message += "`StringLike` and ";
          message += Backquoted(*meant);
          if (!meant->ends_with('*') && takes_wildcards) message += ", and `*` behind it for the units below";
        } else if (!text.starts_with("o-")) {
          message += ", which begins with its id: write `o-a1b2c3d4e5/r-ab12/...`";
        } else {
          message +=
              ": write the organization, the root and the units, `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`";
        }
      }
      FindingBuilder finding = report.Add(value.range, std::move(message));
      // A `*` means something to `StringLike` only.
      if (meant && (takes_wildcards || !HasWildcard(*meant)))
        finding.UnsafeFix("write " + Backquoted(*meant), {{value.range, JsonQuoted(*meant)}});
    }
  }
}

}  // namespace scpcheck

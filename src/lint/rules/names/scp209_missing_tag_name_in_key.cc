#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/keys.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Where the wildcard stands in the name of a tag, if there is one.
std::optional<size_t> WildcardInTagName(const Catalogue& catalogue, std::string_view key) {
  const std::optional<CatalogueKeyId> found = catalogue.FindKey(key);
  if (!found) return std::nullopt;
  const KeyInfo info = catalogue.Key(*found);
  const size_t name = info.name.find("/${");
  if (!info.pattern || name == std::string_view::npos) return std::nullopt;
  if (!AsciiLower(info.name.substr(0, name)).ends_with("tag")) return std::nullopt;
  const size_t at = FindWildcard(key);
  return at < key.size() ? std::optional(at) : std::nullopt;
}

}  // namespace

void CheckMissingTagNameInKey(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  for (const ConditionClause& clause : view.statement().conditions) {
    const std::string& key = clause.key.text;
    if (HoldsTemplateToken(key, view.policy().settings())) continue;
    const std::string effect(EffectOfTest(HoldsWithoutKey(clause)));
    if (const std::optional<std::string> family = FamilyWithoutName(catalogue, key)) {
      report.Add(clause.key.range, Backquoted(key) +
                                       " names no key but a family of them, so no request carries "
                                       "it and this test " +
                                       effect + ": write a name behind it, as in " +
                                       Backquoted(*family + "environment"));
    } else if (const std::optional<size_t> at = WildcardInTagName(catalogue, key)) {
      report.Add(PartOf(view, clause.key.range, key, *at, 1),
                 "keys have no wildcards: " + Backquoted(key) + " is the tag of this very name, which no " +
                     "request carries, so this test " + effect + ": name the tag");
    }
  }
}

}  // namespace scpcheck

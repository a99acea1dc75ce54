#include "lint/rules/names/keys.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr std::string_view kTagFamilies[] = {"ResourceTag/", "RequestTag/", "PrincipalTag/"};

// The family of tags that a key of a service would be of, if the service had one: `ResourceTag/`.
std::optional<std::string_view> TagFamilyOf(std::string_view key) {
  const size_t colon = key.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string name = AsciiLower(key.substr(colon + 1));
  for (const std::string_view family : kTagFamilies) {
    if (name.size() > family.size() && name.starts_with(AsciiLower(family))) return family;
  }
  return std::nullopt;
}

// The variable part of a key's name in the catalogue.
size_t FindVariable(std::string_view name) {
  return std::min(name.find("${"), name.size());
}

std::string_view PrefixOf(std::string_view key) {
  return key.substr(0, std::min(key.find(':'), key.size()));
}

// A service whose keys nobody describes (any more).
bool IsPastService(std::string_view prefix) {
  const Table& aliases = TableOf("service-aliases");
  for (size_t i = 0; i < aliases.row_count(); ++i) {
    if (aliases.Row(i)[1] == "-" && AsciiEqualsIgnoreCase(aliases.Row(i)[0], prefix)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::string> FamilyWithoutName(const Catalogue& catalogue, std::string_view key) {
  if (catalogue.FindKey(key)) return std::nullopt;
  std::string family(key);
  if (!family.ends_with('/')) family += '/';
  const std::optional<CatalogueKeyId> member = catalogue.FindKey(family + "name");
  if (!member) return std::nullopt;
  const KeyInfo info = catalogue.Key(*member);
  if (!info.pattern || FindVariable(info.name) != family.size()) return std::nullopt;
  return std::string(info.name.substr(0, family.size()));
}

std::optional<std::string_view> SuccessorOfKey(std::string_view key) {
  const Table& deprecated = TableOf("deprecated-keys");
  for (size_t i = 0; i < deprecated.row_count(); ++i) {
    if (AsciiEqualsIgnoreCase(deprecated.Row(i)[0], key)) return deprecated.Row(i)[1];
  }
  return std::nullopt;
}

bool MayBeKey(const Catalogue& catalogue, std::string_view key) {
  if (catalogue.FindKey(key)) return true;
  const Table& undocumented = TableOf("undocumented-keys");
  for (size_t i = 0; i < undocumented.row_count(); ++i) {
    const std::string_view known = undocumented.Row(i)[0];
    // A row may be a family of tags.
    const bool is_family = known.ends_with('/') && key.size() > known.size();
    if (AsciiEqualsIgnoreCase(known, is_family ? key.substr(0, known.size()) : key)) return true;
  }
  const std::string_view prefix = PrefixOf(key);
  if (prefix.find('.') != std::string_view::npos || IsPastService(prefix)) return true;
  return AsciiEqualsIgnoreCase(prefix, "aws") && TagFamilyOf(key);
}

bool IsTagOfService(const Catalogue& catalogue, std::string_view key) {
  return TagFamilyOf(key) && catalogue.FindService(PrefixOf(key));
}

std::optional<std::string> SuggestKey(const Catalogue& catalogue, std::string_view key) {
  if (IsTagOfService(catalogue, key)) {
    const std::string_view family = *TagFamilyOf(key);
    return "aws:" + std::string(family) + std::string(key.substr(key.find('/') + 1));
  }
  const std::string lower = AsciiLower(key);
  // The part behind a slash is a name of the author's.
  const std::string_view slash_part = std::string_view(lower).substr(std::min(lower.find('/'), lower.size()));
  const std::string_view family = std::string_view(lower).substr(0, lower.size() - slash_part.size());
  std::optional<std::string> nearest;
  size_t limit = std::min<size_t>(3, family.size() / 3);
  for (uint32_t i = 0; i < catalogue.key_count(); ++i) {
    const KeyInfo info = catalogue.Key(CatalogueKeyId{i});
    std::string_view name = info.name;
    if (name.size() + limit < family.size()) continue;
    if (PrefixOf(name).find('.') != std::string_view::npos) continue;  // of an identity provider
    const size_t variable = FindVariable(name);
    const bool is_family = info.pattern && variable > 0 && name[variable - 1] == '/';
    if (is_family != slash_part.starts_with('/') || info.pattern != is_family) continue;
    if (is_family) name = name.substr(0, variable - 1);
    const size_t distance = EditDistance(family, AsciiLower(name), limit);
    if (distance > limit || (nearest && distance == limit)) continue;
    limit = distance;
    nearest = std::string(name) + std::string(key.substr(family.size()));
  }
  return nearest;
}

bool StandsBeside(const StatementView& view, const ConditionClause& clause, std::string_view key) {
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& other) {
    return &other != &clause && other.operator_text.range == clause.operator_text.range &&
           AsciiEqualsIgnoreCase(other.key.text, key);
  });
}

}  // namespace scpcheck

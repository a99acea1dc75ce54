#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/names/org_paths.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"
#include "lint/template_token.h"
#include "match/pattern.h"
#include "match/pattern_sets.h"

namespace scpcheck {

namespace {

// A row of data/id-formats.tsv.
struct IdFormat {
  std::string_view prefix;
  bool is_hex;
  std::string_view lengths;  // `8,17` or `10-32`
};

size_t NumberOf(std::string_view digits) {
  size_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool HasLength(std::string_view lengths, size_t size) {
  const size_t dash = lengths.find('-');
  if (dash != std::string_view::npos) {
    return size >= NumberOf(lengths.substr(0, dash)) && size <= NumberOf(lengths.substr(dash + 1));
  }
  for (std::string_view rest = lengths; !rest.empty();) {
    const size_t comma = std::min(rest.find(','), rest.size());
    if (NumberOf(rest.substr(0, comma)) == size) return true;
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return false;
}

bool Fits(const IdFormat& format, std::string_view id) {
  if (!id.starts_with(format.prefix)) return false;
  const std::string_view rest = id.substr(format.prefix.size());
  return HasLength(format.lengths, rest.size()) && std::all_of(rest.begin(), rest.end(), [&](char c) {
           return IsAsciiDigit(c) || (c >= 'a' && c <= (format.is_hex ? 'f' : 'z'));
         });
}

// `8 or 17 hexadecimal digits`.
std::string Described(const IdFormat& format) {
  std::string lengths(format.lengths);
  const size_t separator = lengths.find_first_of(",-");
  if (separator != std::string::npos)
    lengths.replace(separator, 1, lengths[separator] == ',' ? " or " : " to ");
  return Backquoted(format.prefix) + " and " + lengths +
         (format.is_hex ? " hexadecimal digits" : " small letters or digits");
}

// What the ids in the path of an organization look like.
constexpr IdFormat kOrganization = {"o-", false, "10-32"};
constexpr IdFormat kRoot = {"r-", false, "4-32"};

// `ou-`, the root's id without its `r-`, and an id.
bool IsUnitId(std::string_view id) {
  if (!id.starts_with("ou-")) return false;
  const size_t dash = id.find('-', 3);
  return dash != std::string_view::npos && Fits({"ou-", false, "4-32"}, id.substr(0, dash)) &&
         Fits({"-", false, "8-32"}, id.substr(dash));
}

// The ids of a path that are complete.
void CheckPath(const StatementView& view, const ConditionValue& value, Reporter& report) {
  const std::string_view text = value.text;
  size_t begin = 0;
  while (begin < text.size()) {
    const size_t end = std::min(text.find('/', begin), text.size());
    const std::string_view id = text.substr(begin, end - begin);
    std::string described;
    if (!HasWildcard(id)) {
      if (id.starts_with("o-") && !Fits(kOrganization, id)) described = Described(kOrganization);
      if (id.starts_with("r-") && !Fits(kRoot, id)) described = Described(kRoot);
      if (id.starts_with("ou-") && !IsUnitId(id)) {
        described = "`ou-`, 4 to 32 small letters or digits, `-` and 8 to 32 small letters or digits";
      }
    }
    if (!described.empty()) {
      report.Add(
          PartOf(view, value.range, text, begin, id.size()),
          Backquoted(id) + " is no id, so this value matches no request: ids of that kind are " + described);
    }
    begin = end + 1;
  }
}

}  // namespace

void CheckInvalidIdFormat(const StatementView& view, Reporter& report) {
  const Table& formats = TableOf("id-formats");
  for (const ConditionClause& clause : view.statement().conditions) {
    if (!ComparesTexts(clause.op)) continue;
    const bool is_path = IsOrgPathKey(clause.key.text);
    size_t row = 0;
    while (row < formats.row_count() && !AsciiEqualsIgnoreCase(formats.Row(row)[0], clause.key.text)) ++row;
    if (!is_path && row == formats.row_count()) continue;
    for (const ConditionValue& value : clause.values) {
      if (value.text.empty() || value.text.find("${") != std::string::npos ||
          HoldsTemplateToken(value.text, view.policy().settings())) {
        continue;
      }
      if (is_path) {
        CheckPath(view, value, report);
        continue;
      }
      const IdFormat format{formats.Row(row)[1], formats.Row(row)[2] == "hex", formats.Row(row)[3]};
      std::string id = value.text;
      if (clause.op.comparison == Comparison::kStringEqualsIgnoreCase) id = AsciiLower(id);
      if (HasWildcard(id)) {
        if (clause.op.comparison != Comparison::kStringLike) continue;  // SCP301
        if (!PatternsDisjoint(Pattern::Like(id, false).code(),
                              Pattern::Like(std::string(format.prefix) + "*", false).code())) {
          continue;
        }
      } else if (Fits(format, id)) {
        continue;
      }
      report.Add(value.range, Backquoted(value.text) + " is no value of " + Backquoted(clause.key.text) +
                                  ", so it matches no request: ids of that kind are " + Described(format));
    }
  }
}

}  // namespace scpcheck

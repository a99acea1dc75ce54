#include <algorithm>
#include <map>
#include <optional>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "catalog/search.h"
#include "lint/edits.h"
#include "lint/rules/names/rules.h"
#include "lint/rules/names/text.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

// What a prefix that is none was meant to be.
struct Meant {
  std::optional<ServiceId> service;
  bool is_past = false;  // a service that is no more, or is not spoken of
};

// Letters and digits of a service's title or of what was taken for its prefix: `billingconsole`.
std::string Squeezed(std::string_view name) {
  std::string squeezed;
  for (const char c : name) {
    if (IsAsciiAlnum(c)) squeezed += AsciiToLower(c);
  }
  for (const std::string_view vendor : {"aws", "amazon"}) {
    if (squeezed.starts_with(vendor)) squeezed.erase(0, vendor.size());
  }
  return squeezed;
}

Meant MeantBy(const Catalogue& catalogue, std::string_view prefix) {
  const Table& aliases = TableOf("service-aliases");
  for (size_t i = 0; i < aliases.row_count(); ++i) {
    if (aliases.Row(i)[0] != prefix) continue;
    if (aliases.Row(i)[1] == "-") return {std::nullopt, true};
    return {catalogue.FindService(aliases.Row(i)[1])};
  }
  const std::string squeezed = Squeezed(prefix);
  for (const ServiceId service : catalogue.Services()) {
    if (squeezed.empty()) break;
    // Few titles end alike.
    const std::string_view title = catalogue.ServiceTitle(service);
    const auto last = std::find_if(title.rbegin(), title.rend(), IsAsciiAlnum);
    if (last == title.rend() || AsciiToLower(*last) != squeezed.back()) continue;
    if (Squeezed(title) == squeezed) return {service};
  }
  // Of a name so short another letter makes another name.
  constexpr size_t kShort = 3;
  if (prefix.size() <= kShort) return {};
  return {SuggestService(catalogue, prefix)};
}

// The entry with another prefix, if that is the name of some action.
std::optional<std::string> Renamed(const Catalogue& catalogue, const ActionPattern& pattern,
                                   ServiceId service) {
  const std::string_view written = pattern.written->text;
  const std::string renamed =
      std::string(catalogue.ServiceName(service)) + std::string(written.substr(pattern.colon));
  for (const ActionId action : catalogue.ServiceActions(service)) {
    if (GlobMatch(pattern.name(), catalogue.LowerActionBareName(action))) return renamed;
  }
  return std::nullopt;
}

}  // namespace

// G-10. All entries of a statement that name the prefix are one finding.
void CheckUnknownService(const StatementView& view, Reporter& report) {
  const Catalogue& catalogue = view.policy().catalogue();
  std::vector<std::vector<const ActionPattern*>> groups;
  std::map<std::string_view, size_t> group_of;
  for (const ActionPattern& pattern : view.patterns()) {
    if (!HasLookedUpName(pattern) || catalogue.FindService(pattern.service())) continue;
    const auto [group, is_new] = group_of.emplace(pattern.service(), groups.size());
    if (is_new) groups.emplace_back();
    groups[group->second].push_back(&pattern);
  }
  for (const std::vector<const ActionPattern*>& patterns : groups) {
    const LocatedText& first = *patterns.front()->written;
    const std::string_view prefix = std::string_view(first.text).substr(0, patterns.front()->colon);
    const Meant meant = MeantBy(catalogue, patterns.front()->service());

    std::string message = Backquoted(prefix) +
                          (meant.is_past ? " is a service that AWS no longer documents" : " is no service");
    message += ", so " + Backquoted(first.text);
    if (patterns.size() > 1) {
      const size_t others = patterns.size() - 1;
      message += ", like " + std::to_string(others) + " more " + (others == 1 ? "entry" : "entries") +
                 " of that prefix,";
    }
    message += " " + std::string(EffectOfIdleAction(view));
    if (meant.is_past) {
      message += ": leave it out";
    } else if (meant.service) {
      message += ": did you mean " + Backquoted(catalogue.ServiceName(*meant.service)) + "?";
    } else {
      message += ": look the name up with `scpcheck actions`";
    }

    FindingBuilder finding =
        report.Add(PartOf(view, first.range, first.text, 0, prefix.size()), std::move(message));
    finding.WithSeverity(meant.is_past ? Severity::kWarning : SeverityOfIdleAction(view));
    if (!meant.service) continue;
    std::vector<TextEdit> edits;
    for (const ActionPattern* pattern : patterns) {
      const std::optional<std::string> renamed = Renamed(catalogue, *pattern, *meant.service);
      if (!renamed) break;
      edits.push_back({pattern->written->range, JsonQuoted(*renamed)});
    }
    if (edits.size() < patterns.size()) continue;
    finding.UnsafeFix("write " + Backquoted(catalogue.ServiceName(*meant.service)), std::move(edits));
  }
}

}  // namespace scpcheck

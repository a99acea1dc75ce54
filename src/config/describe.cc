#include "config/configuration.h"

namespace scpcheck {

namespace {

std::string Quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string ListOf(const std::vector<std::string>& words) {
  std::string list = "[";
  for (const std::string& word : words) list += (list.size() > 1 ? ", " : "") + Quoted(word);
  return list + "]";
}

}  // namespace

std::string DescribeConfiguration(const Configuration& configuration) {
  const LintSettings& settings = configuration.settings;
  std::string text = "# " +
                     (configuration.source ? "from " + configuration.source->name()
                                           : std::string("no scpcheck.toml: all values are defaults")) +
                     "\n";
  const auto line = [&](const std::string& key, const std::string& value) {
    const auto given = configuration.given.find(key);
    std::string row = key + " = " + value;
    constexpr size_t kColumn = 44;
    row += std::string(row.size() < kColumn ? kColumn - row.size() : 1, ' ') + "# ";
    if (given == configuration.given.end()) {
      row += "default";
    } else {
      row += "line " + std::to_string(configuration.source->Locate(given->second.begin).line);
    }
    text += row + "\n";
  };
  line("language", Quoted(settings.old_language ? "pre-2025-09" : "full"));
  line("quota-profile",
       Quoted(settings.max_policy_characters == LintSettings().max_policy_characters ? "2026-05" : "legacy"));
  line("size-warn-percent", std::to_string(settings.size_warn_percent));
  line("max-catalogue-age", std::to_string(settings.max_catalogue_age));
  line("template-tokens", ListOf(settings.template_tokens));
  line("sid-pattern", Quoted(settings.sid_pattern));
  line("partitions", ListOf(settings.partitions));
  line("home-region", Quoted(settings.home_region));
  line("central-root", settings.central_root ? "true" : "false");
  line("baseline", Quoted(configuration.baseline));

  const RuleSet defaults = RuleSet::Default();
  const RuleSet rules = configuration.RulesFor("", {});
  size_t on = 0;
  std::string changes;
  for (const RuleInfo& rule : AllRules()) {
    on += rules.Has(rule) ? 1 : 0;
    const bool differs = rules.Has(rule) != defaults.Has(rule) ||
                         (rules.Has(rule) && rules.SeverityOf(rule) != defaults.SeverityOf(rule));
    if (!differs) continue;
    changes += "#   " + std::string(rule.id) + " " + std::string(rule.name) + ": " +
               (rules.Has(rule) ? std::string(SeverityName(rules.SeverityOf(rule))) : "off") +
               ", by default " + (defaults.Has(rule) ? std::string(SeverityName(rule.severity)) : "off") +
               "\n";
  }
  text += "\n# " + std::to_string(on) + " of " + std::to_string(AllRules().size()) + " rules run";
  text += changes.empty() ? "\n" : "; different from the default:\n" + changes;
  for (const PerFile& file : configuration.per_file) {
    text += "# for files like " + Quoted(file.pattern) + ":";
    if (file.selection.select) text += " select " + ListOf(*file.selection.select);
    if (!file.selection.extend_select.empty())
      text += " extend-select " + ListOf(file.selection.extend_select);
    if (!file.selection.ignore.empty()) text += " ignore " + ListOf(file.selection.ignore);
    text += "\n";
  }
  if (!configuration.suppressions.empty()) {
    text += "# " + std::to_string(configuration.suppressions.size()) + " suppressions\n";
  }
  return text;
}

}  // namespace scpcheck

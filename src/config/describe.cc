#include <algorithm>
#include <utility>

#include "base/glob.h"
#include "config/configuration.h"
#include "lint/calendar.h"

namespace scpcheck {

namespace {

// A basic string of TOML.
std::string Quoted(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      quoted += "\\u00";
      quoted += kHex[byte >> 4];
      quoted += kHex[byte & 15];
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

std::string ListOf(const std::vector<std::string>& words) {
  std::string list = "[";
  for (const std::string& word : words) list += (list.size() > 1 ? ", " : "") + Quoted(word);
  return list + "]";
}

class Description {
 public:
  explicit Description(const Configuration& configuration) : configuration_(configuration) {}

  // A key with its value, and where that is from.
  void Line(const std::string& key, const std::string& value) {
    const auto given = configuration_.given.find(key);
    Row(key + " = " + value, given == configuration_.given.end() ? "default" : LineOf(given->second));
  }

  void Selection(const RuleSelection& selection) {
    if (selection.select) Row("select = " + ListOf(*selection.select), "");
    if (!selection.extend_select.empty()) Row("extend-select = " + ListOf(selection.extend_select), "");
    if (!selection.ignore.empty()) Row("ignore = " + ListOf(selection.ignore), "");
  }

  void Row(const std::string& content, const std::string& comment) {
    text_ += content;
    if (!comment.empty()) {
      constexpr size_t kColumn = 44;
      text_ += std::string(content.size() < kColumn ? kColumn - content.size() : 1, ' ') + "# " + comment;
    }
    text_ += "\n";
  }

  std::string LineOf(SourceRange range) const {
    return "line " + std::to_string(configuration_.source->Locate(range.begin).line);
  }

  std::string Take() { return std::move(text_); }

 private:
  const Configuration& configuration_;
  std::string text_;
};

void DescribeSuppression(const Suppression& suppression, Day today, Description& description) {
  std::vector<std::string> rules;
  for (const NamedRule& rule : suppression.rules) rules.push_back(rule.text);
  description.Row("", "");
  description.Row("[[suppress]]", description.LineOf(suppression.range));
  description.Row("rules = " + ListOf(rules), "");
  const std::pair<const char*, const std::string*> texts[] = {
      {"policy", &suppression.policy},   {"sid", &suppression.sid},
      {"pointer", &suppression.pointer}, {"fingerprint", &suppression.fingerprint},
      {"reason", &suppression.reason},   {"owner", &suppression.owner},
  };
  for (const auto& [key, text] : texts) {
    if (!text->empty()) description.Row(std::string(key) + " = " + Quoted(*text), "");
  }
  if (suppression.expires) {
    description.Row("expires = " + FormatDay(*suppression.expires),
                    suppression.IsExpired(today) ? "has expired" : "");
  }
}

// How many rules run, and which these are: all if they were selected, else what is not as it is by default.
std::string DescribeRules(const Configuration& configuration, std::string_view path) {
  const RuleSet defaults = RuleSet::Default();
  const RuleSet rules = configuration.RulesFor(path, {});
  const bool is_selected =
      configuration.selection.select ||
      std::any_of(configuration.per_file.begin(), configuration.per_file.end(), [&](const PerFile& file) {
        return file.selection.select && GlobMatch(file.pattern, path);
      });
  size_t on = 0;
  std::string list;
  for (const RuleInfo& rule : AllRules()) {
    const std::string now(rules.Has(rule) ? SeverityName(rules.SeverityOf(rule)) : "off");
    const std::string before(defaults.Has(rule) ? SeverityName(rule.severity) : "off");
    on += rules.Has(rule) ? 1 : 0;
    if (is_selected ? !rules.Has(rule) : now == before) continue;
    list += "#   " + std::string(rule.id) + " " + std::string(rule.name) + ": " + now;
    list += now == before ? "\n" : ", by default " + before + "\n";
  }
  return "\n# " + std::to_string(on) + " of " + std::to_string(AllRules().size()) + " rules run" +
         (list.empty()  ? "\n"
          : is_selected ? ":\n" + list
                        : "; different from the default:\n" + list);
}

}  // namespace

std::string DescribeConfiguration(const Configuration& configuration, std::string_view path) {
  const LintSettings& settings = configuration.settings;
  Description description(configuration);
  description.Row(configuration.source ? "# from " + configuration.source->name()
                                       : "# no scpcheck.toml: all values are defaults",
                  "");
  const RuleSelection& selection = configuration.selection;
  if (selection.select) description.Line("select", ListOf(*selection.select));
  description.Line("extend-select", ListOf(selection.extend_select));
  description.Line("ignore", ListOf(selection.ignore));
  description.Line("language", Quoted(settings.old_language ? "pre-2025-09" : "full"));
  description.Line(
      "quota-profile",
      Quoted(settings.max_policy_characters == LintSettings().max_policy_characters ? "2026-05" : "legacy"));
  description.Line("size-warn-percent", std::to_string(settings.size_warn_percent));
  description.Line("max-catalogue-age", std::to_string(settings.max_catalogue_age));
  description.Line("template-tokens", ListOf(settings.template_tokens));
  description.Line("sid-pattern", Quoted(settings.sid_pattern));
  description.Line("partitions", ListOf(settings.partitions));
  description.Line("home-region", Quoted(settings.home_region));
  description.Line("central-root", settings.central_root ? "true" : "false");
  description.Line("baseline", Quoted(configuration.baseline));

  if (!configuration.severities.empty()) {
    description.Row("", "");
    const auto given = configuration.given.find("severity");
    description.Row("[severity]",
                    given == configuration.given.end() ? "" : description.LineOf(given->second));
    for (const auto& [id, severity] : configuration.severities) {
      description.Row(id + " = " + Quoted(severity ? SeverityName(*severity) : "off"), "");
    }
  }
  for (const PerFile& file : configuration.per_file) {
    description.Row("", "");
    const bool fits = !path.empty() && GlobMatch(file.pattern, path);
    description.Row("[per-file." + Quoted(file.pattern) + "]", fits ? "this file" : "");
    description.Selection(file.selection);
  }
  for (const Suppression& suppression : configuration.suppressions) {
    DescribeSuppression(suppression, settings.today, description);
  }

  return description.Take() + DescribeRules(configuration, path);
}

}  // namespace scpcheck

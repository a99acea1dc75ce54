#include "config/configuration.h"

#define TOML_EXCEPTIONS 0
// What its parser asserts, malformed texts break; it reports them all the same.
#define TOML_ASSERT(expr) static_cast<void>(0)
#include <toml++/toml.h>

#include <algorithm>
#include <functional>
#include <utility>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/glob.h"
#include "base/quote.h"
#include "base/utf8.h"
#include "catalog/regex.h"
#include "lint/calendar.h"
#include "lint/rules/names/regions.h"

namespace scpcheck {

namespace {

constexpr uint32_t kMaxPercent = 100;
constexpr uint32_t kMaxDays = 36500;

// What is near `text` among `known`, as the end of a message.
std::string DidYouMean(std::string_view text, const std::vector<std::string_view>& known) {
  for (const std::string_view candidate : known) {
    if (EditDistance(text, candidate, 2) <= 2) return ": did you mean " + Quoted(candidate) + "?";
  }
  std::string list;
  for (const std::string_view candidate : known) list += (list.empty() ? "" : ", ") + std::string(candidate);
  return ": known are " + list;
}

class Reader {
 public:
  Reader(Configuration& configuration, Diagnostics& diagnostics)
      : configuration_(configuration), diagnostics_(diagnostics) {}

  void Read() {
    const std::string_view text = configuration_.source->text();
    const toml::parse_result parsed = toml::parse(text, configuration_.source->name());
    if (!parsed) {
      std::string description(parsed.error().description());
      if (!description.empty()) description[0] = AsciiLower(description.substr(0, 1))[0];
      Report(RangeOf(parsed.error().source()), "this is no TOML: " + description);
    } else {
      ReadTable(parsed.table(), "", TopLevel());
    }
    // Tables come sorted by their keys.
    std::stable_sort(problems_.begin(), problems_.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.range.begin < b.range.begin; });
    for (Diagnostic& problem : problems_) diagnostics_.Add(std::move(problem));
  }

 private:
  using Take = std::function<void(const toml::node&)>;
  using Keys = std::vector<std::pair<std::string_view, Take>>;

  Keys TopLevel() {
    LintSettings& settings = configuration_.settings;
    Keys keys = Selections(configuration_.selection);
    keys.insert(
        keys.end(),
        {{"language",
          [&](const toml::node& node) {
            const std::string word = Word(node, {"full", "pre-2025-09"});
            settings.old_language = word == "pre-2025-09";
          }},
         {"quota-profile",
          [&](const toml::node& node) {
            const std::string word = Word(node, {"2026-05", "legacy"});
            if (word == "legacy") settings.max_policy_characters = kLegacyPolicyCharacters;
          }},
         {"size-warn-percent",
          [&](const toml::node& node) { settings.size_warn_percent = Number(node, 1, kMaxPercent); }},
         {"max-catalogue-age",
          [&](const toml::node& node) { settings.max_catalogue_age = Number(node, 0, kMaxDays); }},
         {"template-tokens", [&](const toml::node& node) { settings.template_tokens = Tokens(node); }},
         {"sid-pattern", [&](const toml::node& node) { settings.sid_pattern = Expression(node); }},
         {"partitions", [&](const toml::node& node) { settings.partitions = Partitions(node); }},
         {"home-region", [&](const toml::node& node) { settings.home_region = Region(node); }},
         {"central-root", [&](const toml::node& node) { settings.central_root = Flag(node); }},
         {"baseline", [&](const toml::node& node) { configuration_.baseline = Text(node); }},
         {"severity", [&](const toml::node& node) { ReadSeverities(node); }},
         {"per-file", [&](const toml::node& node) { ReadPerFile(node); }},
         {"suppress", [&](const toml::node& node) { ReadSuppressions(node); }}});
    return keys;
  }

  Keys Selections(RuleSelection& selection) {
    return {{"select", [&](const toml::node& node) { selection.select = Rules(node); }},
            {"extend-select", [&](const toml::node& node) { selection.extend_select = Rules(node); }},
            {"ignore", [&](const toml::node& node) { selection.ignore = Rules(node); }}};
  }

  void ReadTable(const toml::table& table, const std::string& prefix, const Keys& keys) {
    for (const auto& [key, node] : table) {
      const std::string_view name = key.str();
      const auto known =
          std::find_if(keys.begin(), keys.end(), [&](const auto& entry) { return entry.first == name; });
      if (known == keys.end()) {
        std::vector<std::string_view> names;
        for (const auto& entry : keys) names.push_back(entry.first);
        Report(RangeOf(key.source()), Quoted(name) + " is not known here" + DidYouMean(name, names));
        continue;
      }
      if (prefix.empty()) configuration_.given[std::string(key.str())] = RangeOf(key.source());
      known->second(node);
    }
  }

  void ReadSeverities(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return WrongType(node, "a table of rules");
    for (const auto& [key, value] : *table) {
      const std::string word = Word(value, {"error", "warning", "info", "off"});
      const RuleInfo* rule = FindRule(key.str());
      if (rule == nullptr) {
        Report(RangeOf(key.source()), NoSuchRule(key.str()));
        continue;
      }
      std::optional<Severity>& severity = configuration_.severities[std::string(rule->id)];
      for (const Severity candidate : {Severity::kError, Severity::kWarning, Severity::kInfo}) {
        if (word == SeverityName(candidate)) severity = candidate;
      }
    }
  }

  void ReadPerFile(const toml::node& node) {
    const toml::table* table = node.as_table();
    if (table == nullptr) return WrongType(node, "a table of path patterns");
    for (const auto& [key, value] : *table) {
      PerFile per_file;
      per_file.pattern = PathPattern(key.str());
      if (const toml::table* settings = value.as_table()) {
        ReadTable(*settings, "per-file", Selections(per_file.selection));
      } else {
        WrongType(value, "a table with `select`, `extend-select` or `ignore`");
      }
      configuration_.per_file.push_back(std::move(per_file));
    }
  }

  void ReadSuppressions(const toml::node& node) {
    const toml::array* array = node.as_array();
    if (array == nullptr || !array->is_array_of_tables()) {
      return WrongType(node, "a list of records: write `[[suppress]]` above each");
    }
    for (const toml::node& record : *array) {
      Suppression suppression;
      suppression.range = RangeOf(record.source());
      const Keys keys = {
          {"rules",
           [&](const toml::node& value) {
             for (const auto& [text, range] : LocatedTexts(value)) {
               suppression.rules.push_back({text, range, FindRule(text)});
             }
           }},
          {"policy", [&](const toml::node& value) { suppression.policy = PathPattern(Text(value)); }},
          {"sid", [&](const toml::node& value) { suppression.sid = Text(value); }},
          {"pointer", [&](const toml::node& value) { suppression.pointer = Pointer(value); }},
          {"fingerprint", [&](const toml::node& value) { suppression.fingerprint = Text(value); }},
          {"reason", [&](const toml::node& value) { suppression.reason = Text(value); }},
          {"owner", [&](const toml::node& value) { suppression.owner = Text(value); }},
          {"expires",
           [&](const toml::node& value) {
             suppression.expires = Date(value);
             suppression.expires_range = RangeOf(value.source());
           }},
      };
      ReadTable(*record.as_table(), "suppress", keys);
      const toml::node* rules = record.as_table()->get("rules");
      if (rules == nullptr || (rules->is_array() && rules->as_array()->empty())) {
        Report(suppression.range, "the record names no rules: `rules` is a list of ids or names");
      }
      configuration_.suppressions.push_back(std::move(suppression));
    }
  }

  // --- Values. What is wrong with one is reported, and something harmless returned.

  std::string Text(const toml::node& node) {
    if (const toml::value<std::string>* text = node.as_string()) return text->get();
    WrongType(node, "a string");
    return {};
  }

  // Paths are told from the configuration's folder.
  static std::string PathPattern(std::string_view pattern) {
    while (pattern.starts_with("./")) pattern.remove_prefix(2);
    return std::string(pattern);
  }

  std::string Pointer(const toml::node& node) {
    std::string pointer = Text(node);
    if (!pointer.empty() && !pointer.starts_with('/')) {
      Report(RangeOf(node.source()),
             Quoted(pointer) +
                 " is no JSON pointer: write one as `lint --format json` has it, such as "
                 "`/Statement/0/Condition`");
    }
    return pointer;
  }

  std::string Expression(const toml::node& node) {
    std::string expression = Text(node);
    const Result<Regex> regex = Regex::Parse(expression);
    if (!regex) Report(RangeOf(node.source()), regex.error().message);
    return expression;
  }

  std::string Region(const toml::node& node) {
    std::string region = Text(node);
    if (region.empty() || (!HasWildcard(region) && MatchesRegion(region)) || HasFormOfRegion(region))
      return region;
    const std::optional<std::string> meant = SuggestRegion(region);
    Report(RangeOf(node.source()),
           Quoted(region) + " is no Region: " +
               (meant ? "did you mean " + Quoted(*meant) + "?" : "write one such as `eu-central-1`"));
    return region;
  }

  std::vector<std::string> Partitions(const toml::node& node) {
    std::vector<std::string> partitions;
    for (auto& [text, range] : LocatedTexts(node)) {
      if (HasWildcard(text) || !MatchesPartition(text)) {
        Report(range,
               Quoted(text) + " is no partition: they are called `aws`, `aws-cn`, `aws-us-gov` and so on");
      }
      partitions.push_back(std::move(text));
    }
    return partitions;
  }

  std::vector<std::string> Tokens(const toml::node& node) {
    std::vector<std::string> patterns;
    for (auto& [text, range] : LocatedTexts(node)) {
      if (text.find_first_not_of("*?") == std::string::npos) {
        Report(range,
               Quoted(text) + " would allow any placeholder: write what they have in common, such as `${*}`");
      }
      patterns.push_back(std::move(text));
    }
    return patterns;
  }

  std::string Word(const toml::node& node, const std::vector<std::string_view>& known) {
    std::string word = Text(node);
    if (node.is_string() && std::find(known.begin(), known.end(), word) == known.end()) {
      Report(RangeOf(node.source()), Quoted(word) + " is not known here" + DidYouMean(word, known));
    }
    return word;
  }

  bool Flag(const toml::node& node) {
    if (const toml::value<bool>* flag = node.as_boolean()) return flag->get();
    WrongType(node, "true or false");
    return false;
  }

  uint32_t Number(const toml::node& node, uint32_t least, uint32_t most) {
    const toml::value<int64_t>* number = node.as_integer();
    if (number != nullptr && number->get() >= least && number->get() <= most) {
      return static_cast<uint32_t>(number->get());
    }
    WrongType(node, "a whole number from " + std::to_string(least) + " to " + std::to_string(most));
    return least;
  }

  std::optional<Day> Date(const toml::node& node) {
    std::optional<Day> day;
    if (const toml::value<std::string>* text = node.as_string()) day = ParseDay(text->get());
    if (const toml::value<toml::date>* date = node.as_date()) {
      day = DayOf(date->get().year, date->get().month, date->get().day);
    }
    if (!day) WrongType(node, "a date such as 2027-01-31");
    return day;
  }

  std::vector<std::pair<std::string, SourceRange>> LocatedTexts(const toml::node& node) {
    std::vector<std::pair<std::string, SourceRange>> texts;
    const toml::array* array = node.as_array();
    if (array == nullptr) {
      WrongType(node, "a list of strings");
      return texts;
    }
    for (const toml::node& element : *array) {
      const std::string text = Text(element);
      if (element.is_string()) texts.emplace_back(text, RangeOf(element.source()));
    }
    return texts;
  }

  std::vector<std::string> Rules(const toml::node& node) {
    std::vector<std::string> words;
    for (auto& [text, range] : LocatedTexts(node)) {
      const Result<std::vector<const RuleInfo*>> rules = RulesNamed(text);
      if (rules) {
        words.push_back(std::move(text));
      } else {
        Report(range, rules.error().message);
      }
    }
    return words;
  }

  static std::string NoSuchRule(std::string_view word) {
    const Result<std::vector<const RuleInfo*>> rules = RulesNamed(word);
    return rules ? Quoted(word) + " means several rules: name one" : rules.error().message;
  }

  void WrongType(const toml::node& node, const std::string& expected) {
    Report(RangeOf(node.source()), "expected " + expected);
  }

  // toml++ counts lines and columns from 1, columns in characters.
  uint32_t OffsetOf(toml::source_position position) const {
    const std::string_view text = configuration_.source->text();
    size_t at = configuration_.source->bom_size();
    for (toml::source_index line = 1; line < position.line; ++line) {
      at = std::min(text.find('\n', at), text.size() - 1) + 1;
    }
    for (toml::source_index column = 1; column < position.column && at < text.size() && text[at] != '\n';
         ++column) {
      do {
        ++at;
      } while (at < text.size() && IsUtf8Continuation(text[at]));
    }
    return static_cast<uint32_t>(std::min(at, text.size()));
  }

  SourceRange RangeOf(const toml::source_region& region) const {
    const uint32_t begin = OffsetOf(region.begin);
    return {begin, std::max(begin, OffsetOf(region.end))};
  }

  void Report(SourceRange range, std::string message) {
    problems_.push_back({.severity = Severity::kError,
                         .code = "configuration",
                         .message = std::move(message),
                         .source = configuration_.source,
                         .range = range});
  }

  static constexpr uint32_t kLegacyPolicyCharacters = 5120;

  Configuration& configuration_;
  Diagnostics& diagnostics_;
  std::vector<Diagnostic> problems_;
};

}  // namespace

Result<std::vector<const RuleInfo*>> RulesNamed(std::string_view word) {
  std::vector<const RuleInfo*> rules;
  for (const RuleInfo& rule : AllRules()) {
    const bool is_prefix = word.size() >= 3 && word.size() <= rule.id.size() &&
                           AsciiEqualsIgnoreCase(rule.id.substr(0, word.size()), word);
    if (is_prefix || AsciiEqualsIgnoreCase(rule.name, word) || RuleCategoryName(rule.category) == word ||
        AsciiEqualsIgnoreCase(word, "all")) {
      rules.push_back(&rule);
    }
  }
  if (!rules.empty()) return rules;
  std::string message = Quoted(word) + " is no rule, no category and no beginning of rule ids";
  for (const RuleInfo& rule : AllRules()) {
    if (EditDistance(word, rule.name, 3) > 3 && EditDistance(word, rule.id, 1) > 1) continue;
    message += ": did you mean " + Quoted(rule.name) + " (" + std::string(rule.id) + ")?";
    break;
  }
  return Error{.message = std::move(message)};
}

void ApplySelection(const RuleSelection& selection, RuleSet& rules) {
  const auto set = [&](const std::vector<std::string>& words, bool enabled) {
    for (const std::string& word : words) {
      const Result<std::vector<const RuleInfo*>> named = RulesNamed(word);
      // A preview rule must be named itself: a category or prefix does not bring it in.
      for (const RuleInfo* rule : *named) {
        if (!enabled || !rule->preview || named->size() == 1) rules.Enable(*rule, enabled);
      }
    }
  };
  if (selection.select) {
    for (const RuleInfo& rule : AllRules()) rules.Enable(rule, false);
    set(*selection.select, true);
  }
  set(selection.extend_select, true);
  set(selection.ignore, false);
}

RuleSet Configuration::RulesFor(std::string_view path, const RuleSelection& extra,
                                std::string_view inside) const {
  const std::string whole = inside.empty() ? std::string() : std::string(path) + "/" + std::string(inside);
  RuleSet rules = RuleSet::Default();
  // A setting that only one rule reads asks for that rule.
  if (settings.old_language) rules.Enable(*FindRule("SCP114"), true);
  if (!settings.sid_pattern.empty()) rules.Enable(*FindRule("SCP505"), true);
  ApplySelection(selection, rules);
  for (const auto& [id, severity] : severities) {
    const RuleInfo& rule = *FindRule(id);
    if (severity) {
      rules.SetSeverity(rule, *severity);
      rules.Enable(rule, true);
    } else {
      rules.Enable(rule, false);
    }
  }
  for (const PerFile& file : per_file) {
    if (GlobMatch(file.pattern, path) || (!whole.empty() && GlobMatch(file.pattern, whole))) {
      ApplySelection(file.selection, rules);
    }
  }
  ApplySelection(extra, rules);
  return rules;
}

RunOptions Configuration::ForRun() const {
  RunOptions options;
  options.configuration = source;
  options.suppressions = suppressions;
  options.settings = settings;
  const auto age = given.find("max-catalogue-age");
  if (age != given.end()) options.catalogue_age_range = age->second;
  return options;
}

Configuration ParseConfiguration(std::shared_ptr<const Source> source, Diagnostics& diagnostics) {
  Configuration configuration;
  configuration.source = std::move(source);
  const std::string& name = configuration.source->name();
  const size_t slash = name.rfind('/');
  configuration.folder = slash == std::string::npos ? "" : name.substr(0, slash);
  Reader(configuration, diagnostics).Read();
  return configuration;
}

}  // namespace scpcheck

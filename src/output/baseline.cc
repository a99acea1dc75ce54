#include "output/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <tuple>
#include <utility>

namespace scpcheck {

namespace {

using Json = nlohmann::ordered_json;

std::optional<PatternRecord> ParseRecord(const Json& recorded) {
  if (!recorded.is_object()) return std::nullopt;
  const auto date = recorded.find("catalogueDate");
  const auto patterns = recorded.find("actions");
  if (date == recorded.end() || !date->is_string()) return std::nullopt;
  if (patterns == recorded.end() || !patterns->is_object()) return std::nullopt;
  PatternRecord record{.catalogue_date = date->get<std::string>(), .actions = {}};
  for (const auto& [pattern, actions] : patterns->items()) {
    std::vector<std::string>& names = record.actions[pattern];
    for (const Json& action : actions) {
      if (!action.is_string()) return std::nullopt;
      names.push_back(action.get<std::string>());
    }
    // A merge may have left them out of order.
    std::sort(names.begin(), names.end());
  }
  return record;
}

}  // namespace

std::string BaselineJson(Baseline baseline, const OutputContext& context) {
  std::vector<BaselineEntry>& entries = baseline.findings;
  const auto key = [](const BaselineEntry& entry) {
    return std::tie(entry.file, entry.rule, entry.fingerprint);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const BaselineEntry& a, const BaselineEntry& b) { return key(a) < key(b); });
  Json document = {{"schema", 1}, {"version", context.version}, {"catalogueDate", context.catalogue_date}};
  Json findings = Json::array();
  for (const BaselineEntry& entry : entries) {
    findings.push_back({{"file", entry.file},
                        {"rule", entry.rule},
                        {"fingerprint", entry.fingerprint},
                        {"message", entry.message}});
  }
  document["findings"] = std::move(findings);
  Json patterns = Json::object();
  for (const auto& [name, record] : baseline.patterns) {
    patterns[name] = {{"catalogueDate", record.catalogue_date}, {"actions", record.actions}};
  }
  document["patterns"] = std::move(patterns);
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<Baseline> ParseBaseline(std::string_view text, const std::string& file) {
  const auto wrong = [&](const std::string& what) {
    return Error{.message = what + ": make it with `scpcheck baseline create`", .file = file};
  };
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_object() || !document.contains("findings") || !document["findings"].is_array()) {
    return wrong("this is no baseline");
  }
  const auto schema = document.find("schema");
  if (schema == document.end() || *schema != 1)
    return wrong("this is no baseline that this version can read");
  Baseline baseline;
  for (const Json& finding : document["findings"]) {
    if (!finding.is_object()) return wrong("an entry of the baseline is no object");
    BaselineEntry entry;
    const std::pair<const char*, std::string*> fields[] = {{"fingerprint", &entry.fingerprint},
                                                           {"rule", &entry.rule},
                                                           {"file", &entry.file},
                                                           {"message", &entry.message}};
    for (const auto& [name, field] : fields) {
      const auto member = finding.find(name);
      if (member == finding.end() || !member->is_string()) {
        return wrong(std::string("an entry of the baseline has no `") + name + "`");
      }
      *field = member->get<std::string>();
    }
    baseline.findings.push_back(std::move(entry));
  }
  const auto patterns = document.find("patterns");
  if (patterns == document.end() || !patterns->is_object()) return wrong("the baseline has no `patterns`");
  for (const auto& [name, recorded] : patterns->items()) {
    std::optional<PatternRecord> record = ParseRecord(recorded);
    if (!record) return wrong("what the patterns of `" + name + "` stand for is not understood");
    baseline.patterns.emplace(name, *std::move(record));
  }
  return baseline;
}

}  // namespace scpcheck

#include "output/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

namespace scpcheck {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string BaselineJson(Baseline baseline, std::string_view version) {
  std::vector<BaselineEntry>& entries = baseline.findings;
  const auto key = [](const BaselineEntry& entry) {
    return std::tie(entry.file, entry.rule, entry.fingerprint);
  };
  std::sort(entries.begin(), entries.end(),
            [&](const BaselineEntry& a, const BaselineEntry& b) { return key(a) < key(b); });
  Json document = {{"schema", 1}, {"version", version}, {"catalogueDate", baseline.patterns.catalogue_date}};
  Json findings = Json::array();
  for (const BaselineEntry& entry : entries) {
    findings.push_back({{"file", entry.file},
                        {"rule", entry.rule},
                        {"fingerprint", entry.fingerprint},
                        {"message", entry.message}});
  }
  document["findings"] = std::move(findings);
  Json patterns = Json::object();
  for (const auto& [pattern, actions] : baseline.patterns.actions) patterns[pattern] = actions;
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
  const auto date = document.find("catalogueDate");
  const auto patterns = document.find("patterns");
  if (date == document.end() || !date->is_string() || patterns == document.end() || !patterns->is_object()) {
    return wrong("the baseline has no `catalogueDate` or no `patterns`");
  }
  baseline.patterns.catalogue_date = date->get<std::string>();
  for (const auto& [pattern, actions] : patterns->items()) {
    std::vector<std::string>& names = baseline.patterns.actions[pattern];
    for (const Json& action : actions) {
      if (!action.is_string()) return wrong("the actions of `" + pattern + "` are no list of names");
      names.push_back(action.get<std::string>());
    }
    // A merge may have left them out of order.
    std::sort(names.begin(), names.end());
  }
  return baseline;
}

}  // namespace scpcheck

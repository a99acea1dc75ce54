#include "output/baseline.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <tuple>
#include <utility>

namespace scpcheck {

namespace {

using Json = nlohmann::ordered_json;

}  // namespace

std::string BaselineJson(std::vector<BaselineEntry> entries, const OutputContext& context) {
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
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<BaselineEntry>> ParseBaseline(std::string_view text, const std::string& file) {
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
  std::vector<BaselineEntry> entries;
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
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace scpcheck

#include <array>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "output/lint.h"
#include "output/lint_places.h"

namespace scpcheck {

namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& value) {
  return value.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

// Adds `line`, `column`, `endLine`, `endColumn`; the end is exclusive.
void AddRange(const Source& source, SourceRange range, Json& object) {
  const SourcePosition begin = source.Locate(range.begin);
  const SourcePosition end = source.Locate(range.end);
  object["line"] = begin.line;
  object["column"] = begin.column;
  object["endLine"] = end.line;
  object["endColumn"] = end.column;
}

Json FixesJson(const Finding& finding) {
  Json fixes = Json::array();
  for (const Fix& fix : finding.fixes) {
    if (!HasPlaces(fix, *finding.source)) continue;
    Json edits = Json::array();
    for (const TextEdit& edit : fix.edits) {
      Json entry = {{"file", finding.source->name()}};
      AddRange(*finding.source, edit.range, entry);
      entry["newText"] = edit.text;
      edits.push_back(std::move(entry));
    }
    fixes.push_back(
        {{"title", fix.title}, {"applicability", fix.safe ? "safe" : "unsafe"}, {"edits", std::move(edits)}});
  }
  return fixes;
}

Json FindingJson(const Finding& finding, const LintReport& report) {
  Json object = {{"rule", finding.rule->id},
                 {"name", finding.rule->name},
                 {"severity", SeverityName(finding.severity)},
                 {"message", finding.message}};
  object["file"] = FileOf(finding, report);
  if (finding.source) {
    AddRange(*finding.source, finding.range, object);
  } else {
    for (const char* const place : {"line", "column", "endLine", "endColumn"}) object[place] = 1;
  }
  object["pointer"] = finding.pointer;
  if (finding.statement) object["statement"] = *finding.statement;
  if (!finding.sid.empty()) object["sid"] = finding.sid;
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related) {
    Json entry = {{"message", place.label}, {"file", place.source->name()}};
    AddRange(*place.source, place.range, entry);
    related.push_back(std::move(entry));
  }
  object["related"] = std::move(related);
  object["example"] = finding.example ? Json::parse(*finding.example, nullptr, false) : Json(nullptr);
  object["fingerprint"] = finding.fingerprint;
  object["fixes"] = FixesJson(finding);
  return object;
}

std::array<size_t, 3> CountBySeverity(const LintReport& report) {
  std::array<size_t, 3> counts{};
  for (const Finding& finding : report.findings) ++counts[static_cast<size_t>(finding.severity)];
  return counts;
}

// --- SARIF.

std::string_view LevelOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      return "note";
  }
  return "none";
}

// `wildcard-in-exact-operator` as `WildcardInExactOperator`.
std::string PascalCase(std::string_view name) {
  std::string text;
  bool upper = true;
  for (const char c : name) {
    if (c == '-') {
      upper = true;
      continue;
    }
    text += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
    upper = false;
  }
  return text;
}

std::string_view PrecisionOf(Confidence confidence) {
  switch (confidence) {
    case Confidence::kProven:
      return "very-high";
    case Confidence::kCatalogue:
      return "high";
    case Confidence::kHeuristic:
      return "medium";
  }
  return "low";
}

// How much a broken rule of that category and severity matters to security, for GitHub's filter.
std::string_view SecuritySeverityOf(const RuleInfo& rule) {
  if (rule.category != RuleCategory::kLogic && rule.category != RuleCategory::kRisk) return "";
  switch (rule.severity) {
    case Severity::kError:
      return "7.5";
    case Severity::kWarning:
      return "5.0";
    case Severity::kInfo:
      return "2.0";
  }
  return "";
}

Json SarifRule(const RuleInfo& rule) {
  Json properties = {
      {"tags", Json::array({"scp", RuleCategoryName(rule.category), RuleScopeName(rule.scope)})},
      {"precision", PrecisionOf(rule.confidence)},
      {"problem.severity",
       rule.severity == Severity::kInfo ? "recommendation" : SeverityName(rule.severity)}};
  if (const std::string_view severity = SecuritySeverityOf(rule); !severity.empty()) {
    properties["tags"].push_back("security");
    properties["security-severity"] = severity;
  }
  return {{"id", rule.id},
          {"name", PascalCase(rule.name)},
          {"shortDescription", {{"text", rule.summary}}},
          {"fullDescription", {{"text", rule.summary}}},
          {"help", {{"text", rule.page}, {"markdown", rule.page}}},
          {"defaultConfiguration",
           {{"enabled", rule.enabled && !rule.preview}, {"level", LevelOf(rule.severity)}}},
          {"properties", std::move(properties)}};
}

// A path as a URI reference: `/` stays, all but unreserved characters are encoded.
std::string UriOf(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '/' || c == '-' || c == '_' || c == '.' || c == '~';
    if (plain) {
      uri += c;
    } else {
      char encoded[4];
      std::snprintf(encoded, sizeof(encoded), "%%%02X", static_cast<unsigned>(static_cast<unsigned char>(c)));
      uri += encoded;
    }
  }
  return uri;
}

Json ArtifactOf(const std::string& file, const LintOutput& output) {
  const std::string path = PathFrom(output.folder, file);
  if (path.starts_with('/')) return {{"uri", "file://" + UriOf(path)}};
  return {{"uri", UriOf(path)}, {"uriBaseId", "%SRCROOT%"}};
}

Json RegionOf(const Source& source, SourceRange range) {
  const SourcePosition begin = source.Locate(range.begin);
  const SourcePosition end = source.Locate(range.end);
  return {{"startLine", begin.line},
          {"startColumn", begin.column},
          {"endLine", end.line},
          {"endColumn", end.column}};
}

Json PhysicalLocation(const Source& source, SourceRange range, const LintOutput& output) {
  return {{"artifactLocation", ArtifactOf(source.name(), output)}, {"region", RegionOf(source, range)}};
}

// Text of a message, where brackets would begin a link (SARIF 2.1.0, 3.11.6).
std::string MessageText(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// Viewers show related places if the message links to them.
std::string MessageWithLinks(const Finding& finding) {
  std::string text = MessageText(finding.message);
  for (size_t i = 0; i < finding.related.size(); ++i) {
    text += (i == 0 ? " (" : ", ") + std::string("[") + MessageText(finding.related[i].label) + "](" +
            std::to_string(i + 1) + ")";
  }
  if (!finding.related.empty()) text += ")";
  return text;
}

Json ResultJson(const Finding& finding, const LintReport& report, const LintOutput& output) {
  Json result = {{"ruleId", finding.rule->id},
                 {"ruleIndex", static_cast<size_t>(finding.rule - AllRules().data())},
                 {"level", LevelOf(finding.severity)},
                 {"message", {{"text", MessageWithLinks(finding)}}}};
  if (finding.source) {
    Json location = {{"physicalLocation", PhysicalLocation(*finding.source, finding.range, output)}};
    if (!finding.pointer.empty()) {
      location["logicalLocations"] =
          Json::array({{{"fullyQualifiedName", finding.pointer}, {"kind", "member"}}});
    }
    result["locations"] = Json::array({std::move(location)});
  } else {
    // GitHub refuses a whole document for a result without a place.
    result["locations"] = Json::array({{{"physicalLocation",
                                         {{"artifactLocation", ArtifactOf(FileOf(finding, report), output)},
                                          {"region", {{"startLine", 1}}}}}}});
  }
  Json related = Json::array();
  for (const RelatedPlace& place : finding.related) {
    related.push_back({{"id", related.size() + 1},
                       {"message", {{"text", MessageText(place.label)}}},
                       {"physicalLocation", PhysicalLocation(*place.source, place.range, output)}});
  }
  if (!related.empty()) result["relatedLocations"] = std::move(related);
  result["partialFingerprints"] = {{"scpcheckFinding/v1", finding.fingerprint}};
  Json fixes = Json::array();
  for (const Fix& fix : finding.fixes) {
    if (!fix.safe || !HasPlaces(fix, *finding.source)) continue;
    Json replacements = Json::array();
    for (const TextEdit& edit : fix.edits) {
      replacements.push_back({{"deletedRegion", RegionOf(*finding.source, edit.range)},
                              {"insertedContent", {{"text", edit.text}}}});
    }
    fixes.push_back(
        {{"description", {{"text", MessageText(fix.title)}}},
         {"artifactChanges", Json::array({{{"artifactLocation", ArtifactOf(finding.source->name(), output)},
                                           {"replacements", std::move(replacements)}}})}});
  }
  if (!fixes.empty()) result["fixes"] = std::move(fixes);
  return result;
}

Json RuleObject(const RuleInfo& rule) {
  return {{"id", rule.id},
          {"name", rule.name},
          {"summary", rule.summary},
          {"category", RuleCategoryName(rule.category)},
          {"scope", RuleScopeName(rule.scope)},
          {"severity", SeverityName(rule.severity)},
          {"enabled", rule.enabled && !rule.preview},
          {"confidence", ConfidenceName(rule.confidence)},
          {"fix", FixKindName(rule.fix)},
          {"status", rule.preview ? "preview" : "stable"},
          {"since", rule.since},
          {"page", rule.page}};
}

// The beginning of every document.
Json NewDocument(const OutputContext& context) {
  return {{"schema", 1}, {"version", context.version}, {"catalogueDate", context.catalogue_date}};
}

}  // namespace

std::string LintJson(const LintReport& report, const LintOutput& output) {
  Json document = NewDocument(output.context);
  Json findings = Json::array();
  for (const Finding& finding : report.findings) findings.push_back(FindingJson(finding, report));
  document["findings"] = std::move(findings);
  if (output.show_suppressed) {
    Json suppressed = Json::array();
    for (const SuppressedFinding& entry : report.suppressed) {
      Json object = FindingJson(entry.finding, report);
      object["suppressedBy"] = entry.in_baseline ? "baseline" : "configuration";
      object["reason"] = entry.reason;
      suppressed.push_back(std::move(object));
    }
    document["suppressed"] = std::move(suppressed);
  }
  const std::array<size_t, 3> counts = CountBySeverity(report);
  document["summary"] = {{"error", counts[static_cast<size_t>(Severity::kError)]},
                         {"warning", counts[static_cast<size_t>(Severity::kWarning)]},
                         {"info", counts[static_cast<size_t>(Severity::kInfo)]},
                         {"files", report.files.size()},
                         {"suppressed", report.suppressed.size()}};
  return Dump(document);
}

std::string LintSarif(const LintReport& report, const LintOutput& output) {
  Json rules = Json::array();
  for (const RuleInfo& rule : AllRules()) rules.push_back(SarifRule(rule));
  Json results = Json::array();
  for (const Finding& finding : report.findings) results.push_back(ResultJson(finding, report, output));
  if (output.show_suppressed) {
    for (const SuppressedFinding& entry : report.suppressed) {
      Json result = ResultJson(entry.finding, report, output);
      result["suppressions"] = Json::array(
          {{{"kind", "external"}, {"status", "accepted"}, {"justification", ReasonText(entry.reason)}}});
      if (entry.in_baseline) result["baselineState"] = "unchanged";
      results.push_back(std::move(result));
    }
  }
  const Json driver = {{"name", "scpcheck"},
                       {"semanticVersion", output.context.version},
                       {"properties", {{"catalogueDate", output.context.catalogue_date}}},
                       {"rules", std::move(rules)}};
  const Json run = {{"tool", {{"driver", driver}}},
                    {"columnKind", "unicodeCodePoints"},
                    {"automationDetails", {{"id", "scpcheck/lint/"}}},
                    {"results", std::move(results)}};
  const Json document = {{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                         {"version", "2.1.0"},
                         {"runs", Json::array({run})}};
  return document.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string LintGitlab(const LintReport& report, const LintOutput& output) {
  Json entries = Json::array();
  std::map<std::string, size_t> seen;
  for (const Finding& finding : report.findings) {
    const std::string file = FileOf(finding, report);
    const uint32_t line = finding.source ? finding.source->Locate(finding.range.begin).line : 1;
    // Of two entries with one fingerprint GitLab drops one. Files below several configurations may have some.
    std::string fingerprint = finding.fingerprint;
    if (const size_t before = seen[fingerprint]++; before > 0) fingerprint += "-" + std::to_string(before);
    entries.push_back(
        {{"description", finding.message},
         {"check_name", std::string(finding.rule->id) + " " + std::string(finding.rule->name)},
         {"fingerprint", fingerprint},
         {"severity", finding.severity == Severity::kError     ? "major"
                      : finding.severity == Severity::kWarning ? "minor"
                                                               : "info"},
         {"location", {{"path", PathFrom(output.folder, file)}, {"lines", {{"begin", line}}}}}});
  }
  return Dump(entries);
}

std::string RuleJson(const RuleInfo& rule, const OutputContext& context) {
  Json document = NewDocument(context);
  document["rule"] = RuleObject(rule);
  return Dump(document);
}

std::string RulesJson(const OutputContext& context) {
  Json document = NewDocument(context);
  Json rules = Json::array();
  for (const RuleInfo& rule : AllRules()) rules.push_back(RuleObject(rule));
  document["rules"] = std::move(rules);
  return Dump(document);
}

}  // namespace scpcheck

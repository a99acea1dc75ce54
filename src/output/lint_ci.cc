#include <algorithm>
#include <array>
#include <vector>

#include "base/utf8.h"
#include "output/lint.h"

namespace scpcheck {

namespace {

// What a workflow command takes as text: the percent sign first.
std::string EscapedData(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '%':
        escaped += "%25";
        break;
      case '\r':
        escaped += "%0D";
        break;
      case '\n':
        escaped += "%0A";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string EscapedProperty(std::string_view text) {
  std::string escaped;
  for (const char c : EscapedData(text)) {
    if (c == ':') {
      escaped += "%3A";
    } else if (c == ',') {
      escaped += "%2C";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::string_view CommandOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kInfo:
      return "notice";
  }
  return "notice";
}

// Text in XML 1.0, which has no way to write most control characters.
std::string XmlText(std::string_view text) {
  constexpr std::string_view kReplacement = "\xef\xbf\xbd";
  std::string escaped;
  while (!text.empty()) {
    const size_t length = Utf8CharLength(text);
    const std::string_view character = text.substr(0, std::max<size_t>(1, length));
    if (length == 0 || character == "\xef\xbf\xbe" || character == "\xef\xbf\xbf") {
      escaped += kReplacement;
    } else if (length > 1) {
      escaped += character;
    } else {
      switch (character[0]) {
        case '&':
          escaped += "&amp;";
          break;
        case '<':
          escaped += "&lt;";
          break;
        case '>':
          escaped += "&gt;";
          break;
        case '"':
          escaped += "&quot;";
          break;
        case '\n':
          escaped += "&#10;";
          break;
        case '\t':
          escaped += "&#9;";
          break;
        default:
          if (static_cast<unsigned char>(character[0]) < 0x20) {
            escaped += kReplacement;
          } else {
            escaped += character;
          }
      }
    }
    text.remove_prefix(character.size());
  }
  return escaped;
}

}  // namespace

std::string LintGithub(const LintReport& report) {
  // GitHub shows so many annotations of a kind for a step; the others only stand in the log.
  constexpr size_t kShown = 10;
  std::vector<const Finding*> findings;
  for (const Finding& finding : report.findings) findings.push_back(&finding);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
  std::string text;
  std::array<size_t, 3> counts{};
  for (const Finding* finding : findings) {
    ++counts[static_cast<size_t>(finding->severity)];
    std::string properties;
    if (finding->source) {
      const SourcePosition begin = finding->source->Locate(finding->range.begin);
      const SourcePosition end = finding->source->Locate(finding->range.end);
      properties = "file=" + EscapedProperty(begin.file) + ",line=" + std::to_string(begin.line) +
                   ",endLine=" + std::to_string(end.line);
      if (begin.line == end.line) {
        properties += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
      }
      properties += ",";
    }
    text += "::" + std::string(CommandOf(finding->severity)) + " " + properties + "title=" +
            EscapedProperty(std::string(finding->rule->id) + " " + std::string(finding->rule->name)) +
            "::" + EscapedData(finding->message) + "\n";
  }
  size_t hidden = 0;
  for (const size_t count : counts) hidden += count - std::min(count, kShown);
  if (hidden > 0)
    text += std::to_string(hidden) + " more are in this log, but GitHub does not show them beside the code\n";
  return text;
}

std::string LintJunit(const LintReport& report) {
  const auto name_of = [](const Finding& finding) {
    return finding.source ? finding.source->name() : std::string("scpcheck.toml");
  };
  std::vector<std::string> files = report.files;
  for (const Finding& finding : report.findings) {
    if (std::find(files.begin(), files.end(), name_of(finding)) == files.end())
      files.push_back(name_of(finding));
  }
  std::string suites;
  size_t tests = 0;
  for (const std::string& file : files) {
    std::string cases;
    size_t failures = 0;
    for (const Finding& finding : report.findings) {
      if (name_of(finding) != file) continue;
      ++failures;
      const std::string rule = std::string(finding.rule->id) + " " + std::string(finding.rule->name);
      const SourcePosition place =
          finding.source ? finding.source->Locate(finding.range.begin) : SourcePosition{};
      const std::string where = file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
      cases += "    <testcase name=\"" + XmlText(rule + " at " + where) + "\" classname=\"" + XmlText(file) +
               "\" file=\"" + XmlText(file) + "\" line=\"" + std::to_string(place.line) + "\" time=\"0\">\n" +
               "      <failure type=\"" + std::string(SeverityName(finding.severity)) + "\" message=\"" +
               XmlText(finding.message) + "\">" + XmlText(where + ": " + finding.message) + "</failure>\n" +
               "    </testcase>\n";
    }
    if (failures == 0) {
      cases = "    <testcase name=\"lint\" classname=\"" + XmlText(file) + "\" file=\"" + XmlText(file) +
              "\" time=\"0\"/>\n";
    }
    const size_t count = std::max<size_t>(1, failures);
    tests += count;
    suites += "  <testsuite name=\"" + XmlText(file) + "\" tests=\"" + std::to_string(count) +
              "\" failures=\"" + std::to_string(failures) + "\" errors=\"0\" skipped=\"0\" time=\"0\">\n" +
              cases + "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"scpcheck\" tests=\"" +
         std::to_string(tests) + "\" failures=\"" + std::to_string(report.findings.size()) +
         "\" errors=\"0\" skipped=\"0\" time=\"0\">\n" + suites + "</testsuites>\n";
}

}  // namespace scpcheck

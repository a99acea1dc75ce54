#include <algorithm>
#include <array>
#include <map>
#include <vector>

#include "base/printable.h"
#include "base/utf8.h"
#include "output/lint.h"
#include "output/lint_places.h"

namespace scpcheck {

namespace {

// What a workflow command takes as text: the percent sign first. Line breaks have escapes of their own, what
// else would act on the log is shown as on a terminal.
std::string EscapedData(std::string_view text) {
  std::string shown;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find_first_of("\r\n", at), text.size());
    shown += Printable(text.substr(at, end - at));
    if (end < text.size()) shown += text[end];
    at = end + 1;
  }
  std::string escaped;
  for (const char c : shown) {
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

std::string LintGithub(const LintReport& report, const LintOutput& output) {
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
    std::string properties = "file=" + EscapedProperty(PathFrom(output.folder, FileOf(*finding, report)));
    if (finding->source) {
      const SourcePosition begin = finding->source->Locate(finding->range.begin);
      const SourcePosition end = finding->source->Locate(finding->range.end);
      properties += ",line=" + std::to_string(begin.line) + ",endLine=" + std::to_string(end.line);
      if (begin.line == end.line) {
        properties += ",col=" + std::to_string(begin.column) + ",endColumn=" + std::to_string(end.column);
      }
    }
    text += "::" + std::string(CommandOf(finding->severity)) + " " + properties + ",title=" +
            EscapedProperty(std::string(finding->rule->id) + " " + std::string(finding->rule->name)) +
            "::" + EscapedData(finding->message) + "\n";
  }
  size_t hidden = 0;
  for (const size_t count : counts) hidden += count - std::min(count, kShown);
  if (hidden > 0)
    text += std::to_string(hidden) + " more are in this log, but GitHub does not show them beside the code\n";
  return text;
}

std::string LintJunit(const LintReport& report, const LintOutput& output) {
  // What is said of each file, in the order of the files.
  struct Suite {
    std::string file;
    std::string cases;
    size_t failures = 0;
    size_t skipped = 0;
  };
  std::vector<Suite> suites;
  std::map<std::string, size_t> places;
  const auto suite_of = [&](const std::string& file) -> Suite& {
    const auto [entry, is_new] = places.emplace(file, suites.size());
    if (is_new) suites.push_back({file, "", 0, 0});
    return suites[entry->second];
  };
  const auto add = [&](const Finding& finding, const std::string* suppressed_because) {
    const std::string file = FileOf(finding, report);
    Suite& suite = suite_of(file);
    const SourcePosition place =
        finding.source ? finding.source->Locate(finding.range.begin) : SourcePosition{file, 1, 1};
    const std::string where = std::to_string(place.line) + ":" + std::to_string(place.column);
    const std::string name =
        std::string(finding.rule->id) + " " + std::string(finding.rule->name) + " " + where;
    const std::string type(SeverityName(finding.severity));
    suite.cases += "    <testcase name=\"" + XmlText(name) + "\" classname=\"" + XmlText(file) +
                   "\" file=\"" + XmlText(file) + "\" line=\"" + std::to_string(place.line) +
                   "\" time=\"0\">\n";
    if (suppressed_because == nullptr) {
      ++suite.failures;
      suite.cases += "      <failure type=\"" + type + "\" message=\"" + XmlText(finding.message) + "\">" +
                     XmlText(file + ":" + where + ": " + type + ": " + finding.message) + "</failure>\n";
    } else {
      ++suite.skipped;
      suite.cases += "      <skipped message=\"" +
                     XmlText("suppressed: " + ReasonText(*suppressed_because) + ": " + finding.message) +
                     "\"/>\n";
    }
    suite.cases += "    </testcase>\n";
  };
  for (const std::string& file : report.files) suite_of(file);
  for (const Finding& finding : report.findings) add(finding, nullptr);
  if (output.show_suppressed) {
    for (const SuppressedFinding& suppressed : report.suppressed) add(suppressed.finding, &suppressed.reason);
  }

  const auto counts = [](size_t tests, size_t failures, size_t skipped) {
    return "tests=\"" + std::to_string(tests) + "\" failures=\"" + std::to_string(failures) +
           "\" errors=\"0\" skipped=\"" + std::to_string(skipped) + "\" time=\"0\">\n";
  };
  std::string text;
  size_t tests = 0;
  size_t failures = 0;
  size_t skipped = 0;
  for (const Suite& suite : suites) {
    const std::string file = XmlText(suite.file);
    // What is clean has one test, which passes.
    const bool is_clean = suite.cases.empty();
    const size_t count = is_clean ? 1 : suite.failures + suite.skipped;
    tests += count;
    failures += suite.failures;
    skipped += suite.skipped;
    text += "  <testsuite name=\"" + file + "\" " + counts(count, suite.failures, suite.skipped);
    text += is_clean ? "    <testcase name=\"lint\" classname=\"" + file + "\" file=\"" + file +
                           "\" line=\"1\" time=\"0\"/>\n"
                     : suite.cases;
    text += "  </testsuite>\n";
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"scpcheck lint\" " +
         counts(tests, failures, skipped) + text + "</testsuites>\n";
}

}  // namespace scpcheck

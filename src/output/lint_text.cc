#include <algorithm>
#include <array>
#include <map>

#include "base/printable.h"
#include "base/utf8.h"
#include "output/lint.h"

namespace scpcheck {

namespace {

constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kReset = "\x1b[0m";

std::string_view ColorOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "\x1b[31m";
    case Severity::kWarning:
      return "\x1b[33m";
    case Severity::kInfo:
      return "\x1b[36m";
  }
  return "";
}

std::string Counted(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

class Printer {
 public:
  explicit Printer(const LintOutput& output) : output_(output) {}

  void Print(const Finding& finding, const std::string* suppressed_because) {
    Place(finding.source, finding.range);
    Style(ColorOf(finding.severity), SeverityName(finding.severity));
    text_ += ": " + Printable(finding.message) + " ";
    Style(kDim, "[" + std::string(finding.rule->id) + " " + std::string(finding.rule->name) + "]");
    text_ += '\n';
    if (suppressed_because != nullptr) text_ += "  suppressed: " + Printable(*suppressed_because) + "\n";
    if (finding.source) Excerpt(finding);
    for (const RelatedPlace& related : finding.related) {
      text_ += "  ";
      Place(related.source, related.range);
      text_ += Printable(related.label) + "\n";
    }
    if (finding.example) text_ += "  for example: " + Printable(*finding.example) + "\n";
    for (const Fix& fix : finding.fixes) {
      text_ +=
          std::string("  ") + (fix.safe ? "--fix" : "--unsafe-fixes") + ": " + Printable(fix.title) + "\n";
    }
    text_ += '\n';
  }

  std::string Take() { return std::move(text_); }

  void Append(const std::string& line) { text_ += line; }

 private:
  void Style(std::string_view style, std::string_view text) {
    if (output_.context.color) text_ += style;
    text_ += text;
    if (output_.context.color) text_ += kReset;
  }

  // `file:line:column: `, or nothing.
  void Place(const std::shared_ptr<const Source>& source, SourceRange range) {
    if (!source) return;
    const SourcePosition place = source->Locate(range.begin);
    Style(kBold, Printable(place.file) + ":" + std::to_string(place.line) + ":" +
                     std::to_string(place.column) + ":");
    text_ += ' ';
  }

  // The line with carets below what is meant. A line that is wider than the terminal is cut around it.
  void Excerpt(const Finding& finding) {
    const SourcePosition from = finding.source->Locate(finding.range.begin);
    const SourcePosition to = finding.source->Locate(finding.range.end);
    const std::string number = std::to_string(from.line);
    // A character of the source is one column here too: what would not be is replaced.
    const std::vector<std::string> line = Characters(finding.source->LineAt(finding.range.begin));
    const size_t begin = std::min<size_t>(from.column - 1, line.size());
    const size_t end =
        std::clamp<size_t>(to.line == from.line ? to.column - 1 : line.size(), begin, line.size());
    const size_t margin = number.size() + 5;
    size_t first = 0;
    size_t last = line.size();
    if (output_.width > margin + 20 && line.size() > output_.width - margin) {
      const size_t room = output_.width - margin;
      // The beginning of what is meant stands in the first third.
      first = begin > room / 3 ? begin - room / 3 : 0;
      last = std::min(line.size(), first + room);
      first = last - std::min(last, room);
    }
    std::string shown;
    for (size_t i = first; i < last; ++i) {
      const bool is_cut = (i == first && first > 0) || (i + 1 == last && last < line.size());
      shown += is_cut ? "\u2026" : line[i];
    }
    const std::string blank(number.size() + 2, ' ');
    Style(kDim, "  " + number + " | ");
    text_ += shown + "\n";
    Style(kDim, blank + " | ");
    const size_t carets = std::max<size_t>(1, std::min(end, last) - std::min(begin, last));
    text_ += std::string(begin - std::min(begin, first), ' ');
    Style(ColorOf(finding.severity), std::string(carets, '^'));
    text_ += '\n';
  }

  static std::vector<std::string> Characters(std::string_view line) {
    std::vector<std::string> characters;
    while (!line.empty()) {
      const size_t length = std::max<size_t>(1, Utf8CharLength(line));
      std::string character(line.substr(0, length));
      // Tabs and what Printable would escape take one column, so that the carets stay below.
      if (character == "\t" || character == "\r") {
        character = " ";
      } else if (Printable(character) != character) {
        character = "\u00b7";
      }
      characters.push_back(std::move(character));
      line.remove_prefix(length);
    }
    return characters;
  }

  const LintOutput& output_;
  std::string text_;
};

}  // namespace

std::string LintText(const LintReport& report, const LintOutput& output) {
  Printer printer(output);
  std::array<size_t, 3> counts{};
  size_t safe = 0;
  size_t unsafe = 0;
  for (const Finding& finding : report.findings) {
    printer.Print(finding, nullptr);
    ++counts[static_cast<size_t>(finding.severity)];
    if (!finding.fixes.empty()) ++(finding.fixes.front().safe ? safe : unsafe);
  }
  if (output.show_suppressed) {
    for (const SuppressedFinding& suppressed : report.suppressed)
      printer.Print(suppressed.finding, &suppressed.reason);
  }
  std::string summary = Counted(counts[static_cast<size_t>(Severity::kError)], "error") + ", " +
                        Counted(counts[static_cast<size_t>(Severity::kWarning)], "warning") + ", " +
                        std::to_string(counts[static_cast<size_t>(Severity::kInfo)]) + " info in " +
                        Counted(report.files.size(), "file");
  if (!report.suppressed.empty()) summary += "; " + std::to_string(report.suppressed.size()) + " suppressed";
  summary += "\n";
  if (safe + unsafe > 0) {
    summary += std::to_string(safe) + " can be mended with --fix, " + std::to_string(unsafe) +
               " more with --unsafe-fixes\n";
  }
  printer.Append(summary);
  return printer.Take();
}

std::string LintStatistics(const LintReport& report) {
  std::map<const RuleInfo*, size_t> counts;
  for (const Finding& finding : report.findings) ++counts[finding.rule];
  std::vector<std::pair<const RuleInfo*, size_t>> rows(counts.begin(), counts.end());
  std::sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first->id < b.first->id;
  });
  std::string text;
  for (const auto& [rule, count] : rows) {
    const std::string number = std::to_string(count);
    text += std::string(6 - std::min<size_t>(6, number.size()), ' ') + number + "  " + std::string(rule->id) +
            " " + std::string(rule->name) + "\n";
  }
  return text;
}

std::string RulePage(const RuleInfo& rule) {
  std::string text = "# " + std::string(rule.id) + " " + std::string(rule.name) + "\n\n";
  text += std::string(SeverityName(rule.severity)) + (rule.enabled ? "" : ", off unless selected") + "; " +
          std::string(RuleCategoryName(rule.category)) + ", sees a " +
          std::string(RuleScopeName(rule.scope)) + ", " + std::string(ConfidenceName(rule.confidence)) +
          (rule.fix == FixKind::kNone ? "" : ", " + std::string(FixKindName(rule.fix)) + " fix") +
          (rule.preview ? ", preview" : "") + ", since " + std::string(rule.since) + "\n\n";
  return text + std::string(rule.page);
}

std::string RulesMarkdown() {
  std::string text =
      "| rule | name | category | severity | fix | what it finds |\n|---|---|---|---|---|---|\n";
  for (const RuleInfo& rule : AllRules()) {
    std::string summary(rule.summary);
    for (size_t at = 0; (at = summary.find('|', at)) != std::string::npos; at += 2) summary.insert(at, "\\");
    text += "| " + std::string(rule.id) + " | " + std::string(rule.name) + " | " +
            std::string(RuleCategoryName(rule.category)) + " | " + std::string(SeverityName(rule.severity)) +
            (rule.enabled && !rule.preview ? "" : " (off)") + " | " + std::string(FixKindName(rule.fix)) +
            " | " + summary + " |\n";
  }
  return text;
}

}  // namespace scpcheck

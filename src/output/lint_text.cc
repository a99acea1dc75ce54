#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "base/display_width.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "output/lint.h"
#include "output/lint_places.h"

namespace scpcheck {

namespace {

constexpr std::string_view kPlain;
constexpr std::string_view kBold = "\x1b[1m";
constexpr std::string_view kDim = "\x1b[2m";
constexpr std::string_view kGreen = "\x1b[32m";
constexpr std::string_view kReset = "\x1b[0m";

// A line of the source is shown up to this width where there is no terminal: in logs and files.
constexpr size_t kWidthOfLogs = 160;
// On a narrower terminal nothing is broken into lines or cut.
constexpr size_t kLeastWidth = 40;

std::string_view ColorOf(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "\x1b[31m";
    case Severity::kWarning:
      return "\x1b[33m";
    case Severity::kInfo:
      return "\x1b[36m";
  }
  return kPlain;
}

std::string Counted(size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

size_t WidthOf(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const size_t length = std::max<size_t>(1, Utf8CharLength(text));
    width += DisplayWidth(text.substr(0, length));
    text.remove_prefix(length);
  }
  return width;
}

// Text in several styles.
struct Span {
  std::string_view style;
  std::string text;
};

// A line of the source as columns of a terminal.
class ColumnLine {
 public:
  // The line must outlive it.
  explicit ColumnLine(std::string_view line) {
    characters_.reserve(line.size());
    columns_.reserve(line.size() + 1);
    while (!line.empty()) {
      const size_t length = std::max<size_t>(1, Utf8CharLength(line));
      std::string_view character = line.substr(0, length);
      const bool is_plain = character[0] >= ' ' && character[0] <= '~';
      // Tabs and what Printable would escape take one column, so that the carets stay below.
      if (character == "\t" || character == "\r") {
        character = " ";
      } else if (!is_plain && Printable(character) != character) {
        character = "\u00b7";
      }
      columns_.push_back(columns_.back() + (is_plain ? 1 : DisplayWidth(character)));
      characters_.push_back(character);
      line.remove_prefix(length);
    }
  }

  size_t size() const { return characters_.size(); }
  // The column at which a character stands, from 0; that of size() is the width of all.
  size_t ColumnOf(size_t character) const { return columns_[character]; }
  // The first character at that column or behind it.
  size_t CharacterAt(size_t column) const {
    return static_cast<size_t>(std::lower_bound(columns_.begin(), columns_.end(), column) - columns_.begin());
  }

  // The characters from `first` to before `last`; what is left out at an end is told by an ellipsis.
  std::string Shown(size_t first, size_t last) const {
    std::string shown;
    for (size_t i = first; i < last; ++i) {
      const bool is_cut = (i == first && first > 0) || (i + 1 == last && last < size());
      const size_t width = ColumnOf(i + 1) - ColumnOf(i);
      shown += !is_cut ? characters_[i] : width == 0 ? "" : width == 1 ? "\u2026" : "\u2026 ";
    }
    return shown.substr(0, shown.find_last_not_of(' ') + 1);
  }

 private:
  std::vector<std::string_view> characters_;
  std::vector<size_t> columns_ = {0};
};

// More of a line than any terminal shows, in bytes.
constexpr size_t kMaxLine = 4096;

// A long line's part around a character, which `at`, its place, is moved to: the whole of it may be
// megabytes, with thousands of findings.
std::string_view PartAround(std::string_view line, size_t& at) {
  if (line.size() <= kMaxLine) return line;
  size_t byte = 0;
  for (size_t left = at + 1; byte < line.size(); ++byte) {
    if (!IsUtf8Continuation(line[byte]) && --left == 0) break;
  }
  size_t begin = byte - std::min(byte, kMaxLine / 2);
  while (begin > 0 && IsUtf8Continuation(line[begin])) --begin;
  at = CountCodePoints(line.substr(begin, byte - begin));
  return line.substr(begin, kMaxLine);
}

class Printer {
 public:
  explicit Printer(const LintOutput& output) : output_(output) {}

  void Print(const Finding& finding, const std::string* suppressed_because) {
    std::vector<Span> head;
    AddPlace(finding.source, finding.range, head);
    head.push_back({ColorOf(finding.severity), std::string(SeverityName(finding.severity)) + ":"});
    head.push_back({kPlain, Printable(finding.message)});
    head.push_back({kDim, "[" + std::string(finding.rule->id) + " " + std::string(finding.rule->name) + "]"});
    Paragraph(head);
    if (suppressed_because != nullptr) {
      Paragraph({{kDim, "  suppressed:"}, {kPlain, Printable(ReasonText(*suppressed_because))}});
    }
    if (finding.source) Excerpt(finding);
    for (const RelatedPlace& related : finding.related) {
      std::vector<Span> line = {{kDim, "  see"}};
      AddPlace(related.source, related.range, line);
      line.push_back({kPlain, Printable(related.label)});
      Paragraph(line);
    }
    // In one piece, to be copied.
    if (finding.example) text_ += "  for example: " + Printable(*finding.example) + "\n";
    for (const Fix& fix : finding.fixes) {
      if (suppressed_because != nullptr) break;  // nobody makes it
      Paragraph({{kGreen, fix.safe ? "  fix:" : "  unsafe fix:"}, {kPlain, Printable(fix.title)}});
    }
    text_ += '\n';
  }

  std::string Take() { return std::move(text_); }

  void Append(const std::string& line) { text_ += line; }

 private:
  void Style(std::string_view style, std::string_view text) {
    const bool has_style = output_.context.color && !style.empty() && !text.empty();
    if (has_style) text_ += style;
    text_ += text;
    if (has_style) text_ += kReset;
  }

  // `file:line:column:`, or nothing.
  static void AddPlace(const std::shared_ptr<const Source>& source, SourceRange range,
                       std::vector<Span>& line) {
    if (!source) return;
    const SourcePosition place = source->Locate(range.begin);
    line.push_back({kBold, Printable(place.file) + ":" + std::to_string(place.line) + ":" +
                               std::to_string(place.column) + ":"});
  }

  // The spans with a space between them, on a terminal in lines of its width.
  void Paragraph(const std::vector<Span>& spans) {
    constexpr std::string_view kIndent = "    ";
    size_t column = 0;
    for (const Span& span : spans) {
      if (output_.width < kLeastWidth) {
        if (column > 0) text_ += ' ';
        Style(span.style, span.text);
        column = 1;
        continue;
      }
      // A run of words in one line and style at a time.
      std::string run;
      std::string_view rest = span.text;
      bool is_first = true;
      while (is_first || !rest.empty()) {
        // Blanks at the front belong to the word.
        const size_t end = std::min(rest.find(' ', rest.find_first_not_of(' ')), rest.size());
        const std::string_view word = rest.substr(0, end);
        rest.remove_prefix(std::min(rest.size(), end + 1));
        const size_t width = WidthOf(word);
        if (column > 0 && column + 1 + width > output_.width) {
          Style(span.style, run);
          run.clear();
          text_ += '\n';
          text_ += kIndent;
          column = kIndent.size();
        } else if (column > 0) {
          (is_first ? text_ : run) += ' ';
          ++column;
        }
        run += word;
        column += width;
        is_first = false;
      }
      Style(span.style, run);
    }
    text_ += '\n';
  }

  // The line with carets below what is meant. A line that is wider than the terminal is cut around it.
  void Excerpt(const Finding& finding) {
    const SourcePosition from = finding.source->Locate(finding.range.begin);
    const SourcePosition to = finding.source->Locate(finding.range.end);
    const std::string number = std::to_string(from.line);
    size_t at = from.column - 1;
    const ColumnLine line(PartAround(finding.source->LineAt(finding.range.begin), at));
    const size_t begin = std::min(at, line.size());
    const size_t end =
        to.line == from.line ? std::min(at + (to.column - from.column), line.size()) : line.size();
    const size_t margin = number.size() + 5;
    const size_t columns = output_.width == 0 ? kWidthOfLogs : output_.width;
    size_t first = 0;
    size_t last = line.size();
    if (columns >= kLeastWidth && line.ColumnOf(last) > columns - margin) {
      const size_t room = columns - margin;
      const size_t start = line.ColumnOf(begin);
      // The beginning of what is meant stands in the first third.
      first = line.CharacterAt(start - std::min(start, room / 3));
      if (line.ColumnOf(last) > line.ColumnOf(first) + room) {
        last = line.CharacterAt(line.ColumnOf(first) + room + 1) - 1;
      } else {
        first = line.CharacterAt(line.ColumnOf(last) - room);
      }
    }
    const std::string blank(number.size() + 2, ' ');
    const std::string shown = line.Shown(first, last);
    Style(kDim, "  " + number + (shown.empty() ? " |" : " | "));
    text_ += shown + "\n";
    Style(kDim, blank + " | ");
    const size_t from_column = line.ColumnOf(std::min(begin, last));
    text_ += std::string(from_column - line.ColumnOf(first), ' ');
    const size_t carets = line.ColumnOf(std::clamp(end, begin, std::max(begin, last))) - line.ColumnOf(begin);
    Style(ColorOf(finding.severity), std::string(std::max<size_t>(1, carets), '^'));
    text_ += '\n';
  }

  const LintOutput& output_;
  std::string text_;
};

// How to have findings mended, if any can be.
std::string HowToFix(size_t safe, size_t unsafe) {
  if (safe + unsafe == 0) return "";
  if (unsafe == 0) return std::to_string(safe) + " can be mended with --fix\n";
  if (safe == 0) return std::to_string(unsafe) + " can be mended with --fix --unsafe-fixes\n";
  return std::to_string(safe) + " can be mended with --fix, " + std::to_string(unsafe) +
         " more with --fix --unsafe-fixes\n";
}

// The first line below the title of a page's text.
std::string Attributes(const RuleInfo& rule) {
  std::string text(SeverityName(rule.severity));
  if (!rule.enabled || rule.preview) text += ", off unless selected";
  text += "; " + std::string(RuleCategoryName(rule.category)) + ", sees a " +
          std::string(RuleScopeName(rule.scope)) + ", " + std::string(ConfidenceName(rule.confidence));
  if (rule.fix != FixKind::kNone) text += ", " + std::string(FixKindName(rule.fix)) + " fix";
  if (rule.preview) text += ", preview";
  return text + ", since " + std::string(rule.since);
}

}  // namespace

std::string LintText(const LintReport& report, const LintOutput& output) {
  Printer printer(output);
  std::array<size_t, 3> counts{};
  size_t safe = 0;
  size_t unsafe = 0;
  for (const Finding& finding : report.findings) {
    printer.Print(finding, nullptr);
    ++counts[static_cast<size_t>(finding.severity)];
    const bool has_safe =
        std::any_of(finding.fixes.begin(), finding.fixes.end(), [](const Fix& fix) { return fix.safe; });
    if (!finding.fixes.empty()) ++(has_safe ? safe : unsafe);
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
  printer.Append(summary + "\n" + HowToFix(safe, unsafe));
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

std::string RuleMarkdown(const RuleInfo& rule) {
  return "# " + std::string(rule.id) + " " + std::string(rule.name) + "\n\n" + Attributes(rule) + "\n\n" +
         std::string(rule.page);
}

std::string RuleText(const RuleInfo& rule, bool color) {
  std::string page = RuleMarkdown(rule);
  if (!color) return page;
  std::string text;
  for (std::string_view rest = page; !rest.empty();) {
    const size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    const std::string_view style = line.starts_with('#') ? kBold : line.starts_with("```") ? kDim : kPlain;
    text += style;
    text += line;
    if (!style.empty()) text += kReset;
    text += '\n';
    rest.remove_prefix(std::min(rest.size(), end + 1));
  }
  return text;
}

std::string RulesText() {
  size_t widest = 0;
  for (const RuleInfo& rule : AllRules()) widest = std::max(widest, rule.name.size());
  std::string text;
  for (const RuleInfo& rule : AllRules()) {
    std::string severity(rule.enabled && !rule.preview ? SeverityName(rule.severity) : "off");
    severity.resize(8, ' ');
    std::string name(rule.name);
    name.resize(widest + 1, ' ');
    text += std::string(rule.id) + " " + severity + name + std::string(rule.summary) + "\n";
  }
  return text;
}

std::string RulesMarkdown() {
  constexpr std::array kCategories = {
      RuleCategory::kSyntax, RuleCategory::kSchema,      RuleCategory::kReference,
      RuleCategory::kLogic,  RuleCategory::kRisk,        RuleCategory::kRedundancy,
      RuleCategory::kStyle,  RuleCategory::kPortability, RuleCategory::kQuota,
  };
  std::string text =
      "# Rules\n\n"
      "Made by `scpcheck explain --all --format markdown` from the pages in `rules/`. `scpcheck explain "
      "RULE` shows\n"
      "one. `off` rules run when they are selected; `preview` ones when they are selected by their own name. "
      "What is\n"
      "configured is in [linting.md](linting.md).\n";
  for (const RuleCategory category : kCategories) {
    std::string rows;
    for (const RuleInfo& rule : AllRules()) {
      if (rule.category != category) continue;
      std::string summary(rule.summary);
      for (size_t at = 0; (at = summary.find('|', at)) != std::string::npos; at += 2)
        summary.insert(at, "\\");
      const std::string id(rule.id);
      const std::string name(rule.name);
      rows += "| [" + id + "](../rules/" + id + "-" + name + ".md) | " + name + " | " +
              std::string(SeverityName(rule.severity)) +
              (rule.preview    ? ", preview"
               : !rule.enabled ? ", off"
                               : "") +
              " | " + (rule.fix == FixKind::kNone ? "" : std::string(FixKindName(rule.fix))) + " | " +
              summary + " |\n";
    }
    if (rows.empty()) continue;
    text += "\n## " + std::string(RuleCategoryName(category)) +
            "\n\n| rule | name | severity | fix | what it finds |\n|---|---|---|---|---|\n" + rows;
  }
  return text;
}

}  // namespace scpcheck

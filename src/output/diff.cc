#include "output/diff.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "base/printable.h"

namespace scpcheck {

namespace {

constexpr size_t kContext = 3;
// Beyond this many pairs of lines the middle is shown as replaced: a policy is far smaller.
constexpr size_t kMaxPairs = size_t{16} << 20;

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

struct Line {
  char mark;  // ' ', '-' or '+'
  std::string_view text;
};

// The shortest way from one text to the other, by the longest common subsequence of what differs.
std::vector<Line> Compare(const std::vector<std::string_view>& before,
                          const std::vector<std::string_view>& after) {
  size_t head = 0;
  while (head < before.size() && head < after.size() && before[head] == after[head]) ++head;
  size_t tail = 0;
  while (tail < before.size() - head && tail < after.size() - head &&
         before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
    ++tail;
  }
  const size_t rows = before.size() - head - tail;
  const size_t columns = after.size() - head - tail;
  std::vector<Line> lines;
  for (size_t i = 0; i < head; ++i) lines.push_back({' ', before[i]});
  size_t i = 0;
  size_t j = 0;
  if (rows * columns <= kMaxPairs) {
    // common[i][j]: lines in common from row i and column j on.
    const size_t width = columns + 1;
    std::vector<uint32_t> common((rows + 1) * width, 0);
    for (size_t row = rows; row-- > 0;) {
      for (size_t column = columns; column-- > 0;) {
        common[row * width + column] =
            before[head + row] == after[head + column]
                ? common[(row + 1) * width + column + 1] + 1
                : std::max(common[(row + 1) * width + column], common[row * width + column + 1]);
      }
    }
    while (i < rows && j < columns) {
      if (before[head + i] == after[head + j]) {
        lines.push_back({' ', before[head + i++]});
        ++j;
      } else if (common[(i + 1) * width + j] >= common[i * width + j + 1]) {
        lines.push_back({'-', before[head + i++]});
      } else {
        lines.push_back({'+', after[head + j++]});
      }
    }
  }
  while (i < rows) lines.push_back({'-', before[head + i++]});
  while (j < columns) lines.push_back({'+', after[head + j++]});
  for (size_t k = before.size() - tail; k < before.size(); ++k) lines.push_back({' ', before[k]});
  return lines;
}

}  // namespace

std::string UnifiedDiff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Line> lines = Compare(Lines(before), Lines(after));
  // A tab ends a name that has blanks in it; line breaks would end the line.
  const std::string shown = Printable(name) + (name.find(' ') == std::string_view::npos ? "" : "\t");
  std::string text = "--- " + shown + "\n+++ " + shown + "\n";
  size_t old_line = 1;
  size_t new_line = 1;
  for (size_t at = 0; at < lines.size();) {
    size_t change = at;
    while (change < lines.size() && lines[change].mark == ' ') ++change;
    if (change == lines.size()) break;
    // A hunk goes on while changes are no further apart than their contexts.
    const size_t begin = change - std::min(kContext, change - at);
    size_t end = change;
    for (size_t i = change; i < lines.size() && i <= end + 2 * kContext + 1; ++i) {
      if (lines[i].mark != ' ') end = i;
    }
    end = std::min(lines.size(), end + 1 + kContext);
    old_line += begin - at;
    new_line += begin - at;
    size_t old_count = 0;
    size_t new_count = 0;
    std::string hunk;
    for (size_t i = begin; i < end; ++i) {
      old_count += lines[i].mark != '+' ? 1 : 0;
      new_count += lines[i].mark != '-' ? 1 : 0;
      hunk += lines[i].mark;
      hunk += lines[i].text;
      if (!lines[i].text.ends_with('\n')) hunk += "\n\\ No newline at end of file\n";
    }
    // A side without lines is placed behind the line before it.
    text += "@@ -" + std::to_string(old_count == 0 ? old_line - 1 : old_line) + "," +
            std::to_string(old_count) + " +" + std::to_string(new_count == 0 ? new_line - 1 : new_line) +
            "," + std::to_string(new_count) + " @@\n" + hunk;
    old_line += old_count;
    new_line += new_count;
    at = end;
  }
  return text;
}

std::string ColoredDiff(std::string_view diff) {
  std::string text;
  while (!diff.empty()) {
    const size_t end = std::min(diff.find('\n'), diff.size());
    const std::string_view line = diff.substr(0, end);
    const std::string_view style = line.starts_with("--- ") || line.starts_with("+++ ") ? "\x1b[1m"
                                   : line.starts_with("@@")                             ? "\x1b[36m"
                                   : line.starts_with('-')                              ? "\x1b[31m"
                                   : line.starts_with('+')                              ? "\x1b[32m"
                                                                                        : "";
    text += style;
    text += line;
    if (!style.empty()) text += "\x1b[0m";
    text += '\n';
    diff.remove_prefix(std::min(diff.size(), end + 1));
  }
  return text;
}

}  // namespace scpcheck

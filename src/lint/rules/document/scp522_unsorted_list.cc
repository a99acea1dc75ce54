#include <algorithm>
#include <numeric>
#include <string>

#include "base/ascii.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

using json::Value;

// Without regard to case, and then by it, so that one order is right.
bool IsBefore(Value a, Value b) {
  const std::string lower_a = AsciiLower(a.text());
  const std::string lower_b = AsciiLower(b.text());
  return lower_a != lower_b ? lower_a < lower_b : a.text() < b.text();
}

void CheckList(std::string_view name, Value list, Reporter& report) {
  if (!list.is_array() || list.size() < 2) return;
  std::vector<Value> elements;
  for (const Value element : list.elements()) {
    if (!element.is_string()) return;
    elements.push_back(element);
  }
  std::vector<size_t> order(elements.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return IsBefore(elements[a], elements[b]); });
  const std::string_view text = list.tree().source()->text();
  std::vector<TextEdit> edits;
  for (size_t i = 0; i < order.size(); ++i) {
    if (order[i] == i) continue;
    const SourceRange written = elements[order[i]].range();
    edits.push_back(
        {elements[i].range(), std::string(text.substr(written.begin, written.end - written.begin))});
  }
  if (edits.empty()) return;
  // The first that stands behind one it should stand before.
  size_t late = 1;
  while (!IsBefore(elements[late], elements[late - 1])) ++late;
  report
      .Add(elements[late].range(), "`" + std::string(elements[late].text()) + "` stands behind `" +
                                       std::string(elements[late - 1].text()) + "`: `" + std::string(name) +
                                       "` is not in the order of the alphabet; sort it")
      // Neither lists of patterns nor lists of values have an order.
      .SafeFix("sort `" + std::string(name) + "`", std::move(edits));
}

}  // namespace

void CheckUnsortedList(const PolicyView& view, Reporter& report) {
  for (const StatementView& statement : view.statements()) {
    for (const json::Member member : statement.object().members()) {
      const std::string_view name = member.key.text();
      if (name == "Action" || name == "NotAction" || name == "Resource" || name == "NotResource") {
        CheckList(name, member.value, report);
      }
      if (name != "Condition" || !member.value.is_object()) continue;
      for (const json::Member block : member.value.members()) {
        if (!block.value.is_object()) continue;
        for (const json::Member clause : block.value.members()) {
          CheckList(clause.key.text(), clause.value, report);
        }
      }
    }
  }
}

}  // namespace scpcheck

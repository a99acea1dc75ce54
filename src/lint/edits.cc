#include "lint/edits.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/check.h"

namespace scpcheck {

namespace {

// The places of what a container holds: elements, or members with their keys.
std::vector<SourceRange> ItemsOf(json::Value container) {
  std::vector<SourceRange> items;
  if (container.is_array()) {
    for (const json::Value element : container.elements()) items.push_back(element.range());
  } else {
    for (const json::Member member : container.members()) {
      items.push_back({member.key.range().begin, member.value.range().end});
    }
  }
  return items;
}

// Where the white space before `at` begins.
uint32_t BlankStart(std::string_view text, uint32_t at) {
  while (at > 0 && IsAsciiBlank(text[at - 1])) --at;
  return at;
}

// The removal of the items `first` to `last` of a container, with the commas that separated them.
TextEdit RemoveItems(json::Value container, const std::vector<SourceRange>& items, size_t first,
                     size_t last) {
  if (last + 1 < items.size()) {
    // With all that separates them from the next one, whose own place they take.
    return {{items[first].begin, items[last + 1].begin}, ""};
  }
  if (first > 0) {
    // From behind the item before: its comma goes too.
    return {{items[first - 1].end, items[last].end}, ""};
  }
  // All: nothing but the brackets stays.
  return {{container.range().begin + 1, container.range().end - 1}, ""};
}

std::vector<TextEdit> RemoveAt(json::Value container, const std::vector<size_t>& which) {
  const std::vector<SourceRange> items = ItemsOf(container);
  std::vector<TextEdit> edits;
  for (size_t i = 0; i < which.size();) {
    size_t j = i;
    while (j + 1 < which.size() && which[j + 1] == which[j] + 1) ++j;
    edits.push_back(RemoveItems(container, items, which[i], which[j]));
    i = j + 1;
  }
  return edits;
}

// What stands between an item and the one behind it, and so should stand before a new one.
std::string Separator(json::Value container, const std::vector<SourceRange>& items) {
  const std::string_view text = container.tree().source()->text();
  if (items.size() > 1) {
    const SourceRange between{items[items.size() - 2].end, items.back().begin};
    return std::string(text.substr(between.begin, between.end - between.begin));
  }
  const uint32_t start = BlankStart(text, items.back().begin);
  const std::string_view before = text.substr(start, items.back().begin - start);
  return "," + (before.find('\n') == std::string_view::npos ? " " : std::string(before));
}

std::vector<TextEdit> AppendItem(json::Value container, std::string_view json) {
  const std::vector<SourceRange> items = ItemsOf(container);
  if (items.empty()) {
    return {{{container.range().begin + 1, container.range().end - 1}, std::string(json)}};
  }
  const uint32_t end = items.back().end;
  return {{{end, end}, Separator(container, items) + std::string(json)}};
}

}  // namespace

std::string JsonQuoted(std::string_view text) {
  return json::QuotedText(text);
}

std::vector<TextEdit> ReplaceString(json::Value string, std::string_view text) {
  return {{string.range(), JsonQuoted(text)}};
}

std::vector<TextEdit> RemoveElement(json::Value array, json::Value element) {
  return RemoveElements(array, {element});
}

std::vector<TextEdit> RemoveElements(json::Value array, const std::vector<json::Value>& elements) {
  SCPCHECK_CHECK(array.is_array() && elements.size() < array.size());
  std::vector<size_t> which;
  size_t index = 0;
  for (const json::Value element : array.elements()) {
    for (const json::Value removed : elements) {
      if (removed.index() == element.index()) which.push_back(index);
    }
    ++index;
  }
  return RemoveAt(array, which);
}

std::vector<TextEdit> RemoveMember(json::Value object, json::Member member) {
  size_t index = 0;
  for (const json::Member other : object.members()) {
    if (other.key.index() == member.key.index()) return RemoveAt(object, {index});
    ++index;
  }
  SCPCHECK_CHECK(false && "a member of another object");
  return {};
}

std::vector<TextEdit> AppendValue(json::Value list, std::string_view json) {
  if (list.is_array()) return AppendItem(list, json);
  const std::string_view text = list.tree().source()->text();
  const SourceRange range = list.range();
  return {{range, "[" + std::string(text.substr(range.begin, range.end - range.begin)) + ", " +
                      std::string(json) + "]"}};
}

std::vector<TextEdit> AppendMember(json::Value object, std::string_view json) {
  return AppendItem(object, json);
}

std::vector<TextEdit> PrependMember(json::Value object, std::string_view json) {
  const std::vector<SourceRange> items = ItemsOf(object);
  SCPCHECK_CHECK(!items.empty());
  const std::string_view text = object.tree().source()->text();
  const uint32_t begin = items[0].begin;
  const uint32_t start = BlankStart(text, begin);
  const std::string_view before = text.substr(start, begin - start);
  // On its own line, if the first one has one.
  const bool has_line = before.find('\n') != std::string_view::npos;
  return {{{begin, begin}, std::string(json) + "," + (has_line ? std::string(before) : " ")}};
}

std::string ApplyEdits(std::string_view text, std::vector<TextEdit> edits) {
  std::sort(edits.begin(), edits.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.range.begin < b.range.begin; });
  std::string result;
  uint32_t at = 0;
  for (const TextEdit& edit : edits) {
    SCPCHECK_CHECK(edit.range.begin >= at && edit.range.end >= edit.range.begin &&
                   edit.range.end <= text.size());
    result += text.substr(at, edit.range.begin - at);
    result += edit.text;
    at = edit.range.end;
  }
  result += text.substr(at);
  return result;
}

}  // namespace scpcheck

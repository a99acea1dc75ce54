#include "lint/normal_form.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace scpcheck {

namespace {

// Separators that no text of a policy holds as such: they are escaped there.
constexpr char kItem = '\n';
constexpr char kPart = '\x1f';

void AppendEscaped(std::string_view text, std::string& out) {
  const auto is_special = [](char c) { return c == kItem || c == kPart || c == '\\'; };
  if (std::none_of(text.begin(), text.end(), is_special)) {
    out += text;
    return;
  }
  for (const char c : text) {
    if (is_special(c)) out += '\\';
    out += c;
  }
}

std::string Joined(std::vector<std::string> items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
  std::string joined;
  for (const std::string& item : items) {
    AppendEscaped(item, joined);
    joined += kItem;
  }
  return joined;
}

}  // namespace

std::string NormalForm(const Statement& statement) {
  std::string form = statement.effect == Effect::kAllow ? "Allow" : "Deny";
  form += kPart;
  std::vector<std::string> actions;
  for (const LocatedText& action : statement.actions) actions.push_back(AsciiLower(action.text));
  form += (statement.not_action ? "NotAction" : "Action") + (kPart + Joined(std::move(actions)));
  std::vector<std::string> resources;
  for (const LocatedText& resource : statement.resources) resources.push_back(resource.text);
  form += (statement.not_resource ? "NotResource" : "Resource") + (kPart + Joined(std::move(resources)));
  std::vector<std::string> clauses;
  for (const ConditionClause& clause : statement.conditions) {
    const std::string documented = DocumentedOperatorName(clause.operator_text.text);
    std::string text = documented.empty() ? AsciiLower(clause.operator_text.text) : documented;
    text += kPart;
    text += AsciiLower(clause.key.text);
    text += kPart;
    std::vector<std::string> values;
    for (const ConditionValue& value : clause.values) values.push_back(value.text);
    text += Joined(std::move(values));
    clauses.push_back(std::move(text));
  }
  return form + Joined(std::move(clauses));
}

}  // namespace scpcheck

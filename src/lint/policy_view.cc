#include "lint/policy_view.h"

#include <algorithm>
#include <functional>

#include "base/ascii.h"
#include "base/check.h"
#include "base/glob.h"
#include "policy/load.h"

namespace scpcheck {

namespace {

ActionPattern MakePattern(const LocatedText& written, const Catalogue& catalogue) {
  ActionPattern pattern;
  pattern.written = &written;
  pattern.lower = AsciiLower(written.text);
  const std::string_view lower = pattern.lower;
  if (lower == "*" || lower == "*:*") {
    pattern.is_everything = true;
    pattern.is_well_formed = true;
    for (const ActionId action : catalogue.Actions()) pattern.actions.push_back(action);
    return pattern;
  }
  const size_t colon = lower.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == lower.size() ||
      lower.find(':', colon + 1) != std::string_view::npos ||
      lower.find_first_of(" \t\r\n") != std::string_view::npos) {
    return pattern;
  }
  pattern.is_well_formed = true;
  pattern.is_literal = !HasWildcard(lower);
  pattern.colon = colon;
  if (pattern.is_literal) {
    if (const std::optional<ActionId> action = catalogue.FindAction(lower))
      pattern.actions.push_back(*action);
    return pattern;
  }
  for (const ActionId action : catalogue.ActionsWithPrefix(GlobLiteralPrefix(lower))) {
    if (GlobMatch(lower, catalogue.LowerActionName(action))) pattern.actions.push_back(action);
  }
  return pattern;
}

}  // namespace

StatementView::StatementView(const PolicyView& policy, const Statement& statement, json::Value object,
                             uint32_t index)
    : policy_(&policy), statement_(&statement), object_(object), index_(index) {
  const Catalogue& catalogue = policy.catalogue();
  std::vector<ActionId> listed;
  patterns_.reserve(statement.actions.size());
  for (const LocatedText& action : statement.actions) {
    const ActionPattern& pattern = patterns_.emplace_back(MakePattern(action, catalogue));
    listed.insert(listed.end(), pattern.actions.begin(), pattern.actions.end());
  }
  // Each pattern lists them in order, and most lists of patterns are in order, too.
  if (!std::is_sorted(listed.begin(), listed.end(), std::less_equal<>())) {
    std::sort(listed.begin(), listed.end());
    listed.erase(std::unique(listed.begin(), listed.end()), listed.end());
  }
  if (!statement.not_action) {
    actions_ = std::move(listed);
    return;
  }
  auto next_listed = listed.begin();
  for (const ActionId action : catalogue.Actions()) {
    if (next_listed != listed.end() && *next_listed == action) {
      ++next_listed;
    } else {
      actions_.push_back(action);
    }
  }
}

std::optional<json::Member> StatementView::Element(std::string_view name) const {
  for (const json::Member member : object_.members()) {
    if (member.key.text() == name) return member;
  }
  return std::nullopt;
}

json::Value StatementView::ValuesOf(const ConditionClause& clause) const {
  // A faulty document may have several conditions, and the loader reads them all.
  for (const json::Member condition : object_.members()) {
    if (condition.key.text() != "Condition" || !condition.value.is_object()) continue;
    for (const json::Member block : condition.value.members()) {
      if (block.key.range() != clause.operator_text.range || !block.value.is_object()) continue;
      for (const json::Member member : block.value.members()) {
        if (member.key.range() == clause.key.range) return member.value;
      }
    }
  }
  SCPCHECK_CHECK(false && "a clause of another statement");
  return object_;
}

PolicyView::PolicyView(json::Value document, const Diagnostics& syntax, const Catalogue& catalogue,
                       const LintSettings& settings)
    : document_(document), policy_(LoadPolicy(document)), catalogue_(&catalogue), settings_(&settings) {
  diagnostics_.Append(syntax);
  diagnostics_.Append(policy_.diagnostics);
  // The loader makes a statement of each object in `Statement`, in order.
  const auto add = [&](json::Value object, uint32_t index) {
    statements_.emplace_back(*this, policy_.statements[statements_.size()], object, index);
  };
  if (!document.is_object()) return;
  statements_.reserve(policy_.statements.size());
  for (const json::Member member : document.members()) {
    if (member.key.text() != "Statement") continue;
    if (member.value.is_object()) {
      add(member.value, 0);
    } else if (member.value.is_array()) {
      uint32_t index = 0;
      for (const json::Value element : member.value.elements()) {
        if (element.is_object()) add(element, index);
        ++index;
      }
    }
  }
}

const StatementView* PolicyView::StatementAt(SourceRange range) const {
  // They stand in order: it is the last one that begins before the place, or none.
  const auto behind = std::upper_bound(
      statements_.begin(), statements_.end(), range.begin,
      [](uint32_t at, const StatementView& statement) { return at < statement.object().range().begin; });
  if (behind == statements_.begin()) return nullptr;
  const StatementView& statement = *(behind - 1);
  return range.end <= statement.object().range().end ? &statement : nullptr;
}

std::string PointerTo(json::Value root, SourceRange range) {
  const auto holds = [range](json::Value value) {
    return value.range().begin <= range.begin && range.end <= value.range().end;
  };
  std::string pointer;
  json::Value at = root;
  for (bool found = true; found;) {
    found = false;
    if (at.is_object()) {
      for (const json::Member member : at.members()) {
        const bool is_key = holds(member.key);
        if (!is_key && !holds(member.value)) continue;
        pointer += '/';
        for (const char c : member.key.text()) {
          if (c == '~') {
            pointer += "~0";
          } else if (c == '/') {
            pointer += "~1";
          } else {
            pointer += c;
          }
        }
        if (is_key) return pointer;
        at = member.value;
        found = true;
        break;
      }
    } else if (at.is_array()) {
      uint32_t index = 0;
      for (const json::Value element : at.elements()) {
        if (holds(element)) {
          pointer += '/' + std::to_string(index);
          at = element;
          found = true;
          break;
        }
        ++index;
      }
    }
  }
  return pointer;
}

}  // namespace scpcheck

#include "lint/policy_view.h"

#include <algorithm>
#include <functional>

#include "base/ascii.h"
#include "base/bits.h"
#include "base/check.h"
#include "base/glob.h"
#include "lint/normal_form.h"
#include "lint/proof.h"
#include "lint/template_token.h"
#include "policy/load.h"

namespace scpcheck {

namespace {

// Appends the actions from `first` up to but not including `last`: they may be all of the catalogue.
void Append(uint32_t first, uint32_t last, std::vector<ActionId>& actions) {
  const size_t size = actions.size();
  actions.resize(size + (last - first));
  for (uint32_t i = first; i < last; ++i) actions[size + (i - first)] = ActionId{i};
}

ActionPattern MakePattern(const LocatedText& written, const Catalogue& catalogue,
                          const LintSettings& settings) {
  ActionPattern pattern;
  pattern.written = &written;
  pattern.lower = AsciiLower(written.text);
  pattern.holds_token = HoldsTemplateToken(written.text, settings);
  const std::string_view lower = pattern.lower;
  if (lower == "*" || lower == "*:*") {
    pattern.is_everything = true;
    pattern.is_well_formed = true;
    Append(0, static_cast<uint32_t>(catalogue.action_count()), pattern.actions);
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
  const size_t prefix = FindWildcard(lower);
  for (const ActionId action : catalogue.ActionsWithPrefix(lower.substr(0, prefix))) {
    if (GlobMatch(lower.substr(prefix), catalogue.LowerActionName(action).substr(prefix))) {
      pattern.actions.push_back(action);
    }
  }
  return pattern;
}

// Sorts them, each once: they may be most of the catalogue's.
std::vector<ActionId> Sorted(const std::vector<ActionId>& actions, size_t catalogue_size) {
  constexpr uint32_t kBits = 64;
  std::vector<uint64_t> words(catalogue_size / kBits + 1);
  for (const ActionId action : actions) {
    const auto index = static_cast<uint32_t>(action);
    words[index / kBits] |= uint64_t{1} << index % kBits;
  }
  std::vector<ActionId> sorted;
  sorted.reserve(actions.size());
  for (uint32_t i = 0; i < words.size(); ++i) {
    ForEachBit(words[i], [&](uint32_t bit) { sorted.push_back(ActionId{i * kBits + bit}); });
  }
  return sorted;
}

}  // namespace

StatementView::StatementView(const PolicyView& policy, const Statement& statement, json::Value object,
                             uint32_t index)
    : policy_(&policy), statement_(&statement), object_(object), index_(index) {
  const Catalogue& catalogue = policy.catalogue();
  std::vector<ActionId> listed;
  patterns_.reserve(statement.actions.size());
  for (const LocatedText& action : statement.actions) {
    const ActionPattern& pattern = patterns_.emplace_back(MakePattern(action, catalogue, policy.settings()));
    listed.insert(listed.end(), pattern.actions.begin(), pattern.actions.end());
  }
  // Each pattern lists them in order, and most lists of patterns are in order, too.
  if (patterns_.size() > 1 && !std::is_sorted(listed.begin(), listed.end(), std::less_equal<>())) {
    listed = Sorted(listed, catalogue.action_count());
  }
  if (statement.not_action) {
    const auto count = static_cast<uint32_t>(catalogue.action_count());
    actions_.reserve(count - listed.size());
    uint32_t next = 0;
    for (const ActionId action : listed) {
      Append(next, static_cast<uint32_t>(action), actions_);
      next = static_cast<uint32_t>(action) + 1;
    }
    Append(next, count, actions_);
  } else {
    actions_ = std::move(listed);
  }
  requests_ = std::make_shared<const RequestSet>(*this);
  normal_form_ = NormalForm(statement);
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
  // They must not move: their request sets point to them.
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

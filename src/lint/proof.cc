#include "lint/proof.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

bool IsScalar(json::Value value) {
  return value.is_string() || value.is_number() || value.is_boolean();
}

bool IsShort(json::Value value) {
  return value.text().size() <= kMaxPolicyTextBytes;
}

bool AreTexts(json::Value value) {
  if (value.is_string()) return IsShort(value);
  if (!value.is_array()) return false;
  for (const json::Value element : value.elements()) {
    if (!element.is_string() || !IsShort(element)) return false;
  }
  return true;
}

bool IsCondition(json::Value value) {
  if (!value.is_object()) return false;
  for (const json::Member block : value.members()) {
    if (!block.value.is_object()) return false;
    for (const json::Member member : block.value.members()) {
      if (!IsShort(member.key)) return false;
      if (IsScalar(member.value)) {
        if (!IsShort(member.value)) return false;
        continue;
      }
      if (!member.value.is_array()) return false;
      for (const json::Value element : member.value.elements()) {
        if (!IsScalar(element) || !IsShort(element)) return false;
      }
    }
  }
  return true;
}

// Whether AWS can read the statement at all (G-02, G-04a to G-07, G-09, G-13).
bool IsReadable(json::Value object) {
  int sids = 0;
  int effects = 0;
  int actions = 0;
  int resources = 0;
  int conditions = 0;
  for (const json::Member member : object.members()) {
    const std::string_view name = member.key.text();
    bool is_good = false;
    if (name == "Sid") {
      is_good = ++sids == 1 && member.value.is_string();
    } else if (name == "Effect") {
      is_good = ++effects == 1 && member.value.is_string() &&
                (member.value.text() == "Allow" || member.value.text() == "Deny");
    } else if (name == "Action" || name == "NotAction") {
      is_good = ++actions == 1 && AreTexts(member.value);
    } else if (name == "Resource" || name == "NotResource") {
      is_good = ++resources == 1 && AreTexts(member.value);
    } else if (name == "Condition") {
      is_good = ++conditions == 1 && IsCondition(member.value);
    }
    if (!is_good) return false;
  }
  return effects == 1 && actions == 1 && resources == 1;
}

TextPattern Like(std::string_view text) {
  return {.code = Pattern::Like(text, false).code(), .variable = {}};
}

NamedActions::Entry Everything() {
  return {Like("*"), Like("*")};
}

// Nothing if the pattern matches no action (G-10).
std::optional<NamedActions::Entry> EntryOf(const ActionPattern& pattern) {
  if (pattern.is_everything) return Everything();
  const std::string_view written = pattern.written->text;
  // Actions are matched byte by byte, patterns compared character by character: for ASCII that is the same.
  const bool is_ascii = std::all_of(written.begin(), written.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!is_ascii || pattern.holds_token) {
    NamedActions::Entry anything = Everything();
    anything.service.exact = anything.name.exact = false;
    return anything;
  }
  if (!pattern.is_well_formed) return std::nullopt;
  return NamedActions::Entry{Like(pattern.service()), Like(pattern.name())};
}

// Most of two lists are.
bool AreOfOtherServices(const NamedActions::Entry& a, const NamedActions::Entry& b) {
  const char first = a.service.code.front();
  const char other = b.service.code.front();
  return first != other && !IsPatternByte(first) && !IsPatternByte(other);
}

bool IsInside(const NamedActions::Entry& inner, const NamedActions::Entry& outer, WorkLimit& work) {
  return !AreOfOtherServices(inner, outer) && IsInside(inner.service, outer.service, work) &&
         IsInside(inner.name, outer.name, work);
}

bool AreApart(const NamedActions::Entry& a, const NamedActions::Entry& b, WorkLimit& work) {
  return AreOfOtherServices(a, b) || AreApart(a.service, b.service, work) || AreApart(a.name, b.name, work);
}

// Whether each of `inner` is inside one of `outer`.
template <typename Entry>
bool EachInside(const std::vector<Entry>& inner, const std::vector<Entry>& outer, WorkLimit& work) {
  return std::all_of(inner.begin(), inner.end(), [&](const Entry& entry) {
    return std::any_of(outer.begin(), outer.end(),
                       [&](const Entry& other) { return IsInside(entry, other, work); });
  });
}

template <typename Entry>
bool IsApart(const Entry& entry, const std::vector<Entry>& others, WorkLimit& work) {
  return std::all_of(others.begin(), others.end(),
                     [&](const Entry& other) { return AreApart(entry, other, work); });
}

bool HasEverything(const NamedActions& set, WorkLimit& work) {
  static const std::vector<NamedActions::Entry> everything = {Everything()};
  return EachInside(everything, set.entries, work);
}

NamedResources ResourcesOf(const StatementView& view) {
  const Statement& statement = view.statement();
  NamedResources set;
  set.negated = statement.not_resource;
  for (const LocatedText& resource : statement.resources) {
    if (resource.text == "*") {
      set.has_star = set.may_have_star = true;
      continue;
    }
    std::optional<TextPattern> pattern =
        ResourcePattern(resource.text, view.policy().policy().has_variables, view.policy().settings());
    if (!pattern) continue;
    // A token that is all of the text.
    set.may_have_star |= !pattern->exact && pattern->code == Like("*").code;
    set.patterns.push_back(std::move(*pattern));
  }
  return set;
}

NamedActions ActionsOf(const StatementView& view) {
  NamedActions set;
  set.negated = view.statement().not_action;
  set.entries.reserve(view.patterns().size());
  for (size_t i = 0; i < view.patterns().size(); ++i) {
    std::optional<NamedActions::Entry> entry = EntryOf(view.patterns()[i]);
    if (!entry) continue;
    entry->place = i;
    set.entries.push_back(std::move(*entry));
  }
  return set;
}

}  // namespace

RequestSet::RequestSet(const StatementView& statement)
    : is_readable_(IsReadable(statement.object()) && !statement.statement().never_matches),
      view_(&statement) {
  if (!is_readable_) return;
  actions_ = std::make_shared<const NamedActions>(ActionsOf(statement));
  resources_ = std::make_shared<const NamedResources>(ResourcesOf(statement));
  const PolicyView& policy = statement.policy();
  for (const ConditionClause& clause : statement.statement().conditions) {
    clauses_.push_back(std::make_shared<const ClauseSet>(clause, policy.policy().has_variables,
                                                         policy.catalogue(), policy.settings()));
  }
}

RequestSet RequestSet::Everything() {
  RequestSet set;
  set.is_readable_ = true;
  set.actions_ = std::make_shared<const NamedActions>(NamedActions{.negated = true, .entries = {}});
  NamedResources resources;
  resources.negated = true;
  set.resources_ = std::make_shared<const NamedResources>(std::move(resources));
  return set;
}

RequestSet RequestSet::Without(const ConditionClause& clause) const {
  RequestSet set = *this;
  std::erase_if(set.clauses_, [&](const auto& own) { return &own->source() == &clause; });
  return set;
}

std::optional<RequestSet> RequestSet::WithOpposite(const ConditionClause& clause) const {
  for (const auto& own : clauses_) {
    if (&own->source() != &clause) continue;
    std::optional<ClauseSet> opposite = own->Opposite();
    if (!opposite) return std::nullopt;
    RequestSet set = Without(clause);
    set.clauses_.push_back(std::make_shared<const ClauseSet>(std::move(*opposite)));
    return set;
  }
  return std::nullopt;
}

RequestSet RequestSet::AsMeant() const {
  RequestSet set = *this;
  if (!is_readable_) return set;
  NamedResources resources = *resources_;
  for (TextPattern& pattern : resources.patterns) pattern = scpcheck::AsMeant(std::move(pattern));
  set.resources_ = std::make_shared<const NamedResources>(std::move(resources));
  for (auto& clause : set.clauses_) clause = std::make_shared<const ClauseSet>(clause->AsMeant());
  return set;
}

RequestSet RequestSet::WithListedActions() const {
  RequestSet set = *this;
  if (!is_readable_) return set;
  NamedActions actions = *actions_;
  actions.negated = false;
  set.actions_ = std::make_shared<const NamedActions>(std::move(actions));
  return set;
}

RequestSet RequestSet::WithListedResources() const {
  RequestSet set = *this;
  if (!is_readable_) return set;
  NamedResources resources = *resources_;
  resources.negated = false;
  set.resources_ = std::make_shared<const NamedResources>(std::move(resources));
  return set;
}

ClauseSet Prover::SetOf(const ConditionClause& clause) const {
  return {clause, policy_->policy().has_variables, policy_->catalogue(), policy_->settings()};
}

// --- Actions and resources

bool Prover::ActionsCover(const NamedActions& outer, const NamedActions& inner) {
  if (outer.negated) {
    if (inner.negated) return EachInside(outer.entries, inner.entries, work_);
    return std::all_of(inner.entries.begin(), inner.entries.end(), [&](const NamedActions::Entry& entry) {
      return IsApart(entry, outer.entries, work_);
    });
  }
  return inner.negated ? HasEverything(outer, work_) : EachInside(inner.entries, outer.entries, work_);
}

bool Prover::ActionsDisjoint(const NamedActions& a, const NamedActions& b) {
  if (a.negated && b.negated) return HasEverything(a, work_) || HasEverything(b, work_);
  if (a.negated) return EachInside(b.entries, a.entries, work_);
  if (b.negated) return EachInside(a.entries, b.entries, work_);
  return std::all_of(a.entries.begin(), a.entries.end(),
                     [&](const NamedActions::Entry& entry) { return IsApart(entry, b.entries, work_); });
}

bool Prover::ResourcesCover(const NamedResources& outer, const NamedResources& inner) {
  if (!outer.negated) {
    if (outer.has_star) return true;
    return !inner.negated && !inner.may_have_star && EachInside(inner.patterns, outer.patterns, work_);
  }
  if (inner.negated) {
    if (inner.has_star) return true;  // it matches nothing
    return !outer.may_have_star && EachInside(outer.patterns, inner.patterns, work_);
  }
  if (inner.may_have_star) return !outer.may_have_star && outer.patterns.empty();
  return !outer.may_have_star &&
         std::all_of(inner.patterns.begin(), inner.patterns.end(),
                     [&](const TextPattern& pattern) { return IsApart(pattern, outer.patterns, work_); });
}

bool Prover::ResourcesDisjoint(const NamedResources& a, const NamedResources& b) {
  if (a.negated && b.negated) return a.has_star || b.has_star;
  if (a.negated) return ResourcesDisjoint(b, a);
  if (b.negated) return b.has_star || (!a.may_have_star && EachInside(a.patterns, b.patterns, work_));
  const auto is_empty = [](const NamedResources& set) { return !set.may_have_star && set.patterns.empty(); };
  if (a.may_have_star || b.may_have_star) return is_empty(a) || is_empty(b);
  return std::all_of(a.patterns.begin(), a.patterns.end(),
                     [&](const TextPattern& pattern) { return IsApart(pattern, b.patterns, work_); });
}

// --- Conditions

namespace {

using Clauses = std::vector<const ClauseSet*>;

// The clauses of a set by their keys, in order of the first of each.
std::vector<Clauses> ByKey(const std::vector<std::shared_ptr<const ClauseSet>>& clauses) {
  std::vector<Clauses> groups;
  std::unordered_map<std::string_view, size_t> places;
  for (const auto& clause : clauses) {
    if (clause->key().is_opaque) continue;
    const auto [place, is_new] = places.emplace(clause->key().lower_name, groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(clause.get());
  }
  return groups;
}

// Keys that a request carries exactly if it came through a VPC endpoint, as `aws:SourceIp` if it did not
// (U-07).
constexpr std::array<std::string_view, 7> kEndpointKeys = {
    "aws:sourcevpc",   "aws:sourcevpce", "aws:vpcsourceip", "aws:sourcevpcarn",
    "aws:vpceaccount", "aws:vpceorgid",  "aws:vpceorgpaths"};

bool IsEndpointKey(std::string_view lower_name) {
  return std::find(kEndpointKeys.begin(), kEndpointKeys.end(), lower_name) != kEndpointKeys.end();
}

// The clause needs its key to be absent.
bool NeedsAbsence(const ClauseSet& clause) {
  return (!clause.key().may_be_single || clause.HoldsForEverySingle() == false) &&
         (!clause.key().may_be_list || clause.HoldsForEveryList() == false);
}

}  // namespace

bool Prover::IsImplied(const ClauseSet& clause, const RequestSet& inner) {
  Clauses same_key;
  if (!clause.key().is_opaque) {
    for (const auto& other : inner.clauses_) {
      if (!other->key().is_opaque && other->key().lower_name == clause.key().lower_name)
        same_key.push_back(other.get());
    }
  }
  return Implies(same_key, clause, work_);
}

std::optional<Contradiction> Prover::FindContradiction(const RequestSet& set) {
  using Reason = Contradiction::Reason;
  const ClauseSet* address = nullptr;   // needs aws:SourceIp
  const ClauseSet* endpoint = nullptr;  // needs a key of VPC endpoints
  for (const Clauses& group : ByKey(set.clauses_)) {
    for (const ClauseSet* clause : group) {
      if (AreContradictory({clause}, work_)) {
        const bool never_absent = clause->is_null_test() && !clause->key().may_be_absent;
        return Contradiction{
            never_absent ? Reason::kNeverAbsent : Reason::kAlone, &clause->source(), &clause->source(), {}};
      }
      if (clause->HoldsWhenAbsent()) continue;
      if (clause->key().lower_name == "aws:sourceip" && address == nullptr) address = clause;
      if (IsEndpointKey(clause->key().lower_name) && endpoint == nullptr) endpoint = clause;
    }
    for (size_t j = 1; j < group.size(); ++j) {
      for (size_t i = 0; i < j; ++i) {
        if (!AreContradictory({group[i], group[j]}, work_)) continue;
        if (NeedsAbsence(*group[i])) {
          return Contradiction{Reason::kPresence, &group[j]->source(), &group[i]->source(), {}};
        }
        const Reason reason = NeedsAbsence(*group[j]) ? Reason::kPresence : Reason::kValues;
        return Contradiction{reason, &group[i]->source(), &group[j]->source(), {}};
      }
    }
    if (group.size() > 2 && AreContradictory(group, work_)) {
      Contradiction found{Reason::kValues, &group.front()->source(), &group.back()->source(), {}};
      for (size_t i = 1; i + 1 < group.size(); ++i) found.others.push_back(&group[i]->source());
      return found;
    }
  }
  if (address != nullptr && endpoint != nullptr) {
    return Contradiction{Reason::kNetwork, &endpoint->source(), &address->source(), {}};
  }
  return std::nullopt;
}

bool Prover::IsEmpty(const RequestSet& set) {
  if (!set.is_readable()) return false;
  const NamedActions& actions = *set.actions_;
  const NamedResources& resources = *set.resources_;
  if (actions.negated ? HasEverything(actions, work_) : actions.entries.empty()) return true;
  if (resources.negated ? resources.has_star : !resources.may_have_star && resources.patterns.empty()) {
    return true;
  }
  return FindContradiction(set).has_value();
}

ClauseTruth Prover::TruthOf(const ConditionClause& clause) {
  const ClauseSet set = SetOf(clause);
  const TestedKey& key = set.key();
  if (key.is_opaque) return ClauseTruth::kUnknown;
  const bool absent = set.HoldsWhenAbsent();
  if (!key.may_be_present) return absent ? ClauseTruth::kAlways : ClauseTruth::kNever;
  const std::optional<bool> single = set.HoldsForEverySingle();
  const std::optional<bool> list = set.HoldsForEveryList();
  const std::optional<bool> present = key.may_be_single ? single : list;
  if (!present || (key.may_be_single && key.may_be_list && single != list)) return ClauseTruth::kUnknown;
  if (!key.may_be_absent || absent == *present) return *present ? ClauseTruth::kAlways : ClauseTruth::kNever;
  return *present ? ClauseTruth::kWhenPresent : ClauseTruth::kWhenAbsent;
}

bool Prover::ListsEveryValue(const ConditionClause& clause) const {
  return clause.op.negated && !clause.values.empty() && !SetOf(clause).is_spoilt();
}

// --- Statements

bool Prover::Covers(const RequestSet& outer, const RequestSet& inner) {
  if (!outer.is_readable() || !inner.is_readable()) return false;
  return ActionsCover(*outer.actions_, *inner.actions_) &&
         ResourcesCover(*outer.resources_, *inner.resources_) &&
         std::all_of(outer.clauses_.begin(), outer.clauses_.end(),
                     [&](const auto& clause) { return IsImplied(*clause, inner); });
}

bool Prover::AreDisjoint(const RequestSet& a, const RequestSet& b) {
  if (!a.is_readable() || !b.is_readable()) return false;
  if (ActionsDisjoint(*a.actions_, *b.actions_) || ResourcesDisjoint(*a.resources_, *b.resources_)) {
    return true;
  }
  RequestSet both = a;
  both.clauses_.insert(both.clauses_.end(), b.clauses_.begin(), b.clauses_.end());
  return FindContradiction(both).has_value();
}

std::optional<RequestSet> Prover::Rest(const RequestSet& outer, const RequestSet& inner) {
  if (!outer.is_readable() || !inner.is_readable()) return std::nullopt;
  const ClauseSet* open = nullptr;
  for (const auto& clause : outer.clauses_) {
    if (IsImplied(*clause, inner)) continue;
    if (open != nullptr) return std::nullopt;
    open = clause.get();
  }
  const bool actions_covered = ActionsCover(*outer.actions_, *inner.actions_);
  const bool resources_covered = ResourcesCover(*outer.resources_, *inner.resources_);
  if ((open != nullptr) + !actions_covered + !resources_covered != 1) return std::nullopt;
  RequestSet rest = inner;
  if (open != nullptr) {
    std::optional<ClauseSet> opposite = open->Opposite();
    if (!opposite) return std::nullopt;
    rest.clauses_.push_back(std::make_shared<const ClauseSet>(std::move(*opposite)));
    return rest;
  }
  // All that is left out below is in `outer`; what stays may be more than the rest.
  if (!actions_covered) {
    NamedActions left = *inner.actions_;
    const std::vector<NamedActions::Entry>& others = outer.actions_->entries;
    if (!left.negated) {
      std::erase_if(left.entries, [&](const NamedActions::Entry& entry) {
        return outer.actions_->negated ? IsApart(entry, others, work_)
                                       : EachInside<NamedActions::Entry>({entry}, others, work_);
      });
    } else if (outer.actions_->negated) {
      left = {.negated = false, .entries = others};
    } else {
      left.entries.insert(left.entries.end(), others.begin(), others.end());
    }
    rest.actions_ = std::make_shared<const NamedActions>(std::move(left));
    return rest;
  }
  NamedResources left = *inner.resources_;
  const std::vector<TextPattern>& others = outer.resources_->patterns;
  if (!left.negated) {
    std::erase_if(left.patterns, [&](const TextPattern& pattern) {
      return outer.resources_->negated ? !outer.resources_->may_have_star && IsApart(pattern, others, work_)
                                       : EachInside<TextPattern>({pattern}, others, work_);
    });
  } else if (outer.resources_->negated) {
    left = *outer.resources_;
    left.negated = false;
  } else {
    left.patterns.insert(left.patterns.end(), others.begin(), others.end());
  }
  rest.resources_ = std::make_shared<const NamedResources>(std::move(left));
  return rest;
}

bool Prover::CoverTogether(std::span<const RequestSet* const> outers, const RequestSet& inner) {
  if (!inner.is_readable()) return false;
  RequestSet left = inner;
  std::vector<const RequestSet*> unused(outers.begin(), outers.end());
  for (;;) {
    if (IsEmpty(left)) return true;
    if (std::any_of(unused.begin(), unused.end(),
                    [&](const RequestSet* outer) { return Covers(*outer, left); })) {
      return true;
    }
    // Once its part is taken out, a set has nothing in common with what is left.
    bool is_smaller = false;
    std::erase_if(unused, [&](const RequestSet* outer) {
      std::optional<RequestSet> rest = Rest(*outer, left);
      if (!rest) return false;
      left = std::move(*rest);
      is_smaller = true;
      return true;
    });
    if (!is_smaller) return false;
  }
}

// --- Lists

namespace {

// `covers(i, j)`: entry i covers entry j, another one.
template <typename Covers>
std::vector<CoveredEntry> RedundantEntries(size_t count, Covers covers) {
  std::vector<CoveredEntry> found;
  std::vector<bool> is_redundant(count, false);
  for (size_t j = 0; j < count; ++j) {
    for (size_t i = 0; i < count && !is_redundant[j]; ++i) {
      if (i != j && !is_redundant[i] && covers(i, j)) {
        // Of equal ones the first stays.
        if (i < j || !covers(j, i)) is_redundant[j] = true;
      }
    }
  }
  for (size_t j = 0; j < count; ++j) {
    if (!is_redundant[j]) continue;
    for (size_t i = 0; i < count; ++i) {
      if (is_redundant[i] || !covers(i, j)) continue;
      found.push_back({j, i});
      break;
    }
  }
  return found;
}

}  // namespace

std::vector<CoveredEntry> Prover::RedundantActions(const StatementView& statement) {
  // Patterns that match no action have no entry.
  const std::vector<NamedActions::Entry>& entries = statement.requests().actions_->entries;
  if (entries.size() < 2) return {};
  // Most lists name actions one by one: for each of those the first that is the same. They cover nothing
  // else.
  constexpr size_t kWide = std::string_view::npos;
  std::vector<size_t> firsts;
  std::unordered_map<std::string_view, size_t> named;
  for (size_t i = 0; i < entries.size(); ++i) {
    const ActionPattern& pattern = statement.patterns()[entries[i].place];
    firsts.push_back(pattern.is_literal ? named.emplace(pattern.lower, i).first->second : kWide);
  }
  std::vector<CoveredEntry> found = RedundantEntries(entries.size(), [&](size_t i, size_t j) {
    if (firsts[i] != kWide) return firsts[i] == firsts[j];
    return IsInside(entries[j], entries[i], work_);
  });
  for (CoveredEntry& covered : found) {
    covered = {entries[covered.entry].place, entries[covered.by].place};
  }
  return found;
}

std::vector<CoveredEntry> Prover::RedundantResources(const StatementView& statement) {
  const std::vector<LocatedText>& resources = statement.statement().resources;
  if (resources.size() < 2) return {};
  std::vector<std::optional<TextPattern>> patterns;
  for (const LocatedText& resource : resources) {
    patterns.push_back(ResourcePattern(resource.text, policy_->policy().has_variables, policy_->settings()));
  }
  return RedundantEntries(resources.size(), [&](size_t i, size_t j) {
    if (resources[i].text == "*") return true;
    // `*` also matches what has no ARN.
    if (resources[j].text == "*") return false;
    return patterns[i] && patterns[j] && IsInside(*patterns[j], *patterns[i], work_);
  });
}

CommonValues Prover::Intersect(std::span<const ConditionClause* const> clauses) {
  SCPCHECK_CHECK(!clauses.empty());
  struct Value {
    std::string text;
    ValuePattern pattern;
  };
  const auto list_of = [this](const ConditionClause& clause) {
    const ClauseSet set = SetOf(clause);
    std::vector<Value> list;
    for (size_t i = 0; i < set.patterns().size(); ++i)
      list.push_back({set.ValueOf(i).text, set.patterns()[i]});
    return list;
  };
  CommonValues common;
  std::vector<Value> left = list_of(*clauses[0]);
  for (size_t c = 1; c < clauses.size(); ++c) {
    const std::vector<Value> other = list_of(*clauses[c]);
    std::vector<Value> both;
    for (const Value& value : left) {
      for (const Value& limit : other) {
        if (IsInside(value.pattern, limit.pattern, work_)) {
          both.push_back(value);
          break;
        }
        if (IsInside(limit.pattern, value.pattern, work_)) {
          both.push_back(limit);
        } else if (!AreApart(value.pattern, limit.pattern, work_)) {
          common.complete = false;
        }
      }
    }
    left = std::move(both);
  }
  for (const Value& value : left) {
    if (std::find(common.values.begin(), common.values.end(), value.text) == common.values.end()) {
      common.values.push_back(value.text);
    }
  }
  return common;
}

bool Prover::ListCovers(const ConditionClause& outer, const ConditionClause& inner) {
  const ClauseSet outer_set = SetOf(outer);
  const ClauseSet inner_set = SetOf(inner);
  return std::all_of(
      inner_set.patterns().begin(), inner_set.patterns().end(), [&](const ValuePattern& pattern) {
        return std::any_of(outer_set.patterns().begin(), outer_set.patterns().end(),
                           [&](const ValuePattern& other) { return IsInside(pattern, other, work_); });
      });
}

}  // namespace scpcheck

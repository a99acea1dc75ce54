#include "lint/rules/conditions/key_support.h"

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "lint/rules/conditions/clause.h"
#include "lint/tables.h"

namespace scpcheck {

KeySupport::KeySupport(const Catalogue& catalogue, std::string_view key) : catalogue_(&catalogue) {
  const auto add = [&](std::string_view name) {
    const std::optional<CatalogueKeyId> id = catalogue.FindKey(name);
    if (id && std::find(ids_.begin(), ids_.end(), *id) == ids_.end()) ids_.push_back(*id);
  };
  add(key);
  // Some services write the variable part as a plain `tag-key`: `ssm:resourceTag/tag-key`.
  if (const size_t slash = key.find('/'); slash != std::string_view::npos) {
    const std::string family(key.substr(0, slash + 1));
    add(family + "tag-key");
    add(family + "any");
  }
  if (ids_.empty()) return;
  const KeyInfo info = catalogue.Key(ids_.front());
  is_request_tag_ = info.name == "aws:RequestTag/${TagKey}" || info.name == "aws:TagKeys";
  const bool is_tag = is_request_tag_ || info.name == "aws:ResourceTag/${TagKey}";
  can_be_ruled_out_ = info.listed && (!info.global || is_tag);
}

bool KeySupport::Lists(KeyList list) const {
  return std::any_of(ids_.begin(), ids_.end(), [&](CatalogueKeyId id) { return list.Contains(id); });
}

bool KeySupport::Has(ActionId action) const {
  if (Lists(catalogue_->ActionKeys(action))) return true;
  for (const ActionRowId row : catalogue_->ActionRows(action)) {
    if (Lists(catalogue_->RowKeys(row)) || Lists(catalogue_->TypeKeys(catalogue_->RowType(row)))) return true;
  }
  return false;
}

bool KeySupport::RowHas(ActionId action, ActionRowId row) const {
  return Lists(catalogue_->ActionKeys(action)) || Lists(catalogue_->RowKeys(row)) ||
         (!is_request_tag_ && Lists(catalogue_->TypeKeys(catalogue_->RowType(row))));
}

KeysOfStatement::KeysOfStatement(const StatementView& view) : first_(view.statement().conditions.data()) {
  supports_.reserve(view.statement().conditions.size());
  for (const ConditionClause& clause : view.statement().conditions) {
    supports_.emplace_back(view.policy().catalogue(), clause.key.text);
  }
}

namespace {

bool IsAboutPrincipal(std::string_view key) {
  constexpr std::string_view kPrefix = "aws:Principal";
  return AsciiEqualsIgnoreCase(key.substr(0, kPrefix.size()), kPrefix) ||
         AsciiEqualsIgnoreCase(key, "aws:userid") || AsciiEqualsIgnoreCase(key, "aws:username");
}

}  // namespace

DividedTests DivideTests(const StatementView& view,
                         const std::function<bool(const ConditionClause&)>& lacks_key) {
  DividedTests tests;
  for (const ConditionClause& clause : view.statement().conditions) {
    if (lacks_key(clause)) {
      tests.one_fails = tests.one_fails || !HoldsWithoutKey(clause);
    } else {
      tests.one_is_left = true;
      tests.one_is_no_exemption = tests.one_is_no_exemption || !IsAboutPrincipal(clause.key.text);
    }
  }
  return tests;
}

WithoutKey FateWithoutKey(const StatementView& view, const ConditionClause& clause,
                          const DividedTests& tests) {
  if (!HoldsWithoutKey(clause)) return WithoutKey::kNeverHolds;
  // An Allow that asks nothing of requests without the key is what `IfExists` was made for.
  if (!view.denies() || tests.one_fails) return WithoutKey::kFine;
  if (clause.op.comparison == Comparison::kNull) return WithoutKey::kAlwaysHolds;
  const std::optional<KeyInfo> key = KeyInfoOf(view, clause);
  const bool is_tag = key && key->pattern;
  const bool may_exempt = tests.one_is_no_exemption || (is_tag && tests.one_is_left);
  return may_exempt ? WithoutKey::kFine : WithoutKey::kAlwaysHolds;
}

bool HasUncertainArity(std::string_view key) {
  const Table& keys = TableOf("uncertain-arity");
  for (size_t row = 0; row < keys.row_count(); ++row) {
    if (AsciiEqualsIgnoreCase(keys.Row(row)[0], key)) return true;
  }
  return false;
}

}  // namespace scpcheck

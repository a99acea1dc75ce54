// A policy as the rules see it: the tree, what it was read as, and what its actions mean, side by side.

#ifndef SCPCHECK_LINT_POLICY_VIEW_H_
#define SCPCHECK_LINT_POLICY_VIEW_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "json/tree.h"
#include "lint/settings.h"
#include "scpcheck/policy.h"

namespace scpcheck {

// One pattern of an Action or NotAction element.
struct ActionPattern {
  const LocatedText* written = nullptr;
  std::string lower;              // in lower case
  bool is_everything = false;     // `*`, or `*:*`
  bool is_well_formed = false;    // `*`, or one colon with a service before and a name behind it (G-10)
  bool is_literal = false;        // no wildcard
  bool holds_token = false;       // it is filled in later (template_token.h)
  size_t colon = 0;               // where it stands in `lower`, if well formed and not `*`
  std::vector<ActionId> actions;  // of the catalogue, ascending

  // Of a pattern that is well formed and not `*`; of others the first is empty.
  std::string_view service() const { return std::string_view(lower).substr(0, colon); }
  std::string_view name() const { return std::string_view(lower).substr(colon + 1); }
};

class PolicyView;
class RequestSet;

class StatementView {
 public:
  StatementView(const PolicyView& policy, const Statement& statement, json::Value object, uint32_t index);

  const PolicyView& policy() const { return *policy_; }
  const Statement& statement() const { return *statement_; }
  json::Value object() const { return object_; }
  // In the policy's Statement array.
  uint32_t index() const { return index_; }
  bool denies() const { return statement_->effect == Effect::kDeny; }

  // The member of that name, if the statement has one.
  std::optional<json::Member> Element(std::string_view name) const;
  // The value of a condition clause in the tree: a string, or the list.
  json::Value ValuesOf(const ConditionClause& clause) const;

  const std::vector<ActionPattern>& patterns() const { return patterns_; }
  // The catalogue's actions that the statement is about, ascending: of NotAction all but those listed.
  const std::vector<ActionId>& actions() const { return actions_; }
  // What many rules ask for and is made once: the requests that the statement matches (proof.h), and its
  // normal form (normal_form.h).
  const RequestSet& requests() const { return *requests_; }
  const std::string& normal_form() const { return normal_form_; }

 private:
  const PolicyView* policy_;
  const Statement* statement_;
  json::Value object_;
  uint32_t index_;
  std::vector<ActionPattern> patterns_;
  std::vector<ActionId> actions_;
  std::shared_ptr<const RequestSet> requests_;
  std::string normal_form_;
};

class PolicyView {
 public:
  // `syntax` is what was wrong with the text of the tree. The tree, the catalogue and the settings must
  // outlive the view.
  PolicyView(json::Value document, const Diagnostics& syntax, const Catalogue& catalogue,
             const LintSettings& settings);
  PolicyView(const PolicyView&) = delete;
  PolicyView& operator=(const PolicyView&) = delete;

  const std::shared_ptr<const Source>& source() const { return policy_.source; }
  json::Value document() const { return document_; }
  const Policy& policy() const { return policy_; }
  // All that reading it complained about, errors of its syntax included.
  const Diagnostics& diagnostics() const { return diagnostics_; }
  // Those that are JSON objects, in order.
  const std::vector<StatementView>& statements() const { return statements_; }
  const Catalogue& catalogue() const { return *catalogue_; }
  const LintSettings& settings() const { return *settings_; }

  // The statement that a place lies in.
  const StatementView* StatementAt(SourceRange range) const;

 private:
  json::Value document_;
  Policy policy_;
  Diagnostics diagnostics_;
  const Catalogue* catalogue_;
  const LintSettings* settings_;
  std::vector<StatementView> statements_;
};

// The JSON pointer (RFC 6901) of the innermost value of `root` that holds `range`; a key counts as its value.
std::string PointerTo(json::Value root, SourceRange range);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_POLICY_VIEW_H_

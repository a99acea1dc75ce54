// The entries of an Action element beside what the Resource element lets them reach.

#ifndef SCPCHECK_LINT_RULES_SCOPE_ENTRIES_H_
#define SCPCHECK_LINT_RULES_SCOPE_ENTRIES_H_

#include <string_view>
#include <vector>

#include "lint/policy_view.h"
#include "lint/rules/scope/resource_scope.h"

namespace scpcheck {

struct Entry {
  enum class Fate : uint8_t {
    kLive,        // some action of it can match
    kUnknown,     // it names nothing that the catalogue has
    kNoResource,  // dead: none of its actions takes a resource
    kMismatch,    // dead: its actions act on other resources
  };
  const ActionPattern* pattern = nullptr;
  Fate fate = Fate::kUnknown;

  bool is_dead() const { return fate == Fate::kNoResource || fate == Fate::kMismatch; }
};

struct EntryList {
  std::vector<Entry> entries;
  // Nothing that the statement lists can match: it does nothing.
  bool is_dead = false;

  bool HasOnly(Entry::Fate fate) const;
};

// Of a statement with Action and Resource. Empty if Resource matches everything, is not well formed, or if
// there is nothing to compare.
EntryList EntriesOf(const StatementView& view, ResourceScope& scope);

// Whether all that an entry names is beyond SCPs (E-15, E-17).
bool IsBeyondScps(const ActionPattern& pattern);

// Whether accounts can't do without the service, and so hardly anybody means to deny all of it.
bool IsCoreService(std::string_view lower_name);

// Where a finding about the whole Resource element stands: its only entry, or its name.
SourceRange PlaceOfResources(const StatementView& view);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULES_SCOPE_ENTRIES_H_

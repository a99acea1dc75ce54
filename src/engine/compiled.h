// The compiled organization: what decisions are made from.
//
// Everything that is equal is there once, whoever shares it: condition clauses, resource lists, action sets,
// whole statements, lists of attached policies (programs), and paths from the root to an account (chains).
// 50,000 accounts are then a few thousand chains over a few hundred programs.

#ifndef SCPCHECK_ENGINE_COMPILED_H_
#define SCPCHECK_ENGINE_COMPILED_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "engine/action_index.h"
#include "engine/action_set.h"
#include "engine/ids.h"
#include "engine/lookup.h"
#include "match/address.h"
#include "match/date.h"
#include "match/number.h"
#include "scpcheck/engine.h"
#include "scpcheck/organization.h"

namespace scpcheck {

constexpr StatementId kNoStatement{UINT32_MAX};

// Values that belong together lie together in the vectors of CompiledOrganization, in the order in which a
// decision walks through them: on a large organization the time of a decision is that of its cache misses.
struct Range {
  uint32_t first = 0;
  uint32_t count = 0;
};

// A pattern whose variables are resolved to keys.
struct CompiledPattern {
  Range code;       // of pattern_codes; see Pattern::code
  Range variables;  // of pattern_variables
};

struct CompiledVariable {
  KeyId key;
  std::optional<std::string> default_value;
};

struct Clause {
  ConditionOperator op;
  KeyId key;
  // Of patterns, numbers, dates or blocks, as the comparison needs them. Texts of Bool and BinaryEquals are
  // patterns without wildcards too. None for Null.
  Range values;
  // Of Null: which answers match.
  bool matches_absent = false;
  bool matches_present = false;
  bool has_no_values = false;  // an empty list (G-16)
  // Some value is no number, date, address or ARN where the comparison needs one.
  bool has_malformed_value = false;
  // The values are patterns, all literal, and sorted by code.
  bool is_sorted_literals = false;
  // Of clauses on aws:PrincipalArn: the answer if nothing is known of the principal, where it is the same for
  // every account.
  std::optional<Truth> for_any_principal;
};

// Whether the values of a clause are patterns.
constexpr bool ComparesText(Comparison comparison) {
  switch (comparison) {
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kStringLike:
    case Comparison::kArnLike:
    case Comparison::kBool:
    case Comparison::kBinaryEquals:
      return true;
    default:
      return false;
  }
}

struct ResourceSet {
  bool negated = false;
  bool has_star = false;  // `*` is among them
  Range patterns;
};

struct CompiledStatement {
  ActionSetId actions;
  ResourceSetId resources;
  bool any_resource;  // the resources are `*`
  Range clauses;      // of clause_ids, in the author's order
};

// A statement of a policy.
struct StatementRef {
  StatementId statement;
  PolicyIndex policy;
  uint32_t ordinal;  // within the policy
};

// Statements of one policy that have their slots side by side, in one word of CompiledOrganization::slots:
// which of them are about an action is one word of bits (ActionIndex).
struct PolicyPart {
  PolicyIndex policy;
  uint32_t word;
  // Which bits of the word are statements of this policy that deny, and that allow.
  uint64_t denies = 0;
  uint64_t allows = 0;
  uint32_t bits_to_ordinals;  // added to a bit's number (modulo 2^32) gives the statement's within the policy
};

// The SCPs attached to one root, organizational unit or account, in order of attachment.
struct Program {
  Range parts;  // of policy_parts
  bool denies_something = false;
  bool allows_everything = false;  // by an Allow without any restriction
};

struct ChainLevel {
  ProgramId program;
  uint32_t depth;  // 0: the root
};

// The keys that follow from other parts of a request, where some policy mentions them.
struct ImpliedKeys {
  std::optional<KeyId> principal_arn;
  std::optional<KeyId> principal_account;
  std::optional<KeyId> principal_type;
  std::optional<KeyId> username;
  std::optional<KeyId> organization_id;
  std::optional<KeyId> organization_paths;
  std::optional<KeyId> is_aws_service;
  // Every clause on aws:PrincipalArn has Clause::for_any_principal.
  bool any_principal_is_settled = true;
};

struct CompiledOrganization {
  Organization organization;
  std::shared_ptr<const Catalogue> catalogue;

  std::vector<CompiledKey> keys;
  KeyTable key_table;
  ImpliedKeys implied;

  std::string pattern_codes;
  std::vector<CompiledVariable> pattern_variables;
  std::vector<CompiledPattern> patterns;
  std::vector<Decimal> numbers;
  std::vector<Instant> dates;
  std::vector<AddressBlock> blocks;
  std::vector<Clause> clauses;
  std::vector<ClauseId> clause_ids;
  std::vector<ResourceSet> resource_sets;
  std::vector<ActionSet> action_sets;
  ActionIndex action_index;
  std::vector<CompiledStatement> statements;
  std::vector<StatementId> slots;  // of the policies' statements; kNoStatement fills words up
  std::vector<PolicyPart> policy_parts;
  std::vector<Program> programs;
  std::vector<ChainLevel> chain_levels;
  std::vector<Range> chains;  // of chain_levels, by ChainId

  AccountTable account_table;
  std::vector<ProgramId> node_programs;  // by NodeIndex
  std::vector<ProgramId>
      account_programs;                 // by AccountIndex; meaningless for accounts that were not compiled
  std::vector<NodeIndex> node_parents;  // by NodeIndex; the root's is the root
  std::vector<std::string>
      node_org_paths;  // `o-id/r-id/ou-id/` by NodeIndex, if a policy asks and there is an id

  const CompiledKey& key(KeyId i) const { return keys[static_cast<uint32_t>(i)]; }
  const Clause& clause(ClauseId i) const { return clauses[static_cast<uint32_t>(i)]; }
  const ResourceSet& resource_set(ResourceSetId i) const { return resource_sets[static_cast<uint32_t>(i)]; }
  const ActionSet& action_set(ActionSetId i) const { return action_sets[static_cast<uint32_t>(i)]; }
  const CompiledStatement& statement(StatementId i) const { return statements[static_cast<uint32_t>(i)]; }
  const Program& program(ProgramId i) const { return programs[static_cast<uint32_t>(i)]; }
  const Statement& source_statement(const StatementRef& ref) const {
    return organization.policy(ref.policy).document.statements[ref.ordinal];
  }

  std::span<const PolicyPart> parts_of(const Program& program) const {
    return Of(policy_parts, program.parts);
  }
  StatementRef statement_at(const PolicyPart& part, uint32_t bit) const {
    return {slots[size_t{part.word} * kSlotsPerWord + bit], part.policy, bit + part.bits_to_ordinals};
  }
  std::string_view code_of(const CompiledPattern& pattern) const {
    return std::string_view(pattern_codes).substr(pattern.code.first, pattern.code.count);
  }
  std::span<const CompiledVariable> variables_of(const CompiledPattern& pattern) const {
    return Of(pattern_variables, pattern.variables);
  }
  std::span<const CompiledPattern> patterns_of(const Clause& clause) const {
    return Of(patterns, clause.values);
  }
  std::span<const CompiledPattern> patterns_of(const ResourceSet& set) const {
    return Of(patterns, set.patterns);
  }
  std::span<const ClauseId> clauses_of(const CompiledStatement& statement) const {
    return Of(clause_ids, statement.clauses);
  }
  std::span<const ChainLevel> levels_of(ChainId chain) const {
    return Of(chain_levels, chains[static_cast<uint32_t>(chain)]);
  }
  template <typename T>
  static std::span<const T> Of(const std::vector<T>& all, Range range) {
    return std::span(all).subspan(range.first, range.count);
  }
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_COMPILED_H_

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
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "base/folded_name.h"
#include "catalog/catalogue.h"
#include "engine/action_set.h"
#include "match/address.h"
#include "match/date.h"
#include "match/number.h"
#include "match/pattern.h"
#include "scpcheck/engine.h"
#include "scpcheck/organization.h"

namespace scpcheck {

// Indices into the vectors of CompiledOrganization.
enum class KeyId : uint32_t {};
enum class ClauseId : uint32_t {};
enum class ResourceSetId : uint32_t {};
enum class ActionSetId : uint32_t {};
enum class StatementId : uint32_t {};
enum class ProgramId : uint32_t {};
enum class ChainId : uint32_t {};

// Whether a key has one value or several (C-31). Of a key that nobody knows the request's value tells
// (C-31a).
enum class Arity : uint8_t { kSingle, kMulti, kByValue };

// A condition key that some policy mentions.
struct CompiledKey {
  std::string name;  // as the catalogue or the first policy spells it
  std::string lower_name;
  Arity arity = Arity::kByValue;
};

// A pattern whose variables are resolved to keys.
struct BoundPattern {
  Pattern pattern;
  std::vector<KeyId> variable_keys;  // of pattern.variables()
};

// `Null`: which answers match.
struct NullTest {
  bool when_absent = false;
  bool when_present = false;
};

struct Clause {
  ConditionOperator op;
  KeyId key;
  // The values, as the comparison needs them. Texts of Bool and BinaryEquals are patterns without wildcards
  // too.
  std::variant<std::vector<BoundPattern>, std::vector<Decimal>, std::vector<Instant>,
               std::vector<AddressBlock>, NullTest>
      values;
  bool has_no_values = false;  // an empty list (G-16)
  // Some value is no number, date, address or ARN where the comparison needs one.
  bool has_malformed_value = false;
  // The values are patterns, all literal, and sorted by code.
  bool is_sorted_literals = false;
  // Of clauses on aws:PrincipalArn: the answer if nothing is known of the principal, where it is the same for
  // every account.
  std::optional<Truth> for_any_principal;
};

struct ResourceSet {
  bool negated = false;
  bool has_star = false;  // `*` is among them
  std::vector<BoundPattern> patterns;
};

struct CompiledStatement {
  ActionSetId actions;
  ResourceSetId resources;
  std::vector<ClauseId> clauses;  // in the author's order
};

// A statement where it is attached.
struct StatementRef {
  StatementId statement;
  PolicyIndex policy;
  uint32_t ordinal;  // within the policy
};

// A range of CompiledOrganization::refs, and of ref_services beside it. What a decision walks through lies
// together.
struct StatementRange {
  uint32_t first = 0;
  uint32_t count = 0;
};

// The SCPs attached to one root, organizational unit or account, in order of attachment.
struct Program {
  StatementRange denies;
  StatementRange allows;
  bool allows_everything = false;  // by an Allow without any restriction
};

struct ChainLevel {
  ProgramId program;
  uint32_t depth;  // 0: the root
};

// The levels from the root down to an account that can stop anything: those that deny something or don't
// allow everything. A range of CompiledOrganization::chain_levels.
struct Chain {
  uint32_t first = 0;
  uint32_t count = 0;
};

// Finds keys in any case, without allocating.
class KeyTable {
 public:
  std::optional<KeyId> Find(std::string_view key, uint64_t hash, const std::vector<CompiledKey>& keys) const;
  void Add(KeyId id, const std::vector<CompiledKey>& keys);

 private:
  void Insert(uint64_t hash, KeyId id);
  struct Entry {
    uint64_t hash = 0;
    uint32_t id_plus_one = 0;  // 0: free
  };
  std::vector<Entry> entries_;  // open addressing, a power of two
  size_t used_ = 0;
};

// Finds accounts by their 12 digits, without allocating.
class AccountTable {
 public:
  void Build(const Organization& organization, const std::vector<AccountIndex>& accounts);
  std::optional<AccountIndex> Find(std::string_view id) const;

 private:
  // 12 digits are 40 bits; the index of the account plus one is below them. 0: free. Half the size of two
  // fields, which counts when most look-ups miss the cache.
  std::vector<uint64_t> entries_;
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

  std::vector<Clause> clauses;
  std::vector<ResourceSet> resource_sets;
  std::vector<ActionSet> action_sets;
  std::vector<CompiledStatement> statements;
  std::vector<uint64_t> ref_services;  // ActionSet::services() of each of `refs`
  std::vector<StatementRef> refs;
  std::vector<Program> programs;
  std::vector<ChainLevel> chain_levels;
  std::vector<Chain> chains;

  AccountTable account_table;
  std::vector<ProgramId> node_programs;  // by NodeIndex
  std::vector<ProgramId>
      account_programs;                 // by AccountIndex; of accounts that were not compiled meaningless,
  std::vector<ChainId> account_chains;  // as are their chains
  std::vector<std::string>
      node_org_paths;  // `o-id/r-id/ou-id/` by NodeIndex, if a policy asks and there is an id

  const CompiledKey& key(KeyId i) const { return keys[static_cast<uint32_t>(i)]; }
  const Clause& clause(ClauseId i) const { return clauses[static_cast<uint32_t>(i)]; }
  const ResourceSet& resource_set(ResourceSetId i) const { return resource_sets[static_cast<uint32_t>(i)]; }
  const ActionSet& action_set(ActionSetId i) const { return action_sets[static_cast<uint32_t>(i)]; }
  const CompiledStatement& statement(StatementId i) const { return statements[static_cast<uint32_t>(i)]; }
  const Program& program(ProgramId i) const { return programs[static_cast<uint32_t>(i)]; }
  const Chain& chain(ChainId i) const { return chains[static_cast<uint32_t>(i)]; }
  const Statement& source_statement(const StatementRef& ref) const {
    return organization.policy(ref.policy).document.statements[ref.ordinal];
  }
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_COMPILED_H_

#include "engine/evaluator.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "base/ascii.h"
#include "base/bits.h"
#include "base/folded_name.h"
#include "base/glob.h"
#include "base/prefetch.h"
#include "base/quote.h"
#include "catalog/search.h"
#include "engine/truth.h"

namespace scpcheck {

namespace {

// How many names or paths of accounts an evaluator keeps in mind, so that a long batch doesn't search the
// tree for each request.
constexpr size_t kMaxNamesInMind = 10000;

constexpr std::string_view kGetCallerIdentity = "sts:getcalleridentity";

bool MayBeActionName(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return IsAsciiAlnum(c) || c == '-' || c == '_' || c == '.';
  });
}

std::string_view PrincipalType(PrincipalKind kind) {
  switch (kind) {
    case PrincipalKind::kRoot:
      return "Account";
    case PrincipalKind::kUser:
      return "User";
    case PrincipalKind::kFederatedUser:
      return "FederatedUser";
    case PrincipalKind::kRole:
    case PrincipalKind::kServiceLinkedRole:
    case PrincipalKind::kAssumedRole:
      return "AssumedRole";
    case PrincipalKind::kService:
    case PrincipalKind::kSeveral:
      return "";
  }
  return "";
}

}  // namespace

EvaluatorState::EvaluatorState(std::shared_ptr<const CompiledOrganization> compiled)
    : compiled_(std::move(compiled)), conditions_(*compiled_, *this) {
  slots_.resize(compiled_->keys.size());
  clause_cache_.resize(compiled_->clauses.size());
  resource_cache_.resize(compiled_->resource_sets.size());
  get_caller_identity_ = compiled_->catalogue->FindAction(kGetCallerIdentity);
}

bool EvaluatorState::Fail(std::string message) {
  error_ = std::move(message);
  return false;
}

void EvaluatorState::Find(const RequestView& request, Found& found) const {
  if (found.account_number) found.account = compiled_->account_table.Find(*found.account_number);
  found.action = compiled_->catalogue->FindAction(request.action);
  if (found.account) Prefetch(&compiled_->chains[static_cast<uint32_t>(found.account->chain)]);
  if (found.action && compiled_->action_index.is_built()) compiled_->action_index.FetchRow(*found.action);
}

std::optional<CompiledAccount> EvaluatorState::FindAccount(std::string_view id) const {
  const std::optional<uint64_t> number = AccountTable::NumberOf(id);
  return number ? compiled_->account_table.Find(*number) : std::nullopt;
}

void EvaluatorState::FetchLevels(const Found& found) const {
  if (!found.account) return;
  const std::span<const ChainLevel> levels = compiled_->levels_of(found.account->chain);
  if (!levels.empty()) Prefetch(levels.data());
}

bool EvaluatorState::Decide(RequestView& request, const Found& found, Decision& decision) {
  if (++stamp_ == 0) {
    // Stamps of four billion requests ago must not look like this one's.
    std::fill(clause_cache_.begin(), clause_cache_.end(), Cached{});
    std::fill(resource_cache_.begin(), resource_cache_.end(), Cached{});
    std::fill(slots_.begin(), slots_.end(), KeySlot{});
    stamp_ = 1;
  }
  depends_on_.clear();
  decision = Decision{};
  if (!BindAccountAndPrincipal(request, found) || !BindAction(request.action, found) ||
      !BindContext(request)) {
    return false;
  }
  decision.account = account_id_;
  if (const std::optional<Reason> reason = Exemption()) {
    decision.verdict = Verdict::kAllowed;
    decision.reason = *reason;
    return true;
  }
  BindResource(request);
  BindImplied(request);
  Evaluate(decision);
  return true;
}

bool EvaluatorState::BindAccountAndPrincipal(const RequestView& request, const Found& found) {
  const Organization& organization = compiled_->organization;
  principal_.reset();
  if (request.principal) {
    if (std::optional<std::string> problem = ParsePrincipal(*request.principal, principal_.emplace())) {
      return Fail(*std::move(problem));
    }
  }
  std::string_view name = request.account;
  if (name.empty()) {
    if (!principal_ || principal_->account.empty() || HasWildcard(principal_->account)) {
      return Fail(
          "the request names no account: give `account`, or a `principal` with an account in its ARN");
    }
    name = principal_->account;
  }
  account_ = request.account.empty() ? FindAccount(name) : found.account;
  if (account_) {
    account_id_ = name;
  } else if (organization.management_account && name == *organization.management_account) {
    account_id_ = *organization.management_account;
  } else {
    auto known = accounts_by_name_.find(std::string(name));
    if (known == accounts_by_name_.end()) {
      if (accounts_by_name_.size() >= kMaxNamesInMind) accounts_by_name_.clear();
      known = accounts_by_name_.emplace(name, organization.FindAccount(name)).first;
    }
    const Result<AccountIndex>& account = known->second;
    if (!account) return Fail(account.error().message);
    account_id_ = organization.account(*account).id;
    account_ = FindAccount(account_id_);
    if (!account_) return Fail("the account " + Quoted(name) + " is not among those that were compiled");
  }
  if (!principal_) return true;
  if (!principal_->account.empty() && !EqualsExactly(principal_->account, account_id_) &&
      !GlobMatch(principal_->account, account_id_)) {
    return Fail("the principal " + Quoted(principal_->text) + " is not of account " +
                std::string(account_id_));
  }
  if (!principal_->partition.empty() && !EqualsExactly(principal_->partition, organization.partition) &&
      !GlobMatch(principal_->partition, organization.partition)) {
    return Fail("the principal " + Quoted(principal_->text) + " is not of the organization's partition, " +
                Quoted(organization.partition));
  }
  return true;
}

bool EvaluatorState::BindAction(std::string_view action, const Found& found) {
  const Catalogue& catalogue = *compiled_->catalogue;
  action_ = found.action;
  if (action_) {
    if (compiled_->action_index.is_built()) {
      action_row_ = compiled_->action_index.RowOf(*action_);
    } else {
      const ServiceId service = catalogue.ActionService(*action_);
      action_name_ = {service, catalogue.LowerServiceName(service), catalogue.LowerActionBareName(*action_)};
    }
    return true;
  }
  action_row_ = {};
  if (action.empty()) return Fail("the request names no action: give `action`, such as s3:GetObject");
  if (HasWildcard(action))
    return Fail("the action " + Quoted(action) + " is a pattern: a request is about one action");
  const size_t colon = std::min(action.find(':'), action.size());
  if (!MayBeActionName(action.substr(0, colon)) || colon == action.size() ||
      !MayBeActionName(action.substr(colon + 1))) {
    return Fail(Quoted(action) + " is no action: write `service:Action`, such as s3:GetObject");
  }
  lower_action_.assign(action);
  for (char& c : lower_action_) c = AsciiToLower(c);
  const std::string_view lower = lower_action_;
  action_name_.lower_service = lower.substr(0, colon);
  action_name_.lower_name = lower.substr(colon + 1);
  action_name_.service = catalogue.FindService(action_name_.lower_service);
  return true;
}

// Whether the context has the same key before `entry`, which is one of its entries.
bool EvaluatorState::StandsBefore(const ContextEntry& entry, const RequestView& request) {
  for (const ContextEntry* other = request.context.data(); other != &entry; ++other) {
    if (other->hash == entry.hash && EqualsFolded(other->key, entry.key)) return true;
  }
  return false;
}

bool EvaluatorState::BindContext(RequestView& request) {
  default_state_.kind = request.complete_context ? KeyState::Kind::kAbsent : KeyState::Kind::kUnknown;
  // What follows from the request is appended; the views of KeyState must not move then.
  request.values.reserve(request.values.size() + 8);
  for (const ContextEntry& entry : request.context) {
    const std::optional<KeyId> key = compiled_->key_table.Find(entry.key, entry.hash, compiled_->keys);
    if (key ? IsSet(*key) : StandsBefore(entry, request)) {
      return Fail("the context has the key " + Quoted(entry.key) + " twice");
    }
    if (entry.value_count > 1) {
      // C-31a.
      bool single = false;
      if (key) {
        single = compiled_->key(*key).arity == Arity::kSingle;
      } else if (const auto known = compiled_->catalogue->FindKey(entry.key)) {
        single = !compiled_->catalogue->Key(*known).multivalued;
      }
      if (single) {
        return Fail("the context has " + std::to_string(entry.value_count) + " values for " +
                    Quoted(entry.key) + ", which has one in any request");
      }
    }
    if (!key) continue;  // no policy asks for it
    SetState(*key, {.kind = entry.is_absent ? KeyState::Kind::kAbsent : KeyState::Kind::kValues,
                    .is_list = entry.is_list,
                    .values = std::span(request.values).subspan(entry.first_value, entry.value_count)});
  }
  return true;
}

void EvaluatorState::BindResource(const RequestView& request) {
  resource_ = ResourceState{};
  if (action_ && !compiled_->catalogue->HasResourceTypes(*action_)) {
    resource_.kind = ResourceState::Kind::kStar;
  } else if (request.resource) {
    if (HasWildcard(*request.resource)) {
      resource_code_.clear();
      AppendPatternCode(*request.resource, resource_code_);
      resource_ = {ResourceState::Kind::kPattern, resource_code_};
    } else {
      resource_ = {ResourceState::Kind::kText, *request.resource};
    }
  }
}

void EvaluatorState::ImplyState(const std::optional<KeyId>& key, KeyState state) {
  if (MayImply(key)) SetState(*key, state);
}

void EvaluatorState::Imply(const std::optional<KeyId>& key, std::string_view value, bool is_list) {
  if (!MayImply(key)) return;
  // The one who appends reserves: see BindContext.
  request_values_->push_back(value);
  ImplyState(
      key,
      {.kind = KeyState::Kind::kValues, .is_list = is_list, .values = std::span(*request_values_).last(1)});
}

void EvaluatorState::BindImplied(RequestView& request) {
  request_values_ = &request.values;
  const Organization& organization = compiled_->organization;
  const ImpliedKeys& implied = compiled_->implied;
  Imply(implied.principal_account, account_id_);
  Imply(implied.is_aws_service, "false");
  if (!organization.id.empty()) {
    Imply(implied.organization_id, organization.id);
    if (implied.organization_paths && account_) {
      Imply(implied.organization_paths, compiled_->node_org_paths[static_cast<uint32_t>(account_->parent)],
            true);
    }
  }
  if (implied.principal_arn || implied.principal_type || implied.username) BindPrincipalKeys();
}

void EvaluatorState::BindPrincipalKeys() {
  const ImpliedKeys& implied = compiled_->implied;
  const std::string_view partition = compiled_->organization.partition;
  const PrincipalKind kind = principal_ ? principal_->kind : PrincipalKind::kSeveral;
  const auto code = [&](size_t i, std::initializer_list<std::string_view> parts) {
    principal_codes_[i].clear();
    for (const std::string_view part : parts) AppendPatternCode(part, principal_codes_[i]);
    principal_code_views_[i] = principal_codes_[i];
  };
  // The principal's ARN, or pattern, in this account: a wildcard for the partition or the account can only be
  // theirs, and a principal has no Region.
  const auto arn_in_account = [&]() -> std::string_view {
    principal_arn_.assign("arn:").append(partition).append(":").append(ServiceOf(*principal_)).append("::");
    return principal_arn_.append(account_id_).append(":").append(ResourceOf(*principal_));
  };
  const auto imply_codes = [&](size_t count) {
    ImplyState(implied.principal_arn, {.kind = KeyState::Kind::kPatterns,
                                       .from_principal = true,
                                       .values = std::span(principal_code_views_).first(count)});
  };
  const KeyState unknown{.kind = KeyState::Kind::kUnknown, .from_principal = true, .values = {}};

  if (kind == PrincipalKind::kSeveral) {
    ImplyState(implied.principal_type, unknown);
    ImplyState(implied.username, unknown);
    if (principal_ && principal_->text != "*") {
      const bool or_role = MayBeRoleSession(*principal_);
      code(0, {arn_in_account()});
      // C-23: of a session the key has the role.
      if (or_role) code(1, {"arn:", partition, ":iam::", account_id_, ":role/*"});
      imply_codes(or_role ? 2 : 1);
      return;
    }
    if (!implied.any_principal_is_settled) any_principal_.Set(partition, account_id_);
    ImplyState(implied.principal_arn, {.kind = KeyState::Kind::kPatterns,
                                       .from_principal = true,
                                       .is_any_principal = true,
                                       .values = any_principal_.codes()});
    return;
  }
  Imply(implied.principal_type, PrincipalType(kind));
  if (kind != PrincipalKind::kUser) {
    ImplyState(implied.username, {.kind = KeyState::Kind::kAbsent, .values = {}});  // V-09
  } else if (HasWildcard(principal_->name)) {
    ImplyState(implied.username, unknown);
  } else {
    Imply(implied.username, principal_->name);
  }
  if (kind == PrincipalKind::kAssumedRole) {
    // C-23a: the role's path is unknown.
    const std::string_view rest = principal_->name_is_prefix ? "*" : "";
    code(0, {"arn:", partition, ":iam::", account_id_, ":role/", principal_->name, rest});
    code(1, {"arn:", partition, ":iam::", account_id_, ":role/*/", principal_->name, rest});
    imply_codes(2);
  } else if (!principal_->text.empty() && !principal_->is_pattern) {
    Imply(implied.principal_arn, principal_->text);
  } else if (HasWildcard(ResourceOf(*principal_))) {
    code(0, {arn_in_account()});
    imply_codes(1);
  } else {
    Imply(implied.principal_arn, arn_in_account());
  }
}

std::optional<Reason> EvaluatorState::Exemption() const {
  const Organization& organization = compiled_->organization;
  if (!organization.scps_enabled) return Reason::kScpNotEnabled;
  if (organization.management_account && account_id_ == *organization.management_account) {
    return Reason::kManagementAccount;
  }
  if (principal_ && principal_->kind == PrincipalKind::kServiceLinkedRole) return Reason::kServiceLinkedRole;
  if (principal_ && principal_->kind == PrincipalKind::kService) return Reason::kServicePrincipal;
  // E-17, whether the catalogue knows the action or not.
  if (action_ ? action_ == get_caller_identity_ : lower_action_ == kGetCallerIdentity) {
    return Reason::kNoPermissionRequired;
  }
  return std::nullopt;
}

Truth EvaluatorState::EvaluateCached(ClauseId id) {
  Cached& cached = clause_cache_[static_cast<uint32_t>(id)];
  if (cached.stamp != stamp_) cached = {stamp_, conditions_.EvaluateClause(compiled_->clause(id))};
  return cached.truth;
}

Truth EvaluatorState::EvaluateCached(ResourceSetId id) {
  Cached& cached = resource_cache_[static_cast<uint32_t>(id)];
  if (cached.stamp != stamp_)
    cached = {stamp_, conditions_.EvaluateResources(compiled_->resource_set(id), resource_)};
  return cached.truth;
}

uint64_t EvaluatorState::AboutActionName(uint32_t word, uint64_t statements) const {
  uint64_t about = 0;
  ForEachBit(statements, [&](uint32_t bit) {
    const StatementId statement = compiled_->slots[size_t{word} * kSlotsPerWord + bit];
    if (compiled_->action_set(compiled_->statement(statement).actions).Contains(action_name_)) {
      about |= uint64_t{1} << bit;
    }
  });
  return about;
}

Truth EvaluatorState::EvaluateStatement(StatementId id) {
  const CompiledStatement& statement = compiled_->statement(id);
  Truth result = statement.any_resource ? Truth::kTrue : EvaluateCached(statement.resources);
  for (const ClauseId clause : compiled_->clauses_of(statement)) {
    if (result == Truth::kFalse) break;
    result = And(result, EvaluateCached(clause));
  }
  return result;
}

std::string_view EvaluatorState::NodeId(uint32_t depth) const {
  const auto parent = [this](NodeIndex node) { return compiled_->node_parents[static_cast<uint32_t>(node)]; };
  constexpr NodeIndex kRoot{0};
  NodeIndex node = account_->parent;
  uint32_t node_depth = 0;
  for (NodeIndex at = node; at != kRoot; at = parent(at)) ++node_depth;
  if (depth > node_depth) return AccountId();
  for (; node_depth > depth; --node_depth) node = parent(node);
  return compiled_->organization.node(node).id;
}

void EvaluatorState::Evaluate(Decision& decision) {
  const CompiledOrganization& compiled = *compiled_;
  const std::span<const ChainLevel> levels = compiled.levels_of(account_->chain);
  bool may_deny = false;
  for (const ChainLevel& level : levels) {
    for (const PolicyPart& part : compiled.parts_of(compiled.program(level.program))) {
      for (uint64_t bits = AboutAction(part.word, part.denies); bits != 0; bits &= bits - 1) {
        const StatementRef ref = compiled.statement_at(part, static_cast<uint32_t>(std::countr_zero(bits)));
        const Truth denied = EvaluateStatement(ref.statement);
        if (denied == Truth::kTrue) {
          const std::optional<LocatedText>& sid = compiled.source_statement(ref).sid;
          decision.verdict = Verdict::kDenied;
          decision.reason = Reason::kExplicitDeny;
          decision.node = NodeId(level.depth);
          decision.policy = compiled.organization.policy(ref.policy).id;
          decision.statement = ref.ordinal;
          if (sid) decision.sid = sid->text;
          return;
        }
        may_deny |= denied == Truth::kUnknown;
      }
    }
  }
  bool may_lack_allow = false;
  for (const ChainLevel& level : levels) {
    const Program& program = compiled.program(level.program);
    if (program.allows_everything) continue;
    Truth allowed = Truth::kFalse;
    for (const PolicyPart& part : compiled.parts_of(program)) {
      ForEachBit(AboutAction(part.word, part.allows), [&](uint32_t bit) {
        if (allowed != Truth::kTrue)
          allowed = Or(allowed, EvaluateStatement(compiled.statement_at(part, bit).statement));
      });
    }
    if (allowed == Truth::kFalse) {
      decision.verdict = Verdict::kDenied;
      decision.reason = Reason::kImplicitDeny;
      decision.node = NodeId(level.depth);
      return;
    }
    may_lack_allow |= allowed == Truth::kUnknown;
  }
  if (may_deny || may_lack_allow) {
    decision.verdict = Verdict::kUndecided;
    CollectDependencies(levels);
    decision.depends_on = depends_on_;
  } else {
    decision.verdict = Verdict::kAllowed;
    decision.reason = Reason::kAllowedAtEveryLevel;
  }
}

void EvaluatorState::CollectDependencies(std::span<const ChainLevel> levels) {
  for (const ChainLevel& level : levels) {
    const Program& program = compiled_->program(level.program);
    for (const PolicyPart& part : compiled_->parts_of(program)) {
      const uint64_t open = program.allows_everything ? part.denies : part.denies | part.allows;
      ForEachBit(AboutAction(part.word, open),
                 [&](uint32_t bit) { AddDependencies(compiled_->statement_at(part, bit).statement); });
    }
  }
  std::sort(depends_on_.begin(), depends_on_.end());
  depends_on_.erase(std::unique(depends_on_.begin(), depends_on_.end()), depends_on_.end());
}

void EvaluatorState::AddKeyDependency(KeyId key) {
  const KeyState& state = StateOf(key);
  if (state.kind != KeyState::Kind::kUnknown && state.kind != KeyState::Kind::kPatterns) return;
  depends_on_.push_back(state.from_principal ? std::string_view("principal") : compiled_->key(key).name);
}

void EvaluatorState::AddDependencies(StatementId id) {
  if (EvaluateStatement(id) != Truth::kUnknown) return;
  const CompiledStatement& statement = compiled_->statement(id);
  const auto add_variables = [&](std::span<const CompiledPattern> patterns) {
    for (const CompiledPattern& pattern : patterns) {
      for (const CompiledVariable& variable : compiled_->variables_of(pattern))
        AddKeyDependency(variable.key);
    }
  };
  if (EvaluateCached(statement.resources) == Truth::kUnknown) {
    if (resource_.kind != ResourceState::Kind::kText) depends_on_.emplace_back("resource");
    add_variables(compiled_->patterns_of(compiled_->resource_set(statement.resources)));
  }
  for (const ClauseId clause_id : compiled_->clauses_of(statement)) {
    if (EvaluateCached(clause_id) != Truth::kUnknown) continue;
    const Clause& clause = compiled_->clause(clause_id);
    AddKeyDependency(clause.key);
    if (ComparesText(clause.op.comparison)) add_variables(compiled_->patterns_of(clause));
  }
}

}  // namespace scpcheck

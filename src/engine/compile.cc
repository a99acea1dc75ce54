#include "engine/compile.h"

#include <algorithm>
#include <span>
#include <unordered_map>
#include <utility>

#include "base/ascii.h"
#include "base/bits.h"
#include "base/folded_name.h"
#include "engine/any_principal.h"
#include "engine/condition.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

// Gives equal descriptions equal ids.
template <typename Id>
class Interner {
 public:
  // The id of `description`, and whether it is new.
  std::pair<Id, bool> Intern(std::string description) {
    const auto [entry, is_new] = ids_.emplace(std::move(description), static_cast<Id>(ids_.size()));
    return {entry->second, is_new};
  }

 private:
  std::unordered_map<std::string, Id> ids_;
};

// Builds descriptions: fields that can't run into each other.
class Description {
 public:
  Description& Add(std::string_view text) {
    Add(static_cast<uint32_t>(text.size()));
    bytes_ += text;
    return *this;
  }
  Description& Add(uint32_t number) {
    for (int i = 0; i < 4; ++i) bytes_.push_back(static_cast<char>(number >> (8 * i)));
    return *this;
  }
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// For fewer accounts than these, where they are named, nothing is prepared that only makes many questions
// faster.
constexpr size_t kManyAccounts = 8;

class Compiler {
 public:
  Compiler(Organization organization, const CompileOptions& options)
      : compiled_(std::make_shared<CompiledOrganization>()) {
    compiled_->organization = std::move(organization);
    compiled_->catalogue = options.catalogue ? options.catalogue : BuiltInCatalogue();
    if (options.accounts) {
      accounts_ = *options.accounts;
      expects_many_questions_ = accounts_.size() >= kManyAccounts;
    } else {
      for (uint32_t i = 0; i < compiled_->organization.accounts.size(); ++i) {
        accounts_.push_back(static_cast<AccountIndex>(i));
      }
    }
  }

  std::shared_ptr<const CompiledOrganization> Run() {
    const Organization& organization = compiled_->organization;
    compiled_->account_programs.resize(organization.accounts.size());
    compiled_->node_programs.resize(organization.nodes.size());
    node_levels_.resize(organization.nodes.size());
    node_depths_.resize(organization.nodes.size());
    node_done_.resize(organization.nodes.size(), false);
    std::vector<CompiledAccount> compiled_accounts;
    compiled_accounts.reserve(accounts_.size());
    std::vector<ChainLevel> levels;
    for (const AccountIndex account : accounts_) {
      const Account& entry = organization.account(account);
      CompileNode(entry.parent);
      levels = node_levels_[static_cast<uint32_t>(entry.parent)];
      const ProgramId program = ProgramOf(entry.attachments);
      AppendLevel(program, node_depths_[static_cast<uint32_t>(entry.parent)] + 1, levels);
      compiled_->account_programs[static_cast<uint32_t>(account)] = program;
      compiled_accounts.push_back({account, ChainOf(levels), entry.parent});
    }
    compiled_->account_table.Build(organization, compiled_accounts);
    if (expects_many_questions_) BuildActionIndex();
    for (const OrganizationNode& node : organization.nodes) {
      compiled_->node_parents.push_back(node.parent.value_or(NodeIndex{0}));
    }
    FindImpliedKeys();
    return compiled_;
  }

 private:
  // Compiles a node and those above it.
  void CompileNode(NodeIndex node) {
    if (node_done_[static_cast<uint32_t>(node)]) return;
    const std::vector<NodeIndex> path = compiled_->organization.PathTo(node);
    for (uint32_t depth = 0; depth < path.size(); ++depth) {
      const auto index = static_cast<uint32_t>(path[depth]);
      if (node_done_[index]) continue;
      node_done_[index] = true;
      if (depth > 0) node_levels_[index] = node_levels_[static_cast<uint32_t>(path[depth - 1])];
      const ProgramId program = ProgramOf(compiled_->organization.nodes[index].attachments);
      compiled_->node_programs[index] = program;
      AppendLevel(program, depth, node_levels_[index]);
      node_depths_[index] = depth;
    }
  }

  void AppendLevel(ProgramId id, uint32_t depth, std::vector<ChainLevel>& levels) const {
    const Program& program = compiled_->program(id);
    if (!program.allows_everything || program.denies_something) levels.push_back({id, depth});
  }

  ChainId ChainOf(const std::vector<ChainLevel>& levels) {
    Description description;
    for (const ChainLevel& level : levels)
      description.Add(static_cast<uint32_t>(level.program)).Add(level.depth);
    const auto [id, is_new] = chain_ids_.Intern(description.Take());
    if (is_new) {
      compiled_->chains.push_back(
          {static_cast<uint32_t>(compiled_->chain_levels.size()), static_cast<uint32_t>(levels.size())});
      compiled_->chain_levels.insert(compiled_->chain_levels.end(), levels.begin(), levels.end());
    }
    return id;
  }

  ProgramId ProgramOf(const std::vector<Attachment>& attachments) {
    std::vector<PolicyIndex> policies;
    Description description;
    for (const Attachment& attachment : attachments) {
      if (!compiled_->organization.policy(attachment.policy).is_scp()) continue;
      policies.push_back(attachment.policy);
      description.Add(static_cast<uint32_t>(attachment.policy));
    }
    const auto [id, is_new] = program_ids_.Intern(description.Take());
    if (!is_new) return id;
    Program program;
    program.parts.first = static_cast<uint32_t>(compiled_->policy_parts.size());
    for (const PolicyIndex policy : policies) {
      for (const PolicyPart& part : PartsOf(policy)) {
        compiled_->policy_parts.push_back(part);
        ++program.parts.count;
        program.denies_something |= part.denies != 0;
        ForEachBit(part.allows,
                   [&](uint32_t bit) { program.allows_everything |= AllowsEverything(part, bit); });
      }
    }
    compiled_->programs.push_back(program);
    return id;
  }

  bool AllowsEverything(const PolicyPart& part, uint32_t bit) const {
    const CompiledStatement& statement = compiled_->statement(compiled_->statement_at(part, bit).statement);
    return compiled_->action_set(statement.actions).contains_everything() && statement.any_resource &&
           statement.clauses.count == 0;
  }

  const std::vector<PolicyPart>& PartsOf(PolicyIndex policy) {
    const auto [entry, is_new] = policy_parts_.try_emplace(static_cast<uint32_t>(policy));
    if (is_new) entry->second = CompilePolicy(policy);
    return entry->second;
  }

  std::vector<PolicyPart> CompilePolicy(PolicyIndex policy) {
    const Policy& document = compiled_->organization.policy(policy).document;
    std::vector<StatementId>& slots = compiled_->slots;
    // One part, unless the policy has more statements than a word has bits.
    const auto room = static_cast<uint32_t>(slots.size() - used_slots_);
    if (document.statements.size() > room) used_slots_ = slots.size();
    std::vector<PolicyPart> parts;
    for (uint32_t i = 0; i < document.statements.size(); ++i, ++used_slots_) {
      if (used_slots_ == slots.size()) slots.resize(slots.size() + kSlotsPerWord, kNoStatement);
      const auto bit = static_cast<uint32_t>(used_slots_ % kSlotsPerWord);
      if (i == 0 || bit == 0) {
        parts.push_back({.policy = policy,
                         .word = static_cast<uint32_t>(used_slots_ / kSlotsPerWord),
                         .bits_to_ordinals = i - bit});
      }
      const Statement& statement = document.statements[i];
      slots[used_slots_] = CompileStatement(statement, document.has_variables);
      (statement.effect == Effect::kDeny ? parts.back().denies : parts.back().allows) |= uint64_t{1} << bit;
    }
    return parts;
  }

  void BuildActionIndex() {
    std::vector<ActionSetId> sets;
    sets.reserve(compiled_->slots.size());
    for (const StatementId statement : compiled_->slots) {
      sets.push_back(statement == kNoStatement ? ActionIndex::kNoSet
                                               : compiled_->statement(statement).actions);
    }
    compiled_->action_index.Build(compiled_->action_sets, sets, *compiled_->catalogue);
  }

  StatementId CompileStatement(const Statement& source, bool variables) {
    CompiledStatement statement;
    statement.actions = CompileActions(source);
    // Of no resource at all, if it never matches.
    statement.resources = CompileResources(source.never_matches ? Statement() : source, variables);
    const ResourceSet& resources = compiled_->resource_set(statement.resources);
    statement.any_resource = resources.has_star && !resources.negated;
    std::vector<ClauseId> clauses;
    Description description;
    description.Add(static_cast<uint32_t>(statement.actions)).Add(static_cast<uint32_t>(statement.resources));
    for (const ConditionClause& clause : source.conditions) {
      clauses.push_back(CompileClause(clause, variables));
      description.Add(static_cast<uint32_t>(clauses.back()));
    }
    const auto [id, is_new] = statement_ids_.Intern(description.Take());
    if (is_new) {
      statement.clauses = Append(clauses, compiled_->clause_ids);
      compiled_->statements.push_back(statement);
    }
    return id;
  }

  template <typename T>
  static Range Append(const std::vector<T>& values, std::vector<T>& all) {
    const Range range{static_cast<uint32_t>(all.size()), static_cast<uint32_t>(values.size())};
    all.insert(all.end(), values.begin(), values.end());
    return range;
  }

  ActionSetId CompileActions(const Statement& source) {
    Description description;
    description.Add(source.not_action ? 1 : 0);
    for (const LocatedText& action : source.actions) description.Add(AsciiLower(action.text));
    const auto [id, is_new] = action_set_ids_.Intern(description.Take());
    if (is_new) compiled_->action_sets.emplace_back(source.actions, source.not_action);
    return id;
  }

  ResourceSetId CompileResources(const Statement& source, bool variables) {
    Description description;
    description.Add(source.not_resource ? 1 : 0).Add(variables ? 1 : 0);
    for (const LocatedText& resource : source.resources) description.Add(resource.text);
    const auto [id, is_new] = resource_set_ids_.Intern(description.Take());
    if (!is_new) return id;
    ResourceSet set;
    set.negated = source.not_resource;
    std::vector<Pattern> patterns;
    for (const LocatedText& resource : source.resources) {
      if (resource.text == "*") {
        set.has_star = true;
      } else if (std::optional<Pattern> pattern = Pattern::Resource(resource.text, variables)) {
        patterns.push_back(std::move(*pattern));
      }
    }
    set.patterns = AddPatterns(patterns);
    compiled_->resource_sets.push_back(set);
    return id;
  }

  ClauseId CompileClause(const ConditionClause& source, bool variables) {
    Description description;
    description.Add(static_cast<uint32_t>(source.op.comparison))
        .Add(static_cast<uint32_t>(source.op.set_operator))
        .Add((source.op.negated ? 1 : 0) | (source.op.if_exists ? 2 : 0) | (variables ? 4 : 0))
        .Add(AsciiLower(source.key.text));
    for (const ConditionValue& value : source.values) description.Add(value.text);
    const auto [id, is_new] = clause_ids_.Intern(description.Take());
    if (!is_new) return id;
    Clause clause;
    clause.op = source.op;
    clause.key = KeyOf(source.key.text);
    clause.has_no_values = source.values.empty();
    SetValues(source, variables, clause);
    compiled_->clauses.push_back(clause);
    return id;
  }

  void SetValues(const ConditionClause& source, bool variables, Clause& clause) {
    switch (source.op.comparison) {
      case Comparison::kStringEquals:
      case Comparison::kStringEqualsIgnoreCase:
      case Comparison::kBool:
        SetPatterns(source, clause,
                    [&](std::string_view text) { return std::optional(Pattern::Exact(text, variables)); });
        return;
      case Comparison::kBinaryEquals:
        SetPatterns(source, clause,
                    [](std::string_view text) { return std::optional(Pattern::Exact(text, false)); });
        return;
      case Comparison::kStringLike:
        SetPatterns(source, clause,
                    [&](std::string_view text) { return std::optional(Pattern::Like(text, variables)); });
        return;
      case Comparison::kArnLike:
        SetPatterns(source, clause, [&](std::string_view text) { return Pattern::Arn(text, variables); });
        return;
      case Comparison::kNumericEquals:
      case Comparison::kNumericLessThan:
      case Comparison::kNumericLessThanEquals:
      case Comparison::kNumericGreaterThan:
      case Comparison::kNumericGreaterThanEquals:
        // The views look into the policy, which the compiled organization owns.
        SetParsed(source, clause, compiled_->numbers, Decimal::Parse);
        return;
      case Comparison::kDateEquals:
      case Comparison::kDateLessThan:
      case Comparison::kDateLessThanEquals:
      case Comparison::kDateGreaterThan:
      case Comparison::kDateGreaterThanEquals:
        SetParsed(source, clause, compiled_->dates, ParseDate);
        return;
      case Comparison::kIpAddress:
        SetParsed(source, clause, compiled_->blocks, AddressBlock::Parse);
        return;
      case Comparison::kNull:
        for (const ConditionValue& value : source.values) {
          clause.matches_absent |= AsciiEqualsIgnoreCase(value.text, "true");
          clause.matches_present |= AsciiEqualsIgnoreCase(value.text, "false");
        }
        return;
      case Comparison::kUnknown:
        return;
    }
  }

  template <typename Compile>
  void SetPatterns(const ConditionClause& source, Clause& clause, Compile compile) {
    std::vector<Pattern> patterns;
    for (const ConditionValue& value : source.values) {
      if (std::optional<Pattern> pattern = compile(value.text)) {
        patterns.push_back(std::move(*pattern));
      } else {
        clause.has_malformed_value = true;
      }
    }
    const bool compares_bytes = source.op.comparison == Comparison::kStringEquals ||
                                source.op.comparison == Comparison::kStringLike ||
                                source.op.comparison == Comparison::kArnLike;
    if (compares_bytes && std::all_of(patterns.begin(), patterns.end(),
                                      [](const Pattern& pattern) { return pattern.is_literal(); })) {
      clause.is_sorted_literals = true;
      std::sort(patterns.begin(), patterns.end(),
                [](const Pattern& a, const Pattern& b) { return a.code() < b.code(); });
    }
    clause.values = AddPatterns(patterns);
  }

  template <typename T, typename Parse>
  static void SetParsed(const ConditionClause& source, Clause& clause, std::vector<T>& all, Parse parse) {
    clause.values.first = static_cast<uint32_t>(all.size());
    for (const ConditionValue& value : source.values) {
      if (std::optional<T> parsed = parse(value.text)) {
        all.push_back(*parsed);
        ++clause.values.count;
      } else {
        clause.has_malformed_value = true;
      }
    }
  }

  Range AddPatterns(const std::vector<Pattern>& patterns) {
    const Range range{static_cast<uint32_t>(compiled_->patterns.size()),
                      static_cast<uint32_t>(patterns.size())};
    for (const Pattern& pattern : patterns) {
      CompiledPattern& compiled = compiled_->patterns.emplace_back();
      compiled.code = {static_cast<uint32_t>(compiled_->pattern_codes.size()),
                       static_cast<uint32_t>(pattern.code().size())};
      compiled_->pattern_codes += pattern.code();
      compiled.variables = {static_cast<uint32_t>(compiled_->pattern_variables.size()),
                            static_cast<uint32_t>(pattern.variables().size())};
      for (const PatternVariable& variable : pattern.variables()) {
        compiled_->pattern_variables.push_back({KeyOf(variable.key), variable.default_value});
      }
    }
    return range;
  }

  KeyId KeyOf(std::string_view name) {
    std::string lower = AsciiLower(name);
    const auto [id, is_new] = key_ids_.Intern(lower);
    if (!is_new) return id;
    CompiledKey key;
    key.name = name;
    key.lower_name = std::move(lower);
    if (const std::optional<CatalogueKeyId> known = compiled_->catalogue->FindKey(name)) {
      const KeyInfo info = compiled_->catalogue->Key(*known);
      key.arity = info.multivalued ? Arity::kMulti : Arity::kSingle;
      if (!info.pattern) key.name = info.name;
    }
    compiled_->keys.push_back(std::move(key));
    compiled_->key_table.Add(id, compiled_->keys);
    return id;
  }

  void FindImpliedKeys() {
    const auto find = [&](std::string_view name) {
      return compiled_->key_table.Find(name, FoldedHash(name), compiled_->keys);
    };
    ImpliedKeys& implied = compiled_->implied;
    implied.principal_arn = find("aws:PrincipalArn");
    implied.principal_account = find("aws:PrincipalAccount");
    implied.principal_type = find("aws:PrincipalType");
    implied.username = find("aws:username");
    implied.organization_id = find("aws:PrincipalOrgID");
    implied.organization_paths = find("aws:PrincipalOrgPaths");
    implied.is_aws_service = find("aws:PrincipalIsAWSService");
    const Organization& organization = compiled_->organization;
    if (implied.principal_arn) SettleAnyPrincipal(*implied.principal_arn);
    if (!implied.organization_paths || organization.id.empty()) return;
    for (const OrganizationNode& node : organization.nodes) {
      const std::string above = node.parent ? compiled_->node_org_paths[static_cast<uint32_t>(*node.parent)]
                                            : organization.id + '/';
      compiled_->node_org_paths.push_back(above + node.id + '/');
    }
  }

  // Many questions name no principal: what their clauses come to is found once, with 12 arbitrary characters
  // for the account.
  void SettleAnyPrincipal(KeyId principal_arn) {
    if (!expects_many_questions_) {
      compiled_->implied.any_principal_is_settled = false;
      return;
    }
    const AnyPrincipal any_principal(compiled_->organization.partition,
                                     std::string(12, static_cast<char>(kSegmentOne)));
    for (Clause& clause : compiled_->clauses) {
      // Those that compare no patterns stay open, whatever is known of the principal.
      if (clause.key != principal_arn || !ComparesText(clause.op.comparison)) continue;
      const std::span<const CompiledPattern> patterns = compiled_->patterns_of(clause);
      if (std::any_of(patterns.begin(), patterns.end(),
                      [](const CompiledPattern& pattern) { return pattern.variables.count > 0; })) {
        compiled_->implied.any_principal_is_settled = false;
        continue;
      }
      const Truth truth = ConditionEvaluator::ComparePatternValue(*compiled_, clause, any_principal.codes());
      // If it is open here, knowing the account might still settle it, unless no pattern depends on that.
      if (truth != Truth::kUnknown || !NamesAccount(patterns)) {
        clause.for_any_principal = truth;
      } else {
        compiled_->implied.any_principal_is_settled = false;
      }
    }
  }

  bool NamesAccount(std::span<const CompiledPattern> patterns) const {
    return std::any_of(patterns.begin(), patterns.end(), [this](const CompiledPattern& pattern) {
      // A run that begins where the account does ends no sooner: what comes next is a colon.
      const std::string_view code = compiled_->code_of(pattern);
      const size_t account = code.find("::") + 2;
      if (account < 2 || account + 1 >= code.size() || code[account + 1] != ':') return true;
      if (static_cast<unsigned char>(code[account]) == kSegmentRun) return false;
      return static_cast<unsigned char>(code[account]) != kRun ||
             std::any_of(code.begin(), code.begin() + static_cast<ptrdiff_t>(account), IsPatternByte);
    });
  }

  std::shared_ptr<CompiledOrganization> compiled_;
  std::vector<AccountIndex> accounts_;
  bool expects_many_questions_ = true;
  std::vector<std::vector<ChainLevel>> node_levels_;  // the levels from the root to each compiled node
  std::vector<uint32_t> node_depths_;
  std::vector<bool> node_done_;
  std::unordered_map<uint32_t, std::vector<PolicyPart>> policy_parts_;
  size_t used_slots_ = 0;
  Interner<KeyId> key_ids_;
  Interner<ClauseId> clause_ids_;
  Interner<ResourceSetId> resource_set_ids_;
  Interner<ActionSetId> action_set_ids_;
  Interner<StatementId> statement_ids_;
  Interner<ProgramId> program_ids_;
  Interner<ChainId> chain_ids_;
};

}  // namespace

std::shared_ptr<const CompiledOrganization> CompileOrganization(Organization organization,
                                                                const CompileOptions& options) {
  return Compiler(std::move(organization), options).Run();
}

}  // namespace scpcheck

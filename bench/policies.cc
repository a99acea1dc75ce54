#include "policies.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "vocabulary.h"
#include "writer.h"

namespace scpcheck::bench {
namespace {

bool MatchesPopular(std::string_view pattern) {
  return std::ranges::any_of(PopularActions(),
                             [&](std::string_view action) { return ActionMatches(pattern, action); });
}

// The verb of `DescribeInstances`.
std::string_view VerbOf(std::string_view name) {
  size_t end = 1;
  while (end < name.size() && !(name[end] >= 'A' && name[end] <= 'Z')) ++end;
  return name.substr(0, std::min(end, name.size()));
}

bool IsReading(std::string_view name) {
  const std::string_view verb = VerbOf(name);
  return verb == "Get" || verb == "List" || verb == "Describe";
}

std::string Capitalized(std::string_view text) {
  std::string result;
  bool start = true;
  for (char c : text) {
    if (c == '-') {
      start = true;
      continue;
    }
    result += start && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    start = false;
  }
  return result;
}

// Draws with a wanted number of distinct results: each draw is told whether to make a new one, with the
// probability that makes the numbers meet at the last draw.
class DistinctPlan {
 public:
  DistinctPlan(size_t wanted, size_t draws) : wanted_(wanted), draws_(draws) {}

  bool WantsNew(size_t made, Random& random) {
    const size_t left = draws_ > 0 ? draws_-- : 1;
    return made < wanted_ && random.Below(left) < wanted_ - made;
  }

 private:
  size_t wanted_;
  size_t draws_;
};

// Statements before they have actions and conditions: their numbers are drawn first, so that the distinct
// patterns and conditions can be spread evenly over all of them.
struct StatementPlan {
  enum class Kind { kGuard, kRegion, kAllow } kind = Kind::kGuard;
  size_t patterns = 1;
  size_t conditions = 0;
};
struct PolicyPlan {
  enum class Kind { kGuard, kRegion, kAllowList } kind = Kind::kGuard;
  std::vector<StatementPlan> statements;
};

class PolicyMaker {
 public:
  PolicyMaker(const Scale& scale, const std::vector<std::string>& actions, Random& random)
      : scale_(scale), random_(random) {
    for (const std::string& action : actions) by_service_[std::string(ServiceOf(action))].push_back(action);
    for (const auto& [service, unused] : by_service_) services_.push_back(service);
    for (std::string_view service : GuardedServices()) {
      if (by_service_.contains(std::string(service))) guarded_.emplace_back(service);
    }
    for (std::string_view service : GlobalServices()) {
      if (by_service_.contains(std::string(service))) global_patterns_.push_back(std::string(service) + ":*");
    }
    for (int i = 0; i < 10'000 && global_patterns_.size() < kGlobalPatternPool; ++i) {
      std::string pattern = random_.Pick(AnyService());
      if (std::ranges::find(global_patterns_, pattern) == global_patterns_.end() &&
          !MatchesPopular(pattern)) {
        global_patterns_.push_back(std::move(pattern));
      }
    }
  }

  PolicySet Make() {
    std::vector<PolicyPlan> plans = Plan();
    size_t pattern_draws = 0;
    size_t condition_draws = 0;
    for (const PolicyPlan& plan : plans) {
      for (const StatementPlan& statement : plan.statements) {
        pattern_draws += statement.patterns;
        condition_draws += statement.conditions;
      }
    }
    pattern_plan_ = DistinctPlan(scale_.action_patterns, pattern_draws);
    condition_plan_ = DistinctPlan(scale_.conditions, condition_draws);

    PolicySet set;
    for (const PolicyPlan& plan : plans) {
      switch (plan.kind) {
        case PolicyPlan::Kind::kRegion:
          set.regions.push_back(set.policies.size());
          break;
        case PolicyPlan::Kind::kAllowList:
          set.allow_lists.push_back(set.policies.size());
          break;
        case PolicyPlan::Kind::kGuard:
          set.guards.push_back(set.policies.size());
          break;
      }
      set.policies.push_back(MakePolicy(plan, set.policies.size()));
    }
    return set;
  }

 private:
  std::vector<PolicyPlan> Plan() {
    std::vector<PolicyPlan> plans(scale_.policies);
    size_t total = 0;
    std::vector<size_t> adjustable;
    std::vector<size_t> sizes(plans.size());
    for (size_t i = 0; i < plans.size(); ++i) {
      if (i < scale_.region_policies) {
        plans[i].kind = PolicyPlan::Kind::kRegion;
        sizes[i] = 1;
      } else if (i < scale_.region_policies + scale_.allow_policies) {
        plans[i].kind = PolicyPlan::Kind::kAllowList;
        sizes[i] = 1;
      } else if (i < scale_.region_policies + scale_.allow_policies + scale_.packed_policies) {
        sizes[i] = random_.Between(10, 12);
      } else {
        sizes[i] = random_.Percent(60) ? random_.Between(1, 3) : random_.Between(3, 6);
        adjustable.push_back(i);
      }
      total += sizes[i];
    }
    while (total != scale_.statements) {
      size_t& size = sizes[random_.Pick(adjustable)];
      if (total < scale_.statements && size < 9) {
        ++size;
        ++total;
      } else if (total > scale_.statements && size > 1) {
        --size;
        --total;
      }
    }

    const size_t allow_statements = (scale_.statements * kAllowStatementPercent + 50) / 100;
    size_t more_allows =
        allow_statements > scale_.allow_policies ? allow_statements - scale_.allow_policies : 0;
    for (size_t i = 0; i < plans.size(); ++i) {
      const bool packed = sizes[i] >= 10;
      for (size_t j = 0; j < sizes[i]; ++j) {
        StatementPlan& statement = plans[i].statements.emplace_back();
        if (plans[i].kind == PolicyPlan::Kind::kRegion) {
          statement.kind = StatementPlan::Kind::kRegion;
          statement.patterns = random_.Between(kRegionNotActionsLow, kRegionNotActionsHigh);
          statement.conditions = random_.Between(1, 2);
        } else if (plans[i].kind == PolicyPlan::Kind::kAllowList) {
          statement.kind = StatementPlan::Kind::kAllow;
          statement.patterns = random_.Between(14, 24);
        } else {
          if (packed) {
            statement.patterns = random_.Between(6, 13);
          } else {
            const size_t kind = random_.Below(100);
            statement.patterns = kind < 40 ? 1 : kind < 75 ? random_.Between(2, 3) : random_.Between(4, 8);
          }
          if (random_.Percent(kConditionalPercent)) {
            const size_t kind = random_.Below(100);
            statement.conditions = kind < 42 ? 1 : kind < 80 ? 2 : kind < 95 ? 3 : 4;
          }
          // The other Allows stand beside denies, as in policies that carry an Allow of everything they know.
          if (j > 0 && more_allows > 0 && random_.Percent(4)) {
            statement.kind = StatementPlan::Kind::kAllow;
            --more_allows;
          }
        }
      }
    }
    return plans;
  }

  Policy MakePolicy(const PolicyPlan& plan, size_t number) {
    Policy policy;
    policy.id = "p-" + random_.Text(kLowerAlphanumeric, 10);
    std::set<std::string> topics;
    for (size_t i = 0; i < plan.statements.size(); ++i) {
      std::string topic;
      policy.statements.push_back(MakeStatement(plan.statements[i], topic));
      Statement& statement = policy.statements.back();
      if (!random_.Percent(15)) {
        statement.sid = (statement.allow ? "Allow" : "Deny") + Capitalized(topic) +
                        (statement.allow       ? "Use"
                         : random_.Percent(50) ? "Change"
                                               : "Misuse") +
                        std::to_string(i + 1);
      }
      topics.insert(topic);
    }
    switch (plan.kind) {
      case PolicyPlan::Kind::kRegion:
        policy.name = "region-guard-" + std::to_string(number + 1);
        break;
      case PolicyPlan::Kind::kAllowList:
        policy.name = "allow-list-" + std::to_string(number + 1);
        break;
      case PolicyPlan::Kind::kGuard:
        policy.name =
            (topics.size() > 3 ? "baseline" : "guard-" + *topics.begin()) + "-" + std::to_string(number + 1);
        break;
    }
    while (PolicyText(policy, /*compact=*/true).size() > kPolicyCharacterLimit) {
      auto longest = std::ranges::max_element(
          policy.statements, {}, [](const Statement& statement) { return statement.actions.size(); });
      longest->actions.pop_back();
    }
    return policy;
  }

  Statement MakeStatement(const StatementPlan& plan, std::string& topic) {
    Statement statement;
    statement.resources.push_back("*");
    switch (plan.kind) {
      case StatementPlan::Kind::kRegion:
        MakeRegionStatement(plan, statement);
        topic = "outside-regions";
        break;
      case StatementPlan::Kind::kAllow:
        MakeAllowStatement(plan, statement);
        topic = "approved-services";
        break;
      case StatementPlan::Kind::kGuard:
        topic = MakeGuardStatement(plan, statement);
        break;
    }
    return statement;
  }

  void MakeRegionStatement(const StatementPlan& plan, Statement& statement) {
    statement.not_action = true;
    std::vector<std::string> entries = global_patterns_;
    random_.Shuffle(entries);
    entries.resize(std::min(entries.size(), plan.patterns));
    std::ranges::sort(entries);
    for (std::string& entry : entries) {
      pattern_plan_.WantsNew(used_patterns_.size(), random_);  // one draw, whatever it says
      AddPattern(entry);
      statement.actions.push_back(std::move(entry));
    }
    Condition regions{.test = Test::kStringEquals, .negated = true, .key = "aws:RequestedRegion"};
    regions.if_exists = random_.Percent(20);
    for (std::string_view region : CoreRegions()) regions.values.emplace_back(region);
    for (size_t i = random_.Below(4); i > 0; --i) {
      std::string region(random_.Pick(OtherRegions()));
      if (std::ranges::find(regions.values, region) == regions.values.end()) regions.values.push_back(region);
    }
    condition_plan_.WantsNew(used_conditions_.size(), random_);
    AddCondition(regions, "");
    statement.conditions.push_back(std::move(regions));
    if (plan.conditions > 1) {
      condition_plan_.WantsNew(used_conditions_.size(), random_);
      Condition exempt = MakeExemption();
      AddCondition(exempt, "");
      statement.conditions.push_back(std::move(exempt));
    }
  }

  void MakeAllowStatement(const StatementPlan& plan, Statement& statement) {
    statement.allow = true;
    for (size_t i = 0; i < plan.patterns; ++i) {
      // The services that most requests are about come first: an allow-list leaves its accounts usable.
      std::string pattern;
      if (plan.patterns > 13 && i < 12) {
        pattern = std::string(ServiceOf(PopularActions()[i])) + ":*";
      } else {
        pattern = random_.Pick(services_) + ":*";
      }
      pattern_plan_.WantsNew(used_patterns_.size(), random_);
      if (std::ranges::find(statement.actions, pattern) != statement.actions.end()) continue;
      AddPattern(pattern);
      statement.actions.push_back(std::move(pattern));
    }
    std::set<std::string> taken;
    for (size_t i = 0; i < plan.conditions; ++i) DrawCondition("", false, statement, taken);
  }

  std::string MakeGuardStatement(const StatementPlan& plan, Statement& statement) {
    const bool conditional = plan.conditions > 0;
    const bool any_action = conditional && random_.Percent(kAnyActionPercent);
    const std::string topic =
        random_.Percent(kGuardedServicePercent) ? random_.Pick(guarded_) : random_.Pick(services_);
    if (any_action && random_.Percent(50)) {
      statement.actions.push_back("*");
      AddPattern("*");
      for (size_t i = 0; i < plan.patterns; ++i) pattern_plan_.WantsNew(used_patterns_.size(), random_);
    } else {
      std::string service = topic;
      for (size_t i = 0; i < plan.patterns; ++i) {
        if (i > 0 && random_.Percent(8)) service = random_.Pick(guarded_);
        DrawPattern(service, conditional, statement);
      }
      statement.not_action = any_action;
      if (!any_action && random_.Percent(kNarrowResourcePercent)) {
        statement.resources.clear();
        for (size_t i = random_.Between(1, 3); i > 0; --i) {
          std::string resource = ProtectedResource(topic, random_);
          if (std::ranges::find(statement.resources, resource) == statement.resources.end()) {
            statement.resources.push_back(std::move(resource));
          }
        }
      }
    }
    std::set<std::string> taken;
    for (size_t i = 0; i < plan.conditions; ++i) DrawCondition(topic, any_action && i == 0, statement, taken);
    return topic;
  }

  // ---- action patterns

  const std::vector<std::string>& AnyService() { return by_service_[random_.Pick(services_)]; }

  void AddPattern(const std::string& pattern) {
    if (!used_patterns_.insert(pattern).second) return;
    used_by_service_[std::string(ServiceOf(pattern))].push_back(pattern);
  }

  // An unconditional deny of what everybody uses would deny most of the requests.
  static bool Fits(std::string_view pattern, bool conditional) {
    return conditional || !MatchesPopular(pattern);
  }

  std::string FreshPattern(const std::string& service) {
    const std::vector<std::string>& actions = by_service_[service];
    std::string action = random_.Pick(actions);
    // Guards are about changes more than about reading.
    for (int i = 0; i < 2 && IsReading(NameOf(action)); ++i) action = random_.Pick(actions);
    const std::string_view name = NameOf(action);
    const std::string_view verb = VerbOf(name);
    const size_t kind = random_.Below(100);
    if (kind < 74 || verb.size() == name.size()) return action;
    if (kind < 90) return service + ":" + std::string(verb) + "*";
    if (kind < 95) return service + ":*" + std::string(name.substr(verb.size()));
    if (kind < 97) return service + ":" + std::string(name.substr(0, (verb.size() + name.size()) / 2)) + "*";
    return service + ":*";
  }

  void DrawPattern(const std::string& wanted_service, bool conditional, Statement& statement) {
    const auto is_taken = [&](const std::string& pattern) {
      return std::ranges::find(statement.actions, pattern) != statement.actions.end();
    };
    std::string service = wanted_service;
    const bool wants_new = pattern_plan_.WantsNew(used_patterns_.size(), random_);
    if (!wants_new) {
      for (int attempt = 0; attempt < 30; ++attempt) {
        if (attempt == 20) service = random_.Pick(guarded_);
        const std::vector<std::string>& used = used_by_service_[service];
        if (used.empty()) {
          service = random_.Pick(guarded_);
          continue;
        }
        const std::string& pattern = random_.Pick(used);
        if (is_taken(pattern) || !Fits(pattern, conditional)) continue;
        statement.actions.push_back(pattern);
        return;
      }
    }
    for (int attempt = 0; attempt < 1000; ++attempt) {
      if (attempt % 12 == 11) service = random_.Pick(services_);
      std::string pattern = FreshPattern(service);
      if (is_taken(pattern) || !Fits(pattern, conditional)) continue;
      if (wants_new && attempt < 200 && used_patterns_.contains(pattern)) continue;
      AddPattern(pattern);
      statement.actions.push_back(std::move(pattern));
      return;
    }
  }

  // ---- conditions

  struct UsedCondition {
    Condition condition;
    std::string service;  // empty: fits every statement
  };

  void AddCondition(const Condition& condition, const std::string& service) {
    if (!used_texts_.insert(ConditionText(condition)).second) return;
    used_conditions_.push_back({condition, service});
  }

  Condition MakeExemption() {
    Condition condition{.test = Test::kArnLike, .negated = true, .key = "aws:PrincipalArn"};
    condition.if_exists = random_.Percent(25);
    for (size_t i = random_.Between(1, 4); i > 0; --i) {
      const std::string partition = random_.Percent(20) ? "*" : "aws";
      std::string role = ExemptRole(random_);
      if (const size_t slash = role.rfind('/'); slash != std::string::npos && random_.Percent(30)) {
        role.resize(slash + 1);
        role += '*';
      } else if (random_.Percent(35)) {
        role += "-*";
      }
      std::string pattern = "arn:" + partition + ":iam::*:role/" + role;
      if (std::ranges::find(condition.values, pattern) == condition.values.end())
        condition.values.push_back(pattern);
    }
    return condition;
  }

  void AddDomainValues(size_t low, size_t high, Condition& condition) {
    for (size_t i = random_.Between(low, high); i > 0; --i) {
      std::string value = RandomValue(condition.key, "111122223333", "o-exampleorg1", random_);
      if (std::ranges::find(condition.values, value) == condition.values.end())
        condition.values.push_back(value);
    }
  }

  // Conditions that hold for nearly every request are left to accompany others.
  Condition FreshCondition(const std::string& service, bool first, std::string& bound_to) {
    bound_to.clear();
    std::vector<const ServiceKey*> service_keys;
    for (const ServiceKey& key : ServiceKeys()) {
      if (key.service == service) service_keys.push_back(&key);
    }
    Condition condition;
    if (!service_keys.empty() && random_.Percent(35)) {
      const ServiceKey& key = *random_.Pick(service_keys);
      bound_to = service;
      condition.key = key.key;
      condition.if_exists = random_.Percent(30);
      condition.negated = random_.Percent(70);
      switch (key.kind) {
        case ServiceKey::Kind::kText:
          condition.test = Test::kStringEquals;
          break;
        case ServiceKey::Kind::kGlob:
          condition.test = Test::kStringLike;
          break;
        case ServiceKey::Kind::kBool:
          condition.test = Test::kBool;
          condition.negated = false;
          condition.values.emplace_back(random_.Percent(80) ? "false" : "true");
          return condition;
        case ServiceKey::Kind::kNumber:
          condition.test = Test::kNumericGreaterThan;
          condition.negated = false;
          condition.values.emplace_back(random_.Pick(key.values));
          return condition;
      }
      if (random_.Percent(10)) {
        condition = {.test = Test::kNull, .key = std::string(key.key), .values = {"true"}};
        return condition;
      }
      for (size_t i = random_.Between(1, 4); i > 0; --i) {
        std::string value(random_.Pick(key.values));
        if (std::ranges::find(condition.values, value) == condition.values.end())
          condition.values.push_back(value);
      }
      return condition;
    }
    const size_t kind = random_.Below(100);
    if (kind < 40) return MakeExemption();
    if (kind < 48) {
      condition = {.test = Test::kStringEquals, .negated = true, .key = "aws:RequestedRegion"};
      condition.if_exists = random_.Percent(40);
      for (std::string_view region : CoreRegions()) {
        if (random_.Percent(92)) condition.values.emplace_back(region);
      }
      AddDomainValues(1, 3, condition);
    } else if (kind < 60) {
      condition = {.test = Test::kStringEquals, .negated = random_.Percent(75)};
      condition.key = "aws:PrincipalTag/" + std::string(random_.Pick(TagNames()));
      condition.if_exists = random_.Percent(35);
      AddDomainValues(1, 3, condition);
    } else if (kind < 68) {
      condition = {.test = Test::kStringEquals, .negated = random_.Percent(30)};
      condition.key = "aws:ResourceTag/" + std::string(random_.Pick(TagNames()));
      if (random_.Percent(12)) {
        condition.negated = true;
        condition.values.push_back("${aws:PrincipalTag/" + condition.key.substr(condition.key.find('/') + 1) +
                                   "}");
      } else {
        if (random_.Percent(30)) condition.test = Test::kStringLike;
        AddDomainValues(1, 2, condition);
      }
    } else if (kind < 75) {
      condition.key = "aws:RequestTag/" + std::string(random_.Pick(TagNames()));
      if (random_.Percent(50)) {
        condition.test = Test::kNull;
        condition.values = {"true"};
      } else {
        condition.test = Test::kStringEquals;
        condition.negated = true;
        AddDomainValues(2, 4, condition);
      }
    } else if (kind < 80) {
      condition = {.test = Test::kStringLike, .quantifier = Quantifier::kForAnyValue, .key = "aws:TagKeys"};
      condition.test = random_.Percent(50) ? Test::kStringLike : Test::kStringEquals;
      AddDomainValues(1, 3, condition);
    } else if (kind < 85) {
      condition = {.test = Test::kStringEquals, .negated = true, .if_exists = true, .key = "aws:SourceVpc"};
      AddDomainValues(1, 4, condition);
    } else if (kind < 90) {
      condition = {
          .test = Test::kIpAddress, .negated = true, .if_exists = random_.Percent(70), .key = "aws:SourceIp"};
      for (size_t i = random_.Between(2, 6); i > 0; --i) {
        std::string cidr = RandomCidr(random_);
        if (std::ranges::find(condition.values, cidr) == condition.values.end())
          condition.values.push_back(cidr);
      }
    } else if (kind < 93) {
      condition = {
          .test = Test::kBool, .if_exists = random_.Percent(70), .key = "aws:MultiFactorAuthPresent"};
      condition.values = {"false"};
    } else if (kind < 95) {
      condition = {
          .test = Test::kStringEquals, .negated = true, .if_exists = true, .key = "aws:ResourceOrgID"};
      condition.values = {"${aws:PrincipalOrgID}"};
    } else if (kind < 97) {
      condition = {.test = Test::kDateGreaterThan, .key = "aws:CurrentTime"};
      const size_t year = random_.Between(2027, 2029);
      const size_t month = random_.Between(1, 9);
      condition.values = {std::to_string(year) + "-0" + std::to_string(month) + "-01T00:00:00Z"};
    } else if (kind < 98 || first) {
      condition = {.test = Test::kBool, .key = "aws:SecureTransport", .values = {"false"}};
    } else {
      condition = {.test = Test::kBool, .if_exists = random_.Percent(50)};
      condition.key = random_.Percent(50) ? "aws:PrincipalIsAWSService" : "aws:ViaAWSService";
      condition.values = {"false"};
    }
    return condition;
  }

  static bool IsCompanion(const Condition& condition) {
    return condition.key == "aws:PrincipalIsAWSService" || condition.key == "aws:ViaAWSService";
  }

  // A deny of everything must have a condition that ordinary requests escape, or there would be no others.
  static bool IsEscapable(const Condition& condition) {
    return condition.key == "aws:RequestedRegion" || condition.key == "aws:SourceIp" ||
           condition.key == "aws:ResourceOrgID" || condition.key == "aws:SecureTransport" ||
           condition.key == "aws:CurrentTime";
  }

  void DrawCondition(const std::string& service, bool escapable, Statement& statement,
                     std::set<std::string>& taken) {
    const bool first = statement.conditions.empty();
    const auto place = [](const Condition& condition) {
      return OperatorName(condition) + " " + condition.key;
    };
    const auto fits = [&](const Condition& condition) {
      return !(first && IsCompanion(condition)) && (!escapable || IsEscapable(condition)) &&
             !taken.contains(place(condition));
    };
    const bool wants_new = condition_plan_.WantsNew(used_conditions_.size(), random_);
    if (!wants_new && !used_conditions_.empty()) {
      for (int attempt = 0; attempt < 40; ++attempt) {
        const UsedCondition& used = random_.Pick(used_conditions_);
        if ((!used.service.empty() && used.service != service) || !fits(used.condition)) continue;
        taken.insert(place(used.condition));
        statement.conditions.push_back(used.condition);
        return;
      }
    }
    for (int attempt = 0; attempt < 400; ++attempt) {
      std::string bound_to;
      Condition condition = FreshCondition(service, first, bound_to);
      if (!fits(condition)) continue;
      if (wants_new && attempt < 300 && used_texts_.contains(ConditionText(condition))) continue;
      taken.insert(place(condition));
      AddCondition(condition, bound_to);
      statement.conditions.push_back(std::move(condition));
      return;
    }
  }

  const Scale& scale_;
  Random& random_;
  std::map<std::string, std::vector<std::string>> by_service_;
  std::vector<std::string> services_;
  std::vector<std::string> guarded_;
  std::vector<std::string> global_patterns_;
  DistinctPlan pattern_plan_{0, 0};
  DistinctPlan condition_plan_{0, 0};
  std::unordered_set<std::string> used_patterns_;
  std::unordered_map<std::string, std::vector<std::string>> used_by_service_;
  std::vector<UsedCondition> used_conditions_;
  std::unordered_set<std::string> used_texts_;
};

}  // namespace

PolicySet MakePolicies(const Scale& scale, const std::vector<std::string>& actions, Random& random) {
  return PolicyMaker(scale, actions, random).Make();
}

// The first conditions hold for every request that the generator makes for this workload, and the last for
// none: whoever evaluates in order has to go through all of them.
Policy MakeWorstPolicy(size_t number, Random& random) {
  Policy policy;
  policy.id = "p-" + random.Text(kLowerAlphanumeric, 10);
  policy.name = "worst-" + std::to_string(number + 1);
  for (size_t i = 0; i < kWorstStatementsPerLevel; ++i) {
    Statement statement;
    statement.sid = "DenyWorst" + std::to_string(i + 1);
    statement.actions = {"*"};
    statement.resources = {"*"};
    const std::string serial = std::to_string(number * kWorstStatementsPerLevel + i);
    Condition tag{.test = Test::kStringEquals, .negated = true, .key = "aws:PrincipalTag/team"};
    tag.values = {"retired-" + serial, "former-" + serial};
    Condition network{.test = Test::kIpAddress, .negated = true, .if_exists = true, .key = "aws:SourceIp"};
    network.values = {"10." + serial + ".0.0/16", "172.16." + serial + ".0/24"};
    Condition regions{.test = Test::kStringLike, .negated = true, .key = "aws:RequestedRegion"};
    regions.values = {"ap-*-" + serial, "cn-*-" + serial};
    Condition principal{.test = Test::kArnLike, .key = "aws:PrincipalArn"};
    for (std::string_view team : {"payments", "search", "platform"}) {
      principal.values.push_back("arn:aws:iam::*:role/*" + std::string(team) + "-*-prod-" + serial + "*");
    }
    const Condition all[kWorstConditionsPerStatement] = {tag, network, regions, principal};
    statement.conditions.assign(std::begin(all), std::end(all));
    policy.statements.push_back(std::move(statement));
  }
  return policy;
}

}  // namespace scpcheck::bench

#include "organization.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "policies.h"
#include "vocabulary.h"
#include "writer.h"

namespace scpcheck::bench {
namespace {

// Gives out the policies of a pool in turn until each has been attached somewhere, then any of them.
class PolicyPool {
 public:
  PolicyPool(std::vector<size_t> policies, Random& random) : policies_(std::move(policies)), random_(random) {
    random_.Shuffle(policies_);
  }

  bool empty() const { return policies_.empty(); }
  bool HasUnattached() const { return next_ < policies_.size(); }

  void AttachOne(std::vector<size_t>& attachments) {
    if (policies_.empty() || attachments.size() >= kAttachmentLimit) return;
    const size_t policy = HasUnattached() ? policies_[next_++] : random_.Pick(policies_);
    if (std::ranges::find(attachments, policy) == attachments.end()) attachments.push_back(policy);
  }

 private:
  std::vector<size_t> policies_;
  size_t next_ = 0;
  Random& random_;
};

class OrganizationMaker {
 public:
  OrganizationMaker(const Scale& scale, const std::vector<std::string>& actions, Random& random)
      : scale_(scale), random_(random), set_(MakePolicies(scale, actions, random)) {}

  Organization Make() {
    MakeHead();
    MakeUnits();
    MakeAccounts();
    Attach();
    result_.policies = std::move(set_.policies);
    return std::move(result_);
  }

 private:
  void MakeHead() {
    result_.id = "o-" + random_.Text(kLowerAlphanumeric, 10);
    root_tail_ = random_.Text(kLowerAlphanumeric, 4);
    result_.root_id = "r-" + root_tail_;
  }

  void MakeUnits() {
    std::vector<size_t> children(scale_.units + 1);  // the root's at the end
    for (size_t i = 0; i < scale_.units; ++i) {
      Unit unit;
      unit.id = "ou-" + root_tail_ + "-" + random_.Text(kLowerAlphanumeric, 8);
      // The first units form a chain, so that every level is there.
      if (i > 0 && i < scale_.unit_levels) {
        unit.parent = i - 1;
      } else if (i > 0 && !(children[scale_.units] < 12 && random_.Percent(25))) {
        do {
          unit.parent = random_.Below(i);
        } while (result_.units[unit.parent].level >= scale_.unit_levels);
      }
      unit.level = unit.parent == kRootUnit ? 1 : result_.units[unit.parent].level + 1;
      // Names of siblings differ by their serial number.
      const size_t serial = ++children[unit.parent == kRootUnit ? scale_.units : unit.parent];
      unit.name = unit.level == 1 ? std::string(random_.Pick(Teams())) : std::string(random_.Pick(Stages()));
      unit.name += "-" + std::to_string(serial);
      result_.units.push_back(std::move(unit));
    }
  }

  void MakeAccounts() {
    std::unordered_set<std::string> ids;
    for (size_t i = 0; i < scale_.accounts; ++i) {
      Account account;
      do {
        account.id = random_.Text("123456789", 1);
        account.id += random_.Text(kDigits, 11);
      } while (!ids.insert(account.id).second);
      if (i == 0) {
        account.name = "management";
      } else {
        // Each unit gets one, then some get more than others.
        account.unit =
            i <= scale_.units ? i - 1 : std::min(random_.Below(scale_.units), random_.Below(scale_.units));
        account.name = random_.Pick(Teams());
        account.name += '-';
        account.name += random_.Pick(Stages());
        account.name += "-" + std::to_string(i);
      }
      result_.accounts.push_back(std::move(account));
    }
  }

  void Attach() {
    std::vector<size_t> guards = set_.guards;
    random_.Shuffle(guards);

    // The root: one region deny, and guards.
    result_.root_attachments.push_back(kFullAccess);
    if (!set_.regions.empty()) result_.root_attachments.push_back(set_.regions.front());
    while (result_.root_attachments.size() < scale_.root_policies + 1) {
      result_.root_attachments.push_back(guards.back());
      guards.pop_back();
    }

    const size_t for_units = (guards.size() * 6 + 9) / 10;
    std::vector<size_t> unit_policies(guards.begin(),
                                      guards.begin() + static_cast<std::ptrdiff_t>(for_units));
    unit_policies.insert(unit_policies.end(), set_.regions.begin() + 1, set_.regions.end());
    PolicyPool unit_pool(std::move(unit_policies), random_);
    std::vector<size_t> account_policies(guards.begin() + static_cast<std::ptrdiff_t>(for_units),
                                         guards.end());
    PolicyPool account_pool(std::move(account_policies), random_);

    std::vector<bool> is_parent(result_.units.size());
    for (const Unit& unit : result_.units) {
      if (unit.parent != kRootUnit) is_parent[unit.parent] = true;
    }
    std::vector<size_t> leaves;
    for (size_t i = 0; i < result_.units.size(); ++i) {
      if (!is_parent[i]) leaves.push_back(i);
    }
    random_.Shuffle(leaves);
    for (Unit& unit : result_.units) unit.attachments.push_back(kFullAccess);
    for (size_t i = 0; i < set_.allow_lists.size() && i < leaves.size(); ++i) {
      result_.units[leaves[i]].attachments.front() = set_.allow_lists[i];
    }
    for (Unit& unit : result_.units) {
      if (random_.Percent(scale_.bare_unit_percent)) continue;
      for (size_t i = random_.Percent(70) ? 1 : random_.Between(2, 4); i > 0; --i) {
        unit_pool.AttachOne(unit.attachments);
      }
    }
    while (unit_pool.HasUnattached())
      unit_pool.AttachOne(result_.units[random_.Below(result_.units.size())].attachments);

    // Members of one unit that have policies of their own are often there for the same reason.
    // The first account of each unit is not among them, so that every unit's own chain is some account's.
    std::vector<size_t> members;
    for (size_t i = scale_.units + 1; i < result_.accounts.size(); ++i) members.push_back(i);
    random_.Shuffle(members);
    members.resize((scale_.accounts * scale_.own_policy_permille + 500) / 1000);
    for (Account& account : result_.accounts) account.attachments.push_back(kFullAccess);
    std::unordered_map<size_t, size_t> usual;  // by unit, the account that the next ones may follow
    for (size_t member : members) {
      Account& account = result_.accounts[member];
      const auto [found, is_new] = usual.try_emplace(account.unit, member);
      if (!is_new && !account_pool.HasUnattached() && random_.Percent(kSameAsNeighbourPercent)) {
        account.attachments = result_.accounts[found->second].attachments;
        continue;
      }
      for (size_t i = random_.Percent(65) ? 1 : random_.Between(2, 3); i > 0; --i) {
        account_pool.AttachOne(account.attachments);
      }
    }
    while (account_pool.HasUnattached() && !members.empty()) {
      account_pool.AttachOne(result_.accounts[random_.Pick(members)].attachments);
    }
  }

  const Scale& scale_;
  Random& random_;
  PolicySet set_;
  Organization result_;
  std::string root_tail_;
};

}  // namespace

Organization MakeOrganization(const Scale& scale, const std::vector<std::string>& actions, Random& random) {
  return OrganizationMaker(scale, actions, random).Make();
}

Organization MakeWorstOrganization(Random& random) {
  Organization organization;
  organization.id = "o-" + random.Text(kLowerAlphanumeric, 10);
  const std::string root_tail = random.Text(kLowerAlphanumeric, 4);
  organization.root_id = "r-" + root_tail;
  const auto add_policy = [&] {
    organization.policies.push_back(MakeWorstPolicy(organization.policies.size(), random));
    return organization.policies.size() - 1;
  };
  organization.root_attachments = {kFullAccess, add_policy()};
  Unit unit;
  unit.id = "ou-" + root_tail + "-" + random.Text(kLowerAlphanumeric, 8);
  unit.name = "workloads";
  unit.attachments = {kFullAccess, add_policy()};
  organization.units.push_back(std::move(unit));
  organization.accounts.push_back({"9" + random.Text(kDigits, 11), "management", kRootUnit, {kFullAccess}});
  for (size_t i = 0; i < kWorstAccounts; ++i) {
    // The first digits make the ids differ.
    organization.accounts.push_back({std::to_string(i + 1) + random.Text(kDigits, 11),
                                     "workload-" + std::to_string(i + 1),
                                     0,
                                     {kFullAccess, add_policy()}});
  }
  return organization;
}

std::vector<const std::vector<size_t>*> ChainOf(const Organization& organization, const Account& account) {
  std::vector<const std::vector<size_t>*> chain = {&account.attachments};
  for (size_t unit = account.unit; unit != kRootUnit; unit = organization.units[unit].parent) {
    chain.push_back(&organization.units[unit].attachments);
  }
  chain.push_back(&organization.root_attachments);
  std::ranges::reverse(chain);
  return chain;
}

Figures CountFigures(const Organization& organization) {
  Figures figures;
  figures.accounts = organization.accounts.size();
  figures.units = organization.units.size();
  figures.policies = organization.policies.size();
  for (const Unit& unit : organization.units) figures.unit_levels = std::max(figures.unit_levels, unit.level);

  std::unordered_set<std::string> patterns;
  std::unordered_set<std::string> conditions;
  for (const Policy& policy : organization.policies) {
    figures.largest_policy = std::max(figures.largest_policy, PolicyText(policy, /*compact=*/true).size());
    for (const Statement& statement : policy.statements) {
      ++figures.statements;
      figures.deny_statements += statement.allow ? 0 : 1;
      figures.conditional_statements += statement.conditions.empty() ? 0 : 1;
      patterns.insert(statement.actions.begin(), statement.actions.end());
      for (const Condition& condition : statement.conditions) conditions.insert(ConditionText(condition));
    }
  }
  figures.action_patterns = patterns.size();
  figures.conditions = conditions.size();

  std::set<std::vector<std::vector<size_t>>> classes;
  size_t chain_statements = 0;
  for (const Account& account : organization.accounts) {
    std::vector<std::vector<size_t>> levels;
    size_t statements = 0;
    for (const std::vector<size_t>* attachments : ChainOf(organization, account)) {
      figures.most_attachments = std::max(figures.most_attachments, attachments->size());
      for (size_t policy : *attachments) {
        if (policy != kFullAccess) statements += organization.policies[policy].statements.size();
      }
      // A level of FullAWSAccess alone changes nothing, so it doesn't make a class.
      if (attachments->size() != 1 || attachments->front() != kFullAccess) levels.push_back(*attachments);
    }
    classes.insert(std::move(levels));
    figures.longest_chain = std::max(figures.longest_chain, statements);
    chain_statements += statements;
    figures.accounts_with_own_policies += account.attachments.size() > 1 ? 1 : 0;
  }
  figures.classes = classes.size();
  figures.average_chain = static_cast<double>(chain_statements) / static_cast<double>(figures.accounts);
  return figures;
}

}  // namespace scpcheck::bench

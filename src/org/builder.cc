#include "org/builder.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/quote.h"

namespace scpcheck {

namespace {

// AWS allows 128 characters for most. They stand in paths and keys of everything below, so that a file of
// long ones would take many times its size.
constexpr size_t kMaxNameBytes = 1024;
// An engine tells accounts apart by 24 bits.
constexpr size_t kMaxAccounts = 16'000'000;

uint64_t AccountNumber(std::string_view id) {
  uint64_t number = 0;
  for (const char digit : id) number = number * 10 + static_cast<uint64_t>(digit - '0');
  return number;
}

}  // namespace

OrganizationPolicy FullAwsAccess() {
  constexpr std::string_view kText =
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]})";
  OrganizationPolicy policy;
  policy.id = kFullAwsAccessId;
  policy.name = "FullAWSAccess";
  policy.aws_managed = true;
  policy.document = ParsePolicy(Source::FromText("FullAWSAccess", std::string(kText)));
  policy.stored_bytes = policy.stored_characters = static_cast<uint32_t>(kText.size());
  return policy;
}

void OrganizationBuilder::Report(std::string code, std::string message, const Place& place) {
  diagnostics_.Add(
      {.code = std::move(code), .message = std::move(message), .source = place.source, .range = place.range});
}

bool OrganizationBuilder::CheckAccountId(std::string_view id, const Place& place) {
  if (id.size() == 12 && std::all_of(id.begin(), id.end(), IsAsciiDigit)) return true;
  std::string message = Quoted(id) + " is no account id: it must have 12 digits";
  // Spreadsheets and YAML tools drop leading zeros; which ones is for the user to say.
  if (!id.empty() && id.size() < 12 && std::all_of(id.begin(), id.end(), IsAsciiDigit)) {
    message +=
        "; if leading zeros were lost, it is \"" + std::string(12 - id.size(), '0') + std::string(id) + "\"";
  }
  if (id.size() > kMaxNameBytes) message = "this is no account id: it must have 12 digits";
  Report("account-id", std::move(message), place);
  return false;
}

void OrganizationBuilder::CheckLength(std::string& text, std::string_view what, const Place& place) {
  if (text.size() <= kMaxNameBytes) return;
  Report("too-long",
         std::string(what) + " has " + std::to_string(text.size()) + " bytes: at most " +
             std::to_string(kMaxNameBytes) + " are read",
         place);
  text.clear();
}

void OrganizationBuilder::SetManagementAccount(std::string_view id, const Place& place) {
  if (CheckAccountId(id, place)) organization_.management_account = std::string(id);
}

void OrganizationBuilder::AddPolicy(OrganizationPolicy policy, const Place& place) {
  CheckLength(policy.id, "the id of the policy", place);
  CheckLength(policy.name, "the name of the policy", place);
  const auto index = static_cast<PolicyIndex>(organization_.policies.size());
  if (!policies_by_id_.emplace(policy.id, index).second) {
    Report("duplicate-policy", "the policy id " + Quoted(policy.id) + " stands twice", place);
    return;
  }
  policies_by_name_.emplace(policy.name, index);
  const auto& names = options_.ignored_policies;
  ignored_.push_back(std::any_of(names.begin(), names.end(), [&](const std::string& name) {
    return name == policy.id || name == policy.name;
  }));
  last_target_.push_back(0);
  organization_.policies.push_back(std::move(policy));
}

NodeIndex OrganizationBuilder::AddNode(OrganizationNode node, const Place& place) {
  CheckLength(node.id, "the id", place);
  CheckLength(node.name, "the name", place);
  const auto index = static_cast<NodeIndex>(organization_.nodes.size());
  if (!nodes_by_id_.emplace(node.id, index).second) {
    Report("duplicate-node", Quoted(node.id) + " stands twice in the tree", place);
  }
  organization_.nodes.push_back(std::move(node));
  return index;
}

void OrganizationBuilder::ReserveAccounts(size_t count) {
  organization_.accounts.reserve(count);
  accounts_by_id_.reserve(count);
}

void OrganizationBuilder::AddAccount(Account account, const Place& place) {
  const auto index = static_cast<AccountIndex>(organization_.accounts.size());
  if (organization_.accounts.size() == kMaxAccounts) {
    Report("too-many-accounts",
           "an organization of more than " + std::to_string(kMaxAccounts) +
               " accounts is not read; AWS allows some thousands",
           place);
  }
  CheckLength(account.name, "the name of the account", place);
  if (CheckAccountId(account.id, place)) {
    const auto [known, is_new] = accounts_by_id_.emplace(AccountNumber(account.id), index);
    if (!is_new) {
      const Account& first = organization_.account(known->second);
      Report("duplicate-account",
             "the account " + Quoted(account.id) + " stands twice in the tree, first in " +
                 Quoted(organization_.node(first.parent).id),
             place);
    }
  }
  organization_.accounts.push_back(std::move(account));
}

std::optional<PolicyIndex> OrganizationBuilder::FindPolicy(std::string_view policy, const Place& place) {
  const std::string reference(policy);
  const auto by_id = policies_by_id_.find(reference);
  if (by_id != policies_by_id_.end()) return by_id->second;
  const auto [first, last] = policies_by_name_.equal_range(reference);
  if (first != last) {
    if (std::next(first) == last) return first->second;
    Report("ambiguous-policy", "several policies are named " + Quoted(policy) + ": use the id", place);
    return std::nullopt;
  }
  if (policy == kFullAwsAccessId || policy == "FullAWSAccess") {
    AddPolicy(FullAwsAccess(), {});
    return policies_by_id_.at(std::string(kFullAwsAccessId));
  }
  std::string message = "there is no policy " + Quoted(policy);
  // The search is too slow to be made for every reference of a hostile file.
  const bool suggests = suggestions_left_ > 0;
  if (suggests) --suggestions_left_;
  for (size_t i = 0; suggests && i < organization_.policies.size(); ++i) {
    const OrganizationPolicy& known = organization_.policies[i];
    if (EditDistance(known.id, policy, 2) <= 2 ||
        EditDistance(AsciiLower(known.name), AsciiLower(policy), 2) <= 2) {
      message += ": did you mean " + Quoted(known.id) + " (" + known.name + ")?";
      break;
    }
  }
  Report("unknown-policy", std::move(message), place);
  return std::nullopt;
}

std::optional<PolicyIndex> OrganizationBuilder::Attachable(std::string_view policy, const Place& place) {
  if (policy == last_reference_ && last_policy_) return last_policy_;
  const std::optional<PolicyIndex> found = FindPolicy(policy, place);
  if (!found || ignored_[static_cast<uint32_t>(*found)]) return std::nullopt;
  if (last_target_[static_cast<uint32_t>(*found)] == 0) {
    const OrganizationPolicy& entry = organization_.policy(*found);
    if (policy_faults_ == PolicyFaults::kReported && entry.is_scp() && !entry.document.decidable)
      diagnostics_.Append(entry.document.diagnostics);
  }
  last_reference_ = policy;
  last_policy_ = found;
  return found;
}

void OrganizationBuilder::AttachTo(std::vector<Attachment>& attachments, std::string_view policy,
                                   const Place& place) {
  const std::optional<PolicyIndex> found = Attachable(policy, place);
  if (!found) return;
  // Attachments follow their target at once, so the number of targets so far tells which one it is.
  const size_t target = organization_.nodes.size() + organization_.accounts.size();
  if (std::exchange(last_target_[static_cast<uint32_t>(*found)], target) == target) {
    Report("attached-twice", "the policy " + Quoted(policy) + " is attached twice here", place);
    return;
  }
  attachments.push_back({*found, place.range});
}

void OrganizationBuilder::AttachToNode(NodeIndex node, std::string_view policy, const Place& place) {
  AttachTo(organization_.nodes[static_cast<uint32_t>(node)].attachments, policy, place);
}

void OrganizationBuilder::AttachToLastAccount(std::string_view policy, const Place& place) {
  AttachTo(organization_.accounts.back().attachments, policy, place);
}

Result<Organization> OrganizationBuilder::Finish() {
  for (const std::string& name : options_.ignored_policies) {
    if (policies_by_id_.count(name) == 0 && policies_by_name_.count(name) == 0) {
      Report("unknown-policy", "there is no policy " + Quoted(name) + " to ignore", {});
    }
  }
  if (diagnostics_.has_errors()) return diagnostics_.first_error().ToError();
  return std::move(organization_);
}

}  // namespace scpcheck

#include "output/text.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "base/grouped.h"
#include "base/printable.h"
#include "base/utf8.h"

namespace scpcheck {

namespace {

// Longer lists in a table are cut: the JSON output has them whole.
constexpr size_t kMaxListed = 6;

class Painter {
 public:
  explicit Painter(bool color) : color_(color) {}
  std::string Bold(std::string_view text) const { return Paint("1", text); }
  std::string Green(std::string_view text) const { return Paint("32", text); }
  std::string Red(std::string_view text) const { return Paint("31", text); }
  std::string Yellow(std::string_view text) const { return Paint("33", text); }
  std::string Faint(std::string_view text) const { return Paint("2", text); }
  std::string Verdict(scpcheck::Verdict verdict) const {
    const std::string_view name = VerdictName(verdict);
    switch (verdict) {
      case scpcheck::Verdict::kAllowed:
        return Green(name);
      case scpcheck::Verdict::kDenied:
        return Red(name);
      case scpcheck::Verdict::kUndecided:
        return Yellow(name);
    }
    return std::string(name);
  }

 private:
  std::string Paint(std::string_view code, std::string_view text) const {
    if (!color_) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
  bool color_;
};

// Every text of a user's gets here through Printable; the helpers see to it for theirs.

std::string WithName(std::string_view id, std::string_view name) {
  std::string text = Printable(id);
  if (!name.empty() && name != id) text += " (" + Printable(name) + ")";
  return text;
}

std::string NodeName(std::string_view id, const Organization& organization) {
  for (const OrganizationNode& node : organization.nodes) {
    if (node.id == id) return WithName(id, node.name);
  }
  for (const Account& account : organization.accounts) {
    if (account.id == id) return WithName(id, account.name);
  }
  return Printable(id);
}

// Of many answers most are decided at their accounts, which need no search.
std::string DecidingNode(const Answer& answer, const Organization& organization) {
  if (answer.node == answer.account) return WithName(answer.account, answer.account_name);
  return NodeName(answer.node, organization);
}

const OrganizationPolicy* FindPolicy(std::string_view id, const Organization& organization) {
  for (const OrganizationPolicy& policy : organization.policies) {
    if (policy.id == id) return &policy;
  }
  return nullptr;
}

std::string PlaceOf(const Policy& policy, SourceRange range) {
  const SourcePosition place = policy.source->Locate(range.begin);
  return Printable(place.file) + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

std::string StatementName(uint32_t statement, std::string_view sid) {
  std::string text = "statement " + std::to_string(statement);
  if (!sid.empty()) text += " (" + Printable(sid) + ")";
  return text;
}

std::string Joined(const std::vector<std::string>& items, size_t limit) {
  std::string text;
  for (size_t i = 0; i < std::min(items.size(), limit); ++i)
    text += (i == 0 ? "" : ", ") + Printable(items[i]);
  if (items.size() > limit) text += " and " + Grouped(items.size() - limit) + " more";
  return text;
}

// Followed by what fills a column, and by what parts it from the next one.
std::string Padded(std::string text, size_t width) {
  text.append(width - std::min(width, CountCodePoints(text)) + 2, ' ');
  return text;
}

// Why, in words.
std::string ReasonText(const Answer& answer, const Organization& organization) {
  switch (answer.reason) {
    case Reason::kScpNotEnabled:
      return "service control policies are not enabled in this organization";
    case Reason::kManagementAccount:
      return "this is the management account, which SCPs don't reach";
    case Reason::kServiceLinkedRole:
      return "the principal is a service-linked role, which SCPs don't reach";
    case Reason::kServicePrincipal:
      return "the principal is an AWS service, which SCPs don't reach";
    case Reason::kNoPermissionRequired:
      return "the action needs no permission";
    case Reason::kAllowedAtEveryLevel:
      return "every level from the root to the account allows it, and nothing denies it";
    case Reason::kImplicitDeny:
      return "nothing attached to " + DecidingNode(answer, organization) + " allows it";
    case Reason::kExplicitDeny:
      break;
  }
  std::string text;
  const OrganizationPolicy* policy = FindPolicy(answer.policy, organization);
  text += StatementName(answer.statement.value_or(0), answer.sid) + " of " +
          WithName(answer.policy, policy != nullptr ? policy->name : "") + ", attached to " +
          DecidingNode(answer, organization) + ", denies it";
  return text;
}

std::string DependsOn(const Answer& answer) {
  return Joined(answer.depends_on, answer.depends_on.size());
}

std::string_view Mark(Truth truth) {
  switch (truth) {
    case Truth::kFalse:
      return "no match";
    case Truth::kUnknown:
      return "may match";
    case Truth::kTrue:
      return "matches";
  }
  return "";
}

void AppendExplanation(const Answer& answer, const Organization& organization, const Painter& painter,
                       std::string& out) {
  for (const LevelExplanation& level : answer.explanation->levels) {
    out += "\n" + painter.Bold(WithName(level.node, level.name)) + ": ";
    if (level.denies == Truth::kTrue) {
      out += painter.Red("denies");
    } else if (level.allows == Truth::kFalse) {
      out += painter.Red("allows nothing");
    } else if (level.denies == Truth::kUnknown || level.allows == Truth::kUnknown) {
      out += painter.Yellow("open");
    } else {
      out += painter.Green("allows");
    }
    out += "\n";
    if (level.policies.empty()) out += "  no SCP is attached here\n";
    std::optional<PolicyIndex> last;
    for (const StatementExplanation& statement : level.statements) {
      const OrganizationPolicy& policy = organization.policy(statement.policy);
      if (statement.policy != last) out += "  " + WithName(policy.id, policy.name) + "\n";
      last = statement.policy;
      const Statement& source = policy.document.statements[statement.statement];
      out += "    " + std::to_string(statement.statement) + " " +
             (source.effect == Effect::kAllow ? "Allow" : "Deny");
      if (source.sid && !source.sid->text.empty()) out += " " + Printable(source.sid->text);
      out += ": ";
      out += Mark(statement.matches);
      if (!statement.because.empty()) {
        out += statement.matches == Truth::kUnknown ? ", depending on " : ": ";
        out += Printable(statement.because);
        if (!statement.saw.empty())
          out += statement.matches == Truth::kUnknown ? ", which is " : ", the request has ";
        out += Printable(statement.saw);
      }
      out += "  " + painter.Faint(PlaceOf(policy.document, statement.range)) + "\n";
    }
  }
}

}  // namespace

std::string AnswerText(const Answer& answer, const Organization& organization, const OutputContext& context) {
  const Painter painter(context.color);
  std::string out = painter.Verdict(answer.verdict) + ": " + WithName(answer.account, answer.account_name) +
                    " " + Printable(answer.action) + "\n";
  if (answer.verdict == Verdict::kUndecided) {
    out += "  depends on " + DependsOn(answer) + "\n";
  } else {
    out += "  " + ReasonText(answer, organization) + "\n";
  }
  if (answer.reason == Reason::kExplicitDeny && answer.verdict == Verdict::kDenied) {
    const OrganizationPolicy* policy = FindPolicy(answer.policy, organization);
    if (policy != nullptr) {
      out += "  " + PlaceOf(policy->document, policy->document.statements[*answer.statement].range) + "\n";
    }
  }
  if (answer.verdict == Verdict::kAllowed && answer.reason != Reason::kNoPermissionRequired) {
    out += "  " + painter.Faint("No SCP stops it; the caller still needs a policy that grants it.") + "\n";
  }
  if (answer.explanation && context.explain) AppendExplanation(answer, organization, painter, out);
  return out;
}

std::string AnswersText(const std::vector<Answer>& answers, const Organization& organization,
                        const OutputContext& context) {
  const Painter painter(context.color);
  // What decides, as far as people tell it apart.
  using Outcome = std::tuple<Verdict, Reason, std::string, std::string, uint32_t, std::string>;
  const auto outcome_of = [](const Answer& answer) {
    if (answer.verdict == Verdict::kUndecided) {
      return Outcome{answer.verdict, Reason::kAllowedAtEveryLevel, "", "", 0, DependsOn(answer)};
    }
    return Outcome{
        answer.verdict, answer.reason, answer.node, answer.policy, answer.statement.value_or(0), ""};
  };
  // The actions of each account and outcome, then the accounts that have the same ones.
  std::map<std::pair<Outcome, std::string>, std::vector<std::string>> actions_of_account;
  std::map<Outcome, const Answer*> sample;
  for (const Answer& answer : answers) {
    const Outcome outcome = outcome_of(answer);
    actions_of_account[{outcome, WithName(answer.account, answer.account_name)}].push_back(answer.action);
    sample.emplace(outcome, &answer);
  }
  std::map<std::pair<Outcome, std::vector<std::string>>, std::vector<std::string>> groups;
  for (auto& [key, actions] : actions_of_account) groups[{key.first, actions}].push_back(key.second);

  std::string out;
  for (const auto& [key, accounts] : groups) {
    const auto& [outcome, actions] = key;
    const Answer& answer = *sample.at(outcome);
    out += painter.Verdict(answer.verdict) + ": ";
    out += answer.verdict == Verdict::kUndecided ? "depends on " + DependsOn(answer)
                                                 : ReasonText(answer, organization);
    out += "\n  accounts  " + Joined(accounts, kMaxListed);
    out += "\n  actions   " + Joined(actions, kMaxListed) + "\n";
  }
  size_t counts[3] = {};
  for (const Answer& answer : answers) ++counts[static_cast<size_t>(answer.verdict)];
  out += Grouped(answers.size()) + (answers.size() == 1 ? " question: " : " questions: ") +
         Grouped(counts[0]) + " allowed, " + Grouped(counts[1]) + " denied, " + Grouped(counts[2]) +
         " undecided\n";
  return out;
}

namespace {

class TreePrinter {
 public:
  TreePrinter(const Organization& organization, const OutputContext& context)
      : organization_(organization), painter_(context.color), children_(organization.nodes.size()) {
    for (uint32_t i = 0; i < organization.nodes.size(); ++i) {
      if (organization.nodes[i].parent) {
        children_[static_cast<uint32_t>(*organization.nodes[i].parent)].nodes.push_back(i);
      }
    }
    for (uint32_t i = 0; i < organization.accounts.size(); ++i) {
      children_[static_cast<uint32_t>(organization.accounts[i].parent)].accounts.push_back(i);
    }
  }

  std::string Print() {
    out_ = organization_.id.empty() ? "organization" : Printable(organization_.id);
    out_ += ", partition " + Printable(organization_.partition);
    out_ += organization_.scps_enabled ? ", SCPs enabled" : ", SCPs not enabled: nothing is restricted";
    out_ += ", management account ";
    out_ += organization_.management_account ? *organization_.management_account : "unknown";
    out_ += "\n\n";
    if (!organization_.nodes.empty()) PrintNodes();
    PrintPolicies();
    return std::move(out_);
  }

 private:
  struct Children {
    std::vector<uint32_t> accounts;
    std::vector<uint32_t> nodes;
  };
  struct Pending {
    uint32_t node;
    std::string indent;  // of its own line
    std::string below;   // of the lines below it
  };

  // With a stack of its own: how deep a tree goes is the input's choice.
  void PrintNodes() {
    std::vector<Pending> stack = {{0, "", ""}};
    while (!stack.empty()) {
      const Pending at = std::move(stack.back());
      stack.pop_back();
      const OrganizationNode& node = organization_.nodes[at.node];
      PrintTarget(at.indent, painter_.Bold(Printable(node.name)) + "  " + Printable(node.id),
                  node.attachments, organization_.scps_enabled);
      const Children& children = children_[at.node];
      for (size_t i = 0; i < children.accounts.size(); ++i) {
        const Account& account = organization_.accounts[children.accounts[i]];
        const bool last = i + 1 == children.accounts.size() && children.nodes.empty();
        std::string line = account.id;
        if (!account.name.empty()) line += "  " + Printable(account.name);
        if (!account.state.empty() && account.state != "ACTIVE")
          line += "  " + painter_.Yellow(Printable(account.state));
        const bool is_management = organization_.management_account == account.id;
        if (is_management) line += "  " + painter_.Yellow("(management account, no SCP applies)");
        PrintTarget(at.below + (last ? "`- " : "|- "), line, account.attachments,
                    organization_.scps_enabled && !is_management);
      }
      for (size_t i = children.nodes.size(); i-- > 0;) {
        const bool last = i + 1 == children.nodes.size();
        stack.push_back(
            {children.nodes[i], at.below + (last ? "`- " : "|- "), at.below + (last ? "   " : "|  ")});
      }
    }
  }

  // `scps_apply`: without one nothing is allowed (E-02).
  void PrintTarget(const std::string& indent, const std::string& title,
                   const std::vector<Attachment>& attachments, bool scps_apply) {
    std::vector<std::string> names;
    size_t scps = 0;
    for (const Attachment& attachment : attachments) {
      const OrganizationPolicy& policy = organization_.policy(attachment.policy);
      scps += policy.is_scp() ? 1 : 0;
      names.push_back(policy.is_scp() ? policy.name : policy.name + " [" + policy.type + ", not evaluated]");
    }
    out_ += indent + title + ": " + Joined(names, names.size());
    if (scps == 0) {
      out_ += names.empty() ? "" : ", ";
      out_ += scps_apply ? painter_.Red("no SCP attached: nothing is allowed") : "no SCP attached";
    }
    const auto free = static_cast<int64_t>(kMaxPoliciesPerTarget) - static_cast<int64_t>(scps);
    out_ += painter_.Faint(free >= 0 ? "  (" + std::to_string(free) + " free)"
                                     : "  (" + std::to_string(-free) + " more than AWS allows)");
    out_ += "\n";
  }

  void PrintPolicies() {
    std::vector<uint32_t> targets(organization_.policies.size(), 0);
    const auto count = [&](const std::vector<Attachment>& attachments) {
      for (const Attachment& attachment : attachments) ++targets[static_cast<uint32_t>(attachment.policy)];
    };
    for (const OrganizationNode& node : organization_.nodes) count(node.attachments);
    for (const Account& account : organization_.accounts) count(account.attachments);
    size_t widest = 0;
    for (const OrganizationPolicy& policy : organization_.policies) {
      widest = std::max(widest, CountCodePoints(WithName(policy.id, policy.name)));
    }
    out_ += "\n" + painter_.Bold("policies") + "\n";
    for (size_t i = 0; i < organization_.policies.size(); ++i) {
      const OrganizationPolicy& policy = organization_.policies[i];
      out_ += "  " + Padded(WithName(policy.id, policy.name), widest);
      const std::string size =
          Grouped(policy.stored_characters) + " of " + Grouped(kMaxPolicyCharacters) + " characters";
      if (!policy.is_scp()) {
        out_ += Printable(policy.type) + ", not evaluated";
      } else if (policy.stored_characters > kMaxPolicyCharacters) {
        out_ += painter_.Red(size + ": AWS rejects it");
      } else {
        out_ += size;
      }
      out_ += ", attached to " + Grouped(targets[i]) + (targets[i] == 1 ? " target\n" : " targets\n");
    }
  }

  const Organization& organization_;
  Painter painter_;
  std::vector<Children> children_;
  std::string out_;
};

}  // namespace

std::string TreeText(const Organization& organization, const OutputContext& context) {
  return TreePrinter(organization, context).Print();
}

std::string ActionsText(const Catalogue& catalogue, const std::vector<ActionId>& actions,
                        const OutputContext& context) {
  const Painter painter(context.color);
  const bool detailed = actions.size() <= kMaxListed;
  const auto name_of = [&](ActionId action) { return Printable(catalogue.ActionName(action)); };
  const auto level_of = [&](ActionId action) {
    return std::string(AccessLevelName(catalogue.ActionAccessLevel(action)));
  };
  size_t widest_name = 0;
  size_t widest_level = 0;
  for (const ActionId action : actions) {
    widest_name = std::max(widest_name, CountCodePoints(name_of(action)));
    widest_level = std::max(widest_level, CountCodePoints(level_of(action)));
  }
  std::string out;
  for (const ActionId action : actions) {
    std::vector<std::string> types;
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      types.push_back(std::string(catalogue.TypeName(catalogue.RowType(row))) +
                      (catalogue.RowRequired(row) ? "*" : ""));
    }
    if (!detailed) {
      out += Padded(name_of(action), widest_name) +
             (types.empty() ? level_of(action) : Padded(level_of(action), widest_level)) +
             Joined(types, kMaxListed) + "\n";
      continue;
    }
    std::vector<std::string> keys;
    for (const CatalogueKeyId key : catalogue.ActionKeys(action)) keys.emplace_back(catalogue.Key(key).name);
    out += painter.Bold(name_of(action)) + "\n  access level    " + level_of(action) + "\n";
    out += "  resource types  " +
           (types.empty() ? "none: only Resource \"*\" matches" : Joined(types, types.size())) + "\n";
    for (const ActionRowId row : catalogue.ActionRows(action)) {
      const ResourceTypeId type = catalogue.RowType(row);
      for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i) {
        out += "    " + Printable(catalogue.TypeName(type)) + "  " +
               Printable(catalogue.TypeTemplate(type, i)) + "\n";
      }
      std::vector<std::string> row_keys;
      for (const CatalogueKeyId key : catalogue.RowKeys(row)) row_keys.emplace_back(catalogue.Key(key).name);
      if (!row_keys.empty()) out += "      keys  " + Joined(row_keys, row_keys.size()) + "\n";
    }
    out += "  condition keys  " +
           (keys.empty() ? "only those that every request has" : Joined(keys, keys.size())) + "\n";
  }
  out += Grouped(actions.size()) + (actions.size() == 1 ? " action" : " actions") + "; catalogue of " +
         Printable(catalogue.date()) + ", " + Printable(catalogue.source()) + "\n";
  return out;
}

}  // namespace scpcheck

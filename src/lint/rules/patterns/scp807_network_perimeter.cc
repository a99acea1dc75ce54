#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/patterns/perimeter.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/policy/statements.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 3;
constexpr std::string_view kSourceIp[] = {"aws:SourceIp"};

constexpr std::string_view kViaService = "aws:ViaAWSService";
constexpr std::string_view kKmsViaService = "kms:ViaService";
constexpr std::string_view kCalledViaKeys[] = {"aws:CalledVia", "aws:CalledViaFirst", "aws:CalledViaLast"};

// What principals call themselves: to sign in and to get credentials, agents on instances, clients of APIs
// and of Git repositories.
bool IsCalledByPrincipals(const Catalogue& catalogue, ActionId action) {
  constexpr std::string_view kServices[] = {"sts", "signin", "execute-api", "ssmmessages", "ec2messages"};
  constexpr std::string_view kActions[] = {"codecommit:gitpull", "codecommit:gitpush"};
  const std::string_view service = catalogue.LowerServiceName(catalogue.ActionService(action));
  return std::find(std::begin(kServices), std::end(kServices), service) != std::end(kServices) ||
         std::find(std::begin(kActions), std::end(kActions), catalogue.LowerActionName(action)) !=
             std::end(kActions);
}

// Whether the statement spares calls that a service makes for the principal, those of some services at least.
bool SparesServiceCalls(const StatementView& view, const std::vector<ActionId>& actions) {
  if (HasTestOf(view, kCalledViaKeys)) return true;
  const Catalogue& catalogue = view.policy().catalogue();
  const auto is_of_kms = [&](ActionId action) {
    return catalogue.LowerServiceName(catalogue.ActionService(action)) == "kms";
  };
  const bool is_about_kms = std::all_of(actions.begin(), actions.end(), is_of_kms);
  const std::vector<ConditionClause>& clauses = view.statement().conditions;
  return std::any_of(clauses.begin(), clauses.end(), [&](const ConditionClause& clause) {
    if (AsciiEqualsIgnoreCase(clause.key.text, kViaService)) {
      return HoldsFor(view, clause, "true") != Truth3::kYes;
    }
    // Requests to KMS name the service that makes them.
    return is_about_kms && AsciiEqualsIgnoreCase(clause.key.text, kKmsViaService) &&
           HoldsWithoutKey(clause) && (clause.op.negated || clause.op.comparison == Comparison::kNull);
  });
}

// Whether all actions are written out, so that the author may know who calls them.
bool NamesEachAction(const StatementView& view) {
  return !view.statement().not_action &&
         std::all_of(view.patterns().begin(), view.patterns().end(),
                     [](const ActionPattern& pattern) { return pattern.is_literal; });
}

// data/vpc-data-planes.tsv.
class DataPlanes {
 public:
  explicit DataPlanes(const Catalogue& catalogue) {
    const Table& table = TableOf("vpc-data-planes");
    for (size_t row = 0; row < table.row_count(); ++row) {
      Entry entry{std::string(table.Row(row)[0]), {}};
      const std::string lower = AsciiLower(entry.name);
      for (const ActionId action : catalogue.ActionsWithPrefix(GlobLiteralPrefix(lower))) {
        if (GlobMatch(lower, catalogue.LowerActionName(action))) entry.actions.push_back(action);
      }
      entries_.push_back(std::move(entry));
    }
  }

  bool Has(ActionId action) const {
    return std::any_of(entries_.begin(), entries_.end(), [&](const Entry& entry) {
      return std::binary_search(entry.actions.begin(), entry.actions.end(), action);
    });
  }

  // The entries that some of `actions`, ascending, belong to.
  std::vector<std::string> NamesOf(const std::vector<ActionId>& actions) const {
    std::vector<std::string> names;
    for (const Entry& entry : entries_) {
      if (std::any_of(entry.actions.begin(), entry.actions.end(), [&](ActionId action) {
            return std::binary_search(actions.begin(), actions.end(), action);
          })) {
        names.push_back(entry.name);
      }
    }
    return names;
  }

 private:
  struct Entry {
    std::string name;               // a pattern
    std::vector<ActionId> actions;  // ascending
  };
  std::vector<Entry> entries_;
};

// The first test that holds outside of a network.
const ConditionClause* FindTest(const StatementView& view, std::span<const std::string_view> keys) {
  for (const ConditionClause& clause : view.statement().conditions) {
    if (IsOneOf(clause, keys) && HoldsOutside(clause)) return &clause;
  }
  return nullptr;
}

void CheckServicePath(const StatementView& view, const std::vector<ActionId>& actions,
                      const DataPlanes& planes, const ConditionClause* endpoint,
                      const ConditionClause* address, Reporter& report) {
  if (SparesServiceCalls(view, actions)) return;
  const Catalogue& catalogue = view.policy().catalogue();
  const auto is_own = [&](ActionId action) {
    return IsCalledByPrincipals(catalogue, action) || planes.Has(action);
  };
  if (std::all_of(actions.begin(), actions.end(), is_own)) return;
  // Calls of services alone are denied, by a test that would contradict the right one.
  constexpr std::string_view kTestedKeys[] = {kViaService};
  const bool is_wrong_way = HasTestOf(view, kTestedKeys) || DemandsKey(view, kKmsViaService);
  const std::string next = is_wrong_way ? ": test `aws:ViaAWSService` for `false`"
                                        : ": add `Bool` with `\"aws:ViaAWSService\": \"false\"`";
  const ConditionClause& clause = endpoint != nullptr ? *endpoint : *address;
  // The address of the caller is handed on, if it called a public endpoint; nothing else is.
  std::string message = "a call that an AWS service makes for a principal ";
  if (endpoint != nullptr) {
    message += "who came through a VPC endpoint carries no " + Quoted(clause.key.text) + ", and is denied";
  } else {
    message += "need not carry the principal's address, and is then denied";
  }
  FindingBuilder finding = report.Add(clause.key.range, message + next);
  if (endpoint == nullptr || NamesEachAction(view)) finding.WithSeverity(Severity::kWarning);
  if (is_wrong_way) return;
  if (auto edits = AddTest(view, "Bool", kViaService, "false")) {
    finding.UnsafeFix("leave out calls that AWS services make", std::move(*edits));
  }
}

// One name of each service.
std::vector<std::string> OneOfEachService(const std::vector<std::string>& names) {
  std::vector<std::string> shown;
  for (const std::string& name : names) {
    const std::string service = name.substr(0, name.find(':') + 1);
    if (shown.empty() || !shown.back().starts_with(service)) shown.push_back(name);
  }
  return shown;
}

void CheckDataPlanes(const StatementView& view, const std::vector<ActionId>& actions,
                     const DataPlanes& planes, const ConditionClause& endpoint, Reporter& report) {
  const std::string end = " used inside of a VPC without a VPC endpoint, so that requests carry no " +
                          Quoted(endpoint.key.text) + " and are denied inside the VPC, too: ";
  const auto some = [](const std::vector<std::string>& names) {
    const std::vector<std::string> shown = OneOfEachService(names);
    return (shown.size() == names.size() ? "" : "actions such as ") + ListOf(shown, kShown) +
           (names.size() == 1 ? ", which is" : ", which are");
  };
  if (view.statement().not_action) {
    const std::vector<std::string> names = planes.NamesOf(actions);
    const std::optional<json::Member> element = view.Element("NotAction");
    if (names.empty() || !element) return;
    report.Add(element->key.range(), "this does not spare " + some(names) + end + "add them")
        .WithSeverity(Severity::kInfo)
        .UnsafeFix("add them to `NotAction`", AppendTexts(element->value, names));
    return;
  }
  for (const ActionPattern& pattern : view.patterns()) {
    const std::vector<std::string> names = planes.NamesOf(Common(pattern.actions, actions));
    if (names.empty()) continue;
    const bool is_all = std::all_of(pattern.actions.begin(), pattern.actions.end(),
                                    [&](ActionId action) { return planes.Has(action); });
    std::string message = Quoted(pattern.written->text);
    message += is_all ? " is" : " covers " + some(names);
    message += end;
    message += is_all ? "take it out" : "leave them out, by `NotAction` or in a list";
    report.Add(pattern.written->range, std::move(message))
        .WithSeverity(is_all ? Severity::kWarning : Severity::kInfo);
  }
}

}  // namespace

// E-14, U-07.
void CheckNetworkPerimeter(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  // A statement about requests through an endpoint, or from an address, leaves the calls of services out.
  if (DemandsEndpoint(view) || DemandsKey(view, kSourceIp[0])) return;
  const ConditionClause* endpoint = FindTest(view, kEndpointKeys);
  const ConditionClause* owner = FindTest(view, kEndpointOwnerKeys);
  const ConditionClause* address = FindTest(view, kSourceIp);
  if (endpoint == nullptr && owner == nullptr && address == nullptr) return;
  const std::vector<ActionId> actions = ReachableActions(view);
  if (actions.empty()) return;
  const DataPlanes planes(view.policy().catalogue());
  CheckServicePath(view, actions, planes, endpoint != nullptr ? endpoint : owner, address, report);
  // Of the keys that only some services have SCP809 speaks.
  if (endpoint != nullptr && !IsOnlyAboutServiceCalls(view)) {
    CheckDataPlanes(view, actions, planes, *endpoint, report);
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/patterns/perimeter.h"
#include "lint/rules/patterns/rules.h"
#include "lint/rules/policy/statements.h"
#include "lint/rules/scope/entries.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

constexpr size_t kShown = 4;

// Which requests carry one of the keys that some tests are on, by data/vpce-key-services.tsv.
class EndpointOwnerKeys {
 public:
  explicit EndpointOwnerKeys(const std::vector<const ConditionClause*>& tests) {
    const Table& table = TableOf("vpce-key-services");
    for (size_t row = 0; row < table.row_count(); ++row) {
      const std::string keys = AsciiLower("," + std::string(table.Row(row)[1]) + ",");
      const bool has_key = std::any_of(tests.begin(), tests.end(), [&](const ConditionClause* test) {
        return keys.find("," + AsciiLower(test->key.text) + ",") != std::string::npos;
      });
      if (has_key) exceptions_.emplace(table.Row(row)[0], table.Row(row)[2]);
    }
  }

  // Those for most actions of the service.
  bool Has(const Catalogue& catalogue, ServiceId service) const {
    return exceptions_.contains(catalogue.LowerServiceName(service));
  }
  bool Has(const Catalogue& catalogue, ActionId action) const {
    const auto found = exceptions_.find(catalogue.LowerServiceName(catalogue.ActionService(action)));
    return found != exceptions_.end() && found->second != catalogue.ActionName(action);
  }

  // `service:*` for each service all of whose requests do.
  std::vector<std::string> Services() const {
    std::vector<std::string> services;
    for (const auto& [service, exception] : exceptions_) {
      if (exception == "-") services.push_back(std::string(service) + ":*");
    }
    return services;
  }

 private:
  std::map<std::string_view, std::string_view> exceptions_;  // by service; `-`: none
};

// The list of supported services in the place of `*`.
std::vector<TextEdit> ListServices(const StatementView& view, const EndpointOwnerKeys& keys) {
  std::string list;
  for (const std::string& service : keys.Services()) list += (list.empty() ? "" : ", ") + JsonQuoted(service);
  return {{view.Element("Action")->value.range(), "[" + list + "]"}};
}

}  // namespace

// U-07.
void CheckEndpointOwnerKeys(const StatementView& view, Reporter& report) {
  if (!view.denies()) return;
  std::vector<const ConditionClause*> tests;
  bool tests_address = false;
  for (const ConditionClause& clause : view.statement().conditions) {
    // What these exempt is exempt for all services.
    if (IsOneOf(clause, kEndpointKeys) && HoldsWithoutKey(clause)) return;
    if (!HoldsOutside(clause)) continue;
    if (IsOneOf(clause, kEndpointOwnerKeys)) tests.push_back(&clause);
    tests_address = tests_address || AsciiEqualsIgnoreCase(clause.key.text, "aws:SourceIp");
  }
  if (tests.empty()) return;
  // Requests that must carry such a key are those of supported services.
  for (const std::string_view key : kEndpointOwnerKeys) {
    if (DemandsKey(view, key)) return;
  }
  // The calls of services are denied by each such test: of that SCP807 speaks.
  if (IsOnlyAboutServiceCalls(view)) return;
  const std::vector<ActionId> reachable = ReachableActions(view);
  const bool only_endpoints = tests_address || DemandsEndpoint(view);
  const Catalogue& catalogue = view.policy().catalogue();
  const EndpointOwnerKeys keys(tests);
  const std::string key = Quoted(tests.front()->key.text);
  const std::string end = only_endpoints ? " and are denied through every VPC endpoint: "
                                         : " and are denied from every network: ";

  // Services whose requests carry none of the keys.
  const auto unsupported = [&](const std::vector<ActionId>& actions) {
    std::set<std::string> services;
    std::optional<ServiceId> last;
    for (const ActionId action : actions) {
      const ServiceId service = catalogue.ActionService(action);
      if (last == service) continue;
      last = service;
      if (!keys.Has(catalogue, service)) services.emplace(catalogue.ServiceName(service));
    }
    // The well-known ones first.
    std::vector<std::string> sorted(services.begin(), services.end());
    std::stable_partition(sorted.begin(), sorted.end(),
                          [](const std::string& service) { return IsCoreService(service); });
    return sorted;
  };
  const auto add_all = [&](SourceRange range) -> std::optional<FindingBuilder> {
    const std::vector<std::string> services = unsupported(reachable);
    if (services.empty()) return std::nullopt;
    FindingBuilder finding =
        report.Add(range, "requests to " + ListOf(services, kShown) + " never carry " + key + end +
                              "list the services that AWS supports the key for");
    if (only_endpoints) finding.WithSeverity(Severity::kWarning);
    return finding;
  };

  if (view.statement().not_action) {
    if (const auto element = view.Element("NotAction")) add_all(element->key.range());
    return;
  }
  const std::optional<json::Member> element = view.Element("Action");
  for (const ActionPattern& pattern : view.patterns()) {
    if (pattern.is_everything) {
      auto finding = add_all(pattern.written->range);
      if (finding && view.patterns().size() == 1 && element) {
        finding->UnsafeFix("list the services", ListServices(view, keys));
      }
      return;
    }
  }
  for (const ActionPattern& pattern : view.patterns()) {
    const std::vector<ActionId> actions = Common(pattern.actions, reachable);
    std::vector<std::string> names;
    for (const ActionId action : actions) {
      if (!keys.Has(catalogue, action)) names.emplace_back(catalogue.ActionName(action));
    }
    if (names.empty()) continue;
    const bool is_all = names.size() == actions.size();
    std::string message = "requests for ";
    message += is_all ? Quoted(pattern.written->text) : ListOf(names, kShown);
    message += " never carry ";
    message += key;
    message += end;
    message += is_all ? "take it out" : "leave out what lacks the key";
    FindingBuilder finding = report.Add(pattern.written->range, std::move(message));
    // AWS adds services to its list.
    finding.WithSeverity(Severity::kWarning);
    if (!is_all || !element || !element->value.is_array() || element->value.size() < 2) continue;
    if (const auto value = EntryAt(element->value, pattern.written->range)) {
      finding.UnsafeFix("take out " + Quoted(pattern.written->text), RemoveElement(element->value, *value));
    }
  }
}

}  // namespace scpcheck

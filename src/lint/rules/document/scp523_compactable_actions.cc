#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

// A pattern of which everything that it matches is listed.
struct Candidate {
  std::string pattern;
  std::vector<size_t> covered;  // places in the list
  size_t saved = 0;             // characters
};

// The actions that a list names one by one, by id, with their places.
using Listed = std::map<ActionId, size_t>;

// Where the words of a name begin: `CreateVpcPeering` has three.
std::vector<size_t> WordStarts(std::string_view name) {
  std::vector<size_t> starts;
  for (size_t i = 1; i < name.size(); ++i) {
    const bool is_capital = name[i] >= 'A' && name[i] <= 'Z';
    const bool was_capital = name[i - 1] >= 'A' && name[i - 1] <= 'Z';
    if (is_capital && !was_capital) starts.push_back(i);
  }
  return starts;
}

class Finder {
 public:
  Finder(const Catalogue& catalogue, const std::vector<ActionPattern>& patterns)
      : catalogue_(catalogue), patterns_(patterns) {
    for (size_t i = 0; i < patterns.size(); ++i) {
      if (!patterns[i].is_literal || patterns[i].actions.size() != 1) continue;
      const ActionId action = patterns[i].actions[0];
      if (listed_.emplace(action, i).second) ++listed_of_[catalogue.ActionService(action)];
    }
  }

  // Those that save something, the best first; no two of them for the same actions.
  std::vector<Candidate> Find() {
    std::set<std::string> seen;
    for (const auto& [action, place] : listed_) {
      const ServiceId service = catalogue_.ActionService(action);
      if (listed_of_.at(service) < 2) continue;
      const std::string_view name = catalogue_.ActionBareName(action);
      const auto offer = [&](std::string_view before, std::string_view behind) {
        const std::string pattern = std::string(catalogue_.ServiceName(service)) + ":" + std::string(before) +
                                    "*" + std::string(behind);
        if (seen.insert(pattern).second) Try(service, pattern, AsciiLower(before), AsciiLower(behind));
      };
      // What begins alike stands together in the catalogue.
      const bool has_neighbour = IsListed(static_cast<uint32_t>(action) + 1) ||
                                 (action != ActionId{0} && IsListed(static_cast<uint32_t>(action) - 1));
      if (has_neighbour) offer("", "");
      for (const size_t start : WordStarts(name)) {
        if (has_neighbour) offer(name.substr(0, start), "");
        offer("", name.substr(start));
      }
    }
    std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
      return a.saved != b.saved ? a.saved > b.saved : a.pattern < b.pattern;
    });
    std::vector<Candidate> chosen;
    std::set<size_t> done;
    for (Candidate& candidate : candidates_) {
      const bool is_free = std::none_of(candidate.covered.begin(), candidate.covered.end(),
                                        [&](size_t place) { return done.count(place) > 0; });
      if (!is_free) continue;
      done.insert(candidate.covered.begin(), candidate.covered.end());
      chosen.push_back(std::move(candidate));
    }
    return chosen;
  }

 private:
  bool IsListed(uint32_t action) const { return listed_.count(ActionId{action}) > 0; }

  void Try(ServiceId service, const std::string& pattern, std::string_view before, std::string_view behind) {
    Candidate candidate{pattern, {}, 0};
    size_t written = 0;
    std::string prefix(catalogue_.LowerServiceName(service));
    prefix += ':';
    prefix += before;
    for (const ActionId action : catalogue_.ActionsWithPrefix(prefix)) {
      const std::string_view name = catalogue_.LowerActionBareName(action);
      if (!name.ends_with(behind)) continue;
      const auto found = listed_.find(action);
      if (found == listed_.end()) return;
      candidate.covered.push_back(found->second);
      // With its quotes and its comma.
      written += patterns_[found->second].written->text.size() + 3;
    }
    if (candidate.covered.size() < 2 || written <= pattern.size() + 3) return;
    candidate.saved = written - pattern.size() - 3;
    std::sort(candidate.covered.begin(), candidate.covered.end());
    candidates_.push_back(std::move(candidate));
  }

  const Catalogue& catalogue_;
  const std::vector<ActionPattern>& patterns_;
  Listed listed_;
  std::map<ServiceId, size_t> listed_of_;  // how many of each service
  std::vector<Candidate> candidates_;
};

}  // namespace

void CheckCompactableActions(const PolicyView& view, Reporter& report) {
  for (const StatementView& statement : view.statements()) {
    const std::optional<json::Member> list =
        statement.Element(statement.statement().not_action ? "NotAction" : "Action");
    if (!list || !list->value.is_array()) continue;
    for (const Candidate& candidate : Finder(view.catalogue(), statement.patterns()).Find()) {
      // The first of them becomes the pattern.
      std::vector<json::Value> others;
      std::optional<json::Value> first;
      for (const json::Value element : list->value.elements()) {
        for (const size_t place : candidate.covered) {
          if (statement.patterns()[place].written->range != element.range()) continue;
          if (first) {
            others.push_back(element);
          } else {
            first = element;
          }
        }
      }
      if (!first || others.size() + 1 != candidate.covered.size()) continue;
      std::vector<TextEdit> edits = RemoveElements(list->value, others);
      const std::vector<TextEdit> replaced = ReplaceString(*first, candidate.pattern);
      edits.insert(edits.begin(), replaced.begin(), replaced.end());
      report
          .Add(first->range(), "this and " + std::to_string(others.size()) +
                                   " more are all the actions that `" + candidate.pattern +
                                   "` matches today: writing that saves " + std::to_string(candidate.saved) +
                                   " characters and takes in what AWS adds later")
          .UnsafeFix("write `" + candidate.pattern + "`", std::move(edits));
    }
  }
}

}  // namespace scpcheck

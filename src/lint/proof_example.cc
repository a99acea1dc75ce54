// Requests that show what was proven, or that a proof is not to be had: found by trying likely values, and
// checked clause by clause, so that whatever is found is right.

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/proof.h"
#include "match/pattern.h"

namespace scpcheck {

namespace {

// AWS's documentation uses this account.
constexpr std::string_view kAccount = "111122223333";
constexpr size_t kMaxActions = 60;
constexpr size_t kMaxResources = 12;
constexpr size_t kMaxStates = 64;

// A text that a compiled pattern matches, with `run` for `*` where nothing better is known.
std::string SampleOf(std::string_view code, std::string_view run) {
  std::string text;
  int colons = 0;
  bool is_arn = code.starts_with("arn:") || code.starts_with(std::string{static_cast<char>(kRun), ':'});
  for (const char c : code) {
    const auto byte = static_cast<unsigned char>(c);
    if (!IsPatternByte(c)) {
      if (c == ':') ++colons;
      text += c;
    } else if (byte == kOne || byte == kSegmentOne) {
      text += is_arn && colons == 4 ? '1' : 'a';
    } else if (is_arn && colons < 5) {
      constexpr std::array<std::string_view, 5> kParts = {"arn", "aws", "", "eu-west-1", kAccount};
      const bool is_whole = text.empty() || text.back() == ':';
      if (is_whole) text += kParts[static_cast<size_t>(colons)];
    } else {
      text += run;
    }
  }
  return text;
}

struct State {
  bool is_absent = false;
  bool is_list = false;
  std::string value;  // of a list the only one
};

// What may be tried for a key whatever the policy says of it.
std::vector<std::string> CommonValuesOf(const TestedKey& key) {
  if (key.lower_name == "aws:requestedregion") {
    return {"eu-west-1", "us-east-1", "ap-southeast-2", "eu-central-1", "us-west-2"};
  }
  if (key.lower_name == "aws:principalarn") {
    const std::string iam = "arn:aws:iam::" + std::string(kAccount) + ":";
    return {iam + "role/Example", iam + "user/Example", iam + "root"};
  }
  if (!key.info) return {"example"};
  switch (key.info->type) {
    case KeyType::kBool:
      return {"true", "false"};
    case KeyType::kNumeric:
      return {"0", "1", "100", "1000000"};
    case KeyType::kDate:
      return {"2026-01-01T00:00:00Z", "2000-01-01T00:00:00Z", "2099-01-01T00:00:00Z"};
    case KeyType::kDateOrNumeric:
      return {"1767225600", "946684800", "4070908800"};
    case KeyType::kIpAddress:
      return {"198.51.100.7", "203.0.113.7", "2001:db8::7"};
    case KeyType::kArn:
      return {"arn:aws:s3:::example"};
    case KeyType::kString:
      return {key.lower_name.ends_with("account") ? std::string(kAccount) : "example", "another"};
  }
  return {};
}

// The template of an ARN, `arn:${Partition}:s3:::${BucketName}`, as a pattern; and a text that fits it.
std::string PatternOfTemplate(std::string_view text) {
  std::string pattern;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t end = text.substr(i).starts_with("${") ? text.find('}', i) : std::string_view::npos;
    if (end != std::string_view::npos) {
      pattern += '*';
      i = end;
    } else {
      pattern += text[i];
    }
  }
  return pattern;
}

}  // namespace

class ExampleSearch {
 public:
  ExampleSearch(const PolicyView& policy, std::span<const RequestSet* const> inside,
                std::span<const RequestSet* const> outside)
      : policy_(policy), inside_(inside), outside_(outside) {}

  std::optional<std::string> Run() {
    for (const auto& sets : {inside_, outside_}) {
      for (const RequestSet* set : sets) {
        if (!set->is_readable()) return std::nullopt;
      }
    }
    if (!CollectStates()) return std::nullopt;
    for (const std::string& action : CandidateActions()) {
      for (const std::string& resource : CandidateResources(action)) {
        if (const auto states = Choose(action, resource)) return Text(action, resource, *states);
      }
    }
    return std::nullopt;
  }

 private:
  struct Key {
    std::string name;  // as it is written
    TestedKey facts;
    std::vector<State> states;  // each satisfies all clauses of `inside_`
  };
  using Choice = std::map<std::string, State>;  // by lower-case key

  static Truth3 Holds(const ClauseSet& clause, const State& state) {
    if (state.is_absent) return clause.HoldsWhenAbsent() ? Truth3::kYes : Truth3::kNo;
    return state.is_list ? clause.HoldsForList({state.value}) : clause.HoldsForSingle(state.value);
  }

  // Fills keys_. False if nothing satisfies what is asked of some key.
  bool CollectStates() {
    for (const auto& sets : {inside_, outside_}) {
      for (const RequestSet* set : sets) {
        for (const auto& clause : set->clauses_) {
          if (clause->key().is_opaque) {
            if (sets.data() == inside_.data()) return false;
            continue;
          }
          Key& key = keys_[clause->key().lower_name];
          if (key.name.empty()) {
            key.name = clause->source().key.text;
            key.facts = clause->key();
          }
          AddSamples(*clause, key);
        }
      }
    }
    for (auto& [name, key] : keys_) {
      if (key.facts.may_be_absent) key.states.push_back({.is_absent = true, .value = {}});
      for (const std::string& value : CommonValuesOf(key.facts)) AddValue(value, key);
      for (const RequestSet* set : inside_) {
        for (const auto& clause : set->clauses_) {
          if (clause->key().lower_name != name) continue;
          std::erase_if(key.states,
                        [&](const State& state) { return Holds(*clause, state) != Truth3::kYes; });
        }
      }
      if (key.states.empty()) return false;
    }
    return true;
  }

  static void AddValue(std::string value, Key& key) {
    if (!key.facts.may_be_present || key.states.size() >= kMaxStates) return;
    if (!IsPossibleValue(key.facts, value)) return;
    key.states.push_back({.is_list = !key.facts.may_be_single, .value = std::move(value)});
  }

  static void AddSamples(const ClauseSet& clause, Key& key) {
    for (size_t i = 0; i < clause.patterns().size(); ++i) {
      const std::string& written = clause.ValueOf(i).text;
      if (const auto* text = std::get_if<TextPattern>(&clause.patterns()[i])) {
        if (!text->exact) continue;
        AddValue(text->is_literal() ? text->code : SampleOf(text->code, "example"), key);
        if (!text->is_literal()) AddValue(SampleOf(text->code, ""), key);
      } else if (const auto* block = std::get_if<AddressBlock>(&clause.patterns()[i])) {
        if (block->prefix_length > 0) AddValue(written.substr(0, written.find('/')), key);
      } else {
        AddValue(written, key);
      }
    }
  }

  std::vector<std::string> CandidateActions() const {
    const Catalogue& catalogue = policy_.catalogue();
    std::vector<std::string> candidates;
    std::set<std::string> seen;
    const auto add = [&](std::string_view action) {
      if (candidates.size() >= kMaxActions || !seen.insert(AsciiLower(action)).second) return;
      if (!std::all_of(inside_.begin(), inside_.end(),
                       [&](const RequestSet* set) { return MatchesAction(*set, action) == Truth3::kYes; })) {
        return;
      }
      candidates.emplace_back(action);
    };
    for (const RequestSet* set : inside_) {
      if (set->view_ == nullptr) continue;
      for (const ActionPattern& pattern : set->view_->patterns()) {
        if (pattern.is_everything) continue;
        size_t count = 0;
        for (const ActionId action : pattern.actions) {
          constexpr size_t kPerPattern = 5;
          add(catalogue.ActionName(action));
          if (++count == kPerPattern) break;
        }
      }
    }
    for (const std::string_view action : {"ec2:RunInstances", "s3:GetObject", "iam:CreateUser",
                                          "sts:AssumeRole", "lambda:InvokeFunction", "sqs:SendMessage"}) {
      add(action);
    }
    return candidates;
  }

  std::vector<std::string> CandidateResources(const std::string& action) const {
    const Catalogue& catalogue = policy_.catalogue();
    std::vector<std::string> candidates;
    const auto add = [&](std::string resource) {
      if (candidates.size() >= kMaxResources) return;
      if (std::all_of(inside_.begin(), inside_.end(), [&](const RequestSet* set) {
            return MatchesResource(*set, resource) == Truth3::kYes;
          })) {
        candidates.push_back(std::move(resource));
      }
    };
    const std::optional<ActionId> known = catalogue.FindAction(action);
    // R-07.
    if (known && !catalogue.HasResourceTypes(*known)) {
      add("*");
      return candidates;
    }
    std::vector<std::string> templates;
    if (known) {
      for (const ActionRowId row : catalogue.ActionRows(*known)) {
        const ResourceTypeId type = catalogue.RowType(row);
        for (size_t i = 0; i < catalogue.TypeTemplateCount(type); ++i) {
          templates.push_back(
              Pattern::Like(PatternOfTemplate(catalogue.TypeTemplate(type, i)), false).code());
        }
      }
    }
    for (const auto& sets : {inside_, outside_}) {
      for (const RequestSet* set : sets) {
        for (const TextPattern& pattern : set->resources_->patterns) {
          if (!pattern.exact) continue;
          std::string sample = SampleOf(pattern.code, "example");
          if (templates.empty() ||
              std::any_of(templates.begin(), templates.end(),
                          [&](const std::string& code) { return MatchPattern(code, sample); })) {
            add(std::move(sample));
          }
        }
      }
    }
    for (const std::string& code : templates) add(SampleOf(code, "example"));
    if (templates.empty()) add("arn:aws:s3:::example");
    return candidates;
  }

  static Truth3 MatchesAction(const RequestSet& set, std::string_view action) {
    const std::string lower = AsciiLower(action);
    const size_t colon = lower.find(':');
    const std::string_view service = std::string_view(lower).substr(0, colon);
    const std::string_view name = std::string_view(lower).substr(colon + 1);
    Truth3 listed = Truth3::kNo;
    for (const NamedActions::Entry& entry : set.actions_->entries) {
      if (!MatchPattern(entry.service.code, service) || !MatchPattern(entry.name.code, name)) continue;
      if (!entry.name.exact) {
        listed = Truth3::kUnknown;
        continue;
      }
      return set.actions_->negated ? Truth3::kNo : Truth3::kYes;
    }
    if (listed == Truth3::kUnknown) return listed;
    return set.actions_->negated ? Truth3::kYes : Truth3::kNo;
  }

  static Truth3 MatchesResource(const RequestSet& set, std::string_view resource) {
    const NamedResources& resources = *set.resources_;
    Truth3 listed = resources.has_star        ? Truth3::kYes
                    : resources.may_have_star ? Truth3::kUnknown
                                              : Truth3::kNo;
    if (resource != "*") {
      for (const TextPattern& pattern : resources.patterns) {
        if (listed == Truth3::kYes) break;
        if (!MatchPattern(pattern.code, resource)) continue;
        listed = pattern.exact ? Truth3::kYes : Truth3::kUnknown;
      }
    }
    if (listed == Truth3::kUnknown || !resources.negated) return listed;
    return listed == Truth3::kYes ? Truth3::kNo : Truth3::kYes;
  }

  // A state for each key, so that the request is in all of `inside_` and in none of `outside_`.
  std::optional<Choice> Choose(const std::string& action, const std::string& resource) const {
    Choice choice;
    for (const RequestSet* set : outside_) {
      if (MatchesAction(*set, action) == Truth3::kNo || MatchesResource(*set, resource) == Truth3::kNo) {
        continue;
      }
      if (!Leave(*set, choice)) return std::nullopt;
    }
    for (const auto& entry : keys_) {
      const auto& name = entry.first;
      const auto& key = entry.second;
      if (choice.count(name) > 0) continue;
      const auto fits = std::find_if(key.states.begin(), key.states.end(), [&](const State& state) {
        Choice next = choice;
        next[name] = state;
        return AreConsistent(next);
      });
      if (fits == key.states.end()) return std::nullopt;
      choice[name] = *fits;
    }
    return choice;
  }

  // Chooses a state with which one of the set's clauses fails, if none does so yet.
  bool Leave(const RequestSet& set, Choice& choice) const {
    for (const auto& clause : set.clauses_) {
      const auto chosen = choice.find(clause->key().lower_name);
      if (chosen != choice.end() && Holds(*clause, chosen->second) == Truth3::kNo) return true;
    }
    for (const auto& clause : set.clauses_) {
      if (clause->key().is_opaque || choice.count(clause->key().lower_name) > 0) continue;
      for (const State& state : keys_.at(clause->key().lower_name).states) {
        if (Holds(*clause, state) != Truth3::kNo) continue;
        Choice next = choice;
        next[clause->key().lower_name] = state;
        if (!AreConsistent(next)) continue;
        choice = std::move(next);
        return true;
      }
    }
    return false;
  }

  // What belongs together (U-02, U-07, U-08), as far as it is not too much to look into: then there is no
  // example.
  static bool AreConsistent(const Choice& choice) {
    const auto is_present = [&](std::string_view key) {
      const auto at = choice.find(std::string(key));
      return at != choice.end() && !at->second.is_absent;
    };
    const auto is_absent = [&](std::string_view key) {
      const auto at = choice.find(std::string(key));
      return at != choice.end() && at->second.is_absent;
    };
    const bool through_endpoint = is_present("aws:sourcevpc") || is_present("aws:sourcevpce") ||
                                  is_present("aws:vpcsourceip") || is_present("aws:sourcevpcarn") ||
                                  is_present("aws:vpceaccount") || is_present("aws:vpceorgid") ||
                                  is_present("aws:vpceorgpaths");
    if (through_endpoint && is_present("aws:sourceip")) return false;
    if (is_absent("aws:sourceip") && (is_absent("aws:sourcevpc") || is_absent("aws:sourcevpce")))
      return false;
    if (is_present("aws:calledvia") && choice.count("aws:viaawsservice") > 0 &&
        choice.at("aws:viaawsservice").value != "true") {
      return false;
    }
    const bool has_tag_keys = choice.count("aws:tagkeys") > 0;
    const bool has_principal = choice.count("aws:principalarn") > 0;
    return std::none_of(choice.begin(), choice.end(), [&](const auto& entry) {
      const std::string& key = entry.first;
      return (has_tag_keys && key.starts_with("aws:requesttag/")) ||
             (has_principal && (key == "aws:principalaccount" || key == "aws:principaltype" ||
                                key == "aws:username" || key == "aws:userid"));
    });
  }

  std::string Text(const std::string& action, const std::string& resource, const Choice& choice) const {
    std::string text = "{\"action\": " + JsonQuoted(action) + ", \"resource\": " + JsonQuoted(resource);
    std::string context;
    for (const auto& [name, state] : choice) {
      if (name == "aws:principalarn") {
        text += ", \"principal\": " + JsonQuoted(state.value);
        continue;
      }
      if (!context.empty()) context += ", ";
      context += JsonQuoted(keys_.at(name).name) + ": ";
      if (state.is_absent) {
        context += "null";
      } else {
        context += state.is_list ? "[" + JsonQuoted(state.value) + "]" : JsonQuoted(state.value);
      }
    }
    if (!context.empty()) text += ", \"context\": {" + context + "}";
    return text + "}";
  }

  const PolicyView& policy_;
  std::span<const RequestSet* const> inside_;
  std::span<const RequestSet* const> outside_;
  std::map<std::string, Key> keys_;  // by lower-case name
};

std::optional<std::string> Prover::FindRequest(std::span<const RequestSet* const> inside,
                                               std::span<const RequestSet* const> outside) {
  return ExampleSearch(*policy_, inside, outside).Run();
}

}  // namespace scpcheck

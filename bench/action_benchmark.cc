// From the name of an action to the action sets that contain it, in two ways: the engine's index of the
// catalogue, with the sets' own patterns for names outside it, and RE2::Set with the same patterns as regular
// expressions.
//
//   SCPCHECK_WORKLOAD=DIR action_benchmark
//
// Names are those of the workload's requests, in lower case as are the patterns, so that neither way has to
// fold case. A decision asks about the sets of its account's chain; the others are asked about all sets.

#include <benchmark/benchmark.h>
#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/bits.h"
#include "benchmark_workload.h"
#include "engine/compiled.h"
#include "request/json_reader.h"
#include "scpcheck/engine.h"

namespace scpcheck {
namespace {

// A bit for each action set, by ActionSetId.
using SetBits = std::vector<uint64_t>;

void SetBit(SetBits& bits, size_t i) {
  bits[i / 64] |= uint64_t{1} << (i % 64);
}

// Each way counts the sets, among those it is asked about, that contain a name.
class IndexWay {
 public:
  explicit IndexWay(const CompiledOrganization& compiled)
      : compiled_(compiled), slots_(compiled.action_sets.size()) {
    for (uint32_t slot = 0; slot < compiled.slots.size(); ++slot) {
      const StatementId statement = compiled.slots[slot];
      if (statement != kNoStatement)
        slots_[static_cast<size_t>(compiled.statement(statement).actions)] = slot;
    }
  }

  size_t Count(const std::string& name, const std::vector<ActionSetId>& sets) const {
    if (const std::optional<ActionId> action = compiled_.catalogue->FindAction(name)) {
      const ActionIndex::Row row = compiled_.action_index.RowOf(*action);
      return CountIf(sets, [&](ActionSetId set) {
        const uint32_t slot = slots_[static_cast<size_t>(set)];
        return (row.Word(slot / kSlotsPerWord) >> (slot % kSlotsPerWord) & 1) != 0;
      });
    }
    const size_t colon = name.find(':');
    ActionName action;
    action.lower_service = std::string_view(name).substr(0, colon);
    action.lower_name = std::string_view(name).substr(colon + 1);
    action.service = compiled_.catalogue->FindService(action.lower_service);
    return CountIf(sets, [&](ActionSetId set) {
      return compiled_.action_sets[static_cast<size_t>(set)].Contains(action);
    });
  }

 private:
  template <typename Contains>
  static size_t CountIf(const std::vector<ActionSetId>& sets, Contains contains) {
    return static_cast<size_t>(std::count_if(sets.begin(), sets.end(), contains));
  }

  const CompiledOrganization& compiled_;
  std::vector<uint32_t> slots_;  // one of each set
};

// The patterns of a set, once, in lower case.
using Patterns = std::map<std::string, std::vector<size_t>>;

class Re2Way {
 public:
  // `patterns`: the sets that have each; `turned`: the sets that contain what their patterns do not list.
  Re2Way(const Patterns& patterns, SetBits turned) : turned_(std::move(turned)) {
    RE2::Options options;
    options.set_encoding(RE2::Options::EncodingLatin1);
    options.set_dot_nl(true);
    set_ = std::make_unique<RE2::Set>(options, RE2::ANCHOR_BOTH);
    for (const auto& [pattern, sets] : patterns) {
      if (set_->Add(RegularExpression(pattern), nullptr) < 0) bench::Stop("RE2 does not take " + pattern);
      SetBits& bits = sets_by_pattern_.emplace_back(turned_.size(), 0);
      for (const size_t i : sets) SetBit(bits, i);
    }
    if (!set_->Compile()) bench::Stop("RE2::Set does not compile");
  }

  size_t Count(const std::string& name, const std::vector<ActionSetId>& sets) {
    bits_ = turned_;
    RE2::Set::ErrorInfo error{};
    if (set_->Match(name, &matches_, &error)) {
      std::fill(bits_.begin(), bits_.end(), 0);
      for (const int pattern : matches_) {
        const SetBits& with_pattern = sets_by_pattern_[static_cast<size_t>(pattern)];
        for (size_t i = 0; i < bits_.size(); ++i) bits_[i] |= with_pattern[i];
      }
      for (size_t i = 0; i < bits_.size(); ++i) bits_[i] ^= turned_[i];
    } else if (error.kind != RE2::Set::kNoError) {
      bench::Stop("RE2::Set needs more memory");
    }
    return static_cast<size_t>(std::count_if(sets.begin(), sets.end(), [&](ActionSetId set) {
      const auto bit = static_cast<size_t>(set);
      return (bits_[bit / 64] >> (bit % 64) & 1) != 0;
    }));
  }

 private:
  static std::string RegularExpression(const std::string& pattern) {
    std::string expression;
    for (const char c : pattern) {
      if (c == '*') {
        expression += ".*";
      } else if (c == '?') {
        expression += '.';
      } else {
        expression += RE2::QuoteMeta(std::string(1, c));
      }
    }
    return expression;
  }

  std::unique_ptr<RE2::Set> set_;
  std::vector<SetBits> sets_by_pattern_;
  SetBits turned_;
  SetBits bits_;
  std::vector<int> matches_;
};

const CompiledOrganization& Compiled() {
  static const Engine engine = Engine::Compile(bench::LoadWorkload());
  return *engine.shared_compiled();
}

size_t WordsOfSets() {
  return (Compiled().action_sets.size() + 63) / 64;
}

// A statement that has each action set, by ActionSetId.
std::vector<const Statement*> SourcesOfSets() {
  const CompiledOrganization& compiled = Compiled();
  std::vector<const Statement*> sources(compiled.action_sets.size());
  for (const PolicyPart& part : compiled.policy_parts) {
    ForEachBit(part.denies | part.allows, [&](uint32_t bit) {
      const StatementRef ref = compiled.statement_at(part, bit);
      sources[static_cast<size_t>(compiled.statement(ref.statement).actions)] =
          &compiled.source_statement(ref);
    });
  }
  return sources;
}

Patterns PatternsOfSets(SetBits& turned) {
  Patterns patterns;
  turned.assign(WordsOfSets(), 0);
  const std::vector<const Statement*> sources = SourcesOfSets();
  for (size_t set = 0; set < sources.size(); ++set) {
    if (sources[set]->not_action) SetBit(turned, set);
    for (const LocatedText& text : sources[set]->actions) patterns[AsciiLower(text.text)].push_back(set);
  }
  return patterns;
}

enum class Names { kCatalogue, kNewAction, kNewService };

struct Question {
  std::string name;
  std::vector<ActionSetId> sets;  // of the statements on the way to the request's account
};

std::vector<ActionSetId> SetsOfChain(std::string_view account) {
  const CompiledOrganization& compiled = Compiled();
  std::vector<ActionSetId> sets;
  const std::optional<uint64_t> number = AccountTable::NumberOf(account);
  const std::optional<CompiledAccount> found = number ? compiled.account_table.Find(*number) : std::nullopt;
  if (!found) return sets;
  for (const ChainLevel& level : compiled.levels_of(found->chain)) {
    for (const PolicyPart& part : compiled.parts_of(compiled.program(level.program))) {
      ForEachBit(part.denies | part.allows, [&](uint32_t bit) {
        sets.push_back(compiled.statement(compiled.statement_at(part, bit).statement).actions);
      });
    }
  }
  return sets;
}

// With the requests' actions; those of the catalogue, or made into some that it doesn't have.
std::vector<Question> MakeQuestions(Names kind) {
  std::vector<Question> questions;
  RequestReader reader;
  RequestView view;
  for (const std::string_view line : bench::RequestLines()) {
    if (!reader.Read(line, view)) continue;
    std::string name = AsciiLower(view.action);
    if (!Compiled().catalogue->FindAction(name)) continue;
    if (kind == Names::kNewAction) name += "preview";
    if (kind == Names::kNewService) name.insert(0, "new");
    if (kind != Names::kCatalogue && Compiled().catalogue->FindAction(name)) continue;
    questions.push_back({std::move(name), SetsOfChain(view.account)});
  }
  if (questions.empty()) bench::Stop("the requests name no action of the catalogue");
  return questions;
}

std::vector<ActionSetId> AllSets() {
  std::vector<ActionSetId> sets;
  for (size_t i = 0; i < Compiled().action_sets.size(); ++i) sets.push_back(static_cast<ActionSetId>(i));
  return sets;
}

// Both ways must find the same before either is measured.
void CheckAgreement(const std::vector<Question>& questions) {
  SetBits turned;
  const Patterns patterns = PatternsOfSets(turned);
  Re2Way re2(patterns, turned);
  const IndexWay index(Compiled());
  const std::vector<ActionSetId> sets = AllSets();
  for (const Question& question : questions) {
    if (index.Count(question.name, sets) != re2.Count(question.name, sets) ||
        index.Count(question.name, question.sets) != re2.Count(question.name, question.sets)) {
      bench::Stop("the two ways differ on " + question.name);
    }
  }
}

template <typename Way>
void AskAll(benchmark::State& state, Way& way, Names kind, bool all_sets) {
  const std::vector<Question> questions = MakeQuestions(kind);
  CheckAgreement(questions);
  const std::vector<ActionSetId> sets = AllSets();
  size_t next = 0;
  for (auto _ : state) {
    const Question& question = questions[next];
    benchmark::DoNotOptimize(way.Count(question.name, all_sets ? sets : question.sets));
    next = next + 1 == questions.size() ? 0 : next + 1;
  }
}

void BM_Index(benchmark::State& state, Names kind, bool all_sets) {
  IndexWay way(Compiled());
  AskAll(state, way, kind, all_sets);
}

void BM_Re2Set(benchmark::State& state, Names kind, bool all_sets) {
  SetBits turned;
  const Patterns patterns = PatternsOfSets(turned);
  Re2Way way(patterns, turned);
  AskAll(state, way, kind, all_sets);
}

BENCHMARK_CAPTURE(BM_Index, chain_catalogue, Names::kCatalogue, false);
BENCHMARK_CAPTURE(BM_Re2Set, chain_catalogue, Names::kCatalogue, false);
BENCHMARK_CAPTURE(BM_Index, chain_new_action, Names::kNewAction, false);
BENCHMARK_CAPTURE(BM_Re2Set, chain_new_action, Names::kNewAction, false);
BENCHMARK_CAPTURE(BM_Index, chain_new_service, Names::kNewService, false);
BENCHMARK_CAPTURE(BM_Re2Set, chain_new_service, Names::kNewService, false);
BENCHMARK_CAPTURE(BM_Index, all_catalogue, Names::kCatalogue, true);
BENCHMARK_CAPTURE(BM_Re2Set, all_catalogue, Names::kCatalogue, true);
BENCHMARK_CAPTURE(BM_Index, all_new_action, Names::kNewAction, true);
BENCHMARK_CAPTURE(BM_Re2Set, all_new_action, Names::kNewAction, true);
BENCHMARK_CAPTURE(BM_Index, all_new_service, Names::kNewService, true);
BENCHMARK_CAPTURE(BM_Re2Set, all_new_service, Names::kNewService, true);

void BM_CompileIndex(benchmark::State& state) {
  const std::vector<const Statement*> sources = SourcesOfSets();
  // A slot for each set.
  std::vector<ActionSetId> slots(WordsOfSets() * kSlotsPerWord, ActionIndex::kNoSet);
  for (size_t set = 0; set < sources.size(); ++set) slots[set] = static_cast<ActionSetId>(set);
  for (auto _ : state) {
    std::vector<ActionSet> sets;
    for (const Statement* source : sources) sets.emplace_back(source->actions, source->not_action);
    ActionIndex index;
    index.Build(sets, slots, *Compiled().catalogue);
    benchmark::DoNotOptimize(index.RowOf(ActionId{0}));
  }
}
BENCHMARK(BM_CompileIndex)->Unit(benchmark::kMicrosecond);

void BM_CompileRe2Set(benchmark::State& state) {
  SetBits turned;
  const Patterns patterns = PatternsOfSets(turned);
  for (auto _ : state) {
    Re2Way way(patterns, turned);
    benchmark::DoNotOptimize(way);
  }
  state.counters["patterns"] = static_cast<double>(patterns.size());
  state.counters["sets"] = static_cast<double>(Compiled().action_sets.size());
}
BENCHMARK(BM_CompileRe2Set)->Unit(benchmark::kMicrosecond);

// RE2 builds its automaton while it matches: what the first answer costs where there is only one.
void BM_CompileRe2SetAndAsk(benchmark::State& state) {
  SetBits turned;
  const Patterns patterns = PatternsOfSets(turned);
  const std::vector<Question> questions = MakeQuestions(Names::kCatalogue);
  size_t next = 0;
  for (auto _ : state) {
    Re2Way way(patterns, turned);
    benchmark::DoNotOptimize(way.Count(questions[next].name, questions[next].sets));
    next = next + 1 == questions.size() ? 0 : next + 1;
  }
}
BENCHMARK(BM_CompileRe2SetAndAsk)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace scpcheck

BENCHMARK_MAIN();

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
  explicit IndexWay(const CompiledOrganization& compiled) : compiled_(compiled) {}

  size_t Count(const std::string& name, const std::vector<ActionSetId>& sets) const {
    if (const std::optional<ActionId> action = compiled_.catalogue->FindAction(name)) {
      const ActionIndex::Row row = compiled_.action_index.RowOf(*action);
      return CountIf(sets, [&](ActionSetId set) { return row.Contains(set); });
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

Patterns PatternsOfSets(SetBits& turned) {
  const CompiledOrganization& compiled = Compiled();
  Patterns patterns;
  turned.assign(WordsOfSets(), 0);
  std::vector<bool> done(compiled.action_sets.size(), false);
  for (const StatementRef& ref : compiled.refs) {
    const auto set = static_cast<size_t>(compiled.statement(ref.statement).actions);
    if (done[set]) continue;
    done[set] = true;
    const Statement& statement = compiled.source_statement(ref);
    if (statement.not_action) SetBit(turned, set);
    for (const LocatedText& text : statement.actions) patterns[AsciiLower(text.text)].push_back(set);
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
  const std::optional<CompiledAccount> found = compiled.account_table.Find(account);
  if (!found) return sets;
  for (const ChainLevel& level : compiled.levels_of(found->chain)) {
    const Program& program = compiled.program(level.program);
    for (const Range& range : {program.denies, program.allows}) {
      for (uint32_t i = 0; i < range.count; ++i) sets.push_back(compiled.ref_actions[range.first + i]);
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
  struct Source {
    std::vector<LocatedText> patterns;
    bool negated;
  };
  std::map<ActionSetId, Source> sources;
  for (const StatementRef& ref : Compiled().refs) {
    const Statement& statement = Compiled().source_statement(ref);
    sources[Compiled().statement(ref.statement).actions] = {statement.actions, statement.not_action};
  }
  for (auto _ : state) {
    std::vector<ActionSet> sets;
    for (const auto& [id, source] : sources) sets.emplace_back(source.patterns, source.negated);
    ActionIndex index;
    index.Build(sets, *Compiled().catalogue);
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

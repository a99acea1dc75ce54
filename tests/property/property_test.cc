// The compiled engine against the reference evaluator, on random organizations and requests.
//
// Where the reference decides, the engine must give that decision, and that place wherever the reference is
// sure of it. Where the reference leaves a question open, the engine may know better, since it reasons about
// patterns; such an answer is attacked with requests that the question stands for.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iostream>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "../reference/catalogue_hooks.h"
#include "../reference/reference.h"
#include "base/ascii.h"
#include "decision_text.h"
#include "engine/evaluator.h"
#include "environment.h"
#include "generator.h"
#include "request/json_reader.h"

namespace scpcheck::property {
namespace {

using nlohmann::json;

constexpr uint64_t kRequestsPerOrganization = 400;
constexpr uint64_t kDefaultDecisions = kThorough ? 1'200'000 : 20'000;
constexpr int kAttacks = 20;
// One difference is enough to look into; thousands of the same kind hide it.
constexpr size_t kMaxFindings = 5;

struct Tally {
  uint64_t decisions = 0;
  uint64_t certain_places = 0;
  uint64_t undecided = 0;       // by both
  uint64_t attacked = 0;        // decided by the engine alone
  uint64_t attacks = 0;         // requests made for these
  uint64_t only_reference = 0;  // decided by the reference alone
  std::vector<std::string> findings;

  void Add(const Tally& other) {
    decisions += other.decisions;
    certain_places += other.certain_places;
    undecided += other.undecided;
    attacked += other.attacked;
    attacks += other.attacks;
    only_reference += other.only_reference;
    findings.insert(findings.end(), other.findings.begin(), other.findings.end());
  }
};

std::string PlaceText(const reference::Decision& decision) {
  std::string text =
      decision.decision + " " + decision.reason + " " + decision.node + " " + decision.policy + " ";
  if (decision.statement) text += std::to_string(*decision.statement);
  return text + " " + decision.sid;
}

// One random organization and requests about it.
class Comparison {
 public:
  Comparison(uint64_t seed, Tally& tally)
      : seed_(seed),
        tally_(tally),
        generator_(seed),
        organization_(generator_.Organization()),
        reference_(reference::Organization::Load(organization_, reference::CatalogueKeyArity(),
                                                 reference::CatalogueActionFacts())),
        engine_(CompileText(organization_.dump())),
        evaluator_(engine_),
        line_evaluator_(engine_.shared_compiled()) {}

  void Run(uint64_t requests) {
    for (uint64_t i = 0; i < requests && tally_.findings.size() < kMaxFindings; ++i) {
      Compare(generator_.Request(organization_));
    }
  }

 private:
  void Compare(const json& request) {
    ++tally_.decisions;
    const reference::Decision expected = reference::Decide(reference_, request);
    const std::string line = request.dump();
    const Result<Request> parsed = ParseRequest(line);
    if (!parsed) return Find(request, parsed.error().ToString());
    const Result<Decision> decision = evaluator_.Decide(*parsed);
    if (!decision) return Find(request, decision.error().ToString());
    const std::string actual = DecisionText(*decision);
    CompareLine(request, line, actual);

    const std::string_view verdict = VerdictName(decision->verdict);
    if (decision->verdict == Verdict::kUndecided) {
      CheckDependsOn(request, *decision);
      if (expected.decision == "undecided") {
        ++tally_.undecided;
      } else {
        ++tally_.only_reference;
        Find(request, "only the reference decides: " + PlaceText(expected));
      }
    } else if (expected.decision == "undecided") {
      Attack(request, std::string(verdict));
    } else if (expected.decision != verdict) {
      Find(request, "the reference says " + PlaceText(expected) + ", the engine " + actual);
    } else if (expected.place_certain) {
      ++tally_.certain_places;
      if (PlaceText(expected) != actual) {
        Find(request, "the reference says " + PlaceText(expected) + ", the engine " + actual);
      }
    }
  }

  // The path of `batch` gives the same.
  void CompareLine(const json& request, const std::string& line, const std::string& expected) {
    Decision decision;
    if (!reader_.Read(line, view_)) return Find(request, "as a line: " + reader_.error());
    if (!line_evaluator_.Decide(view_, decision))
      return Find(request, "as a line: " + line_evaluator_.error());
    const std::string actual = DecisionText(decision);
    if (actual != expected) Find(request, "as a line " + actual + ", through the API " + expected);
  }

  // What an open question depends on is open, and named once.
  void CheckDependsOn(const json& request, const Decision& decision) {
    if (decision.depends_on.empty()) Find(request, "undecided, but it depends on nothing");
    const json context = request.value("context", json::object());
    std::string_view last;
    for (const std::string_view name : decision.depends_on) {
      if (name <= last) Find(request, "dependsOn is not sorted: " + DecisionText(decision));
      last = name;
      const bool given = std::any_of(context.items().begin(), context.items().end(), [&](const auto& entry) {
        return AsciiEqualsIgnoreCase(entry.key(), name);
      });
      const std::string pattern = request.value("resource", "*");
      const bool is_known_resource = name == "resource" && pattern.find_first_of("*?") == std::string::npos;
      if (given || is_known_resource) Find(request, "depends on what is given: " + DecisionText(decision));
    }
  }

  void Attack(const json& request, const std::string& verdict) {
    ++tally_.attacked;
    for (int i = 0; i < kAttacks; ++i) {
      ++tally_.attacks;
      const json sample = generator_.Completed(organization_, request);
      const reference::Decision decision = reference::Decide(reference_, sample);
      if (decision.decision == verdict) continue;
      return Find(request, "the engine says " + verdict + ", but the reference " + PlaceText(decision) +
                               " of " + sample.dump());
    }
  }

  void Find(const json& request, const std::string& difference) {
    tally_.findings.push_back("seed " + std::to_string(seed_) + ": " + difference + "\n  request " +
                              request.dump() + "\n  organization " + organization_.dump());
  }

  uint64_t seed_;
  Tally& tally_;
  Generator generator_;
  json organization_;
  reference::Organization reference_;
  Engine engine_;
  Evaluator evaluator_;
  EvaluatorState line_evaluator_;
  RequestReader reader_;
  RequestView view_;
};

TEST(PropertyTest, EngineAgreesWithReference) {
  const uint64_t seed = Seed();
  const uint64_t wanted = NumberFromEnvironment("SCPCHECK_PROPERTY_DECISIONS", kDefaultDecisions);
  const uint64_t organizations = (wanted + kRequestsPerOrganization - 1) / kRequestsPerOrganization;
  std::cout << "seed " << seed << " (SCPCHECK_SEED), " << organizations << " organizations\n";

  Tally total;
  std::mutex total_mutex;
  std::atomic<uint64_t> next = 0;
  const auto work = [&] {
    Tally tally;
    for (uint64_t i = next++; i < organizations && tally.findings.size() < kMaxFindings; i = next++) {
      Comparison(seed * 1'000'003 + i, tally).Run(std::min(kRequestsPerOrganization, wanted));
    }
    const std::lock_guard lock(total_mutex);
    total.Add(tally);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(work);
  for (std::thread& thread : threads) thread.join();

  std::cout << total.decisions << " decisions compared, the place of " << total.certain_places << "; "
            << total.undecided << " undecided by both, " << total.only_reference
            << " decided by the reference alone, " << total.attacked << " by the engine alone, attacked with "
            << total.attacks << " requests\n";
  for (const std::string& finding : total.findings) ADD_FAILURE() << finding;
}

}  // namespace
}  // namespace scpcheck::property

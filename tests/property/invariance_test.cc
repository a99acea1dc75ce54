// What must not change a decision: the order of what has no order, accounts elsewhere in the tree, and
// writing an organization down and reading it again.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "decision_text.h"
#include "environment.h"
#include "generator.h"
#include "organization_writer.h"

namespace scpcheck::property {
namespace {

using nlohmann::json;

constexpr uint64_t kOrganizations = kThorough ? 600 : 60;
constexpr int kRequestsPerOrganization = 60;

// Calls `check` with random organizations, each with its seed, until one has failed.
void ForOrganizations(const std::function<void(uint64_t seed, Generator&, const json& organization)>& check) {
  const uint64_t seed = Seed();
  std::cout << "seed " << seed << " (SCPCHECK_SEED), " << kOrganizations << " organizations\n";
  for (uint64_t i = 0; i < kOrganizations && !testing::Test::HasFailure(); ++i) {
    const uint64_t own_seed = seed * 1'000'003 + i;
    Generator generator(own_seed);
    const json organization = generator.Organization();
    SCOPED_TRACE("seed " + std::to_string(own_seed) + ", organization " + organization.dump());
    check(own_seed, generator, organization);
  }
}

// A key is named as the first policy spells it, and sorted so, which these changes change.
std::string FoldedAnswer(Evaluator& evaluator, const json& request, Detail detail) {
  std::string answer = AsciiLower(Answer(evaluator, request, detail));
  if (!answer.starts_with(VerdictName(Verdict::kUndecided))) return answer;
  std::istringstream stream(answer);
  std::set<std::string> words{std::istream_iterator<std::string>(stream), {}};
  answer.clear();
  for (const std::string& word : words) answer += word + " ";
  return answer;
}

// std::shuffle differs from one standard library to another.
void Shuffle(json& list, std::mt19937_64& random) {
  for (size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[random() % i]);
}

// Shuffles all lists of texts and of objects in a policy's document.
void ShuffleAll(json& value, std::mt19937_64& random) {
  if (value.is_array()) Shuffle(value, random);
  if (!value.is_structured()) return;
  for (json& part : value) ShuffleAll(part, random);
}

// Shuffles what is attached to a unit and to everything in it, and the order of what is in it.
void ShuffleUnit(json& unit, std::mt19937_64& random) {
  for (const char* const name : {"policies", "accounts", "organizationalUnits"}) {
    if (unit.contains(name)) Shuffle(unit[name], random);
  }
  for (json& account : unit["accounts"]) {
    if (account.contains("policies")) Shuffle(account["policies"], random);
  }
  for (json& child : unit["organizationalUnits"]) ShuffleUnit(child, random);
}

TEST(InvarianceTest, OrderChangesNoDecision) {
  ForOrganizations([](uint64_t seed, Generator& generator, const json& organization) {
    std::mt19937_64 random(seed);
    json shuffled = organization;
    for (json& policy : shuffled["policies"]) ShuffleAll(policy["document"], random);
    ShuffleUnit(shuffled["root"], random);
    const Engine engine = CompileText(organization.dump());
    const Engine shuffled_engine = CompileText(shuffled.dump());
    Evaluator evaluator(engine);
    Evaluator shuffled_evaluator(shuffled_engine);
    for (int i = 0; i < kRequestsPerOrganization; ++i) {
      const json request = generator.Request(organization);
      // Which of a node's policies decides may differ: it is the first.
      EXPECT_EQ(FoldedAnswer(shuffled_evaluator, request, Detail::kNode),
                FoldedAnswer(evaluator, request, Detail::kNode))
          << request << "\n"
          << shuffled;
    }
  });
}

// The unit with nothing in it but the way to the account; nothing if it is not there.
std::optional<json> PathTo(const json& unit, const std::string& account_id) {
  json path = unit;
  path["accounts"] = json::array();
  path["organizationalUnits"] = json::array();
  for (const json& account : unit.at("accounts")) {
    if (account.at("id") != account_id) continue;
    path["accounts"].push_back(account);
    return path;
  }
  for (const json& child : unit.at("organizationalUnits")) {
    if (const std::optional<json> rest = PathTo(child, account_id)) {
      path["organizationalUnits"].push_back(*rest);
      return path;
    }
  }
  return std::nullopt;
}

TEST(InvarianceTest, OtherAccountsChangeNoDecision) {
  size_t compared = 0;
  ForOrganizations([&compared](uint64_t /*seed*/, Generator& generator, const json& organization) {
    const Engine engine = CompileText(organization.dump());
    Evaluator evaluator(engine);
    // Of the organization that has this account alone, and of the whole one compiled for it alone.
    std::map<std::string, std::vector<Evaluator>> by_account;
    for (int i = 0; i < kRequestsPerOrganization; ++i) {
      const json request = generator.Request(organization);
      const Result<Request> parsed = ParseRequest(request.dump());
      ASSERT_TRUE(parsed) << request;
      const Result<Decision> decision = evaluator.Decide(*parsed);
      ASSERT_TRUE(decision) << request;
      const std::string account(decision->account);
      const std::optional<json> path = PathTo(organization["root"], account);
      if (!path) continue;  // the management account, which need not be listed
      std::vector<Evaluator>& evaluators = by_account[account];
      if (evaluators.empty()) {
        json reduced = organization;
        reduced["root"] = *path;
        const Result<AccountIndex> index = engine.organization().FindAccount(account);
        ASSERT_TRUE(index) << account;
        CompileOptions options;
        options.accounts = {*index};
        evaluators.emplace_back(CompileText(reduced.dump()));
        evaluators.emplace_back(CompileText(organization.dump(), options));
      }
      const std::string expected = FoldedAnswer(evaluator, request, Detail::kPlace);
      EXPECT_EQ(FoldedAnswer(evaluators[0], request, Detail::kPlace), expected) << request << "\nreduced";
      EXPECT_EQ(FoldedAnswer(evaluators[1], request, Detail::kPlace), expected)
          << request << "\ncompiled alone";
      ++compared;
    }
  });
  EXPECT_GT(compared, kOrganizations * kRequestsPerOrganization / 2);
}

TEST(InvarianceTest, WritingAndLoadingChangesNoDecision) {
  ForOrganizations([](uint64_t /*seed*/, Generator& generator, const json& organization) {
    const Engine engine = CompileText(organization.dump());
    const std::string written = WriteOrganization(engine.organization());
    const Engine again = CompileText(written);
    EXPECT_EQ(WriteOrganization(again.organization()), written);
    Evaluator evaluator(engine);
    Evaluator evaluator_again(again);
    for (int i = 0; i < kRequestsPerOrganization; ++i) {
      const json request = generator.Request(organization);
      EXPECT_EQ(FoldedAnswer(evaluator_again, request, Detail::kPlace),
                FoldedAnswer(evaluator, request, Detail::kPlace))
          << request << "\n"
          << written;
    }
  });
}

}  // namespace
}  // namespace scpcheck::property

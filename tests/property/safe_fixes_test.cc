// Safe fixes change no decision: every bad example of the rules' pages that has decisions at all is mended,
// and thousands of requests, made of the policy's own names and values, are decided before and after.
//
// SCPCHECK_SEED repeats a run, SCPCHECK_REQUESTS says how many requests there are for each policy.
// SCPCHECK_POLICIES names a folder of policies that are mended and compared, too.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/glob.h"
#include "catalog/catalogue.h"
#include "decision_text.h"
#include "environment.h"
#include "lint/document_kind.h"
#include "lint/fixer.h"
#include "lint/linter.h"
#include "scpcheck/policy.h"

namespace scpcheck::property {
namespace {

using nlohmann::json;

constexpr int64_t kToday = 20783;  // 2026-11-26
constexpr const char* kAccount = "111111111111";

// An account under a root that has the policy, alone or beside FullAWSAccess.
std::string OrganizationWith(const std::string& policy, bool beside_full_access) {
  const std::string attached =
      beside_full_access ? R"(["p-FullAWSAccess", "p-fixed001"])" : R"(["p-fixed001"])";
  return R"({"policies": {"p-fixed001": {"document": )" + policy +
         R"(}}, "root": {"id": "r-abcd", "policies": )" + attached + R"(, "accounts": [{"id": ")" + kAccount +
         R"("}]}})";
}

// What the requests about a policy are made of.
class Vocabulary {
 public:
  void Add(const Policy& policy, const Catalogue& catalogue) {
    for (const Statement& statement : policy.statements) {
      for (const LocatedText& action : statement.actions) AddActions(action.text, catalogue);
      for (const LocatedText& resource : statement.resources) resources_.push_back(resource.text);
      for (const ConditionClause& clause : statement.conditions) {
        std::vector<std::string>& values = keys_[AsciiLower(clause.key.text)];
        for (const ConditionValue& value : clause.values) {
          values.push_back(value.text);
          // Variables name further keys.
          for (size_t at = 0; (at = value.text.find("${", at)) != std::string::npos; at += 2) {
            const size_t end = value.text.find_first_of(",}", at);
            const std::string name = AsciiLower(value.text.substr(at + 2, end - at - 2));
            if (name.find(':') != std::string::npos && name.find_first_of("*? ") == std::string::npos)
              keys_[name];
          }
        }
      }
    }
  }

  // A request; `random` decides on everything.
  Request Make(std::mt19937_64& random) const {
    const auto below = [&](size_t bound) { return static_cast<size_t>(random() % bound); };
    const Catalogue& catalogue = Catalogue::Embedded();
    Request request;
    request.account = kAccount;
    request.complete_context = true;
    request.action = actions_.empty() || below(8) == 0 ? "s3:GetObject" : actions_[below(actions_.size())];
    if (below(5) == 0) request.action = AsciiLower(request.action);
    request.resource = resources_.empty() || below(3) == 0
                           ? "arn:aws:s3:::harbour-archive/2026/log"
                           : Filled(resources_[below(resources_.size())], random);
    request.principal = Principal(random);
    for (const auto& [key, values] : keys_) {
      // Some keys every request carries, some none that SCPs reach (U-01, U-02): there are no others.
      const std::optional<CatalogueKeyId> known = catalogue.FindKey(key);
      const KeyPresence presence = known ? catalogue.Key(*known).presence : KeyPresence::kMayBeAbsent;
      const bool always = presence == KeyPresence::kAlways;
      if (key == "aws:principalarn" || presence == KeyPresence::kNever) continue;
      if (!always && below(3) == 0) continue;
      ContextValue value;
      value.is_list = !always && below(3) == 0;
      const size_t count = value.is_list ? below(4) : 1;
      for (size_t i = 0; i < count; ++i) value.values.push_back(Value(values, random));
      // SCPs reach no service that calls for itself (U-02), so there is no request with another value.
      if (key == "aws:principalisawsservice") value = ContextValue::Of("false");
      request.context.emplace_back(key, std::move(value));
    }
    return request;
  }

  // Without what the engine refuses: several values of a key that has one, or what the principal says.
  static bool Simplify(Request& request, const std::string& error) {
    const auto named = std::find_if(request.context.begin(), request.context.end(), [&](const auto& entry) {
      return AsciiLower(error).find("`" + entry.first + "`") != std::string::npos;
    });
    if (named == request.context.end()) return false;
    if (named->second.values.size() > 1) {
      named->second.values.resize(1);
    } else {
      request.context.erase(named);
    }
    return true;
  }

 private:
  void AddActions(const std::string& pattern, const Catalogue& catalogue) {
    const std::string lower = AsciiLower(pattern);
    size_t taken = 0;
    for (const ActionId action : catalogue.Actions()) {
      if (!GlobMatch(lower, catalogue.LowerActionName(action))) continue;
      // A few of very many, from all over the catalogue.
      if (++taken <= 20 || taken % 997 == 0) actions_.emplace_back(catalogue.LowerActionName(action));
    }
    // Also where the catalogue knows nothing.
    std::string made = pattern;
    for (char& c : made) c = c == '*' || c == '?' ? 'x' : c;
    const size_t colon = made.find(':');
    if (colon != std::string::npos && colon > 0 && colon + 1 < made.size() &&
        made.find_first_of(": \t", colon + 1) == std::string::npos &&
        made.find_first_of(" \t\r\n") > made.size()) {
      actions_.push_back(made);
      actions_.push_back(made + "x");
    }
    const size_t service = std::min(lower.find(':'), lower.size());
    if (!HasWildcard(lower.substr(0, service))) {
      for (const ActionId action : catalogue.ActionsWithPrefix(lower.substr(0, service) + ":")) {
        if (actions_.size() % 7 == 0 || service < 4) actions_.emplace_back(catalogue.LowerActionName(action));
        if (actions_.size() > 400) break;
      }
    }
  }

  // The pattern as a text that it matches, mostly.
  static std::string Filled(std::string_view pattern, std::mt19937_64& random) {
    constexpr std::string_view kFillings[] = {"",    "x",  "eu-central-1",  "111111111111",
                                              "a/b", "-1", "arn:aws:s3:::x"};
    std::string text;
    for (size_t i = 0; i < pattern.size(); ++i) {
      if (pattern.substr(i).starts_with("${")) {
        text += kFillings[random() % std::size(kFillings)];
        i = std::min(pattern.find('}', i), pattern.size() - 1);
      } else if (pattern[i] == '*') {
        text += kFillings[random() % std::size(kFillings)];
      } else {
        text += pattern[i] == '?' ? 'q' : pattern[i];
      }
    }
    return text;
  }

  static std::string Value(const std::vector<std::string>& values, std::mt19937_64& random) {
    constexpr std::string_view kOthers[] = {"true",
                                            "false",
                                            "",
                                            "eu-central-1",
                                            "us-east-1",
                                            "5",
                                            "203.0.113.7",
                                            "2026-11-26T00:00:00Z",
                                            "True",
                                            "x",
                                            "*",
                                            "111111111111",
                                            "arn:aws:iam::111111111111:role/ship"};
    if (values.empty() || random() % 4 == 0) return std::string(kOthers[random() % std::size(kOthers)]);
    std::string value = values[random() % values.size()];
    switch (random() % 8) {
      case 0:
        return value;  // with its wildcards as plain characters
      case 1:
        return AsciiLower(Filled(value, random));
      case 2:
        return Filled(value, random) + "x";
      case 3: {
        value = Filled(value, random);
        for (char& c : value) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c;
        return value;
      }
      case 4: {
        // Another number, another address of the same network.
        value = value.substr(0, value.find('/'));
        if (!value.empty() && value.back() >= '0' && value.back() < '9') ++value.back();
        return value;
      }
      default:
        return Filled(value, random);
    }
  }

  std::string Principal(std::mt19937_64& random) const {
    const auto arns = keys_.find("aws:principalarn");
    if (arns != keys_.end() && !arns->second.empty() && random() % 2 == 0) {
      // The account is that of the question.
      std::string arn = Filled(arns->second[random() % arns->second.size()], random);
      size_t colon = 0;
      for (int i = 0; i < 4 && colon != std::string::npos; ++i)
        colon = arn.find(':', colon + (i > 0 ? 1 : 0));
      const size_t end = colon == std::string::npos ? colon : arn.find(':', colon + 1);
      if (end != std::string::npos) return arn.replace(colon + 1, end - colon - 1, kAccount);
    }
    const std::string prefix = std::string("arn:aws:iam::") + kAccount + ":";
    const std::string others[] = {
        prefix + "root",
        prefix + "role/harbourmaster",
        prefix + "user/docker",
        prefix + "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef",
        std::string("arn:aws:sts::") + kAccount + ":assumed-role/harbourmaster/session",
        std::string("arn:aws:sts::") + kAccount + ":federated-user/pilot"};
    return others[random() % std::size(others)];
  }

  std::vector<std::string> actions_;
  std::vector<std::string> resources_;
  std::map<std::string, std::vector<std::string>> keys_;
};

// What was compared.
struct Counts {
  size_t policies = 0;
  size_t fixes = 0;
  size_t requests = 0;
  size_t denied = 0;
  size_t undecided = 0;  // not compared
  size_t refused = 0;    // by the engine, as no requests
};

std::string RequestText(const Request& request) {
  json text = {
      {"action", request.action}, {"resource", *request.resource}, {"principal", *request.principal}};
  for (const auto& [key, value] : request.context) text["context"][key] = value.values;
  return text.dump(-1, ' ', false, json::error_handler_t::replace);
}

void Compare(const std::string& name, const std::string& before, const Linter& linter, uint64_t seed,
             size_t requests, Counts& counts) {
  const Catalogue& catalogue = Catalogue::Embedded();
  const Policy policy = ParsePolicy(Source::FromText(name, before));
  if (!policy.decidable) return;
  const FixedText fixed =
      FixAll(linter, Source::FromText(name, before), name, false, [](const Finding&) { return false; });
  if (fixed.applied == 0) return;
  const Policy after = ParsePolicy(Source::FromText(name, fixed.text));
  ASSERT_TRUE(after.decidable) << name << ": mended it is no policy any more\n" << fixed.text;
  ++counts.policies;
  counts.fixes += fixed.applied;

  Vocabulary vocabulary;
  vocabulary.Add(policy, catalogue);
  vocabulary.Add(after, catalogue);
  const bool only_denies =
      std::all_of(policy.statements.begin(), policy.statements.end(),
                  [](const Statement& statement) { return statement.effect == Effect::kDeny; });
  std::mt19937_64 random(seed);
  for (const bool beside_full_access : {true, false}) {
    // A list of denials alone allows nothing, whatever becomes of it.
    if (only_denies && !beside_full_access) continue;
    const Engine old_engine = CompileText(OrganizationWith(before, beside_full_access));
    const Engine new_engine = CompileText(OrganizationWith(fixed.text, beside_full_access));
    if (testing::Test::HasFailure()) return;
    Evaluator old_evaluator(old_engine);
    Evaluator new_evaluator(new_engine);
    for (size_t i = 0; i < requests; ++i) {
      Request request = vocabulary.Make(random);
      Result<Decision> old_decision = old_evaluator.Decide(request);
      while (!old_decision && Vocabulary::Simplify(request, old_decision.error().message)) {
        old_decision = old_evaluator.Decide(request);
      }
      const Result<Decision> new_decision = new_evaluator.Decide(request);
      ASSERT_EQ(old_decision.ok(), new_decision.ok()) << name << '\n' << RequestText(request);
      if (!old_decision) {
        ++counts.refused;
        continue;
      }
      ++counts.requests;
      // A session does not tell the path of its role.
      if (old_decision->verdict == Verdict::kUndecided || new_decision->verdict == Verdict::kUndecided) {
        ++counts.undecided;
        continue;
      }
      counts.denied += old_decision->verdict == Verdict::kDenied ? 1 : 0;
      ASSERT_EQ(VerdictName(old_decision->verdict), VerdictName(new_decision->verdict))
          << name << ", SCPCHECK_SEED=" << seed << "\nrequest " << RequestText(request) << "\nbefore "
          << before << "\nafter " << fixed.text;
    }
  }
}

// The JSON blocks in the section `Bad` of a page.
std::vector<std::string> BadExamples(std::string_view page) {
  std::vector<std::string> examples;
  size_t at = page.find("\n## Bad\n");
  const size_t end = std::min(page.find("\n## ", at + 1), page.size());
  while ((at = page.find("\n```json\n", at)) < end) {
    const size_t begin = at + 9;
    const size_t close = std::min(page.find("\n```", begin), page.size() - 1);
    examples.emplace_back(page.substr(begin, close + 1 - begin));
    at = close;
  }
  return examples;
}

LintSettings Settings() {
  LintSettings settings;
  settings.today = kToday;
  return settings;
}

TEST(SafeFixes, ChangeNoDecision) {
  const uint64_t seed = Seed();
  const size_t requests = NumberFromEnvironment("SCPCHECK_REQUESTS", kThorough ? 4000 : 500);
  std::cout << "seed " << seed << " (SCPCHECK_SEED), " << requests
            << " requests a policy (SCPCHECK_REQUESTS)\n";
  RuleSet all = RuleSet::Default();
  for (const RuleInfo& rule : AllRules()) all.Enable(rule, true);
  const Linter with_all(Catalogue::Embedded(), Settings(), all);
  Counts counts;
  for (const RuleInfo& rule : AllRules()) {
    RuleSet own = RuleSet::None();
    own.Enable(rule, true);
    const Linter with_own(Catalogue::Embedded(), Settings(), own);
    for (const std::string& example : BadExamples(rule.page)) {
      Compare("an example of " + std::string(rule.id), example, with_own, seed, requests, counts);
      Compare("an example of " + std::string(rule.id) + ", with all rules", example, with_all, seed, requests,
              counts);
      if (HasFailure()) return;
    }
  }
  std::cout << counts.policies << " policies, " << counts.fixes << " fixes, " << counts.requests
            << " requests, " << counts.denied << " of them denied; " << counts.undecided << " undecided, "
            << counts.refused << " were none\n";
  EXPECT_GT(counts.policies, 10U);
  // A comparison of all the same answers would say nothing.
  EXPECT_GT(counts.denied, counts.requests / 50);
  EXPECT_LT(counts.denied, counts.requests);
  EXPECT_LT(counts.undecided + counts.refused, counts.requests / 10);
}

TEST(SafeFixes, ChangeNoDecisionOfPoliciesInAFolder) {
  const char* const folder = std::getenv("SCPCHECK_POLICIES");
  if (folder == nullptr) GTEST_SKIP() << "SCPCHECK_POLICIES is not set";
  RuleSet all = RuleSet::Default();
  for (const RuleInfo& rule : AllRules()) all.Enable(rule, true);
  const Linter with_all(Catalogue::Embedded(), Settings(), all);
  std::set<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".json") files.insert(entry.path().string());
  }
  Counts counts;
  for (const std::string& file : files) {
    std::ifstream stream(file, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
    if (KindOfDocument(Source::FromText(file, text)) != DocumentKind::kScp) continue;
    Compare(file, text, with_all, Seed(), NumberFromEnvironment("SCPCHECK_REQUESTS", 2000), counts);
    if (HasFailure()) return;
  }
  std::cout << counts.policies << " policies, " << counts.fixes << " fixes, " << counts.requests
            << " requests, " << counts.denied << " of them denied; " << counts.undecided << " undecided, "
            << counts.refused << " were none\n";
}

}  // namespace
}  // namespace scpcheck::property

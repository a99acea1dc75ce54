// Which accounts of an organization could call an action, as far as its SCPs are concerned?
//
//   can_account_call ORGANIZATION ACTION REGION
//
// Two threads share the accounts: one Engine serves them all, each has an Evaluator of its own.

#include <scpcheck/engine.h>

#include <cstdio>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace {

// One line per account, or what was wrong with the question.
std::string Answer(scpcheck::Evaluator& evaluator, const scpcheck::Account& account,
                   const std::string& action, const std::string& region) {
  scpcheck::Request request;
  request.account = account.id;
  request.action = action;
  request.principal = "arn:aws:iam::" + account.id + ":role/app";
  request.context.emplace_back("aws:RequestedRegion", scpcheck::ContextValue::Of(region));

  const scpcheck::Result<scpcheck::Decision> decision = evaluator.Decide(request);
  if (!decision) return decision.error().ToString();
  std::string line = account.name + ": " + std::string(scpcheck::VerdictName(decision->verdict));
  if (decision->verdict == scpcheck::Verdict::kUndecided) {
    for (const std::string_view key : decision->depends_on) line += ", depends on " + std::string(key);
    return line;
  }
  line += ", " + std::string(scpcheck::ReasonName(decision->reason));
  if (!decision->sid.empty()) line += " by " + std::string(decision->sid);
  return line;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fputs("usage: can_account_call ORGANIZATION ACTION REGION\n", stderr);
    return 2;
  }
  const std::string action = argv[2];
  const std::string region = argv[3];

  scpcheck::Diagnostics diagnostics;
  scpcheck::Result<scpcheck::Organization> organization =
      scpcheck::LoadOrganization(argv[1], scpcheck::DiskFiles(), {}, diagnostics);
  for (const scpcheck::Diagnostic& diagnostic : diagnostics.all()) {
    std::fprintf(stderr, "%s\n", diagnostic.ToString().c_str());
  }
  if (!organization) {
    // What is not in `diagnostics`: the file could not be read, or nothing recognised it.
    if (!diagnostics.has_errors()) std::fprintf(stderr, "%s\n", organization.error().ToString().c_str());
    return 2;
  }

  const scpcheck::Engine engine = scpcheck::Engine::Compile(std::move(organization).value());
  const std::vector<scpcheck::Account>& accounts = engine.organization().accounts;
  std::vector<std::string> answers(accounts.size());
  const auto answer_every_second = [&](size_t first) {
    scpcheck::Evaluator evaluator(engine);
    for (size_t i = first; i < accounts.size(); i += 2) {
      answers[i] = Answer(evaluator, accounts[i], action, region);
    }
  };
  std::thread other([&] { answer_every_second(1); });
  answer_every_second(0);
  other.join();

  for (const std::string& answer : answers) std::printf("%s\n", answer.c_str());
  return 0;
}

// Makes the requests of a workload: each is meant to be allowed, denied or open, and its context is chosen so
// that it is. What the policies say is judged by a plain three-valued evaluation of what the generator itself
// writes; it errs on the side of 'open', never between 'allowed' and 'denied'.

#ifndef SCPCHECK_BENCH_REQUESTS_H_
#define SCPCHECK_BENCH_REQUESTS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "knobs.h"
#include "model.h"
#include "random.h"

namespace scpcheck::bench {

// Open: something that the request leaves out decides.
enum class Outcome { kAllowed, kDenied, kOpen };

class RequestMaker {
 public:
  // Both arguments outlive the maker. `actions` is sorted, without duplicates.
  RequestMaker(const Organization& organization, const std::vector<std::string>& actions, bool worst_kind,
               uint64_t seed);

  struct Line {
    std::string text;  // ends with a line feed
    Outcome outcome;
    size_t statements;  // of the account's chain, matching the action
    size_t context_keys;
    bool has_resource;
    bool has_principal;
  };
  Line Next();

 private:
  enum class Truth { kNo, kMaybe, kYes };

  struct Entry {
    std::string key;
    std::vector<std::string> values;  // none: the key is absent
  };
  struct Question {
    size_t account = 0;
    size_t action = 0;
    std::string resource;   // empty: left out
    std::string principal;  // empty: left out
    bool complete = false;
    std::vector<Entry> context;
  };
  struct Lookup {
    enum class State { kUnknown, kAbsent, kPresent } state = State::kUnknown;
    std::vector<std::string_view> values;  // of the question or the organization
  };
  struct Match {
    size_t policy;
    const Statement* statement;
  };
  // The statements of an account's chain that match an action.
  struct Matched {
    std::vector<const Statement*> denies;
    std::vector<std::vector<const Statement*>> allows;  // one for each level without FullAWSAccess
  };
  // What is drawn once for a request, however often its subject is changed.
  struct Wish {
    Outcome outcome;
    bool has_resource;
    bool has_principal;
    bool complete;
    size_t keys;
  };

  size_t DrawAction();
  const std::vector<Match>& MatchesOf(size_t action);
  Matched MatchChain(const Question& question);

  Lookup Find(const Question& question, std::string_view key) const;
  Truth Evaluate(const Question& question, const Condition& condition) const;
  Truth Evaluate(const Question& question, const Statement& statement) const;
  Outcome Judge(const Question& question, const Matched& matched) const;

  std::string DrawPrincipal(const std::string& account);
  static Entry* FindEntry(Question& question, std::string_view key);
  void Set(Question& question, Entry entry);
  Entry DrawEntry(const Question& question, const std::string& key);
  bool Force(Question& question, const Condition& condition, Truth wanted);
  void Avoid(Question& question, const Matched& matched);
  void Provoke(Question& question, const Matched& matched);
  // The keys that were taken out, which must stay out.
  std::vector<std::string> LeaveOpen(Question& question, const Matched& matched);
  void FillUp(Question& question, size_t keys, const std::vector<std::string>& without);

  void DrawSubject(const Wish& wish, Question& question);
  void DrawWorst(Question& question);
  Line Finish(Question& question, Outcome outcome, const Matched& matched);
  std::string Text(const Question& question) const;

  const Organization& organization_;
  const std::vector<std::string>& actions_;
  const bool worst_kind_;
  Random random_;
  std::vector<size_t> ranked_;               // actions, most frequent first
  std::vector<uint64_t> cumulative_;         // of their weights
  std::vector<std::vector<Match>> matches_;  // by action, filled when first needed, sorted by policy
  std::vector<bool> has_matches_;
  uint64_t made_ = 0;
  uint64_t bytes_ = 0;
};

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_REQUESTS_H_

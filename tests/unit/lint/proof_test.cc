// What the proofs say of random small statements, held against every request over a small alphabet, each of
// them judged by an evaluator of this file's own, written from the facts (semantics.md, sections 4 to 6).
//
// SCPCHECK_SEED chooses other statements, SCPCHECK_PROOF_CASES more of them.

#include "lint/proof.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalog/catalogue.h"
#include "json/parse.h"
#include "lint/policy_view.h"

namespace scpcheck {
namespace {

using Json = nlohmann::ordered_json;

// --- The plain evaluator

struct State {
  bool absent = false;
  bool list = false;
  std::vector<std::string> values;
};

struct Request {
  std::string action;  // in lower case
  std::string resource;
  std::map<std::string, State> context;
};

// Of the keys below; `x:any` is in no catalogue, so it may be either.
bool IsMultivalued(const std::string& key, const State& state) {
  if (key == "t:List") return true;
  return key == "x:any" && state.list;
}

std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  }
  return text;
}

// A pattern as pieces: a character, `*` or `?` as a wildcard, or one that is bound to a segment.
struct Piece {
  char c;
  bool wildcard = false;
  bool bound = false;
};

bool Matches(const std::vector<Piece>& pattern, size_t p, const std::string& text, size_t t) {
  if (p == pattern.size()) return t == text.size();
  const Piece& piece = pattern[p];
  if (!piece.wildcard) return t < text.size() && text[t] == piece.c && Matches(pattern, p + 1, text, t + 1);
  const auto takes = [&](size_t at) { return at < text.size() && !(piece.bound && text[at] == ':'); };
  if (piece.c == '?') return takes(t) && Matches(pattern, p + 1, text, t + 1);
  for (size_t end = t;; ++end) {
    if (Matches(pattern, p + 1, text, end)) return true;
    if (!takes(end)) return false;
  }
}

// The text with its variable replaced; nothing if it has no value (V-06). What came of the variable is marked
// so that its characters are no wildcards (V-08).
std::optional<std::vector<Piece>> Expand(const std::string& text, const Request& request) {
  std::vector<Piece> pieces;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '$' || i + 1 == text.size() || text[i + 1] != '{') {
      pieces.push_back({text[i], text[i] == '*' || text[i] == '?'});
      continue;
    }
    const size_t close = text.find('}', i);
    std::string name = text.substr(i + 2, close - i - 2);
    std::optional<std::string> value;
    const size_t comma = name.find(", '");
    if (comma != std::string::npos) {
      value = name.substr(comma + 3, name.size() - comma - 4);
      name = name.substr(0, comma);
    }
    const State& state = request.context.at(name);
    if (!state.absent) {
      if (IsMultivalued(name, state)) return std::nullopt;  // V-03a
      value = state.values[0];
    }
    if (!value) return std::nullopt;
    for (const char c : *value) pieces.push_back({c, false});
    i = close;
  }
  return pieces;
}

// Where the first five colons are; colons of variables do not count (C-20a), so variables come later.
std::vector<std::string> SplitArn(const std::string& text) {
  std::vector<std::string> parts(1);
  bool in_variable = false;
  for (const char c : text) {
    if (c == '$') in_variable = true;
    if (c == '}') in_variable = false;
    if (c == ':' && !in_variable && parts.size() < 6) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool IsArnText(const std::string& value) {
  return SplitArn(value).size() == 6;
}

enum class Pair { kMatch, kNoMatch, kUnreadable };

double Number(const std::string& text) {
  return std::strtod(text.c_str(), nullptr);
}
bool IsNumber(const std::string& text) {
  char* end = nullptr;
  (void)std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}
bool IsDate(const std::string& text) {
  return text.size() == 20 && text[4] == '-' && text[19] == 'Z';
}
bool IsAddress(const std::string& text) {
  return text.find("::") != std::string::npos ||
         (text.find('.') != std::string::npos && text.find_first_not_of("0123456789.") == std::string::npos);
}
// Blocks are `10.0.0.0/8`, `10.1.0.0/16`, single addresses, `2001:db8::/32` and everything.
bool InBlock(const std::string& address, const std::string& block) {
  const bool v6 = address.find(':') != std::string::npos;
  if (block == "0.0.0.0/0") return !v6;
  if (block == "::/0") return v6;
  if (block == "10.0.0.0/8") return address.starts_with("10.");
  if (block == "10.1.0.0/16") return address.starts_with("10.1.");
  if (block == "2001:db8::/32") return address.starts_with("2001:db8:");
  return address == block;
}

struct Clause {
  std::string op;  // without set operator and IfExists
  std::string set_operator;
  bool if_exists = false;
  std::string key;
  std::vector<std::string> values;
};

bool IsNegated(const Clause& clause) {
  return clause.op.find("Not") != std::string::npos;
}

template <typename T>
bool Compared(const std::string& op, const T& a, const T& b) {
  if (op.ends_with("LessThan")) return a < b;
  if (op.ends_with("LessThanEquals")) return a <= b;
  if (op.ends_with("GreaterThan")) return a > b;
  if (op.ends_with("GreaterThanEquals")) return a >= b;
  return a == b;
}

// One value of the request and one of the policy, apart from negation.
Pair Compare(const Clause& clause, const std::string& value, const std::string& listed,
             const Request& request) {
  const std::string& op = clause.op;
  const auto answer = [](bool yes) { return yes ? Pair::kMatch : Pair::kNoMatch; };
  if (op.starts_with("Numeric")) {
    if (!IsNumber(value) || !IsNumber(listed)) return Pair::kUnreadable;
    return answer(Compared(op, Number(value), Number(listed)));
  }
  if (op.starts_with("Date")) {
    if (!IsDate(value) || !IsDate(listed)) return Pair::kUnreadable;
    return answer(Compared(op, value, listed));
  }
  if (op.find("IpAddress") != std::string::npos) {
    if (!IsAddress(value) || !(IsAddress(listed.substr(0, listed.find('/'))) || listed == "::/0"))
      return Pair::kUnreadable;
    return answer(InBlock(value, listed));
  }
  if (op.starts_with("Arn")) {
    const std::vector<std::string> parts = SplitArn(listed);
    if (!IsArnText(value) || parts.size() != 6) return Pair::kUnreadable;
    const std::vector<std::string> value_parts = SplitArn(value);
    for (size_t i = 0; i < 6; ++i) {
      const auto part = Expand(parts[i], request);
      if (!part || !Matches(*part, 0, value_parts[i], 0)) return Pair::kNoMatch;
    }
    return Pair::kMatch;
  }
  auto pieces = Expand(listed, request);
  if (!pieces) return Pair::kNoMatch;
  if (op == "StringLike" || op == "StringNotLike") return answer(Matches(*pieces, 0, value, 0));
  std::string text;
  for (const Piece& piece : *pieces) text += piece.c;
  if (op == "Bool") {
    const bool readable = Lower(value) == "true" || Lower(value) == "false";
    return answer(readable && Lower(text) == Lower(value));
  }
  if (op.find("IgnoreCase") != std::string::npos) return answer(Lower(text) == Lower(value));
  return answer(text == value);
}

// C-02, C-12.
bool ValueHolds(const Clause& clause, const std::string& value, const Request& request) {
  bool holds = IsNegated(clause);
  for (const std::string& listed : clause.values) {
    switch (Compare(clause, value, listed, request)) {
      case Pair::kMatch:
        holds = !IsNegated(clause);
        break;
      case Pair::kNoMatch:
        continue;
      case Pair::kUnreadable:
        if (IsNegated(clause)) return false;
        continue;
    }
    break;
  }
  if (!IsNegated(clause)) return holds;
  // A bad value further on spoils a negated test too.
  for (const std::string& listed : clause.values) {
    if (Compare(clause, value, listed, request) == Pair::kUnreadable) return false;
  }
  return holds;
}

bool ClauseHolds(const Clause& clause, const Request& request) {
  const State& state = request.context.at(clause.key);
  if (clause.op == "Null") {
    if (clause.set_operator == "ForAllValues:") return true;
    if (clause.set_operator == "ForAnyValue:") return false;
    bool says_absent = false;
    bool says_present = false;
    for (const std::string& value : clause.values) {
      says_absent = says_absent || value == "true";
      says_present = says_present || value == "false";
    }
    return state.absent ? says_absent : says_present;
  }
  if (state.absent) {
    if (clause.set_operator == "ForAllValues:") return true;
    if (clause.set_operator == "ForAnyValue:") return clause.if_exists;
    return clause.if_exists || IsNegated(clause);
  }
  if (clause.set_operator.empty()) {
    if (IsMultivalued(clause.key, state)) return false;  // C-31
    return ValueHolds(clause, state.values[0], request);
  }
  const bool for_all = clause.set_operator == "ForAllValues:";
  bool only_empty = true;
  for (const std::string& value : state.values) only_empty = only_empty && value.empty();
  if (only_empty) return for_all;  // C-30
  for (const std::string& value : state.values) {
    if (ValueHolds(clause, value, request) != for_all) return !for_all;
  }
  return for_all;
}

struct RandomStatement {
  bool not_action = false;
  std::vector<std::string> actions;
  bool not_resource = false;
  std::vector<std::string> resources;
  std::vector<Clause> clauses;
};

// G-10.
bool ActionListed(const RandomStatement& statement, const std::string& action) {
  for (const std::string& written : statement.actions) {
    const std::string pattern = Lower(written);
    if (pattern == "*" || pattern == "*:*") return true;
    const size_t colon = pattern.find(':');
    if (colon == std::string::npos || pattern.find(':', colon + 1) != std::string::npos) continue;
    std::vector<Piece> pieces;
    for (const char c : pattern) pieces.push_back({c, c == '*' || c == '?', true});
    if (Matches(pieces, 0, action, 0)) return true;
  }
  return false;
}

// R-01 to R-07.
bool ResourceListed(const RandomStatement& statement, const Request& request) {
  for (const std::string& written : statement.resources) {
    if (written == "*") return true;
    if (request.resource == "*") continue;
    std::vector<std::string> parts = SplitArn(written);
    if (parts.size() < 6) {
      if (!written.ends_with('*')) continue;
      while (parts.size() < 6) parts.emplace_back("*");
    }
    std::vector<Piece> pattern;
    bool resolved = true;
    for (size_t i = 0; i < 6; ++i) {
      if (i > 0) pattern.push_back({':', false});
      auto part = Expand(parts[i], request);
      if (!part) {
        resolved = false;
        break;
      }
      for (size_t j = 0; j < part->size(); ++j) {
        Piece& piece = (*part)[j];
        piece.bound = i < 5 && !(piece.c == '*' && j + 1 == part->size());
        pattern.push_back(piece);
      }
    }
    if (resolved && Matches(pattern, 0, request.resource, 0)) return true;
  }
  return false;
}

bool StatementMatches(const RandomStatement& statement, const Request& request) {
  if (ActionListed(statement, request.action) == statement.not_action) return false;
  if (ResourceListed(statement, request) == statement.not_resource) return false;
  for (const Clause& clause : statement.clauses) {
    if (!ClauseHolds(clause, request)) return false;
  }
  return true;
}

// --- The alphabet

constexpr char kCatalogueText[] = R"(scpcheck-catalogue 1
source a test
date 2026-11-02
licence none

key String t:Text
key ArrayOfString t:List
key Bool t:Flag
key Numeric t:Count
key Date t:When
key IPAddress t:From
key ARN t:Arn

service s Things
defines t:Text
defines t:List
defines t:Flag
defines t:Count
defines t:When
defines t:From
defines t:Arn
type job
arn arn:${Partition}:s:${Region}:${Account}:job/${JobId}
write a
needs job
end
)";

const Catalogue& TestCatalogue() {
  static const Catalogue catalogue = [] {
    Result<Catalogue> made = Catalogue::FromText(kCatalogueText, "test");
    if (!made.ok()) {
      ADD_FAILURE() << made.error().ToString();
      std::abort();
    }
    return made.value();
  }();
  return catalogue;
}

struct KeyAlphabet {
  std::string key;
  std::vector<State> states;
  std::vector<std::string> operators;
  std::vector<std::string> values;  // for clauses
};

State One(std::string value) {
  return {.values = {std::move(value)}};
}
State Many(std::vector<std::string> values) {
  return {.list = true, .values = std::move(values)};
}

const std::vector<KeyAlphabet>& Alphabet() {
  const State absent{.absent = true, .values = {}};
  const std::vector<std::string> strings = {
      "StringEquals",  "StringNotEquals",        "StringLike",
      "StringNotLike", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase"};
  const std::vector<std::string> texts = {"a", "b", "ab", "A", "*", "a*", "*b", "?", "", "a?"};
  const std::vector<std::string> with_variables = [&] {
    std::vector<std::string> all = texts;
    all.emplace_back("${t:Text}");
    all.emplace_back("${t:Text, 'b'}");
    all.emplace_back("a${x:any}");
    return all;
  }();
  const auto and_null = [](std::vector<std::string> operators) {
    operators.emplace_back("Null");
    return operators;
  };
  static const std::vector<KeyAlphabet> alphabet = {
      {"t:Text",
       {absent, One(""), One("a"), One("A"), One("b"), One("ab"), One("*"), One("true"), One("2")},
       and_null([&] {
         std::vector<std::string> all = strings;
         all.emplace_back("NumericLessThan");
         all.emplace_back("Bool");
         all.emplace_back("ArnNotLike");
         return all;
       }()),
       with_variables},
      {"t:List",
       {absent, Many({""}), Many({"a"}), Many({"b"}), Many({"a", "b"}), Many({"", "a"}), Many({"ab", "A"})},
       and_null(strings),
       texts},
      {"x:any",
       {absent, One(""), One("a"), One("b"), One("ab"), Many({"a"}), Many({""}), Many({"a", "b"}),
        Many({"A"})},
       and_null(strings),
       with_variables},
      {"t:Flag",
       {absent, One("true"), One("false")},
       {"Bool", "StringEquals", "StringNotEquals", "Null", "StringLike"},
       {"true", "false", "True", "x", "*"}},
      {"t:Count",
       {absent, One("1"), One("2"), One("2.5"), One("3"), One("3.0")},
       {"NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan",
        "NumericGreaterThanEquals", "Null", "StringEquals"},
       {"1", "2", "2.0", "3", "x"}},
      {"t:When",
       {absent, One("2026-01-01T00:00:00Z"), One("2026-02-01T00:00:00Z"), One("2026-02-01T12:00:00Z"),
        One("2027-01-01T00:00:00Z")},
       {"DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan",
        "DateGreaterThanEquals", "Null"},
       {"2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z", "2026-12-01T00:00:00Z", "x"}},
      {"t:From",
       {absent, One("10.0.0.1"), One("10.1.0.1"), One("192.168.0.1"), One("2001:db8::1"), One("2001:db9::1")},
       {"IpAddress", "NotIpAddress", "Null", "StringEquals"},
       {"10.0.0.0/8", "10.1.0.0/16", "10.1.0.1", "192.168.0.1", "2001:db8::/32", "0.0.0.0/0", "::/0", "x"}},
      {"t:Arn",
       {absent, One("arn:a:b:c:d:e"), One("arn:a:b::d:e/x"), One("arn:a:b:c:e:e:f"), One("arn:z:b:c:d:e")},
       {"ArnLike", "ArnNotLike", "ArnEquals", "StringLike", "StringNotEquals", "StringEquals", "Null"},
       {"arn:*:*:*:*:*", "arn:a:b:*:d:e", "arn:a:b:c:d:*", "arn:a:*", "arn:a:b:c:d:e", "arn:a:b:?:e:e*", "x",
        "arn:a:b:c:d:${t:Text}"}},
      {"aws:RequestedRegion", {One("a"), One("b"), One("ab")}, and_null(strings), texts},
      {"aws:SourceAccount", {absent}, and_null(strings), texts},
  };
  return alphabet;
}

const std::vector<std::string> kActions = {"s:a", "s:ab", "s:b", "t:a", "t:c", "su:a"};
const std::vector<std::string> kActionPatterns = {"*",    "*:*", "s:*",  "s:a", "S:A*",  "*:a", "s:?",
                                                  "s*:a", "t:*", "s:*b", "s",   "s:a:b", "s:a?"};
const std::vector<std::string> kResources = {
    "*", "arn:p:s:r:1:x", "arn:p:s:r:1:x:y", "arn:p:s:r:2:y", "arn:p:s:q:1:x", "arn:p:t::1:a", "text"};
const std::vector<std::string> kResourcePatterns = {
    "*",   "arn:p:s:*:1:x", "arn:p:s:r:*",          "arn:p:s:r:1:*", "arn:*",         "arn:p:s:r:1:x",
    "bad", "arn:p:s:r:2:?", "arn:p:t::1:${t:Text}", "arn:p:s:*",     "arn:p:s:r*:1:x"};

class Random {
 public:
  explicit Random(uint64_t seed) : engine_(seed) {}
  size_t Below(size_t count) { return std::uniform_int_distribution<size_t>(0, count - 1)(engine_); }
  bool Chance(size_t percent) { return Below(100) < percent; }
  template <typename T>
  const T& Of(const std::vector<T>& values) {
    return values[Below(values.size())];
  }
  std::vector<std::string> Some(const std::vector<std::string>& values) {
    // Now and then none.
    const size_t count = Chance(3) ? 0 : 1 + Below(3);
    std::vector<std::string> chosen;
    for (size_t i = 0; i < count; ++i) chosen.push_back(Of(values));
    return chosen;
  }

 private:
  std::mt19937_64 engine_;
};

// `variables`: whether values and resources may hold them.
RandomStatement MakeStatement(Random& random, const std::vector<const KeyAlphabet*>& keys, bool variables) {
  const auto plain = [&](std::vector<std::string> texts) {
    if (!variables) {
      std::erase_if(texts, [](const std::string& text) { return text.find("${") != std::string::npos; });
    }
    return texts;
  };
  RandomStatement statement;
  statement.not_action = random.Chance(30);
  statement.actions = random.Chance(40) ? std::vector<std::string>{"*"} : random.Some(kActionPatterns);
  if (statement.actions == std::vector<std::string>{"*"}) statement.not_action = false;
  statement.not_resource = random.Chance(25);
  statement.resources =
      random.Chance(50) ? std::vector<std::string>{"*"} : plain(random.Some(kResourcePatterns));
  if (statement.resources == std::vector<std::string>{"*"}) statement.not_resource = false;
  std::set<std::string> seen;
  const size_t count = random.Below(4);
  for (size_t i = 0; i < count; ++i) {
    const KeyAlphabet& key = *random.Of(keys);
    Clause clause;
    clause.op = random.Of(key.operators);
    clause.key = key.key;
    if (random.Chance(key.key == "t:List" ? 80 : 20)) {
      clause.set_operator = random.Chance(50) ? "ForAllValues:" : "ForAnyValue:";
    }
    clause.if_exists = clause.op != "Null" && random.Chance(15);
    clause.values = clause.op == "Null" ? std::vector<std::string>{random.Chance(50) ? "true" : "false"}
                                        : plain(random.Some(key.values));
    const std::string name = clause.set_operator + clause.op + (clause.if_exists ? "IfExists" : "");
    if (!seen.insert(name + " " + clause.key).second) continue;
    statement.clauses.push_back(std::move(clause));
  }
  return statement;
}

Json ToJson(const RandomStatement& statement) {
  Json json;
  json["Effect"] = "Deny";
  json[statement.not_action ? "NotAction" : "Action"] = statement.actions;
  json[statement.not_resource ? "NotResource" : "Resource"] = statement.resources;
  if (!statement.clauses.empty()) json["Condition"] = Json::object();
  for (const Clause& clause : statement.clauses) {
    const std::string name = clause.set_operator + clause.op + (clause.if_exists ? "IfExists" : "");
    json["Condition"][name][clause.key] = clause.values;
  }
  return json;
}

// The clauses of a statement in the order in which they stand in its JSON: that groups them by operator.
void OrderClauses(RandomStatement& statement, const Statement& loaded) {
  std::vector<Clause> ordered;
  for (const ConditionClause& own : loaded.conditions) {
    for (const Clause& clause : statement.clauses) {
      const std::string name = clause.set_operator + clause.op + (clause.if_exists ? "IfExists" : "");
      if (own.operator_text.text == name && own.key.text == clause.key) ordered.push_back(clause);
    }
  }
  ASSERT_EQ(ordered.size(), statement.clauses.size());
  statement.clauses = std::move(ordered);
}

// The contexts over the states of `keys`.
std::vector<Request> Contexts(const std::vector<const KeyAlphabet*>& keys) {
  std::vector<Request> contexts(1);
  for (const KeyAlphabet* key : keys) {
    std::vector<Request> more;
    for (const Request& context : contexts) {
      if (context.context.count(key->key) > 0) {
        more.push_back(context);
        continue;
      }
      for (const State& state : key->states) {
        more.push_back(context);
        more.back().context[key->key] = state;
      }
    }
    contexts = std::move(more);
  }
  return contexts;
}

// Which requests match: for every context a word with a bit for each action on each resource.
using Bits = std::vector<uint64_t>;
constexpr size_t kActionCount = 6;
constexpr size_t kResourceCount = 7;
constexpr uint64_t kAllBits = (uint64_t{1} << (kActionCount * kResourceCount)) - 1;

// A statement's parts, judged one by one for all requests.
struct Judged {
  Judged(const RandomStatement& statement, std::vector<Request> contexts) {
    for (size_t a = 0; a < kActions.size(); ++a) {
      if (ActionListed(statement, kActions[a])) {
        listed_actions |= ((uint64_t{1} << kResourceCount) - 1) << (a * kResourceCount);
      }
    }
    const bool has_variables =
        std::any_of(statement.resources.begin(), statement.resources.end(),
                    [](const std::string& text) { return text.find("${") != std::string::npos; });
    for (Request& context : contexts) {
      if (listed_resources.empty() || has_variables) {
        uint64_t row = 0;
        for (size_t r = 0; r < kResources.size(); ++r) {
          context.resource = kResources[r];
          if (!ResourceListed(statement, context)) continue;
          for (size_t a = 0; a < kActionCount; ++a) row |= uint64_t{1} << (a * kResourceCount + r);
        }
        listed_resources.push_back(row);
      } else {
        listed_resources.push_back(listed_resources[0]);
      }
      std::vector<bool>& holds = clauses.emplace_back();
      for (const Clause& clause : statement.clauses) holds.push_back(ClauseHolds(clause, context));
    }
    not_action = statement.not_action;
    not_resource = statement.not_resource;
  }

  static constexpr size_t kNone = static_cast<size_t>(-1);
  // Without the clause `left_out`, or where it fails.
  Bits Matching(size_t left_out = kNone, bool must_fail = false) const {
    Bits bits;
    for (size_t c = 0; c < clauses.size(); ++c) {
      bool holds = true;
      for (size_t i = 0; i < clauses[c].size(); ++i) {
        holds = holds && (i != left_out ? clauses[c][i] : !must_fail || !clauses[c][i]);
      }
      const uint64_t actions = not_action ? ~listed_actions : listed_actions;
      const uint64_t resources = not_resource ? ~listed_resources[c] : listed_resources[c];
      bits.push_back(holds ? actions & resources & kAllBits : 0);
    }
    return bits;
  }

  bool not_action;
  bool not_resource;
  uint64_t listed_actions = 0;
  std::vector<uint64_t> listed_resources;  // by context
  std::vector<std::vector<bool>> clauses;  // by context
};

uint64_t FromEnvironment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

class ProofTest : public testing::Test {
 protected:
  // One claim, held against all requests.
  void Check(bool claimed, bool is_true, const char* what) {
    ++comparisons_;
    if (claimed) ++shown_[what];
    if (is_true) ++true_[what];
    EXPECT_TRUE(!claimed || is_true) << what << '\n' << text_;
  }

  std::string text_;
  size_t comparisons_ = 0;
  std::map<std::string, size_t> shown_;
  std::map<std::string, size_t> true_;
};

bool Within(const Bits& inner, const Bits& outer) {
  for (size_t i = 0; i < inner.size(); ++i) {
    if ((inner[i] & ~outer[i]) != 0) return false;
  }
  return true;
}
bool Apart(const Bits& a, const Bits& b) {
  for (size_t i = 0; i < a.size(); ++i) {
    if ((a[i] & b[i]) != 0) return false;
  }
  return true;
}
Bits Either(Bits a, const Bits& b) {
  for (size_t i = 0; i < a.size(); ++i) a[i] |= b[i];
  return a;
}
bool None(const Bits& bits) {
  return std::none_of(bits.begin(), bits.end(), [](uint64_t word) { return word != 0; });
}

// A request of the proof's own, as JSON.
Request Parsed(const std::string& text) {
  const Json json = Json::parse(text);
  Request request;
  request.action = Lower(json["action"]);
  request.resource = json["resource"];
  if (!json.contains("context")) return request;
  for (const auto& [key, value] : json["context"].items()) {
    State& state = request.context[key];
    state.absent = value.is_null();
    state.list = value.is_array();
    if (value.is_string()) state.values = {value.get<std::string>()};
    if (value.is_array()) state.values = value.get<std::vector<std::string>>();
  }
  return request;
}

TEST_F(ProofTest, HoldsForEveryRequest) {
  const uint64_t seed = FromEnvironment("SCPCHECK_SEED", 20261126);
#ifdef NDEBUG
  constexpr uint64_t kCases = 6000;
#else
  constexpr uint64_t kCases = 1500;
#endif
  const uint64_t cases = FromEnvironment("SCPCHECK_PROOF_CASES", kCases);
  std::printf("SCPCHECK_SEED=%llu SCPCHECK_PROOF_CASES=%llu\n", static_cast<unsigned long long>(seed),
              static_cast<unsigned long long>(cases));
  Random random(seed);
  size_t examples = 0;
  for (uint64_t number = 0; number < cases && !HasFailure(); ++number) {
    // Variables couple keys.
    const bool variables = random.Chance(20);
    std::vector<const KeyAlphabet*> keys = {&Alphabet()[random.Below(Alphabet().size())],
                                            &Alphabet()[random.Below(Alphabet().size())]};
    std::vector<const KeyAlphabet*> enumerated = {&Alphabet()[0], &Alphabet()[2]};
    for (const KeyAlphabet* key : keys) {
      if (std::find(enumerated.begin(), enumerated.end(), key) == enumerated.end()) enumerated.push_back(key);
    }
    std::vector<RandomStatement> statements;
    Json json = {{"Version", "2012-10-17"}, {"Statement", Json::array()}};
    for (int i = 0; i < 3; ++i) {
      statements.push_back(MakeStatement(random, keys, variables));
      json["Statement"].push_back(ToJson(statements.back()));
    }
    text_ = json.dump(1);
    Diagnostics syntax;
    const auto tree = json::Parse(Source::FromText("policy.json", text_), syntax);
    const LintSettings settings;
    const PolicyView view(tree->root(), syntax, TestCatalogue(), settings);
    ASSERT_EQ(view.statements().size(), 3U);
    std::vector<RequestSet> sets;
    for (size_t i = 0; i < 3; ++i) {
      sets.emplace_back(view.statements()[i]);
      ASSERT_TRUE(sets[i].is_readable()) << text_;
      OrderClauses(statements[i], view.statements()[i].statement());
    }

    const std::vector<Request> contexts = Contexts(variables ? enumerated : keys);
    std::vector<Judged> judged;
    std::vector<Bits> bits;
    for (size_t i = 0; i < 3; ++i) {
      judged.emplace_back(statements[i], contexts);
      bits.push_back(judged[i].Matching());
    }

    Prover prover(view);
    for (size_t i = 0; i < 3; ++i) {
      Check(prover.IsEmpty(sets[i]), None(bits[i]), "empty");
      Check(prover.FindContradiction(sets[i]).has_value(), None(bits[i]), "contradiction");
      for (size_t j = 0; j < 3; ++j) {
        if (i == j) {
          // Not always shown, as of negated tests with bad values.
          Check(prover.Covers(sets[i], sets[i]), true, "itself");
          continue;
        }
        Check(prover.Covers(sets[i], sets[j]), Within(bits[j], bits[i]), "covers");
        if (i < j) Check(prover.AreDisjoint(sets[i], sets[j]), Apart(bits[i], bits[j]), "disjoint");
        const std::vector<const RequestSet*> inside = {&sets[j]};
        const std::vector<const RequestSet*> outside = {&sets[i]};
        if (const auto example = prover.FindRequest(inside, outside)) {
          ++examples;
          Request request = Parsed(*example);
          for (const KeyAlphabet& key : Alphabet()) {
            request.context.try_emplace(key.key, State{.absent = true, .values = {}});
          }
          EXPECT_TRUE(StatementMatches(statements[j], request)) << *example << '\n' << text_;
          EXPECT_FALSE(StatementMatches(statements[i], request)) << *example << '\n' << text_;
        }
      }
      const size_t a = (i + 1) % 3;
      const size_t b = (i + 2) % 3;
      const std::vector<const RequestSet*> others = {&sets[a], &sets[b]};
      Check(prover.CoverTogether(others, sets[i]), Within(bits[i], Either(bits[a], bits[b])), "together");
      Check(prover.CoverTogether(others, RequestSet::Everything()),
            Within(Bits(bits[0].size(), kAllBits), Either(bits[a], bits[b])), "everything");

      for (size_t c = 0; c < statements[i].clauses.size(); ++c) {
        const ConditionClause& clause = view.statements()[i].statement().conditions[c];
        // What the clause makes of the key's presence.
        bool present = false;
        bool absent = false;
        bool not_present = false;
        bool not_absent = false;
        for (size_t r = 0; r < contexts.size(); ++r) {
          const bool is_absent = contexts[r].context.at(clause.key.text).absent;
          if (judged[i].clauses[r][c]) {
            (is_absent ? absent : present) = true;
          } else {
            (is_absent ? not_absent : not_present) = true;
          }
        }
        const ClauseTruth truth = prover.TruthOf(clause);
        Check(truth == ClauseTruth::kAlways, !not_present && !not_absent, "always");
        Check(truth == ClauseTruth::kNever, !present && !absent, "never");
        Check(truth == ClauseTruth::kWhenPresent, !not_present && !absent, "when present");
        Check(truth == ClauseTruth::kWhenAbsent, !present && !not_absent, "when absent");

        Check(prover.Covers(sets[a], sets[i].Without(clause)), Within(judged[i].Matching(c), bits[a]),
              "covers without");
        if (const auto opposite = sets[i].WithOpposite(clause)) {
          const Bits rest = judged[i].Matching(c, true);
          Check(prover.Covers(sets[a], *opposite), Within(rest, bits[a]), "covers opposite");
          Check(prover.IsEmpty(*opposite), None(rest), "empty opposite");
          Check(prover.AreDisjoint(*opposite, sets[b]), Apart(rest, bits[b]), "disjoint opposite");
        }
      }
      Judged listed = judged[i];
      listed.not_action = listed.not_resource = false;
      Check(prover.Covers(sets[a], sets[i].WithListedActions().WithListedResources()),
            Within(listed.Matching(), bits[a]), "covers listed");

      const auto check_lists = [&](const std::vector<CoveredEntry>& entries, bool of_actions) {
        if (entries.empty()) return;
        std::set<size_t> gone;
        for (const CoveredEntry& entry : entries) gone.insert(entry.entry);
        RandomStatement shorter = statements[i];
        std::vector<std::string>& list = of_actions ? shorter.actions : shorter.resources;
        std::vector<std::string> left;
        for (size_t e = 0; e < list.size(); ++e) {
          if (gone.count(e) == 0) left.push_back(list[e]);
        }
        list = left;
        Check(true, Judged(shorter, contexts).Matching() == bits[i],
              of_actions ? "shorter actions" : "shorter resources");
      };
      check_lists(prover.RedundantActions(view.statements()[i]), true);
      check_lists(prover.RedundantResources(view.statements()[i]), false);
    }
  }
  for (const auto& [what, count] : true_) {
    std::printf("%-20s shown %zu of %zu\n", what.c_str(), shown_[what], count);
  }
  std::printf("%zu comparisons, %zu examples\n", comparisons_, examples);
}

}  // namespace
}  // namespace scpcheck

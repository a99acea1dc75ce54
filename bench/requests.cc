#include "requests.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_set>
#include <utility>

#include "organization.h"
#include "vocabulary.h"
#include "writer.h"

namespace scpcheck::bench {
namespace {

constexpr std::string_view kPrincipalArn = "aws:PrincipalArn";
constexpr std::string_view kTagKeys = "aws:TagKeys";
constexpr std::string_view kRequestTag = "aws:RequestTag/";

// Keys that requests carry whether or not a policy asks for them, the most frequent first.
constexpr std::string_view kFillers[] = {
    "aws:ViaAWSService",          "aws:SourceIp",         "aws:SecureTransport",
    "aws:PrincipalTag/team",      "aws:TagKeys",          "aws:PrincipalTag/env",
    "aws:MultiFactorAuthPresent", "aws:ResourceTag/team", "aws:CurrentTime",
    "aws:ResourceAccount",        "aws:UserAgent",        "aws:ResourceOrgID",
    "aws:SourceIdentity",         "aws:userid",           "aws:PrincipalTag/cost-center",
};
// Of these, the ones that JSON has a literal for.
constexpr std::string_view kLiteralKeys[] = {"aws:MultiFactorAuthPresent", "aws:ViaAWSService",
                                             "ec2:VolumeSize", "rds:StorageEncrypted", "ec2:Encrypted"};
constexpr std::string_view kEndpointKeys[] = {"aws:SourceVpc", "aws:SourceVpce"};

bool Contains(std::span<const std::string_view> items, std::string_view item) {
  return std::ranges::find(items, item) != items.end();
}

bool ArnMatches(std::string_view pattern, std::string_view value) {
  for (int part = 0; part < 5; ++part) {
    const size_t pattern_colon = pattern.find(':');
    const size_t value_colon = value.find(':');
    if (pattern_colon == std::string_view::npos || value_colon == std::string_view::npos) return false;
    if (!GlobMatches(pattern.substr(0, pattern_colon), value.substr(0, value_colon))) return false;
    pattern.remove_prefix(pattern_colon + 1);
    value.remove_prefix(value_colon + 1);
  }
  return GlobMatches(pattern, value);
}

uint64_t ParseNumber(std::string_view text) {
  uint64_t number = 0;
  for (char c : text) number = number * 10 + static_cast<uint64_t>(c - '0');
  return number;
}

uint32_t ParseAddress(std::string_view text) {
  uint32_t address = 0;
  for (int i = 0; i < 4; ++i) {
    const size_t dot = std::min(text.find('.'), text.size());
    address = address << 8 | static_cast<uint32_t>(ParseNumber(text.substr(0, dot)));
    text.remove_prefix(std::min(dot + 1, text.size()));
  }
  return address;
}

bool CidrContains(std::string_view cidr, std::string_view text) {
  const size_t slash = cidr.find('/');
  const uint64_t length = ParseNumber(cidr.substr(slash + 1));
  const uint32_t mask = length == 0 ? 0 : ~uint32_t{0} << (32 - length);
  return ((ParseAddress(cidr.substr(0, slash)) ^ ParseAddress(text)) & mask) == 0;
}

bool ValueMatches(Test test, std::string_view pattern, std::string_view value) {
  switch (test) {
    case Test::kStringEquals:
    case Test::kBool:
      return pattern == value;
    case Test::kStringLike:
      return GlobMatches(pattern, value);
    case Test::kArnLike:
      return ArnMatches(pattern, value);
    case Test::kIpAddress:
      return CidrContains(pattern, value);
    case Test::kNumericGreaterThan:
      return ParseNumber(value) > ParseNumber(pattern);
    case Test::kDateGreaterThan:
      return value > pattern;  // all of one form, so that their order is that of the texts
    case Test::kNull:
      return pattern == "false";
  }
  return false;
}

// The key of a value that is nothing but a policy variable.
std::optional<std::string_view> VariableOf(std::string_view value) {
  if (value.substr(0, 2) != "${") return std::nullopt;
  return value.substr(2, value.size() - 3);
}

// Some text that the pattern matches. The first `*` of an ARN pattern that stands for an account becomes it.
std::string Instance(std::string_view pattern, std::string_view account, Random& random) {
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '*') {
      text += pattern[i] == '?' ? 'x' : pattern[i];
    } else if (text == "arn:") {
      text += "aws";
    } else if (text.ends_with(":iam::")) {
      text += account;
    } else {
      text += random.Text(kHex, 4);
    }
  }
  return text;
}

}  // namespace

RequestMaker::RequestMaker(const Organization& organization, const std::vector<std::string>& actions,
                           bool worst_kind, uint64_t seed)
    : organization_(organization),
      actions_(actions),
      worst_kind_(worst_kind),
      random_(seed),
      matches_(actions.size()),
      has_matches_(actions.size()) {
  // The popular ones first; the order of the others is chance.
  std::vector<bool> is_ranked(actions.size());
  const auto index_of = [&](std::string_view action) -> std::optional<size_t> {
    const auto found = std::ranges::lower_bound(actions, action);
    if (found == actions.end() || *found != action) return std::nullopt;
    return static_cast<size_t>(found - actions.begin());
  };
  for (std::string_view action : PopularActions()) {
    if (const std::optional<size_t> index = index_of(action)) {
      ranked_.push_back(*index);
      is_ranked[*index] = true;
    }
  }
  // It is allowed whatever the policies say.
  if (const std::optional<size_t> index = index_of("sts:GetCallerIdentity")) is_ranked[*index] = true;
  std::vector<size_t> others;
  for (size_t i = 0; i < actions.size(); ++i) {
    if (!is_ranked[i]) others.push_back(i);
  }
  random_.Shuffle(others);
  ranked_.insert(ranked_.end(), others.begin(), others.end());
  uint64_t sum = 0;
  for (size_t rank = 1; rank <= ranked_.size(); ++rank) {
    sum += (uint64_t{1} << 32) / rank;
    cumulative_.push_back(sum);
  }
}

size_t RequestMaker::DrawAction() {
  const uint64_t point = random_.Next() % cumulative_.back();
  const auto found = std::ranges::upper_bound(cumulative_, point);
  return ranked_[static_cast<size_t>(found - cumulative_.begin())];
}

const std::vector<RequestMaker::Match>& RequestMaker::MatchesOf(size_t action) {
  std::vector<Match>& matches = matches_[action];
  if (has_matches_[action]) return matches;
  has_matches_[action] = true;
  for (size_t policy = 0; policy < organization_.policies.size(); ++policy) {
    for (const Statement& statement : organization_.policies[policy].statements) {
      const bool listed = std::ranges::any_of(statement.actions, [&](const std::string& pattern) {
        return ActionMatches(pattern, actions_[action]);
      });
      if (listed != statement.not_action) matches.push_back({policy, &statement});
    }
  }
  return matches;
}

RequestMaker::Matched RequestMaker::MatchChain(const Question& question) {
  const std::vector<Match>& matches = MatchesOf(question.action);
  Matched matched;
  for (const std::vector<size_t>* attachments :
       ChainOf(organization_, organization_.accounts[question.account])) {
    std::vector<const Statement*> allows;
    bool full_access = false;
    for (size_t policy : *attachments) {
      if (policy == kFullAccess) {
        full_access = true;
        continue;
      }
      for (auto match = std::ranges::lower_bound(matches, policy, {}, &Match::policy);
           match != matches.end() && match->policy == policy; ++match) {
        (match->statement->allow ? allows : matched.denies).push_back(match->statement);
      }
    }
    if (!full_access) matched.allows.push_back(std::move(allows));
  }
  return matched;
}

// ---- what the policies say

RequestMaker::Lookup RequestMaker::Find(const Question& question, std::string_view key) const {
  using State = Lookup::State;
  for (const Entry& entry : question.context) {
    if (entry.key != key) continue;
    if (entry.values.empty()) return {State::kAbsent, {}};
    return {State::kPresent, {entry.values.begin(), entry.values.end()}};
  }
  if (key == kPrincipalArn) {
    if (question.principal.empty()) return {};
    return {State::kPresent, {question.principal}};
  }
  if (key == "aws:PrincipalOrgID") return {State::kPresent, {organization_.id}};
  if (key == "aws:PrincipalIsAWSService") return {State::kPresent, {"false"}};
  if (question.complete) return {State::kAbsent, {}};
  const auto is_present = [&](std::string_view other) {
    return std::ranges::any_of(
        question.context, [&](const Entry& entry) { return entry.key == other && !entry.values.empty(); });
  };
  if (Contains(kEndpointKeys, key) && is_present("aws:SourceIp")) return {State::kAbsent, {}};
  if (key == "aws:SourceIp" && std::ranges::any_of(kEndpointKeys, is_present)) return {State::kAbsent, {}};
  if (key.starts_with(kRequestTag)) {
    for (const Entry& entry : question.context) {
      if (entry.key == kTagKeys &&
          std::ranges::find(entry.values, key.substr(kRequestTag.size())) == entry.values.end()) {
        return {State::kAbsent, {}};
      }
    }
  }
  return {};
}

RequestMaker::Truth RequestMaker::Evaluate(const Question& question, const Condition& condition) const {
  const auto truth = [](bool value) { return value ? Truth::kYes : Truth::kNo; };
  const Lookup lookup = Find(question, condition.key);
  if (lookup.state == Lookup::State::kUnknown) return Truth::kMaybe;
  if (lookup.state == Lookup::State::kAbsent) {
    if (condition.test == Test::kNull) return truth(condition.values.front() == "true");
    if (condition.if_exists || condition.quantifier == Quantifier::kForAllValues) return Truth::kYes;
    if (condition.quantifier == Quantifier::kForAnyValue) return Truth::kNo;
    return truth(condition.negated);
  }
  const auto value_holds = [&](std::string_view value) {
    bool unknown = false;
    for (const std::string& pattern : condition.values) {
      std::string_view wanted = pattern;
      if (const std::optional<std::string_view> variable = VariableOf(pattern)) {
        const Lookup other = Find(question, *variable);
        unknown |= other.state == Lookup::State::kUnknown;
        if (other.state != Lookup::State::kPresent) continue;
        wanted = other.values.front();
      }
      if (ValueMatches(condition.test, wanted, value)) return truth(!condition.negated);
    }
    return unknown ? Truth::kMaybe : truth(condition.negated);
  };
  Truth least = Truth::kYes;
  Truth most = Truth::kNo;
  for (std::string_view value : lookup.values) {
    const Truth holds = value_holds(value);
    least = std::min(least, holds);
    most = std::max(most, holds);
  }
  return condition.quantifier == Quantifier::kForAnyValue ? most : least;
}

RequestMaker::Truth RequestMaker::Evaluate(const Question& question, const Statement& statement) const {
  Truth result = Truth::kYes;
  if (statement.resources.front() != "*") {
    if (question.resource.empty()) {
      result = Truth::kMaybe;
    } else if (std::ranges::none_of(statement.resources, [&](const std::string& pattern) {
                 return GlobMatches(pattern, question.resource);
               })) {
      return Truth::kNo;
    }
  }
  for (const Condition& condition : statement.conditions) {
    result = std::min(result, Evaluate(question, condition));
    if (result == Truth::kNo) break;
  }
  return result;
}

Outcome RequestMaker::Judge(const Question& question, const Matched& matched) const {
  bool open = false;
  for (const Statement* statement : matched.denies) {
    const Truth applies = Evaluate(question, *statement);
    if (applies == Truth::kYes) return Outcome::kDenied;
    open |= applies == Truth::kMaybe;
  }
  for (const std::vector<const Statement*>& level : matched.allows) {
    Truth allowed = Truth::kNo;
    for (const Statement* statement : level) allowed = std::max(allowed, Evaluate(question, *statement));
    if (allowed == Truth::kNo) return Outcome::kDenied;
    open |= allowed == Truth::kMaybe;
  }
  return open ? Outcome::kOpen : Outcome::kAllowed;
}

// ---- how a context is chosen

std::string RequestMaker::DrawPrincipal(const std::string& account) {
  const std::string start = "arn:aws:iam::" + account + ":";
  const size_t kind = random_.Below(100);
  if (kind < 2) return start + "root";
  if (kind < 14) return start + "user/" + RandomRole(random_);
  if (kind < 26) return start + "role/" + ExemptRole(random_);
  return start + "role/" + RandomRole(random_);
}

RequestMaker::Entry* RequestMaker::FindEntry(Question& question, std::string_view key) {
  const auto found = std::ranges::find(question.context, key, &Entry::key);
  return found == question.context.end() ? nullptr : &*found;
}

// Keeps what belongs together consistent: an address and an endpoint exclude each other, and the keys of the
// request's tags are listed in aws:TagKeys.
void RequestMaker::Set(Question& question, Entry entry) {
  const auto erase = [&](std::string_view key) {
    std::erase_if(question.context,
                  [&](const Entry& other) { return other.key == key && !other.values.empty(); });
  };
  if (!entry.values.empty()) {
    if (entry.key == "aws:SourceIp") {
      for (std::string_view key : kEndpointKeys) erase(key);
    }
    if (Contains(kEndpointKeys, entry.key)) erase("aws:SourceIp");
  }
  if (entry.key.starts_with(kRequestTag)) {
    const std::string tag = entry.key.substr(kRequestTag.size());
    if (Entry* tag_keys = FindEntry(question, kTagKeys)) {
      std::erase(tag_keys->values, tag);
      if (!entry.values.empty()) tag_keys->values.push_back(tag);
    }
  }
  if (entry.key == kTagKeys) {
    for (const Entry& other : question.context) {
      if (!other.key.starts_with(kRequestTag)) continue;
      const std::string tag = other.key.substr(kRequestTag.size());
      std::erase(entry.values, tag);
      if (!other.values.empty()) entry.values.push_back(tag);
    }
  }
  if (Entry* old = FindEntry(question, entry.key)) {
    *old = std::move(entry);
  } else {
    question.context.push_back(std::move(entry));
  }
}

RequestMaker::Entry RequestMaker::DrawEntry(const Question& question, const std::string& key) {
  const std::string& account = organization_.accounts[question.account].id;
  Entry entry{key, {}};
  for (size_t i = key == kTagKeys ? random_.Between(1, 3) : 1; i > 0; --i) {
    std::string value = RandomValue(key, account, organization_.id, random_);
    if (std::ranges::find(entry.values, value) == entry.values.end())
      entry.values.push_back(std::move(value));
  }
  return entry;
}

// Chooses the key's value so that the condition is as wanted, or changes nothing and returns false.
bool RequestMaker::Force(Question& question, const Condition& condition, Truth wanted) {
  if (Evaluate(question, condition) == wanted) return true;
  const std::string& account = organization_.accounts[question.account].id;
  if (condition.key == kPrincipalArn) {
    if (question.principal.empty()) return false;
    const std::string old = question.principal;
    for (int attempt = 0; attempt < 6; ++attempt) {
      question.principal =
          attempt < 3 ? DrawPrincipal(account) : Instance(random_.Pick(condition.values), account, random_);
      if (Evaluate(question, condition) == wanted) return true;
    }
    question.principal = old;
    return false;
  }
  if (condition.key == "aws:PrincipalOrgID" || condition.key == "aws:PrincipalIsAWSService") return false;
  if (FindEntry(question, condition.key) == nullptr && question.context.size() >= kContextKeysHigh)
    return false;
  const std::vector<Entry> old = question.context;
  for (int attempt = 0; attempt < 10; ++attempt) {
    Entry entry = DrawEntry(question, condition.key);
    if (attempt == 9) {
      entry.values.clear();
    } else if (attempt >= 6) {
      const std::string& pattern = random_.Pick(condition.values);
      if (VariableOf(pattern) || condition.test == Test::kNull || condition.test == Test::kIpAddress)
        continue;
      entry.values = {Instance(pattern, account, random_)};
    }
    Set(question, std::move(entry));
    if (Evaluate(question, condition) == wanted) return true;
    question.context = old;
  }
  return false;
}

// Changes values until no deny applies, as far as the steps reach.
void RequestMaker::Avoid(Question& question, const Matched& matched) {
  for (size_t step = 0; step < kRepairSteps; ++step) {
    const auto threat = std::ranges::find_if(matched.denies, [&](const Statement* statement) {
      return Evaluate(question, *statement) != Truth::kNo;
    });
    if (threat == matched.denies.end() || (*threat)->conditions.empty()) return;
    Force(question, random_.Pick((*threat)->conditions), Truth::kNo);
  }
}

void RequestMaker::Provoke(Question& question, const Matched& matched) {
  if (matched.denies.empty()) return;
  const Statement& statement = *random_.Pick(matched.denies);
  for (const Condition& condition : statement.conditions) Force(question, condition, Truth::kYes);
}

std::vector<std::string> RequestMaker::LeaveOpen(Question& question, const Matched& matched) {
  std::vector<std::string> without;
  if (matched.denies.empty()) return without;
  const Statement& statement = *random_.Pick(matched.denies);
  for (const Condition& condition : statement.conditions) {
    if (Evaluate(question, condition) != Truth::kNo) continue;
    std::erase_if(question.context, [&](const Entry& entry) { return entry.key == condition.key; });
    without.push_back(condition.key);
  }
  return without;
}

void RequestMaker::FillUp(Question& question, size_t keys, const std::vector<std::string>& without) {
  // The least of three draws: what is near the front is in most requests.
  const auto draw = [&] { return random_.Below(std::size(kFillers)); };
  for (size_t i = 0; i < 60 && question.context.size() < keys; ++i) {
    const std::string key(kFillers[std::min({draw(), draw(), draw()})]);
    if (FindEntry(question, key) != nullptr || std::ranges::find(without, key) != without.end()) continue;
    if (key == "aws:SourceIp" && std::ranges::any_of(kEndpointKeys, [&](std::string_view other) {
          return FindEntry(question, other) != nullptr;
        })) {
      continue;
    }
    Set(question, DrawEntry(question, key));
  }
}

// Everything about a request but what its context says of the statements.
void RequestMaker::DrawSubject(const Wish& wish, Question& question) {
  question.account = 1 + random_.Below(organization_.accounts.size() - 1);
  const std::string& account = organization_.accounts[question.account].id;
  question.context.clear();
  question.complete = wish.complete;
  Entry region = DrawEntry(question, "aws:RequestedRegion");
  question.resource =
      wish.has_resource ? RequestResource(actions_[question.action], region.values.front(), account, random_)
                        : std::string();
  question.principal = wish.has_principal ? DrawPrincipal(account) : std::string();
  question.context.push_back(std::move(region));
}

void RequestMaker::DrawWorst(Question& question) {
  question.action = DrawAction();
  const Wish wish{Outcome::kAllowed, random_.Percent(kResourcePercent), true, false, kContextKeysHigh};
  DrawSubject(wish, question);
  // The principal comes close to the patterns; with a number at its end it is one of those that they deny.
  constexpr std::string_view kNames[] = {"payments", "search", "platform"};
  question.principal = "arn:aws:iam::" + organization_.accounts[question.account].id + ":role/apps/";
  question.principal += random_.Pick(kNames);
  question.principal += "-deployer-prod-";
  question.principal += random_.Percent(kDeniedPercent)
                            ? std::to_string(random_.Below(2 * kWorstStatementsPerLevel))
                            : "x" + random_.Text(kHex, 4);
  for (const char* key : {"aws:PrincipalTag/team", "aws:SourceIp"}) Set(question, DrawEntry(question, key));
  FillUp(question, kContextKeysHigh, {});
}

RequestMaker::Line RequestMaker::Next() {
  Question question;
  if (worst_kind_) {
    DrawWorst(question);
    const Matched matched = MatchChain(question);
    return Finish(question, Judge(question, matched), matched);
  }
  const size_t kind = random_.Below(100);
  Wish wish;
  wish.outcome = kind < kAllowedPercent                    ? Outcome::kAllowed
                 : kind < kAllowedPercent + kDeniedPercent ? Outcome::kDenied
                                                           : Outcome::kOpen;
  wish.has_resource = random_.Percent(kResourcePercent);
  wish.has_principal = random_.Percent(kPrincipalPercent);
  wish.complete = wish.outcome != Outcome::kOpen && random_.Percent(kCompleteContextPercent);
  // Which keys the policies ask for differs with the workload; the number of the others settles the average
  // length.
  const bool is_long = bytes_ > made_ * kAverageLineBytes;
  wish.keys = random_.Between(kContextKeysLow, is_long ? kContextKeysMiddle : kContextKeysHigh);

  Outcome outcome = wish.outcome;
  Matched matched;
  for (size_t subject = 0; subject < kSubjectAttempts; ++subject) {
    // An action is given up only when it fails in several accounts, so that their law stays what it is.
    if (subject % 5 == 0) question.action = DrawAction();
    DrawSubject(wish, question);
    const Question start = question;
    matched = MatchChain(question);
    for (size_t attempt = 0; attempt < kContextAttempts; ++attempt) {
      question = start;
      std::vector<std::string> without;
      switch (wish.outcome) {
        case Outcome::kAllowed:
          Avoid(question, matched);
          break;
        case Outcome::kDenied:
          Provoke(question, matched);
          break;
        case Outcome::kOpen:
          Avoid(question, matched);
          without = LeaveOpen(question, matched);
          break;
      }
      FillUp(question, wish.keys, without);
      outcome = Judge(question, matched);
      if (outcome == wish.outcome) return Finish(question, outcome, matched);
    }
  }
  return Finish(question, outcome, matched);
}

RequestMaker::Line RequestMaker::Finish(Question& question, Outcome outcome, const Matched& matched) {
  random_.Shuffle(question.context);
  ++made_;
  std::string text = Text(question);
  bytes_ += text.size();
  size_t statements = matched.denies.size();
  for (const std::vector<const Statement*>& level : matched.allows) statements += level.size();
  return {.text = std::move(text),
          .outcome = outcome,
          .statements = statements,
          .context_keys = question.context.size(),
          .has_resource = !question.resource.empty(),
          .has_principal = !question.principal.empty()};
}

std::string RequestMaker::Text(const Question& question) const {
  JsonWriter json(/*compact=*/true);
  json.BeginObject();
  json.Key("id");
  json.String("q" + std::to_string(made_));
  json.Key("account");
  json.String(organization_.accounts[question.account].id);
  json.Key("action");
  json.String(actions_[question.action]);
  if (!question.resource.empty()) {
    json.Key("resource");
    json.String(question.resource);
  }
  if (!question.principal.empty()) {
    json.Key("principal");
    json.String(question.principal);
  }
  json.Key("context");
  json.BeginObject();
  for (const Entry& entry : question.context) {
    json.Key(entry.key);
    if (entry.values.empty()) {
      json.Raw("null");
    } else if (entry.key == kTagKeys) {
      json.BeginArray();
      for (const std::string& value : entry.values) json.String(value);
      json.EndArray();
    } else if (Contains(kLiteralKeys, entry.key)) {
      json.Raw(entry.values.front());
    } else {
      json.String(entry.values.front());
    }
  }
  json.EndObject();
  if (question.complete) {
    json.Key("completeContext");
    json.Raw("true");
  }
  json.EndObject();
  std::string text = json.Take();
  text += '\n';
  return text;
}

}  // namespace scpcheck::bench

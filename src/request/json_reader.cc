#include "request/json_reader.h"

#include <array>
#include <utility>

#include "base/edit_distance.h"
#include "base/folded_name.h"
#include "base/quote.h"
#include "json/parse.h"
#include "json/scan.h"
#include "request/convert.h"

namespace scpcheck {

namespace {

// The members of a request (docs/formats.md).
enum Member : uint32_t {
  kId,
  kAccount,
  kAction,
  kResource,
  kPrincipal,
  kContext,
  kCompleteContext,
  kAssume,
  kEcho,
  kWhere,
  kCall,
  kResources,
  kMemberCount,
};

constexpr std::array<std::string_view, kMemberCount> kMemberNames = {
    "id",     "account", "action", "resource", "principal", "context", "completeContext",
    "assume", "echo",    "where",  "call",     "resources"};

// Those that a decision carries, so that an echo can't be mistaken for them.
constexpr std::string_view kDecisionMembers[] = {
    "id",  "account",   "action",   "decision",   "reason",  "node",         "policy", "statement",
    "sid", "dependsOn", "blockers", "passesWhen", "example", "resourceType", "line",   "error"};

// Names differ in length and second character together, which makes a perfect hash.
constexpr uint32_t MemberSlot(std::string_view name) {
  return (static_cast<uint32_t>(name.size()) * 2 + static_cast<unsigned char>(name[1])) % 32;
}

constexpr std::array<uint8_t, 32> kMemberSlots = [] {
  std::array<uint8_t, 32> slots{};
  slots.fill(kMemberCount);
  for (uint8_t i = 0; i < kMemberCount; ++i) {
    uint8_t& slot = slots[MemberSlot(kMemberNames[i])];
    if (slot != kMemberCount) throw "two members share a slot";  // stops the compiler
    slot = i;
  }
  return slots;
}();

uint32_t FindMember(std::string_view name) {
  if (name.size() < 2) return kMemberCount;
  const uint32_t member = kMemberSlots[MemberSlot(name)];
  return member != kMemberCount && EqualsExactly(name, kMemberNames[member]) ? member : kMemberCount;
}

}  // namespace

// What goes wrong is kept out of the way of what goes right: this reader's speed is that of the whole batch.

const char* RequestReader::Fail(const char* where, std::string message) {
  error_ = std::move(message);
  error_offset_ = static_cast<size_t>(where - begin_);
  return nullptr;
}

const char* RequestReader::FailPlainly(const char* where, const char* message) {
  return Fail(where, message);
}

const char* RequestReader::FailExpected(const char* where, char c, const char* place) {
  return Fail(where, std::string("expected `") + c + "` " + place);
}

// The next character that isn't blank, or the end.
inline const char* RequestReader::SkipSpace(const char* p) const {
  if (p != end_ && static_cast<unsigned char>(*p) > ' ') [[likely]] {
    return p;
  }
  return json::SkipSpace(p, end_);
}

// Moves behind `c`, if it comes next.
inline bool RequestReader::Take(const char*& p, char c) const {
  p = SkipSpace(p);
  if (p == end_ || *p != c) return false;
  ++p;
  return true;
}

// Whether `c` and then a string come next, without a blank between them, as most writers of JSON have it.
inline bool RequestReader::BeforeString(const char* p, char c) const {
  return end_ - p >= 2 && p[0] == c && p[1] == '"';
}

// Behind the comma before the next member, or where the members end.
inline bool RequestReader::TakeComma(const char*& p) const {
  if (BeforeString(p, ',')) [[likely]] {
    ++p;
    return true;
  }
  if (!Take(p, ',')) return false;
  p = SkipSpace(p);
  return true;
}

// Behind `c`, where nothing else may stand.
inline const char* RequestReader::Expect(const char* p, char c, const char* place) {
  if (Take(p, c)) [[likely]] {
    return p;
  }
  return FailExpected(p, c, place);
}

// Behind the colon after a key and the blanks after that.
inline const char* RequestReader::ReadColon(const char* p, const char* place) {
  if (BeforeString(p, ':')) [[likely]] {
    return p + 1;
  }
  p = Expect(p, ':', place);
  return p == nullptr ? nullptr : SkipSpace(p);
}

inline void RequestReader::Start(std::string_view text, const char* readable_end, RequestView& request) {
  request.Clear();
  begin_ = text.data();
  end_ = begin_ + text.size();
  specials_.Reset(begin_, end_, readable_end);
  seen_ = 0;
  unescaped_used_ = 0;
}

bool RequestReader::Read(std::string_view line, const char* readable_end, RequestView& request) {
  Start(line, readable_end, request);
  const char* p = begin_;
  if (!Take(p, '{')) return FailPlainly(p, "a request is a JSON object: expected `{`") != nullptr;
  if (!Take(p, '}')) {
    do {
      p = ReadMember(p, request);
      if (p == nullptr) return false;
    } while (TakeComma(p));
    p = Expect(p, '}', "after the last member");
    if (p == nullptr) return false;
  }
  p = SkipSpace(p);
  return p == end_ ||
         FailPlainly(p, "there is more after the request: a line holds one JSON object") != nullptr;
}

bool RequestReader::ReadContextAlone(std::string_view text, RequestView& request) {
  Start(text, text.data() + text.size(), request);
  const char* p = ReadContext(begin_, request);
  if (p == nullptr) return false;
  p = SkipSpace(p);
  return p == end_ || FailPlainly(p, "there is more after the context: it is one JSON object") != nullptr;
}

inline const char* RequestReader::ReadString(const char* p, std::string_view& text) {
  const char* const start = p + 1;
  const char* const end = specials_.Next(start);
  if (end == end_ || *end != '"' || end - start > static_cast<ptrdiff_t>(kMaxValueBytes)) [[unlikely]] {
    return ReadUnusualString(p, text);
  }
  text = std::string_view(start, static_cast<size_t>(end - start));
  return end + 1;
}

// One with escapes or characters beyond ASCII, or one that is wrong.
const char* RequestReader::ReadUnusualString(const char* p, std::string_view& text) {
  const json::ScanResult string = json::ScanString(p, end_, specials_);
  if (string.flaw != json::Flaw::kNone) return FailString(p, string);
  text = std::string_view(p + 1, static_cast<size_t>(string.next - p) - 2);
  if (string.has_escape) {
    if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
    std::string& buffer = unescaped_[unescaped_used_++];
    buffer.clear();
    json::AppendUnescaped(text, buffer);
    text = buffer;
  }
  if (text.size() > kMaxValueBytes) return Fail(p, *CheckValueText(text));
  return string.next;
}

// `string` starts at `p`. Of one that is not closed the start is what helps: its end is that of the line.
const char* RequestReader::FailString(const char* p, const json::ScanResult& string) {
  return Fail(string.flaw == json::Flaw::kUnterminatedString ? p : string.next,
              std::string(json::FlawText(string.flaw)));
}

inline const char* RequestReader::ReadText(const char* p, std::string_view what, std::string_view& text) {
  if (p == end_ || *p != '"') return FailType(p, what, " must be a string");
  return ReadString(p, text);
}

const char* RequestReader::FailType(const char* where, std::string_view what, const char* problem) {
  return Fail(where, Quoted(what) + problem);
}

const char* RequestReader::ReadBoolean(const char* p, std::string_view what, bool& value) {
  std::string_view token;
  const char* const next = SkipValue(p, 0, token);
  if (next == nullptr) return nullptr;
  value = token == "true";
  if (value || token == "false") return next;
  return Fail(p, Quoted(what) + " must be true or false");
}

const char* RequestReader::ReadMember(const char* p, RequestView& request) {
  if (p == end_ || *p != '"') return FailPlainly(p, "expected a key in double quotes");
  const char* const key_at = p;
  std::string_view name;
  p = ReadString(p, name);
  if (p == nullptr) return nullptr;
  p = ReadColon(p, "after the key");
  if (p == nullptr) return nullptr;
  const uint32_t member = FindMember(name);
  if (member == kMemberCount) return FailUnknownMember(key_at, name);
  if ((seen_ >> member & 1) != 0) return FailTwice(key_at, name);
  seen_ |= 1U << member;
  switch (static_cast<Member>(member)) {
    case kId:
      return ReadId(p, request);
    case kAccount:
      return ReadText(p, name, request.account);
    case kAction:
      return ReadText(p, name, request.action);
    case kResource:
      return ReadText(p, name, request.resource.emplace());
    case kPrincipal:
      return ReadText(p, name, request.principal.emplace());
    case kContext:
      return ReadContext(p, request);
    case kCompleteContext:
      return ReadBoolean(p, name, request.complete_context);
    case kAssume:
      return ReadAssume(p, key_at);
    case kEcho:
      return ReadEcho(p, request);
    case kWhere:
      return Fail(key_at, "`where` needs reasoning about unknown values, which this version does not have");
    case kCall:
    case kResources:
      return Fail(
          key_at,
          Quoted(name) + " is not supported by this version: ask for each resource that the call touches");
    case kMemberCount:
      break;
  }
  return nullptr;
}

const char* RequestReader::ReadId(const char* p, RequestView& request) {
  const char* const next = SkipValue(p, 0, request.id);
  if (next == nullptr) return nullptr;
  const char first = request.id.front();
  if (first == '"' || first == '-' || IsAsciiDigit(first)) return next;
  request.id = {};
  return Fail(p, "`id` must be a string or a number");
}

// It lifts rules about unknowns, which this engine does not apply: it settles no more than holds without
// them.
const char* RequestReader::ReadAssume(const char* p, const char* key_at) {
  std::string_view assumption;
  p = ReadText(p, "assume", assumption);
  if (p == nullptr || assumption == "free") return p;
  return Fail(key_at, "`assume` can only be \"free\"");
}

const char* RequestReader::FailUnknownMember(const char* key_at, std::string_view name) {
  std::string message = "the field " + Quoted(name) + " is not known";
  for (const std::string_view known : kMemberNames) {
    if (IsMistypedName(name, known)) {
      message += ": did you mean " + Quoted(known) + "?";
      break;
    }
  }
  return Fail(key_at, std::move(message));
}

const char* RequestReader::FailTwice(const char* key_at, std::string_view name) {
  return Fail(key_at, "the field " + Quoted(name) + " stands twice");
}

const char* RequestReader::ReadContext(const char* p, RequestView& request) {
  if (!Take(p, '{')) return FailPlainly(p, "`context` must be an object of condition keys");
  if (Take(p, '}')) return p;
  do {
    p = ReadContextEntry(p, request);
    if (p == nullptr) return nullptr;
  } while (TakeComma(p));
  return Expect(p, '}', "after the last key of the context");
}

inline const char* RequestReader::ReadContextEntry(const char* p, RequestView& request) {
  if (p == end_ || *p != '"') return FailPlainly(p, "expected a condition key in double quotes");
  if (request.context.size() == kMaxContextKeys) return FailTooManyKeys(p);
  std::string_view key;
  p = ReadString(p, key);
  if (p == nullptr) return nullptr;
  p = ReadColon(p, "after the condition key");
  if (p == nullptr) return nullptr;
  ContextEntry& entry = request.context.emplace_back();
  entry.key = key;
  entry.hash = FoldedHash(key);
  entry.first_value = static_cast<uint32_t>(request.values.size());
  if (p == end_ || *p != '"') return ReadUnusualValue(p, request, entry);
  entry.value_count = 1;
  return ReadString(p, request.values.emplace_back());
}

// The value of a context key, if it is no string.
const char* RequestReader::ReadUnusualValue(const char* p, RequestView& request, ContextEntry& entry) {
  if (p != end_ && *p == 'n') {
    std::string_view token;
    entry.is_absent = true;
    return SkipValue(p, 0, token);
  }
  if (p == end_ || *p != '[') {
    entry.value_count = 1;
    return ReadScalar(p, request.values.emplace_back());
  }
  ++p;
  entry.is_list = true;
  if (Take(p, ']')) return p;
  do {
    ++entry.value_count;
    p = ReadScalar(p, request.values.emplace_back());
    if (p == nullptr) return nullptr;
  } while (TakeComma(p));
  return Expect(p, ']', "after the last value");
}

const char* RequestReader::FailTooManyKeys(const char* where) {
  return Fail(where, "the context has more than " + std::to_string(kMaxContextKeys) + " keys");
}

const char* RequestReader::ReadScalar(const char* p, std::string_view& text) {
  if (p != end_ && *p == '"') return ReadString(p, text);
  const char* const next = SkipValue(p, 0, text);
  if (next == nullptr) return nullptr;
  if (text.front() == '{' || text.front() == '[' || text.front() == 'n') {
    return Fail(p,
                "a context value must be a string, number or boolean, a list of these, or null for `absent`");
  }
  return next;
}

const char* RequestReader::ReadEcho(const char* p, RequestView& request) {
  if (!Take(p, '{')) return FailPlainly(p, "`echo` must be an object");
  if (Take(p, '}')) return p;
  do {
    if (p == end_ || *p != '"') return FailPlainly(p, "expected a key in double quotes");
    const char* const key_at = p;
    std::string_view name;
    p = ReadString(p, name);
    if (p == nullptr) return nullptr;
    EchoMember echo{
        .key = std::string_view(key_at, static_cast<size_t>(p - key_at)), .value = {}, .name = name};
    for (const std::string_view taken : kDecisionMembers) {
      if (name == taken)
        return Fail(key_at, "the decision has a member " + Quoted(name) + " itself: name it otherwise");
    }
    for (const EchoMember& other : request.echo) {
      if (other.name == name) return Fail(key_at, "the key " + Quoted(name) + " stands twice");
    }
    if (request.echo.size() == kMaxContextKeys) return Fail(key_at, "`echo` has too many members");
    p = ReadColon(p, "after the key");
    if (p == nullptr) return nullptr;
    p = SkipValue(p, 0, echo.value);
    if (p == nullptr) return nullptr;
    request.echo.push_back(echo);
  } while (TakeComma(p));
  return Expect(p, '}', "after the last member of `echo`");
}

const char* RequestReader::SkipValue(const char* p, uint32_t depth, std::string_view& token) {
  const char* const next = FindValueEnd(p, depth);
  if (next != nullptr) token = std::string_view(p, static_cast<size_t>(next - p));
  return next;
}

const char* RequestReader::FindValueEnd(const char* p, uint32_t depth) {
  if (depth > json::kMaxDepth)
    return Fail(p, "nested more than " + std::to_string(json::kMaxDepth) + " levels deep");
  if (p == end_) return FailPlainly(p, "expected a value");
  switch (*p) {
    case '"': {
      const json::ScanResult string = json::ScanString(p, end_, specials_);
      return string.flaw == json::Flaw::kNone ? string.next : FailString(p, string);
    }
    case '{':
      ++p;
      if (Take(p, '}')) return p;
      do {
        if (p == end_ || *p != '"') return FailPlainly(p, "expected a key in double quotes");
        p = FindValueEnd(p, depth + 1);
        if (p == nullptr) return nullptr;
        p = ReadColon(p, "after the key");
        if (p == nullptr) return nullptr;
        p = FindValueEnd(p, depth + 1);
        if (p == nullptr) return nullptr;
      } while (TakeComma(p));
      return Expect(p, '}', "after the last member");
    case '[':
      ++p;
      if (Take(p, ']')) return p;
      do {
        p = FindValueEnd(p, depth + 1);
        if (p == nullptr) return nullptr;
      } while (TakeComma(p));
      return Expect(p, ']', "after the last element");
    case 't':
    case 'f':
    case 'n':
      for (const std::string_view word : {"true", "false", "null"}) {
        if (std::string_view(p, static_cast<size_t>(end_ - p)).starts_with(word)) return p + word.size();
      }
      return FailPlainly(p, "expected a value");
    default: {
      if (*p != '-' && !IsAsciiDigit(*p)) return FailPlainly(p, "expected a value");
      const json::ScanResult number = json::ScanNumber(p, end_);
      if (number.flaw != json::Flaw::kNone)
        return Fail(number.next, std::string(json::FlawText(number.flaw)));
      return number.next;
    }
  }
}

}  // namespace scpcheck

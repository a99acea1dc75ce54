#include "request/json_reader.h"

#include <array>
#include <utility>

#include "base/edit_distance.h"
#include "base/folded_name.h"
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

std::string Quoted(std::string_view text) {
  return "`" + std::string(text) + "`";
}

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

bool RequestReader::FailAt(const char* where, std::string message) {
  error_ = std::move(message);
  error_offset_ = static_cast<size_t>(where - begin_);
  return false;
}

bool RequestReader::Fail(std::string message) {
  return FailAt(p_, std::move(message));
}

bool RequestReader::FailPlainly(const char* message) {
  return FailAt(p_, message);
}

bool RequestReader::FailExpected(char c, const char* where) {
  return Fail(std::string("expected `") + c + "` " + where);
}

// Moves to the next character that isn't blank. False at the end.
inline bool RequestReader::SkipSpace() {
  if (p_ != end_ && static_cast<unsigned char>(*p_) > ' ') return true;
  p_ = json::SkipSpace(p_, end_);
  return p_ != end_;
}

// Moves behind `c`, if it comes next.
inline bool RequestReader::Take(char c) {
  if (!SkipSpace() || *p_ != c) return false;
  ++p_;
  return true;
}

// The same, where nothing else may stand.
inline bool RequestReader::Expect(char c, const char* where) {
  if (Take(c)) [[likely]] {
    return true;
  }
  return FailExpected(c, where);
}

inline void RequestReader::Start(std::string_view text, const char* readable_end, RequestView& request) {
  request.Clear();
  begin_ = p_ = text.data();
  end_ = begin_ + text.size();
  specials_.Reset(begin_, end_, readable_end);
  seen_ = 0;
  unescaped_used_ = 0;
}

bool RequestReader::Read(std::string_view line, const char* readable_end, RequestView& request) {
  Start(line, readable_end, request);
  if (!Take('{')) return FailPlainly("a request is a JSON object: expected `{`");
  if (!Take('}')) {
    do {
      if (!ReadMember(request)) return false;
    } while (Take(','));
    if (!Expect('}', "after the last member")) return false;
  }
  SkipSpace();
  if (p_ != end_) return FailPlainly("there is more after the request: a line holds one JSON object");
  return true;
}

bool RequestReader::ReadContextAlone(std::string_view text, RequestView& request) {
  Start(text, text.data() + text.size(), request);
  if (!ReadContext(request)) return false;
  SkipSpace();
  if (p_ != end_) return FailPlainly("there is more after the context: it is one JSON object");
  return true;
}

inline bool RequestReader::ReadString(std::string_view& text) {
  const char* const start = p_ + 1;
  const char* const end = specials_.Next(start);
  if (end == end_ || *end != '"' || end - start > static_cast<ptrdiff_t>(kMaxValueBytes)) {
    return ReadUnusualString(text);
  }
  text = std::string_view(start, static_cast<size_t>(end - start));
  p_ = end + 1;
  return true;
}

// One with escapes or characters beyond ASCII, or one that is wrong.
bool RequestReader::ReadUnusualString(std::string_view& text) {
  const json::ScanResult string = json::ScanString(p_, end_, specials_);
  if (string.flaw != json::Flaw::kNone) return FailString(string);
  text = std::string_view(p_ + 1, static_cast<size_t>(string.next - p_) - 2);
  if (string.has_escape) {
    if (unescaped_used_ == unescaped_.size()) unescaped_.emplace_back();
    std::string& buffer = unescaped_[unescaped_used_++];
    buffer.clear();
    json::AppendUnescaped(text, buffer);
    text = buffer;
  }
  if (text.size() > kMaxValueBytes) return Fail(*CheckValueText(text));
  p_ = string.next;
  return true;
}

// `string` starts here. Of one that is not closed the start is what helps: its end is that of the line.
bool RequestReader::FailString(const json::ScanResult& string) {
  return FailAt(string.flaw == json::Flaw::kUnterminatedString ? p_ : string.next,
                std::string(json::FlawText(string.flaw)));
}

inline bool RequestReader::ReadText(std::string_view what, std::string_view& text) {
  if (p_ == end_ || *p_ != '"') return FailType(what, " must be a string");
  return ReadString(text);
}

bool RequestReader::FailType(std::string_view what, const char* problem) {
  return Fail(Quoted(what) + problem);
}

bool RequestReader::ReadBoolean(std::string_view what, bool& value) {
  std::string_view token;
  const char* const where = p_;
  if (!SkipValue(0, token)) return false;
  value = token == "true";
  if (value || token == "false") return true;
  return FailAt(where, Quoted(what) + " must be true or false");
}

bool RequestReader::ReadMember(RequestView& request) {
  if (!SkipSpace() || *p_ != '"') return FailPlainly("expected a key in double quotes");
  const char* const key_at = p_;
  std::string_view name;
  if (!ReadString(name) || !Expect(':', "after the key")) return false;
  SkipSpace();
  const uint32_t member = FindMember(name);
  if (member == kMemberCount) return FailUnknownMember(key_at, name);
  if ((seen_ >> member & 1) != 0) return FailTwice(key_at, name);
  seen_ |= 1U << member;
  switch (static_cast<Member>(member)) {
    case kId: {
      const char* const where = p_;
      if (!SkipValue(0, request.id)) return false;
      if (request.id.front() != '"' && request.id.front() != '-' && !IsAsciiDigit(request.id.front())) {
        request.id = {};
        return FailAt(where, "`id` must be a string or a number");
      }
      return true;
    }
    case kAccount:
      return ReadText(name, request.account);
    case kAction:
      return ReadText(name, request.action);
    case kResource:
      return ReadText(name, request.resource.emplace());
    case kPrincipal:
      return ReadText(name, request.principal.emplace());
    case kContext:
      return ReadContext(request);
    case kCompleteContext:
      return ReadBoolean(name, request.complete_context);
    case kAssume:
      return ReadAssume(key_at);
    case kEcho:
      return ReadEcho(request);
    case kWhere:
      return FailAt(key_at, "`where` needs reasoning about unknown values, which this version does not have");
    case kCall:
    case kResources:
      return FailAt(
          key_at,
          Quoted(name) + " is not supported by this version: ask for each resource that the call touches");
    case kMemberCount:
      break;
  }
  return false;
}

// It lifts rules about unknowns, which this engine does not apply: it settles no more than holds without
// them.
bool RequestReader::ReadAssume(const char* key_at) {
  std::string_view assumption;
  if (!ReadText("assume", assumption)) return false;
  if (assumption == "free") return true;
  return FailAt(key_at, "`assume` can only be \"free\"");
}

bool RequestReader::FailUnknownMember(const char* key_at, std::string_view name) {
  std::string message = "the field " + Quoted(name) + " is not known";
  for (const std::string_view known : kMemberNames) {
    if (IsMistypedName(name, known)) {
      message += ": did you mean " + Quoted(known) + "?";
      break;
    }
  }
  return FailAt(key_at, std::move(message));
}

bool RequestReader::FailTwice(const char* key_at, std::string_view name) {
  return FailAt(key_at, "the field " + Quoted(name) + " stands twice");
}

bool RequestReader::ReadContext(RequestView& request) {
  if (!Take('{')) return FailPlainly("`context` must be an object of condition keys");
  if (Take('}')) return true;
  do {
    if (!ReadContextEntry(request)) return false;
  } while (Take(','));
  return Expect('}', "after the last key of the context");
}

inline bool RequestReader::ReadContextEntry(RequestView& request) {
  if (!SkipSpace() || *p_ != '"') return FailPlainly("expected a condition key in double quotes");
  if (request.context.size() == kMaxContextKeys) return FailTooManyKeys();
  std::string_view key;
  if (!ReadString(key) || !Expect(':', "after the condition key")) return false;
  ContextEntry& entry = request.context.emplace_back();
  entry.key = key;
  entry.hash = FoldedHash(key);
  entry.first_value = static_cast<uint32_t>(request.values.size());
  if (SkipSpace() && *p_ == '"') {
    entry.value_count = 1;
    return ReadString(request.values.emplace_back());
  }
  return ReadUnusualValue(request, entry);
}

// The value of a context key, if it is no string.
bool RequestReader::ReadUnusualValue(RequestView& request, ContextEntry& entry) {
  if (p_ != end_ && *p_ == 'n') {
    std::string_view token;
    entry.is_absent = true;
    return SkipValue(0, token);
  }
  if (p_ == end_ || *p_ != '[') {
    entry.value_count = 1;
    return ReadScalar(request.values.emplace_back());
  }
  ++p_;
  entry.is_list = true;
  if (Take(']')) return true;
  do {
    SkipSpace();
    ++entry.value_count;
    if (!ReadScalar(request.values.emplace_back())) return false;
  } while (Take(','));
  return Expect(']', "after the last value");
}

bool RequestReader::FailTooManyKeys() {
  return Fail("the context has more than " + std::to_string(kMaxContextKeys) + " keys");
}

bool RequestReader::ReadScalar(std::string_view& text) {
  if (p_ != end_ && *p_ == '"') return ReadString(text);
  const char* const where = p_;
  if (!SkipValue(0, text)) return false;
  if (text.front() == '{' || text.front() == '[' || text.front() == 'n') {
    return FailAt(
        where, "a context value must be a string, number or boolean, a list of these, or null for `absent`");
  }
  return true;
}

bool RequestReader::ReadEcho(RequestView& request) {
  if (!Take('{')) return FailPlainly("`echo` must be an object");
  if (Take('}')) return true;
  do {
    SkipSpace();
    if (p_ == end_ || *p_ != '"') return FailPlainly("expected a key in double quotes");
    const char* const key_at = p_;
    std::string_view name;
    if (!ReadString(name)) return false;
    EchoMember echo{
        .key = std::string_view(key_at, static_cast<size_t>(p_ - key_at)), .value = {}, .name = name};
    for (const std::string_view taken : kDecisionMembers) {
      if (name == taken)
        return FailAt(key_at, "the decision has a member " + Quoted(name) + " itself: name it otherwise");
    }
    for (const EchoMember& other : request.echo) {
      if (other.name == name) return FailAt(key_at, "the key " + Quoted(name) + " stands twice");
    }
    if (request.echo.size() == kMaxContextKeys) return FailAt(key_at, "`echo` has too many members");
    if (!Expect(':', "after the key")) return false;
    SkipSpace();
    if (!SkipValue(0, echo.value)) return false;
    request.echo.push_back(echo);
  } while (Take(','));
  return Expect('}', "after the last member of `echo`");
}

bool RequestReader::SkipValue(uint32_t depth, std::string_view& token) {
  if (depth > json::kMaxDepth)
    return Fail("nested more than " + std::to_string(json::kMaxDepth) + " levels deep");
  const char* const start = p_;
  const auto set_token = [&] {
    token = std::string_view(start, static_cast<size_t>(p_ - start));
    return true;
  };
  if (p_ == end_) return FailPlainly("expected a value");
  std::string_view part;
  switch (*p_) {
    case '"': {
      const json::ScanResult string = json::ScanString(p_, end_, specials_);
      if (string.flaw != json::Flaw::kNone) return FailString(string);
      p_ = string.next;
      return set_token();
    }
    case '{':
      ++p_;
      if (Take('}')) return set_token();
      do {
        SkipSpace();
        if (p_ == end_ || *p_ != '"') return FailPlainly("expected a key in double quotes");
        if (!SkipValue(depth + 1, part) || !Expect(':', "after the key")) return false;
        SkipSpace();
        if (!SkipValue(depth + 1, part)) return false;
      } while (Take(','));
      return Expect('}', "after the last member") && set_token();
    case '[':
      ++p_;
      if (Take(']')) return set_token();
      do {
        SkipSpace();
        if (!SkipValue(depth + 1, part)) return false;
      } while (Take(','));
      return Expect(']', "after the last element") && set_token();
    case 't':
    case 'f':
    case 'n':
      for (const std::string_view word : {"true", "false", "null"}) {
        if (std::string_view(p_, static_cast<size_t>(end_ - p_)).starts_with(word)) {
          p_ += word.size();
          return set_token();
        }
      }
      return FailPlainly("expected a value");
    default: {
      if (*p_ != '-' && !IsAsciiDigit(*p_)) return FailPlainly("expected a value");
      const json::ScanResult number = json::ScanNumber(p_, end_);
      if (number.flaw != json::Flaw::kNone)
        return FailAt(number.next, std::string(json::FlawText(number.flaw)));
      p_ = number.next;
      return set_token();
    }
  }
}

}  // namespace scpcheck

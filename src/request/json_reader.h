// Requests from JSON, without a tree and without allocating: a line's texts stay where they are.

#ifndef SCPCHECK_REQUEST_JSON_READER_H_
#define SCPCHECK_REQUEST_JSON_READER_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "json/scan.h"
#include "request/request_view.h"

namespace scpcheck {

class RequestReader {
 public:
  // Reads `line`, one JSON object, into `request`, whose views look into `line` or into this reader, until
  // the next call. False if it is no request; error() and error_offset() say why and where.
  bool Read(std::string_view line, RequestView& request) {
    return Read(line, line.data() + line.size(), request);
  }
  // The same, if there is memory behind the line, up to `readable_end`, which may be looked at: it saves
  // time.
  bool Read(std::string_view line, const char* readable_end, RequestView& request);
  // The same of what may stand under `context`: an object of condition keys.
  bool ReadContextAlone(std::string_view text, RequestView& request);

  const std::string& error() const { return error_; }
  // In bytes from the start of the line.
  size_t error_offset() const { return error_offset_; }

 private:
  void Start(std::string_view text, const char* readable_end, RequestView& request);

  // Each takes where to read, and gives what comes behind; null if something is wrong, of which error_ then
  // tells. The place is no member, so that it stays in a register.
  const char* ReadMember(const char* p, RequestView& request);
  const char* ReadId(const char* p, RequestView& request);
  const char* ReadContext(const char* p, RequestView& request);
  const char* ReadContextEntry(const char* p, RequestView& request);
  const char* ReadUnusualValue(const char* p, RequestView& request, ContextEntry& entry);
  const char* ReadAssume(const char* p, const char* key_at);
  const char* ReadEcho(const char* p, RequestView& request);
  // A string's text, without escapes.
  const char* ReadString(const char* p, std::string_view& text);
  const char* ReadUnusualString(const char* p, std::string_view& text);
  const char* ReadText(const char* p, std::string_view what, std::string_view& text);
  const char* ReadBoolean(const char* p, std::string_view what, bool& value);
  // A string, number or boolean as its text.
  const char* ReadScalar(const char* p, std::string_view& text);
  const char* SkipValue(const char* p, uint32_t depth, std::string_view& token);
  const char* FindValueEnd(const char* p, uint32_t depth);

  const char* SkipSpace(const char* p) const;
  bool Take(const char*& p, char c) const;
  bool TakeComma(const char*& p) const;
  bool BeforeString(const char* p, char c) const;
  const char* Expect(const char* p, char c, const char* place);
  const char* ReadColon(const char* p, const char* place);
  // All give null.
  [[gnu::cold]] const char* Fail(const char* where, std::string message);
  [[gnu::cold]] const char* FailPlainly(const char* where, const char* message);
  [[gnu::cold]] const char* FailExpected(const char* where, char c, const char* place);
  [[gnu::cold]] const char* FailType(const char* where, std::string_view what, const char* problem);
  [[gnu::cold]] const char* FailUnknownMember(const char* key_at, std::string_view name);
  [[gnu::cold]] const char* FailTwice(const char* key_at, std::string_view name);
  [[gnu::cold]] const char* FailTooManyKeys(const char* where);
  [[gnu::cold]] const char* FailString(const char* p, const json::ScanResult& string);

  const char* begin_ = nullptr;
  const char* end_ = nullptr;
  json::SpecialFinder specials_;
  uint32_t seen_ = 0;  // members of the request so far, a bit each
  // Texts with escapes. A deque, since views into it must stay; used again for the next line.
  std::deque<std::string> unescaped_;
  size_t unescaped_used_ = 0;
  std::string error_;
  size_t error_offset_ = 0;
};

}  // namespace scpcheck

#endif  // SCPCHECK_REQUEST_JSON_READER_H_

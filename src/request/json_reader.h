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
  bool ReadMember(RequestView& request);
  bool ReadContext(RequestView& request);
  bool ReadContextEntry(RequestView& request);
  bool ReadUnusualValue(RequestView& request, ContextEntry& entry);
  bool ReadAssume(const char* key_at);
  bool ReadEcho(RequestView& request);
  // A string's text, without escapes.
  bool ReadString(std::string_view& text);
  bool ReadUnusualString(std::string_view& text);
  bool ReadText(std::string_view what, std::string_view& text);
  bool ReadBoolean(std::string_view what, bool& value);
  // A string, number or boolean as its text.
  bool ReadScalar(std::string_view& text);
  bool SkipValue(uint32_t depth, std::string_view& token);

  bool SkipSpace();
  bool Take(char c);
  bool Expect(char c, const char* where);
  [[gnu::cold]] bool Fail(std::string message);
  [[gnu::cold]] bool FailAt(const char* where, std::string message);
  [[gnu::cold]] bool FailPlainly(const char* message);
  [[gnu::cold]] bool FailExpected(char c, const char* where);
  [[gnu::cold]] bool FailType(std::string_view what, const char* problem);
  [[gnu::cold]] bool FailUnknownMember(const char* key_at, std::string_view name);
  [[gnu::cold]] bool FailTwice(const char* key_at, std::string_view name);
  [[gnu::cold]] bool FailTooManyKeys();
  [[gnu::cold]] bool FailString(const json::ScanResult& string);

  const char* begin_ = nullptr;
  const char* p_ = nullptr;
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

// Writes JSON text: only what the generator needs, in the order in which it is told.

#ifndef SCPCHECK_BENCH_WRITER_H_
#define SCPCHECK_BENCH_WRITER_H_

#include <string>
#include <string_view>
#include <vector>

#include "model.h"

namespace scpcheck::bench {

class JsonWriter {
 public:
  // Without `compact`, indented by two spaces.
  explicit JsonWriter(bool compact) : compact_(compact) {}

  void Key(std::string_view key);
  void String(std::string_view value);
  void Bool(bool value) { Raw(value ? "true" : "false"); }
  void Raw(std::string_view value);  // a number, a literal, or JSON made elsewhere
  void BeginObject() { Begin('{'); }
  void EndObject() { End('}'); }
  void BeginArray() { Begin('['); }
  void EndArray() { End(']'); }

  std::string Take() { return std::move(text_); }

 private:
  void Begin(char bracket);
  void End(char bracket);
  void BeforeValue();
  void NewLine();
  void Quoted(std::string_view value);

  bool compact_;
  bool after_key_ = false;
  std::string text_;
  std::vector<bool> has_members_;  // of each open object or array
};

void WritePolicy(const Policy& policy, JsonWriter& json);
std::string PolicyText(const Policy& policy, bool compact);

// With `inline_documents` policies hold their documents, else the names of files: policies/<name>.json.
std::string OrganizationText(const Organization& organization, bool compact, bool inline_documents);

}  // namespace scpcheck::bench

#endif  // SCPCHECK_BENCH_WRITER_H_

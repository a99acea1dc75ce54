// What the fuzz targets share. A target defines LLVMFuzzerTestOneInput and ends the program where a property
// does not hold.

#ifndef SCPCHECK_TESTS_FUZZ_FUZZ_H_
#define SCPCHECK_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "base/check.h"
#include "json/tree.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace scpcheck::fuzz {

inline std::string Text(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

inline void CheckRange(SourceRange range, const Source& source) {
  SCPCHECK_CHECK(range.begin <= range.end && range.end <= source.text().size());
}

// Places lie in their texts, and what is printed of them exists.
inline void CheckDiagnostics(const Diagnostics& diagnostics) {
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    SCPCHECK_CHECK(!diagnostic.code.empty() && !diagnostic.message.empty());
    if (diagnostic.source == nullptr) continue;
    CheckRange(diagnostic.range, *diagnostic.source);
    const SourcePosition position = diagnostic.source->Locate(diagnostic.range.begin);
    SCPCHECK_CHECK(position.line >= 1 && position.column >= 1);
    for (const RelatedPlace& related : diagnostic.related) CheckRange(related.range, *related.source);
  }
}

inline bool Same(json::Value a, json::Value b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case json::Kind::kNull:
      return true;
    case json::Kind::kBoolean:
      return a.truth() == b.truth();
    case json::Kind::kNumber:
    case json::Kind::kString:
      return a.text() == b.text();
    case json::Kind::kArray: {
      if (a.size() != b.size()) return false;
      auto other = b.elements().begin();
      for (const json::Value element : a.elements()) {
        if (!Same(element, *other)) return false;
        ++other;
      }
      return true;
    }
    case json::Kind::kObject: {
      if (a.size() != b.size()) return false;
      auto other = b.members().begin();
      for (const json::Member member : a.members()) {
        if (member.key.text() != (*other).key.text() || !Same(member.value, (*other).value)) return false;
        ++other;
      }
      return true;
    }
  }
  return false;
}

}  // namespace scpcheck::fuzz

#endif  // SCPCHECK_TESTS_FUZZ_FUZZ_H_

// JSON text to a located tree.

#ifndef SCPCHECK_JSON_PARSE_H_
#define SCPCHECK_JSON_PARSE_H_

#include <cstdint>
#include <memory>
#include <optional>

#include "json/tree.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck::json {

// Bounds for untrusted input. Every recursion over a tree relies on the depth.
inline constexpr uint32_t kMaxDepth = 128;

// Reads `source` as one JSON document. A byte order mark at its start is skipped (G-17). What is wrong goes
// to `diagnostics`:
//  * a syntax error ends the reading: no tree;
//  * an equal key in the same object (`duplicate-key`, G-02) and a second top-level value (`second-document`,
//    G-01) are errors too, but the tree comes back, so that the rest can be looked at.
std::optional<Tree> Parse(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

// The same for one part of a Source, such as a line of JSON lines.
std::optional<Tree> ParsePart(std::shared_ptr<const Source> source, SourceRange part,
                              Diagnostics& diagnostics);

// Reports equal keys of one object. Shared with the YAML reader.
void CheckDuplicateKeys(Value object, Diagnostics& diagnostics);

}  // namespace scpcheck::json

#endif  // SCPCHECK_JSON_PARSE_H_

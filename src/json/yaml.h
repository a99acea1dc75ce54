// YAML text to a located tree, the same as JSON gives.

#ifndef SCPCHECK_JSON_YAML_H_
#define SCPCHECK_JSON_YAML_H_

#include <memory>
#include <optional>

#include "json/tree.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck::json {

// Reads `source` as one YAML document. Kinds: a plain `true` or `false` is a boolean, a plain number of
// JSON's form a number, a plain `null`, `~` or nothing null; every other scalar, and every quoted one, is a
// string. The text of a scalar is always as written: no leading zero is lost, no date read. Equal keys are
// `duplicate-key` errors, as for JSON; other errors (syntax, unknown tags, an alias that contains itself,
// more than one document, more than kMaxDepth levels, aliases that unfold beyond bounds) leave no tree.
std::optional<Tree> ParseYaml(std::shared_ptr<const Source> source, Diagnostics& diagnostics);

}  // namespace scpcheck::json

#endif  // SCPCHECK_JSON_YAML_H_

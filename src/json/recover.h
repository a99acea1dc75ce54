// JSON as people write it: with comments, trailing commas, single quotes. Read as far as it can be
// understood, with everything that is wrong with it and how to mend it.
//
// For the linter, which should have more to say of a policy than where it stops being JSON. What decides is
// read by parse.h, which refuses all of this. Where that accepts a text, both give the same tree.

#ifndef SCPCHECK_JSON_RECOVER_H_
#define SCPCHECK_JSON_RECOVER_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "json/tree.h"
#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck::json {

// Another text for some bytes.
struct Replacement {
  SourceRange range;
  std::string text;
};

// Something that is no JSON.
struct Fault {
  Severity severity = Severity::kError;
  std::string message;
  SourceRange range;  // the first place, if the same is wrong in several
  // Comments, and commas before a closing bracket: what JSON with comments (.jsonc) allows.
  bool is_jsonc = false;
  // What mends it, in document order; empty where only the author knows what was meant.
  std::string repair_title;
  std::vector<Replacement> repair;
};

struct Recovery {
  // None if no sense could be made of the text, or not of all of it.
  std::optional<Tree> tree;
  // Further top-level values (G-01).
  std::vector<Tree> more;
  // False if more values followed than anyone would merge, or such that were not understood.
  bool has_all = true;
  // In the order in which they were met.
  std::vector<Fault> faults;

  // Whether the text is the JSON document that it seems to be, equal keys apart.
  bool is_clean() const { return tree && more.empty() && has_all && faults.empty(); }
};

// `diagnostics` gets all faults (`json-syntax`; `byte-order-mark`, a warning), equal keys (`duplicate-key`)
// and the first further value (`second-document`).
Recovery Recover(const std::shared_ptr<const Source>& source, Diagnostics& diagnostics);

}  // namespace scpcheck::json

#endif  // SCPCHECK_JSON_RECOVER_H_

// The layout that `scpcheck fmt` gives policies.

#ifndef SCPCHECK_LINT_FORMAT_H_
#define SCPCHECK_LINT_FORMAT_H_

#include <string>

#include "json/tree.h"

namespace scpcheck {

// A policy in its canonical layout: elements in AWS's order, two spaces a level, lists of plain values on one
// line up to 100 columns, a line break at the end. What it says stays: lists stay lists and single values
// single, texts and numbers as they are, elements that AWS does not know behind those that it does, equal
// keys and lists in their order. The same again for its own result.
std::string CanonicalText(json::Value policy);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_FORMAT_H_

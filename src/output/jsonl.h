// Decisions as JSON lines. Written by hand, not with a JSON library: at millions of lines a second the text
// is made in place.

#ifndef SCPCHECK_OUTPUT_JSONL_H_
#define SCPCHECK_OUTPUT_JSONL_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "base/text_buffer.h"
#include "request/request_view.h"
#include "scpcheck/decision.h"

namespace scpcheck {

// One line with the decision, `id` and `echo` of the request, and `details`, further members as JSON without
// braces (`"blockers":[...]`), if not empty. Precondition: the decision is not undecided.
void AppendDecisionLine(const RequestView& request, const Decision& decision, std::string_view details,
                        TextBuffer& out);

// The line that stands for a request without a decision. `line` counts from 1.
void AppendErrorLine(uint64_t line, std::string_view id, std::string_view message, TextBuffer& out);

// "undecided: depends on aws:RequestedRegion, principal".
std::string UndecidedMessage(const Decision& decision);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_JSONL_H_

// Texts of users as they are shown to people. Names of accounts and policies, keys and values are anybody's:
// printed as they are, a control character would move the cursor of a terminal, and a line break fake a line.

#ifndef SCPCHECK_BASE_PRINTABLE_H_
#define SCPCHECK_BASE_PRINTABLE_H_

#include <string>
#include <string_view>

namespace scpcheck {

// `text` with escapes for what must not reach a terminal: control characters (`\n`, `\x1b`, `\u009b`), what
// breaks lines or turns the direction of writing (`\u2028`, `\u202e`), and bytes that are no UTF-8 (`\xff`).
// A backslash stays as it is, so that escaping twice is the same as once.
std::string Printable(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_PRINTABLE_H_

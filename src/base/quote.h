// User's text in messages.

#ifndef SCPCHECK_BASE_QUOTE_H_
#define SCPCHECK_BASE_QUOTE_H_

#include <string>
#include <string_view>

namespace scpcheck {

// In backquotes. Of a long text the beginning: nobody reads the rest, and a hostile one would be copied into
// each of many messages.
std::string Quoted(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_QUOTE_H_

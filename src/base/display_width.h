// How many columns of a terminal a character takes.

#ifndef SCPCHECK_BASE_DISPLAY_WIDTH_H_
#define SCPCHECK_BASE_DISPLAY_WIDTH_H_

#include <cstddef>
#include <string_view>

namespace scpcheck {

// Of one well-formed UTF-8 character: 2 for the wide ones of East Asia and emoji, 0 for what is drawn over
// the character before, such as accents, else 1. Terminals differ in rare ones.
size_t DisplayWidth(std::string_view character);

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_DISPLAY_WIDTH_H_

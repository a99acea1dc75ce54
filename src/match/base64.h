// Binary values (BinaryEquals).

#ifndef SCPCHECK_MATCH_BASE64_H_
#define SCPCHECK_MATCH_BASE64_H_

#include <string_view>

namespace scpcheck {

// Whether both texts are base64 (RFC 4648, with padding) and stand for the same bytes.
bool Base64Equal(std::string_view a, std::string_view b);
bool IsBase64(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_MATCH_BASE64_H_

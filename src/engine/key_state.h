// What a request says of one condition key.

#ifndef SCPCHECK_ENGINE_KEY_STATE_H_
#define SCPCHECK_ENGINE_KEY_STATE_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace scpcheck {

struct KeyState {
  enum class Kind : uint8_t {
    kAbsent,
    kUnknown,
    kValues,    // present with these values
    kPatterns,  // present with one value, matched by at least one of these pattern codes
  };
  Kind kind = Kind::kUnknown;
  bool is_list = false;           // of kValues: the request gives a list
  bool from_principal = false;    // unknown or a pattern because the principal is
  bool is_any_principal = false;  // aws:PrincipalArn, and nothing is known of the principal
  std::span<const std::string_view> values;
};

}  // namespace scpcheck

#endif  // SCPCHECK_ENGINE_KEY_STATE_H_

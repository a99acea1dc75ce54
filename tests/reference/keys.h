// Condition keys: how many values they can have, and what a request says of them.
#ifndef SCPCHECK_TESTS_REFERENCE_KEYS_H_
#define SCPCHECK_TESTS_REFERENCE_KEYS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reference.h"

namespace scpcheck::reference {

// The table of global keys goes before `key_arity`. `key` is in lower case.
std::optional<Arity> KnownArity(std::string_view key, const KeyArity& key_arity);

// What a request says of a key.
struct KeyState {
  enum class Presence { kUnknown, kAbsent, kPresent };
  Presence presence = Presence::kUnknown;
  std::vector<std::string> values;  // kPresent: at least one
  bool multivalued = false;
};

KeyState Present(std::vector<std::string> values, bool multivalued);
KeyState Absent();

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_KEYS_H_

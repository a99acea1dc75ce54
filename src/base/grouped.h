// Numbers for people.

#ifndef SCPCHECK_BASE_GROUPED_H_
#define SCPCHECK_BASE_GROUPED_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace scpcheck {

// `10,240`.
inline std::string Grouped(uint64_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_GROUPED_H_

// Words of bits.

#ifndef SCPCHECK_BASE_BITS_H_
#define SCPCHECK_BASE_BITS_H_

#include <bit>
#include <cstdint>

namespace scpcheck {

// Calls `visit` with the number of each set bit, the lowest first.
template <typename Visit>
void ForEachBit(uint64_t word, Visit visit) {
  for (; word != 0; word &= word - 1) visit(static_cast<uint32_t>(std::countr_zero(word)));
}

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_BITS_H_

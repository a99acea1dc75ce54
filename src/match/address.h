// IP addresses and address blocks (C-15).

#ifndef SCPCHECK_MATCH_ADDRESS_H_
#define SCPCHECK_MATCH_ADDRESS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace scpcheck {

// An IPv4 or IPv6 address, or a block of them.
struct AddressBlock {
  bool is_v6 = false;
  std::array<uint8_t, 16> bytes = {};  // the first 4 for IPv4; host bits are zero
  uint8_t prefix_length = 0;           // at most 32 or 128

  friend bool operator==(const AddressBlock&, const AddressBlock&) = default;

  // An address, perhaps with `/` and a prefix length. Without one it is a single address. Host bits are
  // dropped.
  static std::optional<AddressBlock> Parse(std::string_view text);

  // Every address of `other` is in this block. Blocks of different versions share nothing.
  bool Contains(const AddressBlock& other) const;
};

}  // namespace scpcheck

#endif  // SCPCHECK_MATCH_ADDRESS_H_

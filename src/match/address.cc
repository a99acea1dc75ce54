#include "match/address.h"

#include <arpa/inet.h>

#include <cstring>

#include "base/ascii.h"

namespace scpcheck {

namespace {

constexpr size_t kMaxAddressText = INET6_ADDRSTRLEN;

void ClearHostBits(AddressBlock& block) {
  for (size_t i = 0; i < block.bytes.size(); ++i) {
    const size_t first_bit = i * 8;
    if (first_bit >= block.prefix_length) {
      block.bytes[i] = 0;
    } else if (first_bit + 8 > block.prefix_length) {
      block.bytes[i] = static_cast<uint8_t>(block.bytes[i] & (0xff00 >> (block.prefix_length - first_bit)));
    }
  }
}

}  // namespace

std::optional<AddressBlock> AddressBlock::Parse(std::string_view text) {
  AddressBlock block;
  std::string_view address = text;
  const size_t slash = text.find('/');
  if (slash != std::string_view::npos) address = text.substr(0, slash);
  if (address.size() >= kMaxAddressText) return std::nullopt;
  char terminated[kMaxAddressText];
  std::memcpy(terminated, address.data(), address.size());
  terminated[address.size()] = '\0';
  block.is_v6 = address.find(':') != std::string_view::npos;
  // inet_pton stops at a NUL of the text's own.
  if (std::strlen(terminated) != address.size() ||
      inet_pton(block.is_v6 ? AF_INET6 : AF_INET, terminated, block.bytes.data()) != 1) {
    return std::nullopt;
  }
  const int max_length = block.is_v6 ? 128 : 32;
  int length = max_length;
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    if (digits.empty() || digits.size() > 3) return std::nullopt;
    length = 0;
    for (const char digit : digits) {
      if (!IsAsciiDigit(digit)) return std::nullopt;
      length = length * 10 + (digit - '0');
    }
    if (length > max_length) return std::nullopt;
  }
  block.prefix_length = static_cast<uint8_t>(length);
  ClearHostBits(block);
  return block;
}

bool AddressBlock::Contains(const AddressBlock& other) const {
  if (is_v6 != other.is_v6 || prefix_length > other.prefix_length) return false;
  AddressBlock prefix = other;
  prefix.prefix_length = prefix_length;
  ClearHostBits(prefix);
  return prefix == *this;
}

}  // namespace scpcheck

// The values that conditions compare, each kind read and compared in the plainest way: numbers as decimal
// digits, dates as seconds and a fraction, addresses as bits, base64 as bytes. Names of facts (C-13 ...) are
// those of the semantics note. Nothing here is shared with the product.
#ifndef SCPCHECK_TESTS_REFERENCE_VALUES_H_
#define SCPCHECK_TESTS_REFERENCE_VALUES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scpcheck::reference {

// Kleene's three truth values, ordered so that `and` is the minimum and `or` the maximum.
enum class Truth { kFalse = 0, kUnknown = 1, kTrue = 2 };

Truth And(Truth a, Truth b);
Truth Or(Truth a, Truth b);
Truth Not(Truth a);
Truth FromBool(bool b);

// C-19a: only A to Z fold.
std::string LowerAscii(std::string_view text);

// True when the whole of `text` fits the RE2 expression. Compiled expressions are kept per thread, by their
// text.
bool FullMatch(const std::string& regex, std::string_view text);
// `text` as an expression that matches just it.
std::string Quote(std::string_view text);

// C-12: an integer or decimal number, exactly: 0.DIGITS times ten to the power of `point`. Zero has no
// digits.
struct Number {
  bool negative = false;
  std::string digits;  // neither begins nor ends with 0
  int64_t point = 0;
};
std::optional<Number> ParseNumber(std::string_view text);
int Compare(const Number& a, const Number& b);  // -1, 0, 1

// C-13: an instant.
struct Instant {
  int64_t seconds = 0;   // since 1970-01-01T00:00:00Z
  std::string fraction;  // decimal digits after the point, no trailing 0
};
std::optional<Instant> ParseInstant(std::string_view text);
int Compare(const Instant& a, const Instant& b);  // -1, 0, 1

// C-15: an address, or a block of them.
struct Address {
  std::vector<uint8_t> bytes;  // 4 or 16
};
std::optional<Address> ParseAddress(std::string_view text);
struct Block {
  Address address;
  unsigned prefix = 0;  // bits that count
};
std::optional<Block> ParseBlock(std::string_view text);
bool Contains(const Block& block, const Address& address);

// C-14: `true` or `false` in any case.
std::optional<bool> ParseBool(std::string_view text);

// The bytes that base64 text stands for.
std::optional<std::string> DecodeBase64(std::string_view text);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_VALUES_H_

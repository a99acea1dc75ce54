#include "lint/fingerprint.h"

#include <cstdint>

namespace scpcheck {

FingerprintStart::FingerprintStart(std::string_view rule, std::string_view path, std::string_view statement) {
  std::string text;
  for (const std::string_view part : {rule, path, statement}) {
    text += part;
    text += '\0';
  }
  SHA256Init(&context_);
  SHA256Update(&context_, reinterpret_cast<const uint8_t*>(text.data()), text.size());
}

std::string FingerprintStart::Of(std::string_view offender) const {
  SHA256_CTX context = context_;
  SHA256Update(&context, reinterpret_cast<const uint8_t*>(offender.data()), offender.size());
  uint8_t digest[SHA256_DIGEST_LENGTH];
  SHA256Final(digest, &context);
  constexpr char kHex[] = "0123456789abcdef";
  std::string fingerprint;
  for (int i = 0; i < 16; ++i) {
    fingerprint += kHex[digest[i] >> 4];
    fingerprint += kHex[digest[i] & 15];
  }
  return fingerprint;
}

}  // namespace scpcheck

#include "lint/fingerprint.h"

#include <sha256.h>

#include <cstdint>

namespace scpcheck {

std::string Fingerprint(std::string_view rule, std::string_view path, std::string_view statement,
                        std::string_view offender) {
  std::string text(rule);
  for (const std::string_view part : {path, statement, offender}) {
    text += '\0';
    text += part;
  }
  SHA256_CTX context;
  SHA256Init(&context);
  SHA256Update(&context, reinterpret_cast<const uint8_t*>(text.data()), text.size());
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

#include "base/system_message.h"

#include <system_error>

#include "base/ascii.h"

namespace scpcheck {

std::string SystemMessage(int code) {
  std::string message = std::generic_category().message(code);
  if (!message.empty()) message[0] = AsciiToLower(message[0]);
  return message;
}

}  // namespace scpcheck

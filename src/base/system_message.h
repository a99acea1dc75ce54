// What the system says of an error number.

#ifndef SCPCHECK_BASE_SYSTEM_MESSAGE_H_
#define SCPCHECK_BASE_SYSTEM_MESSAGE_H_

#include <string>

namespace scpcheck {

// `no such file or directory`: lower case, like every message.
std::string SystemMessage(int code);

}  // namespace scpcheck

#endif  // SCPCHECK_BASE_SYSTEM_MESSAGE_H_

#include "scpcheck/result.h"

#include "base/printable.h"

namespace scpcheck {

std::string Error::ToString() const {
  std::string out;
  if (!file.empty()) {
    out += file;
    if (line != 0) {
      out += ':' + std::to_string(line);
      if (column != 0) out += ':' + std::to_string(column);
    }
    out += ": ";
  }
  return Printable(out + message);
}

}  // namespace scpcheck

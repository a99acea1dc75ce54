#include "config/configuration.h"

namespace scpcheck {

std::string FindConfiguration(const Files& files, const std::string& folder) {
  std::string at = folder;
  for (;;) {
    std::string path =
        at.empty() ? std::string(kConfigurationName) : at + "/" + std::string(kConfigurationName);
    const Result<std::vector<std::string>> names = files.List(at.empty() ? "." : at);
    if (names) {
      for (const std::string& name : *names) {
        if (name == kConfigurationName) return path;
      }
    }
    if (at.empty() || at == "/") return {};
    const size_t slash = at.rfind('/');
    if (slash == std::string::npos) {
      at.clear();
    } else {
      at = slash == 0 ? "/" : at.substr(0, slash);
    }
  }
}

}  // namespace scpcheck

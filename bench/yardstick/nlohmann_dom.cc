// How fast nlohmann's DOM parses: the lines of a file one by one, or with --file the whole file as one
// document.
//
//   nlohmann_dom [--file] FILE

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "windows.h"

namespace {

using scpcheck::bench::SplitLines;
using scpcheck::bench::Windows;

bool ParseLines(int file, uint64_t& lines_parsed, uint64_t& checksum) {
  const auto ranges = SplitLines(file, 1);
  if (ranges.empty()) return false;
  Windows windows(file, ranges[0].first, ranges[0].second, 128 * 1024);
  std::string_view lines;
  while (windows.Next(lines)) {
    while (!lines.empty()) {
      const size_t end = std::min(lines.find('\n'), lines.size());
      const nlohmann::json document = nlohmann::json::parse(lines.data(), lines.data() + end);
      ++lines_parsed;
      checksum += document.size();
      lines.remove_prefix(std::min(end + 1, lines.size()));
    }
  }
  return !windows.failed();
}

bool ParseFile(int file, uint64_t& checksum) {
  struct stat status {};
  if (fstat(file, &status) != 0) return false;
  std::string text(static_cast<size_t>(status.st_size), '\0');
  size_t filled = 0;
  while (filled < text.size()) {
    const ssize_t got = read(file, text.data() + filled, text.size() - filled);
    if (got <= 0) return false;
    filled += static_cast<size_t>(got);
  }
  const nlohmann::json document = nlohmann::json::parse(text);
  checksum = document.size();
  // Taking the document down again is no part of parsing.
  std::printf("1 file, checksum %llu\n", static_cast<unsigned long long>(checksum));
  std::fflush(stdout);
  _exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  bool whole = false;
  const char* path = nullptr;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--file") {
      whole = true;
    } else {
      path = argv[i];
    }
  }
  const int file = path == nullptr ? -1 : open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    std::fprintf(stderr, "usage: nlohmann_dom [--file] FILE\n");
    return 2;
  }
  uint64_t lines = 0;
  uint64_t checksum = 0;
  try {
    if (whole ? !ParseFile(file, checksum) : !ParseLines(file, lines, checksum)) return 1;
  } catch (const nlohmann::json::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  std::printf("%llu lines, checksum %llu\n", static_cast<unsigned long long>(lines),
              static_cast<unsigned long long>(checksum));
  return 0;
}

// Runs a fuzz target without a fuzzer: over the files of a corpus, over the beginnings of each, and over
// copies with single bytes changed or left out. A failed check or a sanitizer ends the program; the last line
// of stderr then names the corpus file.
//
// Usage: <target> DIRECTORY [VARIANTS]
//
// VARIANTS: so many inputs per corpus file and kind of change.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz.h"

namespace {

// So that a run stays within seconds.
size_t max_variants = 300;

size_t runs = 0;

void Run(const std::string& input) {
  // A copy that ends exactly where the input does lets sanitizers see reads beyond it.
  const std::vector<uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  ++runs;
}

void RunVariants(const std::string& input) {
  Run(input);
  const size_t step = std::max<size_t>(1, input.size() / max_variants);
  for (size_t size = 0; size < input.size(); size += step) Run(input.substr(0, size));
  constexpr unsigned char kFlips[] = {0x01, 0x10, 0x20, 0x80};
  size_t turn = 0;
  for (size_t at = 0; at < input.size(); at += step) {
    std::string changed = input;
    changed[at] =
        static_cast<char>(static_cast<unsigned char>(changed[at]) ^ kFlips[turn++ % std::size(kFlips)]);
    Run(changed);
  }
  for (size_t at = 0; at < input.size(); at += step) {
    std::string shortened = input;
    shortened.erase(at, 1 + turn++ % 8);
    Run(shortened);
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 3) max_variants = std::strtoul(argv[2], nullptr, 10);
  if (argc < 2 || argc > 3 || max_variants == 0 || !std::filesystem::is_directory(argv[1])) {
    std::fprintf(stderr, "usage: %s DIRECTORY [VARIANTS]\n", argv[0]);
    return 2;
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  if (paths.empty()) {
    std::fprintf(stderr, "there is no corpus in %s\n", argv[1]);
    return 2;
  }
  for (const std::filesystem::path& path : paths) {
    std::fprintf(stderr, "%s\n", path.c_str());
    std::ifstream file(path, std::ios::binary);
    RunVariants({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
  }
  std::printf("%zu inputs\n", runs);
  return 0;
}

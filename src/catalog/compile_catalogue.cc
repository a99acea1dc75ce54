// The build's own tool: compiles the texts of data/ to the blob that embedded_catalogue.S includes.
//
//   scpcheck_compile_catalogue CATALOGUE GLOBAL_KEYS OUTPUT

#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "catalog/catalogue_builder.h"

namespace {

std::optional<std::string> ReadFile(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) return std::nullopt;
  return text.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: scpcheck_compile_catalogue CATALOGUE GLOBAL_KEYS OUTPUT\n");
    return 2;
  }
  const std::optional<std::string> text = ReadFile(argv[1]);
  const std::optional<std::string> global_keys = ReadFile(argv[2]);
  if (!text || !global_keys) {
    std::fprintf(stderr, "%s: cannot be read\n", text ? argv[2] : argv[1]);
    return 2;
  }
  const scpcheck::Result<std::string> blob = scpcheck::BuildCatalogue(*text, *global_keys, argv[1]);
  if (!blob.ok()) {
    std::fprintf(stderr, "%s\n", blob.error().ToString().c_str());
    return 2;
  }
  std::ofstream output(argv[3], std::ios::binary);
  output.write(blob->data(), static_cast<std::streamsize>(blob->size()));
  if (!output.flush()) {
    std::fprintf(stderr, "%s: cannot be written\n", argv[3]);
    return 2;
  }
  return 0;
}

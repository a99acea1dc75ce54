// The build's own tool: embeds the curated tables.
//
//   scpcheck_compile_tables OUTPUT TABLE.tsv...

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: scpcheck_compile_tables OUTPUT TABLE.tsv...\n");
    return 2;
  }
  std::vector<std::string> paths(argv + 2, argv + argc);
  std::sort(paths.begin(), paths.end());
  std::ofstream output(argv[1], std::ios::binary);
  for (const std::string& path : paths) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file) {
      std::fprintf(stderr, "%s: can't be read\n", path.c_str());
      return 2;
    }
    const size_t name = path.rfind('/') + 1;
    output << "{\"" << path.substr(name, path.rfind('.') - name) << "\",\n";
    // A compiler takes some 64 KB in one piece.
    constexpr size_t kPiece = 16000;
    for (size_t at = 0; at == 0 || at < text.str().size(); at += kPiece) {
      output << "R\"tsv(" << text.str().substr(at, kPiece) << ")tsv\" ";
    }
    output << "},\n";
  }
  if (!output.flush()) {
    std::fprintf(stderr, "%s: can't be written\n", argv[1]);
    return 2;
  }
  return 0;
}

// YAML: ranges lie in the text, and the compact form is JSON that reads as the same tree.

#include <optional>
#include <string>

#include "base/utf8.h"
#include "fuzz.h"
#include "json/parse.h"
#include "json/yaml.h"

namespace scpcheck {
namespace {

// Aliases have the place of their anchor, so that ranges need not nest.
void CheckRanges(const json::Tree& tree) {
  const std::string_view text = tree.source()->text();
  for (uint32_t i = 0; i < tree.node_count(); ++i) {
    const json::Node& node = tree.node(i);
    fuzz::CheckRange({node.begin, node.end}, *tree.source());
    // No range cuts a character.
    const auto is_inside = [&](uint32_t offset) {
      return offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xc0) == 0x80;
    };
    SCPCHECK_CHECK(!is_inside(node.begin) && !is_inside(node.end));
  }
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  Diagnostics diagnostics;
  const std::optional<json::Tree> tree =
      json::ParseYaml(Source::FromText("input", fuzz::Text(data, size)), diagnostics);
  fuzz::CheckDiagnostics(diagnostics);
  SCPCHECK_CHECK(tree || diagnostics.has_errors());
  if (!tree) return 0;
  CheckRanges(*tree);
  const std::string compact_text = json::CompactText(tree->root());
  const json::TextSize compact_size = json::CompactSize(tree->root());
  SCPCHECK_CHECK(compact_size.bytes == compact_text.size());
  SCPCHECK_CHECK(compact_size.characters == CountCodePoints(compact_text));
  Diagnostics again;
  const std::optional<json::Tree> compact = json::Parse(Source::FromText("compact", compact_text), again);
  SCPCHECK_CHECK(compact && fuzz::Same(tree->root(), compact->root()));
  return 0;
}

// JSON: tokens nest as they should, and the compact form reads as the same tree.

#include <optional>

#include "fuzz.h"
#include "json/parse.h"

namespace scpcheck {
namespace {

// Every node's bytes lie inside its container's, after those of its elder sibling.
void CheckNesting(json::Value value) {
  uint32_t at = value.range().begin;
  const auto check_child = [&](json::Value child) {
    SCPCHECK_CHECK(child.range().begin >= at && child.range().end <= value.range().end);
    at = child.range().end;
    CheckNesting(child);
  };
  if (value.is_array()) {
    for (const json::Value element : value.elements()) check_child(element);
  } else if (value.is_object()) {
    for (const json::Member member : value.members()) {
      check_child(member.key);
      check_child(member.value);
    }
  } else if (value.is_string()) {
    const auto inner = json::NestedSource(value);
    SCPCHECK_CHECK(inner->text() == value.text());
    for (uint32_t i = 0; i <= inner->text().size(); ++i) inner->Locate(i);
  }
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  const auto source = Source::FromText("input", fuzz::Text(data, size));
  Diagnostics diagnostics;
  const std::optional<json::Tree> tree = json::Parse(source, diagnostics);
  fuzz::CheckDiagnostics(diagnostics);
  SCPCHECK_CHECK(tree || diagnostics.has_errors());
  if (!tree) return 0;
  fuzz::CheckRange(tree->root().range(), *source);
  CheckNesting(tree->root());
  Diagnostics again;
  const std::optional<json::Tree> compact =
      json::Parse(Source::FromText("compact", json::CompactText(tree->root())), again);
  SCPCHECK_CHECK(compact && fuzz::Same(tree->root(), compact->root()));
  return 0;
}

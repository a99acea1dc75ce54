// JSON: tokens nest as they should, and the compact form reads as the same tree. The recovering reader
// accepts what the strict one accepts, makes the same of it, and keeps its repairs inside the text.

#include <algorithm>
#include <memory>
#include <optional>
#include <string>

#include "base/utf8.h"
#include "fuzz.h"
#include "json/parse.h"
#include "json/recover.h"

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

void CheckRecovery(const std::shared_ptr<const Source>& source, const std::optional<json::Tree>& strict,
                   bool is_accepted) {
  Diagnostics diagnostics;
  const json::Recovery recovery = json::Recover(source, diagnostics);
  fuzz::CheckDiagnostics(diagnostics);
  const size_t marks = source->bom_size() > 0 ? 1 : 0;  // which decisions skip (G-17)
  const bool is_clean =
      recovery.tree && recovery.more.empty() && recovery.has_all && recovery.faults.size() == marks;
  SCPCHECK_CHECK(is_clean == is_accepted);
  if (is_accepted) SCPCHECK_CHECK(fuzz::Same(strict->root(), recovery.tree->root()));
  for (const json::Fault& fault : recovery.faults) {
    fuzz::CheckRange(fault.range, *source);
    uint32_t at = 0;
    for (const json::Replacement& replacement : fault.repair) {
      SCPCHECK_CHECK(replacement.range.begin >= at);
      fuzz::CheckRange(replacement.range, *source);
      at = replacement.range.end;
    }
  }
  if (!recovery.tree) return;
  CheckNesting(recovery.tree->root());
  for (const json::Tree& tree : recovery.more) CheckNesting(tree.root());
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
  const bool is_accepted =
      tree && std::all_of(diagnostics.all().begin(), diagnostics.all().end(),
                          [](const Diagnostic& diagnostic) { return diagnostic.code == "duplicate-key"; });
  CheckRecovery(source, tree, is_accepted);
  if (!tree) return 0;
  fuzz::CheckRange(tree->root().range(), *source);
  CheckNesting(tree->root());
  const std::string compact_text = json::CompactText(tree->root());
  const json::TextSize compact_size = json::CompactSize(tree->root());
  SCPCHECK_CHECK(compact_size.bytes == compact_text.size());
  SCPCHECK_CHECK(compact_size.characters == CountCodePoints(compact_text));
  Diagnostics again;
  const std::optional<json::Tree> compact = json::Parse(Source::FromText("compact", compact_text), again);
  SCPCHECK_CHECK(compact && fuzz::Same(tree->root(), compact->root()));
  return 0;
}

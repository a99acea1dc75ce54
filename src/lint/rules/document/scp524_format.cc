#include <algorithm>

#include "base/utf8.h"
#include "lint/format.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

void CheckFormat(const DocumentView& view, Reporter& report) {
  if (!view.root || !view.what.policy || view.what.kind != DocumentKind::kScp || !view.what.wrapper.empty())
    return;
  // What is no JSON is mended first.
  if (!view.reading.is_clean()) return;
  const std::string_view text = view.source->text();
  std::string canonical = CanonicalText(*view.root);
  if (text == canonical) return;
  // White space counts (G-18): a policy that would not fit any more is better left as it is.
  if (CountCodePoints(canonical) > view.settings.max_policy_characters) return;
  const auto [differs, unused] = std::mismatch(text.begin(), text.end(), canonical.begin(), canonical.end());
  const auto at = static_cast<uint32_t>(differs - text.begin());
  const auto size = static_cast<uint32_t>(text.size());
  report
      .Add({std::min(at, size), std::min(at + 1, size)},
           "from here on the policy is not laid out as `scpcheck fmt` would: format it")
      .Offender(" ")
      .SafeFix("format the policy", {{{0, size}, std::move(canonical)}});
}

}  // namespace scpcheck

#include "base/grouped.h"
#include "base/utf8.h"
#include "lint/limits.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

struct Size {
  size_t characters;
  size_t bytes;
  size_t compact;  // characters without white space
  SourceRange place;
};

// G-18: all characters of the text count, as it is given. A policy inside another document is given in some
// other way, so that of it only the compact form is known. Nothing for what is no SCP.
std::optional<Size> SizeOf(const DocumentView& view) {
  if (view.what.kind != DocumentKind::kScp || !view.what.policy) return std::nullopt;
  const json::Value policy = *view.what.policy;
  const std::string compact = json::CompactText(policy);
  const bool is_whole = policy.index() == view.root->index();
  const std::string_view text = is_whole ? view.source->text() : std::string_view(compact);
  return Size{CountCodePoints(text),
              text.size(),
              CountCodePoints(compact),
              {policy.range().begin, policy.range().begin + 1}};
}

// The same policy without white space.
void OfferCompact(const DocumentView& view, const Size& size, FindingBuilder& finding) {
  // Of a text with faults the tree may not be all.
  if (!view.reading.is_clean() || view.what.policy->index() != view.root->index()) return;
  finding.SafeFix("remove the white space, " + Grouped(size.characters - size.compact) + " characters",
                  {{{0, static_cast<uint32_t>(view.source->text().size())}, json::CompactText(*view.root)}});
}

}  // namespace

void CheckSizeOverQuota(const DocumentView& view, Reporter& report) {
  const std::optional<Size> size = SizeOf(view);
  const size_t limit = view.settings.max_policy_characters;
  if (!size || size->bytes <= limit) return;
  if (size->characters <= limit) {
    report
        .Add(size->place,
             "the policy has " + Grouped(size->characters) + " characters, but " + Grouped(size->bytes) +
                 " bytes: AWS takes " + Grouped(limit) +
                 " and counts characters, but said bytes in earlier documents; shorten it to be sure")
        .WithSeverity(Severity::kWarning);
    return;
  }
  const bool suffices = size->compact <= limit;
  const char* const rest =
      IsTooLargeToLint(*view.what.policy) ? "; it is too large for the other rules, which were not run" : "";
  FindingBuilder finding = report.Add(
      size->place,
      "the policy has " + Grouped(size->characters) + " characters, and AWS takes " + Grouped(limit) +
          " at most: " +
          (suffices ? "without white space it has " + Grouped(size->compact)
                    : "even without white space it has " + Grouped(size->compact) + "; write two policies") +
          rest);
  if (suffices) OfferCompact(view, *size, finding);
}

void CheckSizeNearQuota(const DocumentView& view, Reporter& report) {
  const std::optional<Size> size = SizeOf(view);
  const size_t limit = view.settings.max_policy_characters;
  const size_t warned = limit * view.settings.size_warn_percent / 100;
  if (!size || size->characters <= warned || size->characters > limit) return;
  FindingBuilder finding = report.Add(
      size->place, "the policy has " + Grouped(size->characters) + " of the " + Grouped(limit) +
                       " characters that AWS takes: without white space it has " + Grouped(size->compact));
  if (size->compact <= warned) OfferCompact(view, *size, finding);
}

}  // namespace scpcheck

#include "lint/diagnosed.h"
#include "lint/edits.h"
#include "lint/rules/document/rules.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

constexpr std::string_view kCurrent = "2012-10-17";

// Whether some text of the policy would be a variable under the current version.
bool MayHoldVariables(json::Value policy) {
  const SourceRange range = policy.range();
  const std::string_view text = policy.tree().source()->text().substr(range.begin, range.end - range.begin);
  // `$` and `{` may be written as escapes.
  return text.find("${") != std::string_view::npos || text.find("\\u") != std::string_view::npos;
}

}  // namespace

// G-03: only the current version has variables, everything else reads the same under all.
void CheckVersion(const PolicyView& view, Reporter& report) {
  constexpr std::string_view kVersion[] = {"Version"};
  const json::Value policy = view.document();
  for (const Diagnostic* diagnostic : DiagnosedOutside(view, report.rule().id)) {
    if (diagnostic->code == "missing-version") {
      if (HasMistyped(policy, kVersion)) continue;
      FindingBuilder finding =
          report.Add(diagnostic->range, diagnostic->message).WithSeverity(diagnostic->severity);
      if (policy.size() == 0) continue;
      std::vector<TextEdit> edits = PrependMember(policy, "\"Version\": \"" + std::string(kCurrent) + "\"");
      const std::string title = "add `\"Version\": \"" + std::string(kCurrent) + "\"`";
      if (MayHoldVariables(policy)) {
        finding.UnsafeFix(title, std::move(edits));
      } else {
        finding.SafeFix(title, std::move(edits));
      }
      continue;
    }
    const std::optional<json::Value> version = policy.Find("Version");
    if (!version || version->range() != diagnostic->range) continue;
    if (HoldsTemplateToken(version->text(), view.settings())) continue;
    FindingBuilder finding =
        report.Add(diagnostic->range, diagnostic->message).WithSeverity(diagnostic->severity);
    std::vector<TextEdit> edits = ReplaceString(*version, kCurrent);
    const std::string title = "write `" + std::string(kCurrent) + "`";
    // A version that does not exist made the policy unreadable (G-04a).
    if (diagnostic->code == "unknown-version" || !MayHoldVariables(policy)) {
      finding.SafeFix(title, std::move(edits));
    } else {
      finding.UnsafeFix(title, std::move(edits));
    }
  }
}

}  // namespace scpcheck

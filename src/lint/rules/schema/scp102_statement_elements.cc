#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "lint/diagnosed.h"
#include "lint/edits.h"
#include "lint/rules/schema/rules.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

std::vector<const Diagnostic*> DiagnosedOf(const StatementView& view, const Reporter& report) {
  return DiagnosedInside(view.policy(), report.rule().id, view.object().range());
}

// The elements of which a statement lacks one by the rule of that name.
std::span<const std::string_view> WantedBy(std::string_view rule) {
  static constexpr std::string_view kEffect[] = {"Effect"};
  static constexpr std::string_view kAction[] = {"Action", "NotAction"};
  static constexpr std::string_view kResource[] = {"Resource", "NotResource"};
  if (rule == "SCP102") return kEffect;
  if (rule == "SCP104") return kAction;
  return kResource;
}

bool IsEverybody(json::Value principal) {
  const auto is_star = [](std::optional<json::Value> value) {
    return value && value->is_string() && value->text() == "*";
  };
  if (is_star(principal)) return true;
  return principal.is_object() && principal.size() == 1 && is_star(principal.Find("AWS"));
}

}  // namespace

// SCP102, SCP104, SCP105 (G-06).
void CheckMissingElement(const StatementView& view, Reporter& report) {
  for (const Diagnostic* diagnostic : DiagnosedOf(view, report)) {
    if (HasMistyped(view.object(), WantedBy(report.rule().id))) continue;
    FindingBuilder finding = report.Add(diagnostic->range, diagnostic->message);
    // Nobody but the author knows that all resources were meant.
    if (diagnostic->code == "missing-resource" && view.object().size() > 0) {
      finding.UnsafeFix("add `\"Resource\": \"*\"`", AppendMember(view.object(), "\"Resource\": \"*\""));
    }
  }
}

// G-05.
void CheckInvalidEffect(const StatementView& view, Reporter& report) {
  for (const Diagnostic* diagnostic : DiagnosedOf(view, report)) {
    const std::optional<json::Member> effect = view.Element("Effect");
    if (!effect || effect->value.range() != diagnostic->range) continue;
    if (HoldsTemplateToken(effect->value.text(), view.policy().settings())) continue;
    FindingBuilder finding = report.Add(diagnostic->range, diagnostic->message);
    for (const std::string_view right : {"Allow", "Deny"}) {
      if (!AsciiEqualsIgnoreCase(effect->value.text(), right)) continue;
      finding.SafeFix("write `" + std::string(right) + "`", ReplaceString(effect->value, right));
    }
  }
}

// G-06.
void CheckConflictingElements(const StatementView& view, Reporter& report) {
  for (const Diagnostic* diagnostic : DiagnosedOf(view, report)) {
    FindingBuilder finding = report.Add(diagnostic->range, diagnostic->message);
    for (const RelatedPlace& related : diagnostic->related) finding.Related(related.range, related.label);
  }
}

// G-07.
void CheckPrincipalElement(const StatementView& view, Reporter& report) {
  for (const Diagnostic* diagnostic : DiagnosedOf(view, report)) {
    FindingBuilder finding = report.Add(diagnostic->range, diagnostic->message);
    const std::optional<json::Member> member = MemberAt(view.object(), diagnostic->range);
    if (!member || member->key.text() != "Principal" || !IsEverybody(member->value)) continue;
    // An SCP is about every principal anyway.
    if (view.object().size() > 1) finding.SafeFix("remove `Principal`", RemoveMember(view.object(), *member));
  }
}

// G-09.
void CheckUnknownElement(const StatementView& view, Reporter& report) {
  for (const Diagnostic* diagnostic : DiagnosedOf(view, report)) {
    FindingBuilder finding = report.Add(diagnostic->range, diagnostic->message);
    const std::optional<json::Member> member = MemberAt(view.object(), diagnostic->range);
    if (member) OfferElementName(view.object(), *member, kStatementElements, finding);
  }
}

}  // namespace scpcheck

#include "lint/diagnosed.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "lint/edits.h"

namespace scpcheck {

namespace {

struct CodeRule {
  std::string_view code;
  std::string_view rule;
};

constexpr CodeRule kRules[] = {
    {"missing-version", "SCP005"},   {"old-version", "SCP006"},      {"unknown-version", "SCP006"},
    {"missing-statement", "SCP007"}, {"empty-statement", "SCP007"},  {"unknown-element", "SCP008"},
    {"policy-id", "SCP008"},         {"missing-effect", "SCP102"},   {"unknown-effect", "SCP103"},
    {"missing-action", "SCP104"},    {"missing-resource", "SCP105"}, {"exclusive-elements", "SCP106"},
    {"principal-element", "SCP107"}, {"unknown-element", "SCP108"},  {"wrong-type", "SCP109"},
    {"text-too-long", "SCP109"},     {"sid-characters", "SCP113"},   {"empty-sid", "SCP113"},
    {"duplicate-sid", "SCP503"},
};

bool IsOf(const Diagnostic& diagnostic, std::string_view rule) {
  return std::any_of(std::begin(kRules), std::end(kRules), [&](const CodeRule& entry) {
    return entry.code == diagnostic.code && entry.rule == rule;
  });
}

}  // namespace

std::vector<const Diagnostic*> DiagnosedInside(const PolicyView& view, std::string_view rule,
                                               SourceRange range) {
  std::vector<const Diagnostic*> found;
  for (const Diagnostic& diagnostic : view.diagnostics().all()) {
    if (range.begin <= diagnostic.range.begin && diagnostic.range.end <= range.end &&
        IsOf(diagnostic, rule)) {
      found.push_back(&diagnostic);
    }
  }
  return found;
}

std::vector<const Diagnostic*> DiagnosedOutside(const PolicyView& view, std::string_view rule) {
  std::vector<const Diagnostic*> found;
  for (const Diagnostic& diagnostic : view.diagnostics().all()) {
    if (IsOf(diagnostic, rule) && view.StatementAt(diagnostic.range) == nullptr) found.push_back(&diagnostic);
  }
  return found;
}

std::optional<json::Member> MemberAt(json::Value object, SourceRange key) {
  for (const json::Member member : object.members()) {
    if (member.key.range() == key) return member;
  }
  return std::nullopt;
}

std::string_view MeantElement(std::string_view key, std::span<const std::string_view> names) {
  std::string_view meant;
  size_t least = 3;
  for (const std::string_view name : names) {
    if (key == name) return "";
    if (!IsMistypedName(AsciiLower(key), AsciiLower(name))) continue;
    const size_t distance = EditDistance(AsciiLower(key), AsciiLower(name), 2);
    if (distance >= least) continue;
    least = distance;
    meant = name;
  }
  return meant;
}

bool HasMistyped(json::Value object, std::span<const std::string_view> names) {
  for (const json::Member member : object.members()) {
    if (!MeantElement(member.key.text(), names).empty()) return true;
  }
  return false;
}

void OfferElementName(json::Value object, json::Member member, std::span<const std::string_view> names,
                      FindingBuilder& finding) {
  const std::string_view key = member.key.text();
  const std::string_view meant = MeantElement(key, names);
  if (meant.empty()) return;
  for (const json::Member other : object.members()) {
    if (other.key.index() == member.key.index()) continue;
    // A statement has one of `Action` and `NotAction`.
    const std::string_view name = other.key.text();
    if (name == meant || name == "Not" + std::string(meant) || "Not" + std::string(name) == meant) return;
    if (MeantElement(name, names) == meant) return;
  }
  std::vector<TextEdit> edits = ReplaceString(member.key, meant);
  const std::string title = "write `" + std::string(meant) + "`";
  // One slip of the finger, or the case; with more it is a guess.
  if (AsciiEqualsIgnoreCase(key, meant) || EditDistance(key, meant, 1) <= 1) {
    finding.SafeFix(title, std::move(edits));
  } else {
    finding.UnsafeFix(title, std::move(edits));
  }
}

}  // namespace scpcheck

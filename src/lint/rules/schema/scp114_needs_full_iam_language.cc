#include "lint/rules/schema/rules.h"

namespace scpcheck {

// Section 1.1: what SCPs take since 2025-09-19 only.
void CheckFullLanguage(const StatementView& view, Reporter& report) {
  // An error where the configuration says that the old language is all there is.
  const Severity severity = view.policy().settings().old_language ? Severity::kError : report.rule().severity;
  const auto add = [&](SourceRange range, const std::string& what) {
    report
        .Add(range, what +
                        " works in service control policies since 2025-09-19 only: tools and partitions that "
                        "have the "
                        "older language reject the policy")
        .WithSeverity(severity);
  };
  const bool allows = !view.denies();
  for (const json::Member member : view.object().members()) {
    const std::string_view name = member.key.text();
    const bool is_new = name == "NotResource" || (allows && (name == "NotAction" || name == "Condition"));
    if (is_new) {
      add(member.key.range(), "`" + std::string(name) + "`" + (name == "NotResource" ? "" : " in an Allow"));
    }
  }
  if (allows && !view.statement().not_resource) {
    for (const LocatedText& resource : view.statement().resources) {
      if (resource.text != "*") add(resource.range, "a `Resource` other than `*` in an Allow");
    }
  }
  for (const ActionPattern& pattern : view.patterns()) {
    const std::string_view text = pattern.written->text;
    const size_t wildcard = text.find_first_of("*?");
    if (wildcard == std::string_view::npos || wildcard + 1 == text.size() || pattern.is_everything) continue;
    add(pattern.written->range, "a wildcard before the end of an action");
  }
}

}  // namespace scpcheck

#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

// Where the statements say that they are somebody else's, else the beginning.
SourceRange PrincipalPlace(json::Value policy) {
  if (policy.is_object()) {
    if (const std::optional<json::Value> statements = policy.Find("Statement")) {
      const json::Value first =
          statements->is_array() && statements->size() > 0 ? *statements->elements().begin() : *statements;
      if (first.is_object()) {
        for (const json::Member member : first.members()) {
          if (member.key.text() == "Principal") return member.key.range();
        }
      }
    }
  }
  return {policy.range().begin, policy.range().begin + 1};
}

}  // namespace

void CheckDocumentKind(const DocumentView& view, Reporter& report) {
  if (!view.root) return;
  const DocumentClass& what = view.what;
  const SourceRange beginning = {view.root->range().begin, view.root->range().begin + 1};
  const SourceRange place = what.policy ? PrincipalPlace(*what.policy)
                            : what.string
                                ? SourceRange{what.string->range().begin, what.string->range().begin + 1}
                                : beginning;
  if (!what.type.empty()) {
    report.Add(beginning, "this is a policy of the type `" + what.type +
                              "`, no service control policy; nothing else is said of it");
    return;
  }
  switch (what.kind) {
    case DocumentKind::kRcp:
      report.Add(
          place,
          "this is a resource control policy: it denies to every `Principal`, which service control policies "
          "don't have; nothing else is said of it");
      return;
    case DocumentKind::kOtherPolicy:
      report.Add(
          place,
          "this is a policy of a role or a resource: each statement has a `Principal`, which service control "
          "policies don't have; nothing else is said of it");
      return;
    case DocumentKind::kNoPolicy:
      report
          .Add(beginning,
               "this is no policy: it has neither statements nor the `Version` of a policy; nothing is said "
               "of it")
          .WithSeverity(Severity::kError);
      return;
    case DocumentKind::kScp:
      break;
  }
  if (what.wrapper.empty()) return;
  if (what.policy || what.string) {
    report.Add(
        beginning,
        "the policy stands in " + what.wrapper +
            ", which AWS would not take for one: it is looked at there; to attach it, give the policy alone");
  } else {
    report
        .Add(beginning, "this is " + what.wrapper +
                            " with policies among them, and AWS takes one object: write each policy into a "
                            "file of its own")
        .WithSeverity(Severity::kError);
  }
}

}  // namespace scpcheck

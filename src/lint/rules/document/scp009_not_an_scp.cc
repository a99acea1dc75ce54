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

// The document in which tools that build organizations keep policies among other things: what it is, and what
// to do. Empty: it is none.
std::string_view ContainerText(json::Value root) {
  if (!root.is_object()) return "";
  if (root.Find("resource_changes") || root.Find("planned_values")) {
    return "this is a plan of Terraform's, and no policy: write the `content` of each "
           "`aws_organizations_policy` in it into a file of its own; nothing is said of it";
  }
  const std::optional<json::Value> resources = root.Find("Resources");
  if (!resources || !resources->is_object()) return "";
  for (const json::Member resource : resources->members()) {
    if (!resource.value.is_object()) continue;
    const std::optional<json::Value> type = resource.value.Find("Type");
    if (type && type->is_string() && type->text() == "AWS::Organizations::Policy") {
      return "this is a template of CloudFormation's, and no policy: write the `Content` of each "
             "`AWS::Organizations::Policy` in it into a file of its own; nothing is said of it";
    }
  }
  return "";
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
    case DocumentKind::kNoPolicy: {
      const std::string_view container = ContainerText(*view.root);
      report
          .Add(beginning, container.empty()
                              ? "this is no policy: it has neither statements nor the `Version` of a "
                                "policy; nothing is said of it"
                              : std::string(container))
          .WithSeverity(Severity::kError);
      return;
    }
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

// What a JSON document is, before anything is said of its contents: a service control policy, however faulty,
// another kind of policy, or something else; and where in it the policy stands.

#ifndef SCPCHECK_LINT_DOCUMENT_KIND_H_
#define SCPCHECK_LINT_DOCUMENT_KIND_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "json/tree.h"
#include "scpcheck/source.h"

namespace scpcheck {

enum class DocumentKind : uint8_t {
  kScp,          // or an identity policy, which looks the same
  kRcp,          // a resource control policy
  kOtherPolicy,  // a trust policy, a resource's policy: somebody's, but none of these
  kNoPolicy,
};

// `a resource control policy`.
std::string_view DocumentKindName(DocumentKind kind);

// Whether rules for SCPs have anything to say of it.
inline bool IsLinted(DocumentKind kind) {
  return kind == DocumentKind::kScp;
}

struct DocumentClass {
  DocumentKind kind = DocumentKind::kNoPolicy;
  // The type that AWS gives it, such as `TAG_POLICY`, if the document says that it is another than an SCP.
  std::string type;
  // What the policy stands in, if it is not the document itself, such as "the output of `describe-policy`".
  std::string wrapper;
  // The policy: the document, or a value inside it. None if there is no one policy.
  std::optional<json::Value> policy;
  // The string that holds the policy's text, and then nothing in `policy`.
  std::optional<json::Value> string;
};

// `root` may come from a text with faults (json/recover.h).
DocumentClass ClassifyDocument(json::Value root);

// The kind of a file, by its text. A text that is no JSON counts as a policy if it speaks
// of statements and effects, so that somebody looks at it.
DocumentKind KindOfDocument(const std::shared_ptr<const Source>& source);

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_DOCUMENT_KIND_H_

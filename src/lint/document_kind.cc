#include "lint/document_kind.h"

#include <algorithm>
#include <vector>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "json/recover.h"
#include "lint/tables.h"

namespace scpcheck {

namespace {

using json::Member;
using json::Value;

// A document with more statements than this is told by the first ones.
constexpr size_t kManyStatements = 2000;

std::optional<Value> Find(Value object, std::string_view name) {
  return object.is_object() ? object.Find(name) : std::nullopt;
}

bool IsStatement(Value value) {
  return Find(value, "Effect") && (Find(value, "Action") || Find(value, "NotAction") ||
                                   Find(value, "Resource") || Find(value, "NotResource"));
}

// The value of `Statement`, or of what is most likely meant to be that: `statement`, `Statements`.
std::optional<Value> FindStatements(Value object) {
  if (const std::optional<Value> exact = Find(object, "Statement")) return exact;
  for (const Member member : object.members()) {
    if (!IsMistypedName(AsciiLower(member.key.text()), "statement")) continue;
    if (IsStatement(member.value)) return member.value;
    if (!member.value.is_array()) continue;
    for (const Value element : member.value.elements()) {
      if (IsStatement(element)) return member.value;
      break;
    }
  }
  return std::nullopt;
}

// With faults or without: what somebody wrote to be a policy.
bool LooksLikePolicy(Value value) {
  if (!value.is_object()) return false;
  if (FindStatements(value) || IsStatement(value)) return true;
  const std::optional<Value> version = value.Find("Version");
  return version && version->is_string() &&
         (version->text() == "2012-10-17" || version->text() == "2008-10-17");
}

std::vector<Value> StatementsOf(Value policy) {
  std::vector<Value> statements;
  const std::optional<Value> list = FindStatements(policy);
  if (!list) return statements;
  if (list->is_object()) statements.push_back(*list);
  if (list->is_array()) {
    for (const Value statement : list->elements()) {
      if (statements.size() == kManyStatements) break;
      if (statement.is_object()) statements.push_back(statement);
    }
  }
  return statements;
}

// Whether `fits` holds for a string, or for some element of a list.
template <typename Fits>
bool AnyText(std::optional<Value> value, Fits fits) {
  if (!value) return false;
  if (value->is_string()) return fits(value->text());
  if (!value->is_array()) return false;
  for (const Value element : value->elements()) {
    if (element.is_string() && fits(element.text())) return true;
  }
  return false;
}

bool IsText(std::optional<Value> value, std::string_view text) {
  return value && value->is_string() && value->text() == text;
}

// `"*"`, or `{"AWS": "*"}`.
bool IsEverybody(Value principal) {
  if (IsText(principal, "*")) return true;
  return principal.is_object() && principal.size() == 1 && IsText(principal.Find("AWS"), "*");
}

// Actions that only the trust policy of a role is about.
bool IsStsAction(std::string_view action) {
  return AsciiEqualsIgnoreCase(action.substr(0, 4), "sts:");
}

// Whether resource control policies apply to an action's service.
bool IsRcpAction(std::string_view action) {
  const std::string service = AsciiLower(action.substr(0, action.find(':')));
  const Table& table = TableOf("rcp-services");
  for (size_t row = 0; row < table.row_count(); ++row) {
    if (table.Row(row)[0] == service) return true;
  }
  return false;
}

// Whether a condition asks who the caller is in ways that only somebody does whom callers from outside may
// reach: of the callers of an SCP these keys say nothing, or always the same (semantics section 7).
bool AsksForOutsiders(std::optional<Value> condition) {
  if (!condition || !condition->is_object()) return false;
  for (const Member block : condition->members()) {
    if (!block.value.is_object()) continue;
    for (const Member clause : block.value.members()) {
      for (const std::string_view key :
           {"aws:PrincipalIsAWSService", "aws:PrincipalServiceName", "aws:PrincipalServiceNamesList",
            "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths",
            "aws:PrincipalOrgID"}) {
        if (AsciiEqualsIgnoreCase(clause.key.text(), key)) return true;
      }
    }
  }
  return false;
}

// Which kind of policy this is. Only SCPs and identity policies go without Principal, so a policy of another
// kind has one in every statement; but an SCP whose author believed in Principal may too, and should be told
// so. It is taken for an RCP if all its statements deny to everybody, under some restriction, what an RCP can
// deny (semantics section 9).
DocumentKind KindOfPolicy(Value policy) {
  const std::vector<Value> statements = StatementsOf(policy);
  bool has_resource = false;
  bool has_only_sts = true;
  bool has_allow = false;
  bool is_for_everybody = true;
  bool has_star = true;
  bool has_only_rcp_actions = true;
  bool is_restricted = false;
  bool has_rcp_action = false;
  bool has_any_action = false;
  bool asks_for_outsiders = false;
  for (const Value statement : statements) {
    const std::optional<Value> principal = statement.Find("Principal");
    if (!principal) return DocumentKind::kScp;
    const std::optional<Value> action = statement.Find("Action");
    has_resource |= statement.Find("Resource") || statement.Find("NotResource");
    has_only_sts &= AnyText(action, IsStsAction) &&
                    !AnyText(action, [](std::string_view text) { return !IsStsAction(text); });
    has_allow |= IsText(statement.Find("Effect"), "Allow");
    is_for_everybody &= IsEverybody(*principal);
    has_star &= IsText(principal, "*");
    is_restricted |= statement.Find("Condition") || statement.Find("NotResource") ||
                     (statement.Find("Resource") && !IsText(statement.Find("Resource"), "*"));
    has_rcp_action |= AnyText(action, IsRcpAction);
    has_only_rcp_actions &= !AnyText(action, [](std::string_view text) { return !IsRcpAction(text); });
    asks_for_outsiders |= AsksForOutsiders(statement.Find("Condition"));
    has_any_action |= !action || AnyText(action, [](std::string_view text) { return text == "*"; });
  }
  if (statements.empty()) return DocumentKind::kScp;
  if (has_allow || (has_only_sts && !has_resource)) return DocumentKind::kOtherPolicy;
  // An RCP has `"*"` for a principal. With `{"AWS": "*"}` it is one if it is about nothing that RCPs are not.
  const bool has_rcp_form = has_star || (is_for_everybody && has_only_rcp_actions);
  if (has_rcp_form && is_restricted && has_rcp_action && !has_any_action) return DocumentKind::kRcp;
  if (is_for_everybody && asks_for_outsiders) return DocumentKind::kOtherPolicy;
  return DocumentKind::kScp;
}

// Whether a string is the text of a policy; its kind.
std::optional<DocumentKind> KindOfString(Value string) {
  const std::string_view text = string.text();
  const size_t start = text.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos || text[start] != '{' ||
      text.find("\"Statement\"") == std::string_view::npos) {
    return std::nullopt;
  }
  Diagnostics ignored;
  const json::Recovery inside = json::Recover(json::NestedSource(string), ignored);
  if (!inside.tree) return DocumentKind::kScp;
  if (!LooksLikePolicy(inside.tree->root())) return std::nullopt;
  return KindOfPolicy(inside.tree->root());
}

// The class of a wrapper that holds `value`, if that is a policy or the text of one.
std::optional<DocumentClass> Unwrapped(std::optional<Value> value, std::string wrapper) {
  if (!value) return std::nullopt;
  DocumentClass unwrapped;
  unwrapped.wrapper = std::move(wrapper);
  if (LooksLikePolicy(*value)) {
    unwrapped.kind = KindOfPolicy(*value);
    unwrapped.policy = value;
    return unwrapped;
  }
  if (!value->is_string()) return std::nullopt;
  const std::optional<DocumentKind> kind = KindOfString(*value);
  if (!kind) return std::nullopt;
  unwrapped.kind = *kind;
  unwrapped.string = value;
  return unwrapped;
}

// `{"PolicySummary": {...}, "Content": "..."}`, the `Policy` of DescribePolicy, or what CreatePolicy is
// given.
std::optional<DocumentClass> UnwrapContent(Value object) {
  const std::optional<Value> content = Find(object, "Content");
  if (!content) return std::nullopt;
  // The kind that AWS itself names.
  std::optional<Value> type = Find(object, "Type");
  if (const std::optional<Value> summary = Find(object, "PolicySummary")) type = Find(*summary, "Type");
  constexpr std::string_view kWrapper = "the `Content` of a policy of Organizations";
  const bool is_other = type && type->is_string() && type->text().ends_with("_POLICY") &&
                        type->text() != "SERVICE_CONTROL_POLICY";
  if (!is_other) return Unwrapped(content, std::string(kWrapper));
  DocumentClass other;
  other.kind = IsText(type, "RESOURCE_CONTROL_POLICY") ? DocumentKind::kRcp : DocumentKind::kOtherPolicy;
  other.type = type->text();
  other.wrapper = kWrapper;
  return other;
}

}  // namespace

std::string_view DocumentKindName(DocumentKind kind) {
  switch (kind) {
    case DocumentKind::kScp:
      return "a service control policy";
    case DocumentKind::kRcp:
      return "a resource control policy";
    case DocumentKind::kOtherPolicy:
      return "a policy of another kind";
    case DocumentKind::kNoPolicy:
      return "no policy";
  }
  return "";
}

DocumentClass ClassifyDocument(Value root) {
  if (LooksLikePolicy(root)) return {KindOfPolicy(root), "", "", root, std::nullopt};
  if (root.is_string()) {
    if (auto wrapped = Unwrapped(root, "a string")) return *std::move(wrapped);
  } else if (root.is_array()) {
    size_t policies = 0;
    std::optional<Value> last;
    for (const Value element : root.elements()) {
      if (!LooksLikePolicy(element)) continue;
      ++policies;
      last = element;
    }
    if (policies == 1 && root.size() == 1) return *Unwrapped(last, "an array");
    if (policies > 0) {
      return {DocumentKind::kScp, "", "an array of " + std::to_string(root.size()) + " values", std::nullopt,
              std::nullopt};
    }
  } else if (root.is_object()) {
    if (auto wrapped = UnwrapContent(root)) return *std::move(wrapped);
    if (const std::optional<Value> policy = Find(root, "Policy")) {
      if (auto wrapped = UnwrapContent(*policy)) return *std::move(wrapped);
    }
    if (auto wrapped = Unwrapped(Find(root, "PolicyDocument"), "a `PolicyDocument`"))
      return *std::move(wrapped);
    if (root.size() == 1) {
      const Member only = *root.members().begin();
      if (auto wrapped = Unwrapped(only.value, "the member `" + std::string(only.key.text()) + "`")) {
        return *std::move(wrapped);
      }
    }
  }
  return {};
}

DocumentKind KindOfDocument(const std::shared_ptr<const Source>& source) {
  Diagnostics ignored;
  const json::Recovery reading = json::Recover(source, ignored);
  if (reading.tree) return ClassifyDocument(reading.tree->root()).kind;
  // Cut off, or in UTF-16, where each of these characters has a zero beside it.
  std::string text(source->text());
  std::erase(text, '\0');
  const auto speaks_of = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  const bool speaks =
      speaks_of("2012-10-17") || speaks_of("2008-10-17") || (speaks_of("Statement") && speaks_of("Effect"));
  return speaks ? DocumentKind::kScp : DocumentKind::kNoPolicy;
}

}  // namespace scpcheck

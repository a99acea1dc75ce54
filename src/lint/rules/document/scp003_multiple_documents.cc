#include <algorithm>

#include "lint/edits.h"
#include "lint/rules/document/rules.h"

namespace scpcheck {

namespace {

using json::Value;

// What an object says besides its statements; nothing for what is no plain policy.
struct Parts {
  std::string_view version;
  std::optional<Value> statements;
};

std::optional<Parts> PartsOf(Value policy) {
  if (!policy.is_object()) return std::nullopt;
  Parts parts;
  for (const json::Member member : policy.members()) {
    if (member.key.text() == "Version" && member.value.is_string() && parts.version.empty()) {
      parts.version = member.value.text();
    } else if (member.key.text() == "Statement" && !parts.statements &&
               (member.value.is_object() || (member.value.is_array() && member.value.size() > 0))) {
      parts.statements = member.value;
    } else {
      return std::nullopt;
    }
  }
  if (!parts.statements) return std::nullopt;
  return parts;
}

// The statements as they are written, without the brackets around them.
std::string WrittenStatements(Value statements) {
  SourceRange range = statements.range();
  if (statements.is_array()) {
    const Value first = *statements.elements().begin();
    range.begin = first.range().begin;
    for (const Value element : statements.elements()) range.end = element.range().end;
  }
  return std::string(statements.tree().source()->text().substr(range.begin, range.end - range.begin));
}

// Puts all statements into the first policy. Empty if the policies don't fit together.
std::vector<TextEdit> Merge(const json::Recovery& reading) {
  if (!reading.tree || !reading.has_all) return {};
  // Repairs of the text come first.
  if (std::any_of(reading.faults.begin(), reading.faults.end(),
                  [](const json::Fault& fault) { return fault.severity == Severity::kError; })) {
    return {};
  }
  const Value first = reading.tree->root();
  const std::optional<Parts> target = PartsOf(first);
  if (!target) return {};
  std::string statements;
  for (const json::Tree& tree : reading.more) {
    const std::optional<Parts> parts = PartsOf(tree.root());
    if (!parts || parts->version != target->version) return {};
    statements += (statements.empty() ? "" : ", ") + WrittenStatements(*parts->statements);
  }
  std::vector<TextEdit> edits = AppendValue(*target->statements, statements);
  edits.push_back({{first.range().end, reading.more.back().root().range().end}, ""});
  return edits;
}

}  // namespace

// G-01.
void CheckMultipleDocuments(const DocumentView& view, Reporter& report) {
  const json::Recovery& reading = view.reading;
  if (!reading.tree || reading.more.empty()) return;
  const SourceRange second = reading.more[0].root().range();
  const std::string count = std::to_string(reading.more.size() + 1) + (reading.has_all ? "" : " or more");
  FindingBuilder finding =
      report
          .Add(
              {second.begin, second.begin + 1},
              "the text has " + count +
                  " JSON values, of which AWS takes none and this looks at the first: a policy is one object")
          .Related({reading.tree->root().range().begin, reading.tree->root().range().begin + 1},
                   "the first one");
  std::vector<TextEdit> edits = Merge(reading);
  if (!edits.empty()) finding.SafeFix("put all statements into the first policy", std::move(edits));
}

}  // namespace scpcheck

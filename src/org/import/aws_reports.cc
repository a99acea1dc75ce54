#include "org/import/aws_reports.h"
#include "base/quote.h"

#include <utility>

namespace scpcheck::aws {

Place PlaceOf(json::Value value) {
  return {value.tree().source(), value.range()};
}

void Reports::Add(Severity severity, std::string code, std::string message, const Place& place) {
  input_.diagnostics.Add({.severity = severity,
                          .code = std::move(code),
                          .message = std::move(message),
                          .source = place.source,
                          .range = place.range});
}

void Reports::AddContradiction(std::string message, const Place& here, const Place& there) {
  const SourcePosition position = there.source->Locate(there.range.begin);
  message += ": see " + std::string(position.file) + ':' + std::to_string(position.line) + ':' +
             std::to_string(position.column);
  input_.diagnostics.Add({.code = "aws-contradiction",
                          .message = std::move(message),
                          .source = here.source,
                          .range = here.range,
                          .related = {{there.source, there.range, "the other one"}}});
}

void Reports::AddMissing(AwsOperation operation, std::string_view subject, std::string_view told,
                         Severity severity) {
  std::string message = Beginning() + "there is no answer of " + Quoted(AwsOperationName(operation));
  if (!subject.empty()) message += " for " + Quoted(subject);
  Add(severity, "aws-missing", message + ": it tells " + std::string(told), {input_.source, {}});
}

void Reports::AddMissingOrganization() {
  Add(Severity::kWarning, "aws-missing",
      Beginning() +
          "there is no answer of `describe-organization`: the management account is unknown, so it is "
          "judged like a member account",
      {input_.source, {}});
}

// A directory has no place for a diagnostic.
std::string Reports::Beginning() const {
  return input_.is_directory ? input_.path + ": " : "";
}

}  // namespace scpcheck::aws

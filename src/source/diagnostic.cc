#include "scpcheck/diagnostic.h"

namespace scpcheck {

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "";
}

Error Diagnostic::ToError() const {
  Error error;
  error.message = message;
  if (source) {
    const SourcePosition position = source->Locate(range.begin);
    error.file = position.file;
    error.line = position.line;
    error.column = position.column;
  }
  return error;
}

std::string Diagnostic::ToString() const {
  Error error = ToError();
  error.message = std::string(SeverityName(severity)) + ": " + error.message;
  return error.ToString();
}

void Diagnostics::Add(Diagnostic diagnostic) {
  const bool is_error = diagnostic.severity == Severity::kError;
  // Room is kept for one error, so that a flood of warnings can't hide that something is wrong.
  if (all_.size() >= kMaxCount && !(is_error && !has_errors())) {
    ++dropped_;
    return;
  }
  if (is_error && !has_errors()) first_error_ = all_.size();
  all_.push_back(std::move(diagnostic));
}

void Diagnostics::Append(const Diagnostics& others) {
  for (const Diagnostic& diagnostic : others.all()) Add(diagnostic);
  dropped_ += others.dropped();
}

}  // namespace scpcheck

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
  size_t& count = counts_[static_cast<size_t>(diagnostic.severity)];
  if (count == kMaxCount) {
    ++dropped_;
    return;
  }
  ++count;
  if (diagnostic.severity == Severity::kError && !has_errors()) first_error_ = all_.size();
  all_.push_back(std::move(diagnostic));
}

void Diagnostics::Append(const Diagnostics& others) {
  for (const Diagnostic& diagnostic : others.all()) Add(diagnostic);
  dropped_ += others.dropped();
}

}  // namespace scpcheck

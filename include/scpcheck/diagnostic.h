// What is wrong, or worth knowing, in the user's text. Diagnostics are collected; reading goes on.

#ifndef SCPCHECK_DIAGNOSTIC_H_
#define SCPCHECK_DIAGNOSTIC_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scpcheck/result.h"
#include "scpcheck/source.h"

namespace scpcheck {

enum class Severity : uint8_t { kInfo, kWarning, kError };

std::string_view SeverityName(Severity severity);

// Another place that a diagnostic speaks of, with what stands there.
struct RelatedPlace {
  std::shared_ptr<const Source> source;
  SourceRange range;
  std::string label;
};

struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;     // stable, such as `duplicate-key` or `missing-version`
  std::string message;  // lower case, no full stop; what was found and its effect, then what would be right
  std::shared_ptr<const Source> source;  // null: the diagnostic has no place
  SourceRange range;
  std::vector<RelatedPlace> related = {};

  // `file:line:column: severity: message`, one line as of Error::ToString.
  std::string ToString() const;
  // The same as an Error, which stops a task.
  Error ToError() const;
};

// Collects diagnostics, at most kMaxCount of each severity: a hostile file must not fill the memory with
// complaints, nor hide errors behind warnings.
class Diagnostics {
 public:
  static constexpr size_t kMaxCount = 1000;

  void Add(Diagnostic diagnostic);
  void Append(const Diagnostics& others);

  const std::vector<Diagnostic>& all() const { return all_; }
  bool empty() const { return all_.empty(); }
  bool has_errors() const { return first_error_ != kNone; }
  // Precondition: has_errors().
  const Diagnostic& first_error() const { return all_[first_error_]; }
  size_t dropped() const { return dropped_; }

 private:
  static constexpr size_t kNone = static_cast<size_t>(-1);

  std::vector<Diagnostic> all_;
  std::array<size_t, 3> counts_ = {};  // by severity
  size_t first_error_ = kNone;
  size_t dropped_ = 0;
};

}  // namespace scpcheck

#endif  // SCPCHECK_DIAGNOSTIC_H_

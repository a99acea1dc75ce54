// Result<T>: a value, or the reason why there is none.
//
// An Error is what stops a task: an unreadable file, a malformed request, a question that can't be decided.
// What is wrong with the user's text is a Diagnostic instead (diagnostic.h), of which there may be many.

#ifndef SCPCHECK_RESULT_H_
#define SCPCHECK_RESULT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace scpcheck {

// `line` and `column` count from 1, columns in Unicode characters; 0 where the error has no place.
struct Error {
  std::string message;  // lower case, no full stop: what is wrong, then what would be right
  std::string file = {};
  uint32_t line = 0;
  uint32_t column = 0;

  // `file:line:column: message`, leaving out what is unknown: one line, where control characters are escaped.
  std::string ToString() const;
};

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Precondition of value(), * and ->: ok(). Of error(): !ok().
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_RESULT_H_

// A question: may this account call this action? What is left out is unknown.

#ifndef SCPCHECK_REQUEST_H_
#define SCPCHECK_REQUEST_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scpcheck/result.h"

namespace scpcheck {

// The value of a context key.
struct ContextValue {
  std::vector<std::string> values;  // numbers and booleans as their text
  bool is_list = false;             // given as a list, even if of one element
  bool is_absent = false;           // the request is known not to carry the key

  static ContextValue Of(std::string value) { return {{std::move(value)}, false, false}; }
  static ContextValue List(std::vector<std::string> values) { return {std::move(values), true, false}; }
  static ContextValue Absent() { return {{}, false, true}; }
};

struct Request {
  // An account's 12-digit id, unique name, or path. May be empty if the principal names the account.
  std::string account;
  // `service:Action`, in any case, without wildcards.
  std::string action;
  // An ARN, or a pattern of ARNs with `*` and `?`: every resource that fits.
  std::optional<std::string> resource;
  // The ARN of a user, role, root user, role session or federated user; a pattern of one; `root`; or a
  // service principal such as `cloudtrail.amazonaws.com`.
  std::optional<std::string> principal;
  // Keys are matched in any case (G-14) and stand at most once.
  std::vector<std::pair<std::string, ContextValue>> context;
  // Whether a key that is neither listed nor implied is absent, instead of unknown.
  bool complete_context = false;

  // What comes back with the answer and decides nothing: a JSON string or number, empty if there is none; and
  // members with their values as JSON.
  std::string id = {};
  std::vector<std::pair<std::string, std::string>> echo = {};
};

// Reads one request in the JSON form of docs/formats.md. The error says at which column of `text` it is.
Result<Request> ParseRequest(std::string_view text);

// Reads what such a request has under `context`, an object of condition keys, as a Request with nothing else.
Result<Request> ParseContext(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_REQUEST_H_

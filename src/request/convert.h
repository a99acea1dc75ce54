// A Request of the public API as the views that the engine works on.

#ifndef SCPCHECK_REQUEST_CONVERT_H_
#define SCPCHECK_REQUEST_CONVERT_H_

#include <optional>

#include "request/request_view.h"
#include "scpcheck/request.h"

namespace scpcheck {

// `request` must outlive `view`. `id` and `echo`, which no decision needs, are left out. The error is about
// texts that no request of the JSON form could carry: invalid UTF-8, values beyond the bounds.
std::optional<Error> ConvertRequest(const Request& request, RequestView& view);

// Checks that every reader of requests makes.
std::optional<std::string> CheckValueText(std::string_view text);

}  // namespace scpcheck

#endif  // SCPCHECK_REQUEST_CONVERT_H_

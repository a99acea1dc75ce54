// Requests, with what follows from their fields filled in.
#ifndef SCPCHECK_TESTS_REFERENCE_REQUEST_H_
#define SCPCHECK_TESTS_REFERENCE_REQUEST_H_

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "keys.h"
#include "organization.h"
#include "principal.h"

namespace scpcheck::reference {

// A request with all that follows from it.
struct Request {
  const Account* account = nullptr;  // nullptr: the management account, which the tree does not list
  std::string account_id;
  std::string action;  // in lower case
  Principal principal;
  enum class Resource { kUnknown, kConcrete, kStar } resource_kind = Resource::kUnknown;
  std::string resource;
  std::map<std::string, KeyState, std::less<>> keys;
  bool complete = false;

  // `key` is in lower case.
  KeyState Lookup(std::string_view key) const;
};

// Throws std::runtime_error for what is no request.
Request ParseRequest(const Organization::Model& model, const nlohmann::json& node);

}  // namespace scpcheck::reference

#endif  // SCPCHECK_TESTS_REFERENCE_REQUEST_H_

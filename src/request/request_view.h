// A request as views into somebody else's text, filled again and again without allocating.

#ifndef SCPCHECK_REQUEST_REQUEST_VIEW_H_
#define SCPCHECK_REQUEST_REQUEST_VIEW_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace scpcheck {

// Bounds for untrusted input: matching time grows with the length of a value.
inline constexpr size_t kMaxValueBytes = 16384;
inline constexpr size_t kMaxContextKeys = 256;

struct ContextEntry {
  std::string_view key;
  uint64_t hash = 0;  // FoldedHash(key)
  uint32_t first_value = 0;
  uint32_t value_count = 0;
  bool is_list = false;
  bool is_absent = false;
};

// What comes back with the decision, as JSON.
struct EchoMember {
  std::string_view key;  // the token, with quotes
  std::string_view value;
  std::string_view name = {};  // the text of `key`
};

struct RequestView {
  std::string_view account;
  std::string_view action;
  std::optional<std::string_view> resource;
  std::optional<std::string_view> principal;
  bool complete_context = false;
  std::vector<ContextEntry> context;
  std::vector<std::string_view> values;

  std::string_view id;  // the JSON token, empty if there is none
  std::vector<EchoMember> echo;

  void Clear() {
    account = action = id = {};
    resource.reset();
    principal.reset();
    complete_context = false;
    context.clear();
    values.clear();
    echo.clear();
  }
};

}  // namespace scpcheck

#endif  // SCPCHECK_REQUEST_REQUEST_VIEW_H_

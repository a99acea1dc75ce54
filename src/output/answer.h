// What a command found out, ready to be printed: text.h and json.h do that.

#ifndef SCPCHECK_OUTPUT_ANSWER_H_
#define SCPCHECK_OUTPUT_ANSWER_H_

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scpcheck/decision.h"
#include "scpcheck/organization.h"
#include "scpcheck/request.h"

namespace scpcheck {

// A decision that owns its texts.
struct Answer {
  std::string account;  // 12 digits
  std::string account_name;
  std::string action;
  Verdict verdict = Verdict::kUndecided;
  Reason reason = Reason::kAllowedAtEveryLevel;
  std::string node;
  std::string policy;
  std::optional<uint32_t> statement;
  std::string sid;
  std::vector<std::string> depends_on;
  std::optional<Explanation> explanation;
  // What comes back from the request, see there.
  std::string id;
  std::vector<std::pair<std::string, std::string>> echo;
};

// `decision` is that of `request`, on an account of that name.
Answer MakeAnswer(const Decision& decision, const Request& request, std::string_view account_name);

// What documents and texts need besides their content.
struct OutputContext {
  std::string version;
  std::string catalogue_date;
  bool color = false;
  bool explain = false;  // tell every level and statement
};

// A statement that denies or may deny, or a level that allows or may allow nothing.
struct Blocker {
  std::string node;
  const OrganizationPolicy* policy = nullptr;  // null: the level allows nothing
  uint32_t statement = 0;
  std::string sid;
  std::string file;
  uint32_t line = 0;
};

// From an explanation. The organization must outlive the result.
std::vector<Blocker> BlockersOf(const Explanation& explanation, const Organization& organization);

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_ANSWER_H_

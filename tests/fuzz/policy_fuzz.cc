// Policies: everything read has a place, an undecidable one says why, and layout changes nothing.

#include <optional>

#include "fuzz.h"
#include "json/parse.h"
#include "scpcheck/policy.h"

namespace scpcheck {
namespace {

void CheckText(const LocatedText& text, const Source& source) {
  fuzz::CheckRange(text.range, source);
  SCPCHECK_CHECK(text.text.size() <= kMaxPolicyTextBytes);
}

void CheckPlaces(const Policy& policy) {
  for (const Statement& statement : policy.statements) {
    fuzz::CheckRange(statement.range, *policy.source);
    if (statement.sid) fuzz::CheckRange(statement.sid->range, *policy.source);
    for (const LocatedText& action : statement.actions) CheckText(action, *policy.source);
    for (const LocatedText& resource : statement.resources) CheckText(resource, *policy.source);
    for (const ConditionClause& clause : statement.conditions) {
      CheckText(clause.key, *policy.source);
      for (const ConditionValue& value : clause.values) CheckText({value.text, value.range}, *policy.source);
    }
  }
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  const auto source = Source::FromText("input", fuzz::Text(data, size));
  const Policy policy = ParsePolicy(source);
  fuzz::CheckDiagnostics(policy.diagnostics);
  SCPCHECK_CHECK(policy.decidable || policy.diagnostics.has_errors());
  CheckPlaces(policy);
  if (!policy.decidable) return 0;

  Diagnostics ignored;
  const std::optional<json::Tree> tree = json::Parse(source, ignored);
  SCPCHECK_CHECK(tree);
  const Policy compact = ParsePolicy(Source::FromText("compact", json::CompactText(tree->root())));
  SCPCHECK_CHECK(compact.decidable && compact.statements.size() == policy.statements.size() &&
                 compact.diagnostics.all().size() == policy.diagnostics.all().size());
  return 0;
}

#include <unordered_map>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

// Members of `object` whose names are those of earlier ones in another case. The same name twice is no valid
// JSON object (SCP002).
void CheckObject(json::Value object, std::string_view what, std::string_view why, Reporter& report) {
  std::unordered_map<std::string, json::Member> first;
  for (const json::Member member : object.members()) {
    const auto [known, is_new] = first.emplace(AsciiLower(member.key.text()), member);
    if (is_new || known->second.key.text() == member.key.text()) continue;
    const json::Member& other = known->second;
    FindingBuilder finding = report.Add(
        member.key.range(), "the " + std::string(what) + " " + Quoted(member.key.text()) +
                                " stands here as " + Quoted(other.key.text()) + " too, " + std::string(why));
    finding.Related(other.key.range(), "the first of the two");
    // Equal tests are one test.
    if (json::CompactText(member.value) == json::CompactText(other.value)) {
      finding.SafeFix("take the second " + Quoted(member.key.text()) + " out", RemoveMember(object, member));
    }
  }
}

}  // namespace

// G-14, G-15: neither keys nor operators differ by case.
void CheckDuplicateKeyDifferentCase(const StatementView& view, Reporter& report) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object()) return;
  CheckObject(condition->value, "operator", "and two blocks of one operator are not valid: write one block",
              report);
  for (const json::Member block : condition->value.members()) {
    if (!block.value.is_object()) continue;
    CheckObject(block.value, "condition key",
                "and AWS rejects a key that stands twice: put all values in one list", report);
  }
}

}  // namespace scpcheck

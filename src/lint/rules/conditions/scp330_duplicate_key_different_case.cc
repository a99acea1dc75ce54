#include <set>
#include <string>
#include <unordered_map>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

// What a test or a block of tests says, whatever the order and layout of its parts: names in lower case, the
// values of a list, of which one alone needs no list.
using Meaning = std::set<std::string>;

void AddMeaning(const std::string& above, json::Value value, Meaning& meaning) {
  if (value.is_object()) {
    std::set<std::string> names;
    for (const json::Member member : value.members()) {
      std::string name = above + AsciiLower(member.key.text()) + '\n';
      // Two tests of one key both have to hold, and are no test with the values of both.
      while (!names.insert(name).second) name += '\n';
      AddMeaning(name, member.value, meaning);
    }
  } else if (value.is_array()) {
    for (const json::Value element : value.elements()) meaning.insert(above + json::CompactText(element));
    // An empty list is told from no test at all.
    if (value.size() == 0) meaning.insert(above);
  } else {
    meaning.insert(above + json::CompactText(value));
  }
}

Meaning MeaningOf(json::Value value) {
  Meaning meaning;
  AddMeaning("", value, meaning);
  return meaning;
}

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
    if (MeaningOf(member.value) == MeaningOf(other.value)) {
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

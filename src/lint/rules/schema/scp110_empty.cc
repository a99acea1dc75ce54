#include <string>

#include "base/ascii.h"
#include "lint/edits.h"
#include "lint/rules/schema/rules.h"

namespace scpcheck {

namespace {

// When a test over no values holds (G-16, G-16a).
enum class Holds { kNever, kAlways, kWithoutKey, kWithKey };

Holds HoldsOverNothing(const ConditionOperator& op) {
  switch (op.set_operator) {
    case SetOperator::kForAllValues:
      return op.negated ? Holds::kAlways : Holds::kWithoutKey;
    case SetOperator::kForAnyValue:
      return op.negated ? Holds::kWithKey : Holds::kNever;
    case SetOperator::kNone:
      break;
  }
  if (op.negated) return Holds::kAlways;
  return op.if_exists ? Holds::kWithoutKey : Holds::kNever;
}

std::string_view Describe(Holds holds) {
  switch (holds) {
    case Holds::kNever:
      return "the test never holds and the statement never applies";
    case Holds::kAlways:
      return "the test holds for every request and restricts nothing";
    case Holds::kWithoutKey:
      return "the test holds only for requests without the key";
    case Holds::kWithKey:
      return "the test holds for every request with the key";
  }
  return "";
}

// Keys that some request has with an empty value: tags, parts of names, what clients send.
bool MayBeEmpty(std::string_view key) {
  const std::string lower = AsciiLower(key);
  return !lower.starts_with("aws:") || lower.find('/') != std::string::npos || lower == "aws:useragent" ||
         lower == "aws:referer" || lower == "aws:sourceidentity" || lower == "aws:tagkeys";
}

bool ComparesTexts(Comparison comparison) {
  return comparison == Comparison::kStringEquals || comparison == Comparison::kStringEqualsIgnoreCase ||
         comparison == Comparison::kStringLike;
}

struct Element {
  std::string_view name;
  std::string_view outcome;  // of an empty list
  Severity severity;
};

constexpr Element kElements[] = {
    {"Action", "the statement is about no action and does nothing", Severity::kWarning},
    {"NotAction", "the statement is about every action", Severity::kError},
    {"Resource", "the statement is about no resource and does nothing", Severity::kWarning},
    {"NotResource", "the statement is about every resource", Severity::kWarning},
};

}  // namespace

// G-16, G-16a.
void CheckEmptyLists(const StatementView& view, Reporter& report) {
  for (const Element& element : kElements) {
    const std::optional<json::Member> member = view.Element(element.name);
    if (!member || !member->value.is_array() || member->value.size() > 0) continue;
    report
        .Add(member->value.range(), "`" + std::string(element.name) + "` is empty, so " +
                                        std::string(element.outcome) + ": list what is meant")
        .WithSeverity(element.severity)
        .Offender(std::string(element.name));
  }
  // An empty action is no action: SCP112.
  for (const LocatedText& resource : view.statement().resources) {
    if (!resource.text.empty()) continue;
    report.Add(resource.range, "an empty text matches no resource: write the ARN that is meant")
        .WithSeverity(Severity::kWarning)
        .Offender("Resource");
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    if (clause.op.comparison == Comparison::kUnknown) continue;
    if (clause.values.empty()) {
      const json::Value values = view.ValuesOf(clause);
      if (!values.is_array() || values.size() > 0) continue;  // of a wrong type
      const Holds holds = HoldsOverNothing(clause.op);
      report
          .Add(values.range(), "no values for `" + clause.key.text + "`, so " + std::string(Describe(holds)) +
                                   ": list what is meant")
          .WithSeverity(clause.op.negated ? Severity::kError : Severity::kWarning)
          .Offender(clause.key.text);
    }
    if (!ComparesTexts(clause.op.comparison) || MayBeEmpty(clause.key.text)) continue;
    for (const ConditionValue& value : clause.values) {
      if (!value.text.empty()) continue;
      report
          .Add(value.range, "no request has an empty `" + clause.key.text + "`, so this value " +
                                (clause.op.negated ? "excludes nothing" : "matches nothing") +
                                ": write the one that is meant")
          .WithSeverity(Severity::kWarning)
          .Offender(clause.key.text);
    }
  }
}

// G-16.
void CheckEmptyCondition(const StatementView& view, Reporter& report) {
  const std::optional<json::Member> condition = view.Element("Condition");
  if (!condition || !condition->value.is_object()) return;
  const auto offer = [&](FindingBuilder& finding) {
    // Without tests it is as if there were no condition.
    if (view.object().size() > 1)
      finding.SafeFix("remove `Condition`", RemoveMember(view.object(), *condition));
  };
  if (condition->value.size() == 0) {
    FindingBuilder finding = report.Add(
        condition->value.range(),
        "`Condition` is empty, so the statement applies without one: write a test, or remove `Condition`");
    finding.Offender("Condition");
    offer(finding);
    return;
  }
  for (const json::Member block : condition->value.members()) {
    if (!block.value.is_object() || block.value.size() > 0) continue;
    const std::string name(block.key.text());
    // One that does not exist never holds, whatever it tests: SCP210.
    if (ParseConditionOperator(name).comparison == Comparison::kUnknown) continue;
    FindingBuilder finding =
        report.Add(block.value.range(),
                   "`" + name + "` tests no key, so it restricts nothing: write a test, or remove it");
    finding.Offender(name);
    if (condition->value.size() == 1) {
      offer(finding);
    } else {
      finding.SafeFix("remove `" + name + "`", RemoveMember(condition->value, block));
    }
  }
}

}  // namespace scpcheck

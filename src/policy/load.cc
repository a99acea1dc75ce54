#include "policy/load.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/ascii.h"
#include "base/edit_distance.h"
#include "base/quote.h"
#include "json/parse.h"

namespace scpcheck {

namespace {

using json::Kind;
using json::Member;
using json::Value;

constexpr std::string_view kPolicyElements[] = {"Version", "Id", "Statement"};
constexpr std::string_view kStatementElements[] = {"Sid",      "Effect",      "Action",   "NotAction",
                                                   "Resource", "NotResource", "Condition"};

// Of an operator or a condition key. Each clause has both, so that long ones would take many times their
// size.
constexpr size_t kMaxNameBytes = 1024;

class Loader {
 public:
  explicit Loader(Policy& policy) : policy_(policy) {}

  void Load(Value document) {
    if (!document.is_object()) {
      Undecidable("not-an-object",
                  "a policy is a JSON object, this is " + std::string(KindName(document.kind())),
                  document.range());
      return;
    }
    bool has_version = false;
    bool has_statement = false;
    for (const Member member : document.members()) {
      const std::string_view name = member.key.text();
      if (name == "Version") {
        has_version = true;
        LoadVersion(member.value);
      } else if (name == "Statement") {
        has_statement = true;
        LoadStatements(member.value);
      } else if (name == "Id") {
        Warn("policy-id", "service control policies have no `Id`, and nothing reads it: remove it",
             member.key.range());
      } else {
        UnknownElement(member.key, kPolicyElements);
      }
    }
    if (!has_version) {
      Warn("missing-version",
           "no `Version`: policy variables such as `${aws:username}` are plain text; add \"Version\": "
           "\"2012-10-17\"",
           Opening(document));
    }
    if (!has_statement) {
      Undecidable("missing-statement", "the policy has no `Statement`, so AWS rejects it: write at least one",
                  Opening(document));
    }
    CheckSids();
  }

 private:
  void LoadVersion(Value version) {
    if (!version.is_string()) {
      WrongType("Version", "a string", version);
      return;
    }
    if (version.text() == "2012-10-17") {
      policy_.has_variables = true;
    } else if (version.text() == "2008-10-17") {
      Warn(
          "old-version",
          "`Version` 2008-10-17: policy variables such as `${aws:username}` are plain text; write 2012-10-17",
          version.range());
    } else {
      Undecidable("unknown-version",
                  "`Version` " + Quoted(version.text()) + " does not exist: write 2012-10-17",
                  version.range());
    }
  }

  void LoadStatements(Value statements) {
    if (statements.is_object()) {
      LoadStatement(statements);
    } else if (statements.is_array()) {
      if (statements.size() == 0) {
        Undecidable("empty-statement", "`Statement` is empty: a policy needs at least one statement",
                    statements.range());
      }
      for (const Value statement : statements.elements()) {
        if (statement.is_object()) {
          LoadStatement(statement);
        } else {
          WrongType("Statement", "an object or an array of objects", statement);
        }
      }
    } else {
      WrongType("Statement", "an object or an array of objects", statements);
    }
  }

  void LoadStatement(Value object) {
    Statement& statement = policy_.statements.emplace_back();
    statement.range = object.range();
    bool has_effect = false;
    std::optional<Value> action_key;
    std::optional<Value> resource_key;
    for (const Member member : object.members()) {
      const std::string_view name = member.key.text();
      if (name == "Sid") {
        LoadSid(member.value, statement);
      } else if (name == "Effect") {
        has_effect = true;
        LoadEffect(member.value, statement);
      } else if (name == "Action" || name == "NotAction") {
        if (action_key) Exclusive("Action", "NotAction", *action_key, member.key);
        action_key = member.key;
        statement.not_action = name == "NotAction";
        LoadTexts(member, statement.actions);
        if (name == "NotAction" && member.value.is_array() && member.value.size() == 0) {
          Warn("empty-not-action", "`NotAction` is empty: the statement is about every action",
               member.value.range());
        }
        for (const LocatedText& action : statement.actions) CheckAction(action);
      } else if (name == "Resource" || name == "NotResource") {
        if (resource_key) Exclusive("Resource", "NotResource", *resource_key, member.key);
        resource_key = member.key;
        statement.not_resource = name == "NotResource";
        LoadTexts(member, statement.resources);
      } else if (name == "Condition") {
        LoadCondition(member.value, statement);
      } else if (name == "Principal" || name == "NotPrincipal") {
        Undecidable("principal-element",
                    "service control policies have no " + Quoted(name) +
                        ": to speak of callers, use the condition key `aws:PrincipalArn`",
                    member.key.range());
      } else {
        UnknownElement(member.key, kStatementElements);
      }
    }
    if (!has_effect) Missing("missing-effect", "no `Effect`: write Allow or Deny", object);
    if (!action_key)
      Missing("missing-action", "neither `Action` nor `NotAction`: one of them is needed", object);
    if (!resource_key) {
      Missing("missing-resource",
              "neither `Resource` nor `NotResource`: one of them is needed, perhaps \"*\"", object);
    }
  }

  void LoadSid(Value sid, Statement& statement) {
    if (!sid.is_string()) {
      WrongType("Sid", "a string", sid);
      return;
    }
    statement.sid = LocatedText{std::string(sid.text()), sid.range()};
    // G-12. None of it changes a decision.
    if (sid.text().empty()) {
      Report(Severity::kInfo, "empty-sid", "an empty `Sid` names nothing: leave it out", sid.range());
    } else if (!std::all_of(sid.text().begin(), sid.text().end(), IsAsciiAlnum)) {
      Report(
          Severity::kError, "sid-characters",
          "the `Sid` " + Quoted(sid.text()) + " has characters other than A-Z, a-z and 0-9: AWS rejects it",
          sid.range());
    }
  }

  void LoadEffect(Value effect, Statement& statement) {
    if (effect.is_string() && effect.text() == "Allow") {
      statement.effect = Effect::kAllow;
    } else if (effect.is_string() && effect.text() == "Deny") {
      statement.effect = Effect::kDeny;
    } else if (effect.is_string()) {
      Undecidable("unknown-effect",
                  "`Effect` is " + Quoted(effect.text()) + ": it must be exactly `Allow` or `Deny`",
                  effect.range());
    } else {
      WrongType("Effect", "`Allow` or `Deny`", effect);
    }
  }

  // A string or an array of strings.
  void LoadTexts(Member member, std::vector<LocatedText>& texts) {
    const Value value = member.value;
    if (value.is_string()) {
      texts.push_back({BoundedText(value), value.range()});
    } else if (value.is_array()) {
      texts.reserve(texts.size() + value.size());
      for (const Value element : value.elements()) {
        if (element.is_string()) {
          texts.push_back({BoundedText(element), element.range()});
        } else {
          WrongType(member.key.text(), "a string or an array of strings", element);
        }
      }
    } else {
      WrongType(member.key.text(), "a string or an array of strings", value);
    }
  }

  // G-10. A malformed action has an evaluation: it matches nothing.
  void CheckAction(const LocatedText& action) {
    const std::string_view text = action.text;
    if (text == "*") return;
    const size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size() ||
        text.find(':', colon + 1) != std::string_view::npos ||
        std::any_of(text.begin(), text.end(), IsAsciiBlank)) {
      Report(Severity::kError, "malformed-action",
             Quoted(text) + " is no action and matches none: write `*` or `service:Action`", action.range);
    }
  }

  void LoadCondition(Value condition, Statement& statement) {
    if (!condition.is_object()) {
      WrongType("Condition", "an object", condition);
      return;
    }
    for (const Member block : condition.members()) {
      const std::string_view name = block.key.text();
      const ConditionOperator op = ParseConditionOperator(name);
      if (op.comparison == Comparison::kUnknown) {
        Report(Severity::kError, "unknown-operator",
               "the condition operator " + Quoted(name) + " does not exist: the condition never matches",
               block.key.range());
      } else {
        CheckSpelling(block.key);
      }
      if (!block.value.is_object()) {
        WrongType(name, "an object of condition keys", block.value);
        continue;
      }
      if (op.comparison == Comparison::kUnknown && block.value.size() == 0) statement.never_matches = true;
      const std::string operator_text = BoundedText(block.key, kMaxNameBytes);
      for (const Member member : block.value.members()) {
        ConditionClause clause;
        clause.op = op;
        clause.operator_text = {operator_text, block.key.range()};
        clause.key = {BoundedText(member.key, kMaxNameBytes), member.key.range()};
        LoadConditionValues(member, clause.values);
        statement.conditions.push_back(std::move(clause));
      }
      if (block.value.size() > 1) CheckKeyCase(block);
    }
  }

  // The spelling of an operator is matched in any case, but not documented to be (G-15).
  void CheckSpelling(Value name) {
    const std::string documented = DocumentedOperatorName(name.text());
    if (name.text() != documented) {
      Warn("operator-case", "the documented spelling is " + Quoted(documented), name.range());
    }
  }

  std::string BoundedText(Value value, size_t most = kMaxPolicyTextBytes) {
    if (value.text().size() <= most) return std::string(value.text());
    Undecidable("text-too-long",
                most == kMaxNameBytes ? "this name is longer than any that AWS has"
                                      : "this text is longer than a whole policy may be",
                value.range());
    return {};
  }

  void LoadConditionValues(Member member, std::vector<ConditionValue>& values) {
    if (member.value.is_array()) {
      values.reserve(member.value.size());
      for (const Value element : member.value.elements()) LoadConditionValue(member.key, element, values);
    } else {
      LoadConditionValue(member.key, member.value, values);
    }
  }

  void LoadConditionValue(Value key, Value value, std::vector<ConditionValue>& values) {
    switch (value.kind()) {
      case Kind::kString:
        values.push_back({ConditionValue::Kind::kString, BoundedText(value), value.range()});
        return;
      case Kind::kNumber:
        values.push_back({ConditionValue::Kind::kNumber, BoundedText(value), value.range()});
        return;
      case Kind::kBoolean:
        values.push_back({ConditionValue::Kind::kBoolean, BoundedText(value), value.range()});
        return;
      case Kind::kNull:
      case Kind::kArray:
      case Kind::kObject:
        WrongType(key.text(), "a string, number or boolean, or an array of these", value);
        return;
    }
  }

  // G-14: keys differ by more than case.
  void CheckKeyCase(Member block) {
    std::unordered_map<std::string, std::string_view> keys;  // as written, by their folded form
    for (const Member member : block.value.members()) {
      const std::string_view key = member.key.text();
      const auto [first, is_new] = keys.emplace(AsciiLower(key), key);
      if (is_new || first->second == key) continue;
      Report(Severity::kError, "duplicate-condition-key",
             "the condition key " + Quoted(key) + " stands twice under " + Quoted(block.key.text()) +
                 ", in different case: AWS rejects that",
             member.key.range());
    }
  }

  // G-12: unique within a policy.
  void CheckSids() {
    std::unordered_map<std::string_view, SourceRange> sids;
    for (const Statement& statement : policy_.statements) {
      if (!statement.sid || statement.sid->text.empty()) continue;
      const auto [first, is_new] = sids.emplace(statement.sid->text, statement.sid->range);
      if (is_new) continue;
      Report(Severity::kError, "duplicate-sid",
             "the `Sid` " + Quoted(statement.sid->text) +
                 " names another statement too: AWS wants each to have its own",
             statement.sid->range, {{policy_.source, first->second, "first here"}});
    }
  }

  // Where an element that stands in the wrong place would be right.
  static std::string_view BelongsTo(std::string_view name) {
    const auto is_name = [&](std::string_view element) { return element == name; };
    if (std::any_of(std::begin(kPolicyElements), std::end(kPolicyElements), is_name)) {
      return "to the policy, outside its statements";
    }
    if (std::any_of(std::begin(kStatementElements), std::end(kStatementElements), is_name)) {
      return "into a statement";
    }
    return "";
  }

  template <size_t N>
  void UnknownElement(Value key, const std::string_view (&elements)[N]) {
    std::string message = Quoted(key.text()) + " is no element of a policy here";
    if (const std::string_view place = BelongsTo(key.text()); !place.empty()) {
      message += ": it belongs " + std::string(place);
    } else {
      for (const std::string_view element : elements) {
        if (!IsMistypedName(AsciiLower(key.text()), AsciiLower(element))) continue;
        message += ": did you mean " + Quoted(element) + "?";
        break;
      }
    }
    Undecidable("unknown-element", std::move(message), key.range());
  }

  // Equal keys are no matter of this: the JSON reader reports them (G-02).
  void Exclusive(std::string_view element, std::string_view opposite, Value first, Value key) {
    if (first.text() == key.text()) return;
    Undecidable("exclusive-elements",
                "a statement has either " + Quoted(element) + " or " + Quoted(opposite) +
                    ", not both: write two statements",
                key.range(), {{policy_.source, first.range(), "the other one"}});
  }

  void Missing(std::string code, std::string message, Value statement) {
    Undecidable(std::move(code), std::move(message), Opening(statement));
  }

  // The brace that opens an object: the place of what it lacks.
  static SourceRange Opening(Value object) { return {object.range().begin, object.range().begin + 1}; }

  void WrongType(std::string_view element, std::string_view expected, Value value) {
    Undecidable("wrong-type",
                Quoted(element) + " must be " + std::string(expected) + ", this is " +
                    std::string(KindName(value.kind())),
                value.range());
  }

  void Undecidable(std::string code, std::string message, SourceRange range,
                   std::vector<RelatedPlace> related = {}) {
    policy_.decidable = false;
    Report(Severity::kError, std::move(code), std::move(message), range, std::move(related));
  }

  void Warn(std::string code, std::string message, SourceRange range) {
    Report(Severity::kWarning, std::move(code), std::move(message), range);
  }

  void Report(Severity severity, std::string code, std::string message, SourceRange range,
              std::vector<RelatedPlace> related = {}) {
    policy_.diagnostics.Add({.severity = severity,
                             .code = std::move(code),
                             .message = std::move(message),
                             .source = policy_.source,
                             .range = range,
                             .related = std::move(related)});
  }

  Policy& policy_;
};

}  // namespace

Policy LoadPolicy(Value document) {
  Policy policy;
  policy.source = document.tree().source();
  policy.range = document.range();
  Loader(policy).Load(document);
  return policy;
}

Policy ParsePolicy(std::shared_ptr<const Source> source) {
  Diagnostics syntax;
  const std::optional<json::Tree> tree = json::Parse(source, syntax);
  Policy policy;
  if (tree) {
    policy = LoadPolicy(tree->root());
  } else {
    policy.source = std::move(source);
  }
  if (syntax.has_errors()) {
    policy.decidable = false;
    // The text's own errors come first: they may explain the others.
    Diagnostics all = std::move(syntax);
    all.Append(policy.diagnostics);
    policy.diagnostics = std::move(all);
  }
  return policy;
}

}  // namespace scpcheck

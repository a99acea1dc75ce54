#include <set>
#include <string>

#include "lint/edits.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/names/arn.h"
#include "lint/rules/names/text.h"
#include "lint/rules/names/tokens.h"
#include "lint/rules/schema/rules.h"
#include "lint/rules/schema/variables.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Whether the operator replaces variables in its values (V-02); Bool is said to by some pages and not by
// others.
enum class Takes { kYes, kNo, kDisputed };

Takes TakesVariables(Comparison comparison) {
  switch (comparison) {
    case Comparison::kStringEquals:
    case Comparison::kStringEqualsIgnoreCase:
    case Comparison::kStringLike:
    case Comparison::kArnLike:
    case Comparison::kUnknown:
      return Takes::kYes;
    case Comparison::kBool:
      return Takes::kDisputed;
    case Comparison::kNumericEquals:
    case Comparison::kNumericLessThan:
    case Comparison::kNumericLessThanEquals:
    case Comparison::kNumericGreaterThan:
    case Comparison::kNumericGreaterThanEquals:
    case Comparison::kDateEquals:
    case Comparison::kDateLessThan:
    case Comparison::kDateLessThanEquals:
    case Comparison::kDateGreaterThan:
    case Comparison::kDateGreaterThanEquals:
    case Comparison::kBinaryEquals:
    case Comparison::kIpAddress:
    case Comparison::kNull:
      return Takes::kNo;
  }
  return Takes::kYes;
}

std::string Written(std::string_view text, const VariableText& variable) {
  return "`" + std::string(text.substr(variable.begin, variable.end - variable.begin)) + "`";
}

// Tells the variables of texts that may have none, and the template tokens that look like variables, each of
// these once.
class NoVariables {
 public:
  NoVariables(const StatementView& view, Reporter& report) : view_(view), report_(report) {}

  void Check(SourceRange range, std::string_view text, std::string_view where) {
    const LintSettings& settings = view_.policy().settings();
    for (const VariableText& variable : FindVariables(text, settings)) {
      report_.Add(PartOf(view_, range, text, variable.begin, variable.end - variable.begin),
                  Written(text, variable) + " is no variable in " + std::string(where) +
                      ", where AWS replaces none: write the text that is meant");
    }
    for (const TemplateToken& token : FindTemplateTokens(text, settings)) {
      const std::string_view written = text.substr(token.begin, token.end - token.begin);
      // Expressions of Terraform's, `${var.name}`, are SCP216's.
      if (!token.is_variable || token.is_allowed || IsExpression(written)) continue;
      if (!seen_.insert(std::string(written)).second) continue;
      report_.Add(PartOf(view_, range, text, token.begin, written.size()),
                  Backquoted(written) + " is no variable in " + std::string(where) +
                      ", where AWS replaces none: fill it in, or list it in `template-tokens`");
    }
  }

 private:
  const StatementView& view_;
  Reporter& report_;
  std::set<std::string> seen_;
};

// Tells the variables before the fifth colon of an ARN. Colons of the variables themselves do not count
// (C-20a).
void CheckFieldsOfArn(const StatementView& view, const LocatedText& resource, Reporter& report) {
  const std::string_view text = resource.text;
  const ArnText arn = SplitArn(text);
  if (!arn.is_whole()) return;
  const size_t resource_part = arn.OffsetOf(kArnResource);
  for (const VariableText& variable : FindVariables(text, view.policy().settings())) {
    const std::string_view written = text.substr(variable.begin, variable.end - variable.begin);
    // SCP116 tells those that are none, and `${*}` is a character.
    if (variable.begin >= resource_part || !variable.flaw.empty() || !HoldsVariable(written)) continue;
    report
        .Add(PartOf(view, resource.range, text, variable.begin, written.size()),
             Backquoted(written) +
                 " stands before the fifth colon of an ARN, where AWS documents no variables: write "
                 "`*`, or the text that is meant")
        .WithSeverity(Severity::kWarning);
  }
}

// Tells the variables of a value that are none because of the way they are written.
void CheckForm(const StatementView& view, SourceRange range, std::string_view text, Reporter& report) {
  for (const VariableText& variable : FindVariables(text, view.policy().settings())) {
    if (variable.flaw.empty()) continue;
    const SourceRange place = PartOf(view, range, text, variable.begin, variable.end - variable.begin);
    FindingBuilder finding = report.Add(
        place, Written(text, variable) + " is plain text and no variable: " + std::string(variable.flaw) +
                   (variable.mended.empty() ? "" : "; write `" + variable.mended + "`"));
    if (variable.mended.empty()) continue;
    std::string mended(text);
    mended.replace(variable.begin, variable.end - variable.begin, variable.mended);
    finding.UnsafeFix("write `" + variable.mended + "`", {{range, JsonQuoted(mended)}});
  }
}

}  // namespace

// V-02.
void CheckMisplacedVariable(const StatementView& view, Reporter& report) {
  const Statement& statement = view.statement();
  NoVariables none(view, report);
  for (const LocatedText& action : statement.actions) {
    none.Check(action.range, action.text, statement.not_action ? "`NotAction`" : "`Action`");
  }
  if (statement.sid) none.Check(statement.sid->range, statement.sid->text, "a `Sid`");
  if (const std::optional<json::Member> effect = view.Element("Effect");
      effect && effect->value.is_string()) {
    none.Check(effect->value.range(), effect->value.text(), "`Effect`");
  }
  const ConditionClause* before = nullptr;
  for (const ConditionClause& clause : statement.conditions) {
    if (before == nullptr || before->operator_text.range != clause.operator_text.range) {
      none.Check(clause.operator_text.range, clause.operator_text.text, "the name of an operator");
    }
    none.Check(clause.key.range, clause.key.text, "the name of a condition key");
    before = &clause;
  }
  if (!view.policy().policy().has_variables) return;
  for (const LocatedText& resource : statement.resources) CheckFieldsOfArn(view, resource, report);
}

// V-02, V-04. Without the current version there are no variables at all (G-03), which SCP005 and SCP006 tell.
void CheckMalformedVariable(const StatementView& view, Reporter& report) {
  if (!view.policy().policy().has_variables) return;
  for (const LocatedText& resource : view.statement().resources) {
    CheckForm(view, resource.range, resource.text, report);
  }
  for (const ConditionClause& clause : view.statement().conditions) {
    const Takes takes = TakesVariables(clause.op.comparison);
    for (const ConditionValue& value : clause.values) {
      if (takes == Takes::kYes) {
        CheckForm(view, value.range, value.text, report);
        continue;
      }
      for (const VariableText& variable : FindVariables(value.text, view.policy().settings())) {
        const SourceRange place =
            PartOf(view, value.range, value.text, variable.begin, variable.end - variable.begin);
        if (takes == Takes::kNo) {
          report.Add(place, "`" + clause.operator_text.text + "` replaces no variables, so " +
                                Written(value.text, variable) +
                                " is no value of its kind and matches nothing: write a "
                                "value");
        } else {
          report
              .Add(place, "AWS's documents disagree on whether `" + clause.operator_text.text +
                              "` replaces variables: write a value instead of " +
                              Written(value.text, variable))
              .WithSeverity(Severity::kWarning);
        }
      }
    }
  }
}

}  // namespace scpcheck

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/edits.h"
#include "lint/rules/conditions/rules.h"

namespace scpcheck {

namespace {

// A wildcard that is meant as one: `${*}` stands for the character (V-05).
bool HasBareWildcard(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '$' && text.substr(i).starts_with("${")) {
      const size_t end = text.find('}', i);
      if (end == std::string_view::npos) return HasWildcard(text.substr(i));
      i = end;
    } else if (text[i] == '*' || text[i] == '?') {
      return true;
    }
  }
  return false;
}

}  // namespace

// C-11.
void CheckWildcardInExactOperator(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const bool ignores_case = clause.op.comparison == Comparison::kStringEqualsIgnoreCase;
    if (clause.op.comparison != Comparison::kStringEquals && !ignores_case) continue;
    // Its documented value is `*`: anybody.
    if (AsciiEqualsIgnoreCase(clause.key.text, "lambda:Principal")) continue;
    for (const ConditionValue& value : clause.values) {
      if (!HasBareWildcard(value.text)) continue;
      const std::string effect = clause.op.negated ? "so the test holds for every value but this very text"
                                                   : "so the test holds for no value but this very text";
      FindingBuilder finding = report.Add(
          value.range, "`" + clause.operator_text.text + "` takes `*` and `?` as plain characters, " +
                           effect + ": write " + (clause.op.negated ? "`StringNotLike`" : "`StringLike`"));
      if (ignores_case || view.ValuesOf(clause).is_array()) continue;
      std::string like = DocumentedOperatorName(clause.operator_text.text);
      like.replace(like.find("Equals"), 6, "Like");
      finding.UnsafeFix("write `" + like + "`", {{clause.operator_text.range, JsonQuoted(like)}});
    }
  }
}

}  // namespace scpcheck

#include <algorithm>

#include "base/ascii.h"
#include "base/glob.h"
#include "lint/rules/conditions/clause.h"
#include "lint/rules/conditions/rules.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Keys among whose own values are texts with `*`: anybody may invoke a function, and certificates are asked
// for names such as `*.example.com`.
bool HoldsAsterisks(std::string_view key) {
  return AsciiEqualsIgnoreCase(key, "lambda:Principal") || AsciiEqualsIgnoreCase(key, "acm:DomainNames");
}

// Whether such a key may have that very text for a value.
bool MayBeValue(std::string_view key, std::string_view text) {
  if (AsciiEqualsIgnoreCase(key, "lambda:Principal")) return text == "*";
  return AsciiEqualsIgnoreCase(key, "acm:DomainNames") && text.starts_with("*.") &&
         FindWildcard(text.substr(1)) == text.size() - 1;
}

// A wildcard that is meant as one: `${*}` stands for the character (V-05), and so does the `?` of a URL.
bool HasBareWildcard(std::string_view text, const LintSettings& settings) {
  const std::vector<TemplateToken> tokens = FindTemplateTokens(text, settings);
  auto token = tokens.begin();
  for (size_t i = 0; i < text.size(); ++i) {
    if (token != tokens.end() && i == token->begin) {
      i = token->end - 1;
      ++token;
    } else if (text.substr(i).starts_with("${")) {
      const size_t end = text.find('}', i);
      if (end == std::string_view::npos) return HasWildcard(text.substr(i));
      i = end;
    } else if (text[i] == '*' ||
               (text[i] == '?' && text.substr(0, i).find("://") == std::string_view::npos)) {
      return true;
    }
  }
  return false;
}

// Literal texts mean the same under `StringLike`, so only the wildcards change their meaning.
std::optional<std::vector<TextEdit>> WriteLike(const StatementView& view, const ConditionClause& clause,
                                               const std::string& like) {
  for (const ConditionClause& other : BlockOf(view, clause)) {
    if (HoldsAsterisks(other.key.text)) return std::nullopt;
  }
  return RenameOperator(view, clause, like);
}

}  // namespace

// C-11.
void CheckWildcardInExactOperator(const StatementView& view, Reporter& report) {
  for (const ConditionClause& clause : view.statement().conditions) {
    const bool ignores_case = clause.op.comparison == Comparison::kStringEqualsIgnoreCase;
    if (clause.op.comparison != Comparison::kStringEquals && !ignores_case) continue;
    ConditionOperator op = clause.op;
    op.comparison = Comparison::kStringLike;
    const std::string like = OperatorName(op);
    for (const ConditionValue& value : clause.values) {
      if (!HasBareWildcard(value.text, view.policy().settings()) || MayBeValue(clause.key.text, value.text)) {
        continue;
      }
      FindingBuilder finding = report.Add(
          value.range,
          Quoted(clause.operator_text.text) + " takes `*` and `?` as plain characters, so this value " +
              (clause.op.negated ? "exempts" : "matches") + " nothing but its very text: write `" + like +
              "`" + (ignores_case ? ", which minds case" : ""));
      if (ignores_case) continue;
      if (auto edits = WriteLike(view, clause, like)) {
        finding.UnsafeFix("write `" + like + "`", std::move(*edits));
      }
    }
  }
}

}  // namespace scpcheck

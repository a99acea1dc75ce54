#include <algorithm>
#include <unordered_set>

#include "base/ascii.h"
#include "lint/diagnosed.h"
#include "lint/edits.h"
#include "lint/rules/schema/rules.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

// Only letters and digits; a letter behind what is left out becomes a capital, so that the words stay apart.
std::string Cleaned(std::string_view sid) {
  std::string cleaned;
  bool begins_word = false;
  for (const char c : sid) {
    if (!IsAsciiAlnum(c)) {
      begins_word = !cleaned.empty();
      continue;
    }
    cleaned += begins_word && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    begins_word = false;
  }
  return cleaned;
}

// A Sid made of `sid` that no other statement has, nor would get.
std::string UniqueSid(const PolicyView& policy, const StatementView& statement, std::string_view sid) {
  const std::string cleaned = Cleaned(sid);
  if (cleaned.empty()) return "";
  std::unordered_set<std::string> others;
  for (const StatementView& other : policy.statements()) {
    if (other.index() == statement.index() || !other.statement().sid) continue;
    others.insert(other.statement().sid->text);
    if (other.index() < statement.index()) others.insert(Cleaned(other.statement().sid->text));
  }
  std::string unique = cleaned;
  for (size_t number = 2; others.count(unique) > 0; ++number) unique = cleaned + std::to_string(number);
  return unique;
}

}  // namespace

// G-12. None of it changes a decision.
void CheckInvalidSid(const StatementView& view, Reporter& report) {
  for (const Diagnostic* diagnostic :
       DiagnosedInside(view.policy(), report.rule().id, view.object().range())) {
    const std::optional<json::Member> sid = view.Element("Sid");
    if (!sid || sid->value.range() != diagnostic->range) continue;
    if (HoldsTemplateToken(sid->value.text(), view.policy().settings())) continue;
    FindingBuilder finding =
        report.Add(diagnostic->range, diagnostic->message).WithSeverity(diagnostic->severity);
    const std::string mended = UniqueSid(view.policy(), view, sid->value.text());
    if (!mended.empty()) {
      finding.SafeFix("write `" + mended + "`", ReplaceString(sid->value, mended));
    } else if (view.object().size() > 1) {
      finding.SafeFix("remove the `Sid`", RemoveMember(view.object(), *sid));
    }
  }
}

}  // namespace scpcheck

#include <algorithm>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/ascii.h"
#include "catalog/regex.h"
#include "lint/edits.h"
#include "lint/rules/document/rules.h"
#include "lint/template_token.h"

namespace scpcheck {

namespace {

constexpr char kDefaultPattern[] = "[A-Z][A-Za-z0-9]*";

// All Sids of a policy, to make new ones that differ.
class Sids {
 public:
  explicit Sids(const PolicyView& view) {
    for (const Statement& statement : view.policy().statements) {
      if (statement.sid) taken_.insert(statement.sid->text);
    }
  }

  // `wanted`, or if that is taken with the first free number behind it.
  std::string Take(const std::string& wanted) {
    std::string sid = wanted;
    // `DenyS3` and a number would be another service.
    const std::string base = !wanted.empty() && IsAsciiDigit(wanted.back()) ? wanted + "No" : wanted;
    // Counting on from the last one keeps many equal Sids from taking time in the square of their number.
    size_t& number = last_number_[wanted];
    while (!taken_.insert(sid).second) sid = base + std::to_string(number = std::max<size_t>(number + 1, 2));
    return sid;
  }

 private:
  std::unordered_set<std::string> taken_;
  std::unordered_map<std::string, size_t> last_number_;
};

// Letters and digits alone, the first one a capital.
std::string Word(std::string_view text) {
  std::string word;
  for (const char c : text) {
    if (!IsAsciiAlnum(c)) continue;
    word += word.empty() && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return word;
}

// A Sid that says what the statement is about: `DenyS3DeleteBucket`, `DenyS3`, `AllowOthersThanIam`.
std::string SidFor(const StatementView& statement) {
  std::string sid = statement.denies() ? "Deny" : "Allow";
  const std::vector<ActionPattern>& patterns = statement.patterns();
  if (statement.statement().not_action) sid += "OthersThan";
  if (patterns.empty() || !patterns[0].is_well_formed) return sid + "Statement";
  if (patterns[0].is_everything) return sid + "All";
  sid += Word(patterns[0].service());
  if (patterns.size() == 1) {
    const std::string_view written = patterns[0].written->text;
    sid += Word(written.substr(written.find(':') + 1));
  }
  return sid;
}

}  // namespace

// G-12.
void CheckDuplicateSid(const PolicyView& view, Reporter& report) {
  Sids sids(view);
  for (const Diagnostic& diagnostic : view.diagnostics().all()) {
    if (diagnostic.code != "duplicate-sid") continue;
    FindingBuilder finding = report.Add(diagnostic.range, diagnostic.message);
    for (const RelatedPlace& related : diagnostic.related) finding.Related(related.range, related.label);
    const StatementView* statement = view.StatementAt(diagnostic.range);
    if (statement == nullptr) continue;
    const std::optional<json::Member> sid = statement->Element("Sid");
    if (!sid || sid->value.range() != diagnostic.range) continue;
    const std::string other = sids.Take(std::string(sid->value.text()));
    // A Sid takes no part in decisions.
    finding.SafeFix("write `" + other + "`", ReplaceString(sid->value, other));
  }
}

void CheckMissingSid(const PolicyView& view, Reporter& report) {
  Sids sids(view);
  for (const StatementView& statement : view.statements()) {
    const std::optional<json::Member> sid = statement.Element("Sid");
    if (sid && !(sid->value.is_string() && sid->value.text().empty())) continue;
    const SourceRange place =
        sid ? sid->value.range()
            : SourceRange{statement.object().range().begin, statement.object().range().begin + 1};
    FindingBuilder finding = report.Add(
        place, "the statement has no `Sid`, by which messages and suppressions would name it: give it one");
    const std::string made = sids.Take(SidFor(statement));
    if (sid) {
      finding.SafeFix("write `" + made + "`", ReplaceString(sid->value, made));
    } else if (statement.object().size() > 0) {
      finding.SafeFix("add the `Sid` `" + made + "`",
                      PrependMember(statement.object(), "\"Sid\": " + JsonQuoted(made)));
    }
  }
}

void CheckSidPattern(const PolicyView& view, Reporter& report) {
  const std::string& configured = view.settings().sid_pattern;
  const std::string pattern = configured.empty() ? kDefaultPattern : configured;
  const Result<Regex> regex = Regex::Parse(pattern);
  if (!regex) return;  // the configuration's fault
  for (const Statement& statement : view.policy().statements) {
    // Those without one are SCP504's.
    if (!statement.sid || statement.sid->text.empty() || regex->MatchesAll(statement.sid->text)) continue;
    if (HoldsTemplateToken(statement.sid->text, view.settings())) continue;
    report.Add(statement.sid->range,
               "the `Sid` `" + statement.sid->text + "` does not match `" + pattern + "`: rename it");
  }
}

}  // namespace scpcheck

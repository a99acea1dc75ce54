// Linting: what is wrong with a policy, where, what comes of it, and how to repair it.

#ifndef SCPCHECK_LINT_H_
#define SCPCHECK_LINT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scpcheck/diagnostic.h"
#include "scpcheck/source.h"

namespace scpcheck {

enum class RuleCategory : uint8_t {
  kSyntax,
  kSchema,
  kReference,
  kLogic,
  kRisk,
  kRedundancy,
  kStyle,
  kPortability,
  kQuota,
};

// What a rule looks at.
enum class RuleScope : uint8_t { kStatement, kPolicy, kChain, kOrganization };

// What a finding rests on.
enum class Confidence : uint8_t {
  kProven,     // the text alone
  kCatalogue,  // the text and a catalogue that is not out of date
  kHeuristic,
};

enum class FixKind : uint8_t { kNone, kSafe, kUnsafe };

std::string_view RuleCategoryName(RuleCategory category);
std::string_view RuleScopeName(RuleScope scope);
std::string_view ConfidenceName(Confidence confidence);
std::string_view FixKindName(FixKind kind);

// What the page of a rule, rules/<id>-<name>.md, says about it.
struct RuleInfo {
  std::string_view id;       // `SCP301`
  std::string_view name;     // `wildcard-in-exact-operator`
  std::string_view summary;  // one sentence, without a full stop
  RuleCategory category;
  RuleScope scope;
  Severity severity;  // unless the finding or the settings say otherwise
  bool enabled;       // by default
  Confidence confidence;
  FixKind fix;   // the best that it may come with
  bool preview;  // not known to be right often enough
  std::string_view since;
  std::string_view page;  // the Markdown below the front matter
};

// All rules that have a page, by id.
std::span<const RuleInfo> AllRules();
// By id or name, in any case.
const RuleInfo* FindRule(std::string_view id_or_name);

// Replaces the bytes of `range` by `text`.
struct TextEdit {
  SourceRange range;
  std::string text;

  friend bool operator==(const TextEdit&, const TextEdit&) = default;
};

struct Fix {
  std::string title;  // lower case, an imperative: "write `StringEquals`"
  // A safe fix changes no decision, or the document had none before (docs/linting.md).
  bool safe = false;
  std::vector<TextEdit> edits;  // do not overlap
};

struct Finding {
  const RuleInfo* rule = nullptr;
  Severity severity = Severity::kError;
  std::string message;  // what was found and its effect, then the next step; lower case, no full stop
  std::shared_ptr<const Source> source;
  SourceRange range;
  std::string pointer;                // JSON pointer of the innermost value, empty for the document
  std::optional<uint32_t> statement;  // from 0
  std::string sid;                    // of the statement
  std::vector<RelatedPlace> related;
  std::optional<std::string> example;  // a request, as JSON, that shows the defect
  std::string fingerprint;             // 32 hex digits, perhaps with `:1`, `:2`
  std::vector<Fix> fixes;              // alternatives, the best first
};

struct SuppressedFinding {
  Finding finding;
  std::string reason;
  bool in_baseline = false;  // else by a record of the configuration
};

// What a run over some files found. In the order of the files, then of places.
struct LintReport {
  std::vector<Finding> findings;
  std::vector<SuppressedFinding> suppressed;
  std::vector<std::string> files;  // those that were linted, in order
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_H_

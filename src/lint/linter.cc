#include "lint/linter.h"

#include <algorithm>
#include <map>
#include <utility>

#include "json/recover.h"
#include "lint/document_kind.h"
#include "lint/fingerprint.h"
#include "lint/limits.h"
#include "lint/registry.h"

namespace scpcheck {

RuleSet::RuleSet() : entries_(AllRules().size()) {}

RuleSet RuleSet::None() {
  return {};
}

RuleSet RuleSet::Default() {
  RuleSet rules;
  for (const RuleInfo& rule : AllRules()) rules.Enable(rule, rule.enabled && !rule.preview);
  return rules;
}

FindingBuilder Reporter::Add(SourceRange range, std::string message) {
  Report& report = reports_.emplace_back();
  report.finding.rule = &rule_;
  report.finding.severity = rule_.severity;
  report.finding.message = std::move(message);
  report.finding.source = source_;
  report.finding.range = range;
  return FindingBuilder(report.finding, report.offender);
}

namespace {

constexpr std::string_view kSyntaxRule = "SCP001";
constexpr std::string_view kKindRule = "SCP009";
constexpr std::string_view kSizeRule = "SCP501";

// Whether something is not as it was written: more is wrong than comments, commas and marks that change
// nothing.
bool IsGarbled(const json::Recovery& reading) {
  return !reading.tree ||
         std::any_of(reading.faults.begin(), reading.faults.end(), [](const json::Fault& fault) {
           return fault.severity == Severity::kError && !fault.is_jsonc;
         });
}

bool ComesBefore(const Finding& a, const Finding& b) {
  if (a.range.begin != b.range.begin) return a.range.begin < b.range.begin;
  if (a.range.end != b.range.end) return a.range.end < b.range.end;
  if (a.rule->id != b.rule->id) return a.rule->id < b.rule->id;
  return a.message < b.message;
}

// Of one rule, by statement: one may have thousands of findings. Null: none.
using FingerprintStarts = std::map<const StatementView*, FingerprintStart>;

// Fills in what the place of a finding tells.
void Complete(Reporter::Report& report, const DocumentView& document, const PolicyView* policy,
              std::string_view path, FingerprintStarts& starts) {
  Finding& finding = report.finding;
  if (document.root) finding.pointer = PointerTo(*document.root, finding.range);
  const StatementView* statement = policy ? policy->StatementAt(finding.range) : nullptr;
  if (statement != nullptr) {
    finding.statement = statement->index();
    if (statement->statement().sid) finding.sid = statement->statement().sid->text;
  }
  if (report.offender.empty()) {
    const std::string_view text = document.source->text();
    report.offender = text.substr(finding.range.begin, finding.range.end - finding.range.begin);
    // A finding about a whole statement or document is not known by its text, which would change with it.
    if (report.offender.starts_with('{') || report.offender.starts_with('[')) report.offender.clear();
  }
  const std::string_view form = statement != nullptr ? statement->normal_form() : std::string_view();
  const auto start = starts.try_emplace(statement, finding.rule->id, path, form).first;
  finding.fingerprint = start->second.Of(report.offender);
}

// Gives a finding in the text of a string the places of the text around it, where its fixes write the same as
// they would inside.
void MoveOutward(Finding& finding) {
  const std::shared_ptr<const Source> inner = finding.source;
  const auto move = [&](SourceRange range) {
    return SourceRange{inner->OuterOffset(range.begin), inner->OuterOffset(range.end)};
  };
  // A string that is no proper JSON has one place for all of its text.
  const auto size = static_cast<uint32_t>(inner->text().size());
  if (size > 0 && inner->OuterOffset(0) == inner->OuterOffset(size)) finding.fixes.clear();
  finding.source = inner->outer();
  finding.range = move(finding.range);
  for (RelatedPlace& related : finding.related) {
    if (related.source != inner) continue;
    related.source = finding.source;
    related.range = move(related.range);
  }
  for (Fix& fix : finding.fixes) {
    for (TextEdit& edit : fix.edits) {
      edit.range = move(edit.range);
      const std::string quoted = json::QuotedText(edit.text);
      edit.text = quoted.substr(1, quoted.size() - 2);
    }
  }
}

}  // namespace

void Linter::LintText(const std::shared_ptr<const Source>& source, std::string_view path, bool is_scp,
                      std::vector<Finding>& findings) const {
  Diagnostics syntax;
  const json::Recovery reading = json::Recover(source, syntax);
  DocumentView document{source, std::nullopt, {}, syntax, reading, catalogue_, settings_};
  std::optional<PolicyView> policy;
  const bool is_garbled = IsGarbled(reading);
  bool is_no_policy = false;
  bool is_too_large = false;
  if (reading.tree) {
    document.root = reading.tree->root();
    document.what = ClassifyDocument(*document.root);
    if (is_scp && document.what.policy) document.what.kind = DocumentKind::kScp;
    is_no_policy = document.what.kind == DocumentKind::kNoPolicy;
    // Of other policies nothing is said but that they are none.
    is_too_large = document.what.policy && IsTooLargeToLint(*document.what.policy);
    if (document.what.kind == DocumentKind::kScp && document.what.policy && !is_too_large) {
      policy.emplace(*document.what.policy, syntax, catalogue_, settings_);
    }
  }

  for (const Rule& rule : RegisteredRules()) {
    const RuleInfo& info = *rule.info;
    // What was not looked at is told, whoever asks for what.
    const bool tells_why_not = (is_too_large && info.id == kSizeRule) ||
                               (is_garbled && info.id == kSyntaxRule) ||
                               (is_no_policy && !is_garbled && info.id == kKindRule);
    if (!rules_.Has(info) && !tells_why_not) continue;
    Reporter reporter(info, source);
    if (rule.check_document != nullptr) rule.check_document(document, reporter);
    if (policy) {
      if (rule.check_policy != nullptr) rule.check_policy(*policy, reporter);
      if (rule.check_statement != nullptr) {
        for (const StatementView& statement : policy->statements()) rule.check_statement(statement, reporter);
      }
    }
    FingerprintStarts starts;
    for (Reporter::Report& report : reporter.Take()) {
      Complete(report, document, policy ? &*policy : nullptr, path, starts);
      if (rules_.HasSeverity(info)) report.finding.severity = rules_.SeverityOf(info);
      findings.push_back(std::move(report.finding));
    }
  }

  // A policy that stands in a string of a file is a text of its own; its findings are the file's.
  if (!document.what.string || document.what.kind != DocumentKind::kScp || is_scp) return;
  std::vector<Finding> inside;
  LintText(json::NestedSource(*document.what.string), path, true, inside);
  for (Finding& finding : inside) {
    MoveOutward(finding);
    finding.pointer = PointerTo(*document.root, finding.range);
    findings.push_back(std::move(finding));
  }
}

std::vector<Finding> Linter::Lint(const std::shared_ptr<const Source>& source, std::string_view path) const {
  std::vector<Finding> findings;
  LintText(source, path, false, findings);
  std::sort(findings.begin(), findings.end(), ComesBefore);
  // Equal ones are told apart by their order.
  std::map<std::string, int> seen;
  for (Finding& finding : findings) {
    const int before = seen[finding.fingerprint]++;
    if (before > 0) finding.fingerprint += ":" + std::to_string(before);
  }
  return findings;
}

}  // namespace scpcheck

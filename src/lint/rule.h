// What a rule is: a function from a view to findings, and a page that says everything else.
//
// A rule knows nothing of other rules, of settings that select it, or of where its findings go. It has no
// state and does no I/O.

#ifndef SCPCHECK_LINT_RULE_H_
#define SCPCHECK_LINT_RULE_H_

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/recover.h"
#include "lint/document_kind.h"
#include "lint/policy_view.h"
#include "lint/suppressions.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// Completes the finding that a rule has just reported.
class FindingBuilder {
 public:
  explicit FindingBuilder(Finding& finding, std::string& offender) : finding_(finding), offender_(offender) {}

  // Instead of the severity of the rule's page.
  FindingBuilder& WithSeverity(Severity severity) {
    finding_.severity = severity;
    return *this;
  }
  FindingBuilder& Related(SourceRange range, std::string label) {
    finding_.related.push_back({finding_.source, range, std::move(label)});
    return *this;
  }
  FindingBuilder& SafeFix(std::string title, std::vector<TextEdit> edits) {
    finding_.fixes.push_back({std::move(title), true, std::move(edits)});
    return *this;
  }
  FindingBuilder& UnsafeFix(std::string title, std::vector<TextEdit> edits) {
    finding_.fixes.push_back({std::move(title), false, std::move(edits)});
    return *this;
  }
  FindingBuilder& Example(std::string request) {
    finding_.example = std::move(request);
    return *this;
  }
  // The value or key that the finding is about, where it is not the text of its place; what the finding is
  // recognised by when the file changes around it.
  FindingBuilder& Offender(std::string text) {
    offender_ = std::move(text);
    return *this;
  }

 private:
  Finding& finding_;
  std::string& offender_;
};

// Collects what one rule finds in one policy.
class Reporter {
 public:
  struct Report {
    Finding finding;
    std::string offender;
  };

  Reporter(const RuleInfo& rule, std::shared_ptr<const Source> source)
      : rule_(rule), source_(std::move(source)) {}

  const RuleInfo& rule() const { return rule_; }

  // The builder is valid until the next call.
  FindingBuilder Add(SourceRange range, std::string message);

  std::vector<Report> Take() { return std::move(reports_); }

 private:
  const RuleInfo& rule_;
  std::shared_ptr<const Source> source_;
  std::vector<Report> reports_;
};

// A text, whether or not it is a policy.
struct DocumentView {
  std::shared_ptr<const Source> source;
  std::optional<json::Value> root;  // none if it could not be read at all
  DocumentClass what;               // what the root is
  const Diagnostics& syntax;        // what was wrong with its JSON
  const json::Recovery& reading;    // the same, with repairs, and further values behind the root
  const Catalogue& catalogue;
  const LintSettings& settings;
};

// A configuration after a run, or the absence of one.
struct ConfigurationView {
  std::shared_ptr<const Source> source;  // null: there is none
  std::span<const Suppression> suppressions;
  std::span<const size_t> used;  // how many findings each of them took out
  const LintSettings& settings;
  SourceRange catalogue_age_range;  // where `max-catalogue-age` stands
  const Catalogue& catalogue;
};

// An entry of the registry: a rule's id and its one function. Rules of the scope `policy` may look at the
// document, which also works where the text is no JSON, or at the configuration.
struct Rule {
  std::string_view id;
  const RuleInfo* info = nullptr;  // its page, which the registry looks up
  void (*check_statement)(const StatementView&, Reporter&) = nullptr;
  void (*check_policy)(const PolicyView&, Reporter&) = nullptr;
  void (*check_document)(const DocumentView&, Reporter&) = nullptr;
  void (*check_configuration)(const ConfigurationView&, Reporter&) = nullptr;

  static constexpr Rule OfStatement(std::string_view id, void (*check)(const StatementView&, Reporter&)) {
    return {.id = id, .check_statement = check};
  }
  static constexpr Rule OfPolicy(std::string_view id, void (*check)(const PolicyView&, Reporter&)) {
    return {.id = id, .check_policy = check};
  }
  static constexpr Rule OfDocument(std::string_view id, void (*check)(const DocumentView&, Reporter&)) {
    return {.id = id, .check_document = check};
  }
  static constexpr Rule OfConfiguration(std::string_view id,
                                        void (*check)(const ConfigurationView&, Reporter&)) {
    return {.id = id, .check_configuration = check};
  }
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_RULE_H_

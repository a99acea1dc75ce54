// Runs the rules over a policy.

#ifndef SCPCHECK_LINT_LINTER_H_
#define SCPCHECK_LINT_LINTER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "lint/settings.h"
#include "scpcheck/lint.h"

namespace scpcheck {

// Which rules run, and with which severity.
class RuleSet {
 public:
  // What the pages say.
  static RuleSet Default();
  static RuleSet None();

  bool Has(const RuleInfo& rule) const { return At(rule).enabled; }
  Severity SeverityOf(const RuleInfo& rule) const { return At(rule).severity.value_or(rule.severity); }
  // Whether the severity was set, and so holds for all findings of the rule.
  bool HasSeverity(const RuleInfo& rule) const { return At(rule).severity.has_value(); }

  void Enable(const RuleInfo& rule, bool enabled) { At(rule).enabled = enabled; }
  void SetSeverity(const RuleInfo& rule, Severity severity) { At(rule).severity = severity; }

 private:
  struct Entry {
    bool enabled = false;
    std::optional<Severity> severity;
  };
  RuleSet();
  const Entry& At(const RuleInfo& rule) const { return entries_[IndexOf(rule)]; }
  Entry& At(const RuleInfo& rule) { return entries_[IndexOf(rule)]; }
  static size_t IndexOf(const RuleInfo& rule) { return static_cast<size_t>(&rule - AllRules().data()); }

  std::vector<Entry> entries_;  // by place in AllRules()
};

class Linter {
 public:
  // The catalogue must outlive the linter.
  Linter(const Catalogue& catalogue, LintSettings settings, RuleSet rules)
      : catalogue_(catalogue), settings_(std::move(settings)), rules_(std::move(rules)) {}

  // Lints the text of one policy. `path` is the file's name as fingerprints have it. The findings are sorted
  // by place and rule.
  std::vector<Finding> Lint(const std::shared_ptr<const Source>& source, std::string_view path) const;

 private:
  // Adds what is found in a text. `is_scp`: that it is meant to be an SCP is known from elsewhere.
  void LintText(const std::shared_ptr<const Source>& source, std::string_view path, bool is_scp,
                std::vector<Finding>& findings) const;

  const Catalogue& catalogue_;
  LintSettings settings_;
  RuleSet rules_;
};

}  // namespace scpcheck

#endif  // SCPCHECK_LINT_LINTER_H_

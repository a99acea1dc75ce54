// What the linter found, for people and for the programs that show findings.

#ifndef SCPCHECK_OUTPUT_LINT_H_
#define SCPCHECK_OUTPUT_LINT_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "output/answer.h"
#include "scpcheck/lint.h"

namespace scpcheck {

struct LintOutput {
  OutputContext context;
  // The directory that the program runs in, absolute. Programs that show findings want paths from there.
  std::string folder;
  size_t width = 0;              // columns of the terminal; 0: it is none
  bool show_suppressed = false;  // list suppressed findings too
};

// Each finding with its line of the source, then a summary.
std::string LintText(const LintReport& report, const LintOutput& output);
// How often each rule was broken.
std::string LintStatistics(const LintReport& report);
// The document of the contract.
std::string LintJson(const LintReport& report, const LintOutput& output);
// SARIF 2.1.0.
std::string LintSarif(const LintReport& report, const LintOutput& output);
// Workflow commands of GitHub Actions, one a line, the most severe first.
std::string LintGithub(const LintReport& report, const LintOutput& output);
// A code quality report of GitLab.
std::string LintGitlab(const LintReport& report, const LintOutput& output);
// JUnit XML: a test suite for each file, a test case for each finding.
std::string LintJunit(const LintReport& report, const LintOutput& output);

// `explain RULE`: the page, for people, as JSON, and as it is.
std::string RuleText(const RuleInfo& rule, bool color);
std::string RuleJson(const RuleInfo& rule, const OutputContext& context);
std::string RuleMarkdown(const RuleInfo& rule);
// `explain --all`: a line for each rule; all pages; a document with tables, which links to the pages.
std::string RulesText();
std::string RulesJson(const OutputContext& context);
std::string RulesMarkdown();

}  // namespace scpcheck

#endif  // SCPCHECK_OUTPUT_LINT_H_

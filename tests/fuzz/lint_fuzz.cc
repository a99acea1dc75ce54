// The linter with every rule: findings have places in the text, fixes leave what they don't concern, and a
// text that was JSON stays JSON.

#include <algorithm>
#include <optional>
#include <vector>

#include "catalog/catalogue.h"
#include "fuzz.h"
#include "json/parse.h"
#include "lint/edits.h"
#include "lint/fixer.h"
#include "lint/linter.h"
#include "output/lint.h"

namespace scpcheck {
namespace {

Linter LinterWithEverything() {
  RuleSet rules = RuleSet::None();
  for (const RuleInfo& rule : AllRules()) rules.Enable(rule, true);
  LintSettings settings;
  settings.old_language = true;
  settings.central_root = true;
  settings.sid_pattern = "[A-Z][a-z]+";
  settings.home_region = "eu-west-1";
  settings.today = 20783;  // 2026-11-26
  return {Catalogue::Embedded(), settings, rules};
}

void CheckFinding(const Finding& finding) {
  SCPCHECK_CHECK(finding.rule != nullptr && !finding.message.empty() && !finding.fingerprint.empty());
  SCPCHECK_CHECK(finding.source != nullptr);
  fuzz::CheckRange(finding.range, *finding.source);
  for (const RelatedPlace& related : finding.related) fuzz::CheckRange(related.range, *related.source);
  for (const Fix& fix : finding.fixes) {
    SCPCHECK_CHECK(!fix.title.empty() && !fix.edits.empty());
    for (const TextEdit& edit : fix.edits) fuzz::CheckRange(edit.range, *finding.source);
  }
}

bool IsJson(const std::shared_ptr<const Source>& source) {
  Diagnostics problems;
  return json::Parse(source, problems).has_value() && !problems.has_errors();
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  static const Linter linter = LinterWithEverything();
  const auto source = Source::FromText("input.json", fuzz::Text(data, size));
  LintReport report;
  report.files = {"input.json"};
  report.findings = linter.Lint(source, "input.json");
  for (const Finding& finding : report.findings) CheckFinding(finding);
  const LintOutput output{
      .context = {.version = "0.0.0", .catalogue_date = "2026-09-26"}, .folder = "/", .width = 80};
  SCPCHECK_CHECK(!LintText(report, output).empty() && !LintJson(report, output).empty());

  const auto every = [](const Finding&) { return false; };
  for (const bool unsafe : {false, true}) {
    const FixedText fixed = FixAll(linter, source, "input.json", unsafe, every);
    SCPCHECK_CHECK(fixed.applied > 0 || fixed.text == source->text());
    SCPCHECK_CHECK(!IsJson(source) || IsJson(Source::FromText("fixed.json", fixed.text)));
  }
  return 0;
}

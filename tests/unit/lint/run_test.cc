// Suppressions, baselines and fixes: what becomes of findings after the rules.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "json/parse.h"
#include "lint/calendar.h"
#include "lint/fixer.h"
#include "lint/run.h"

namespace scpcheck {
namespace {

const Day kToday = *ParseDay("2026-11-26");

RuleSet Only(const std::vector<std::string_view>& ids) {
  RuleSet rules = RuleSet::None();
  for (const std::string_view id : ids) rules.Enable(*FindRule(id), true);
  return rules;
}

Linter LinterOf(const std::vector<std::string_view>& ids) {
  LintSettings settings;
  settings.today = kToday;
  return Linter(Catalogue::Embedded(), settings, Only(ids));
}

// Two statements that compare exactly with a wildcard: two findings of SCP301.
constexpr const char* kPolicy = R"({
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "OnlyEurope",
      "Effect": "Deny",
      "Action": "ec2:*",
      "Resource": "*",
      "Condition": {"StringNotEquals": {"aws:RequestedRegion": "eu-*"}}
    },
    {
      "Sid": "OnlyTeams",
      "Effect": "Deny",
      "Action": "s3:*",
      "Resource": "*",
      "Condition": {"StringNotEquals": {"aws:PrincipalTag/team": "team-*"}}
    }
  ]
}
)";

std::shared_ptr<const Source> PolicySource() {
  return Source::FromText("policies/guard.json", kPolicy);
}

std::vector<Finding> Findings() {
  return LinterOf({"SCP301"}).Lint(PolicySource(), "policies/guard.json");
}

Suppression For(std::string_view rule) {
  Suppression suppression;
  suppression.rules.push_back({std::string(rule), {}, FindRule(rule)});
  suppression.reason = "known";
  return suppression;
}

TEST(Suppressions, FitByEverythingThatTheySay) {
  const std::vector<Finding> findings = Findings();
  ASSERT_EQ(findings.size(), 2U);
  ASSERT_EQ(findings[0].sid, "OnlyEurope");
  ASSERT_EQ(findings[0].pointer, "/Statement/0/Condition/StringNotEquals/aws:RequestedRegion");

  struct Case {
    const char* what;
    void (*change)(Suppression&);
    bool first;
    bool second;
  };
  const Case cases[] = {
      {"the rule alone", [](Suppression&) {}, true, true},
      {"another rule", [](Suppression& s) { s.rules[0].rule = FindRule("SCP202"); }, false, false},
      {"no rule", [](Suppression& s) { s.rules[0].rule = nullptr; }, false, false},
      {"one of several rules",
       [](Suppression& s) {
         s.rules.insert(s.rules.begin(), {"SCP202", {}, FindRule("SCP202")});
       },
       true, true},
      {"path", [](Suppression& s) { s.policy = "policies/guard.json"; }, true, true},
      {"path pattern", [](Suppression& s) { s.policy = "pol*/g?ard.json"; }, true, true},
      {"name alone", [](Suppression& s) { s.policy = "guard.json"; }, true, true},
      {"name pattern", [](Suppression& s) { s.policy = "guard.*"; }, true, true},
      {"another path", [](Suppression& s) { s.policy = "other/guard.json"; }, false, false},
      {"part of a name", [](Suppression& s) { s.policy = "guard"; }, false, false},
      {"Sid", [](Suppression& s) { s.sid = "OnlyEurope"; }, true, false},
      {"Sids are no patterns", [](Suppression& s) { s.sid = "Only*"; }, false, false},
      {"pointer to the statement", [](Suppression& s) { s.pointer = "/Statement/1"; }, false, true},
      {"pointer to the value",
       [](Suppression& s) { s.pointer = "/Statement/0/Condition/StringNotEquals/aws:RequestedRegion"; }, true,
       false},
      {"beginning of a pointer", [](Suppression& s) { s.pointer = "/Statement/0/Cond"; }, false, false},
      {"the Sid goes before the pointer",
       [](Suppression& s) {
         s.sid = "OnlyTeams";
         s.pointer = "/Statement/0";
       },
       false, true},
      {"another fingerprint", [](Suppression& s) { s.fingerprint = "0123"; }, false, false},
      {"expires today", [](Suppression& s) { s.expires = kToday; }, true, true},
      {"expired yesterday", [](Suppression& s) { s.expires = kToday - 1; }, false, false},
  };
  for (const Case& test : cases) {
    Suppression suppression = For("SCP301");
    test.change(suppression);
    EXPECT_EQ(suppression.Fits(findings[0], "policies/guard.json", kToday), test.first) << test.what;
    EXPECT_EQ(suppression.Fits(findings[1], "policies/guard.json", kToday), test.second) << test.what;
  }
  Suppression suppression = For("SCP301");
  suppression.fingerprint = findings[1].fingerprint;
  EXPECT_FALSE(suppression.Fits(findings[0], "policies/guard.json", kToday));
  EXPECT_TRUE(suppression.Fits(findings[1], "policies/guard.json", kToday));
}

// A fingerprint changes with what is wrong, and with nothing around it.
TEST(Fingerprints, KnowTheFindingWhenTheFileChangesAroundIt) {
  const std::vector<Finding> findings = Findings();
  EXPECT_EQ(findings[0].fingerprint.size(), 32U);
  EXPECT_NE(findings[0].fingerprint, findings[1].fingerprint);

  const auto changed = [](std::string_view from, std::string_view to) {
    std::string text = kPolicy;
    const size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    return LinterOf({"SCP301"}).Lint(Source::FromText("policies/guard.json", text), "policies/guard.json");
  };
  EXPECT_EQ(changed("{\n", "{\n\n\n")[0].fingerprint, findings[0].fingerprint);
  EXPECT_EQ(changed("OnlyEurope", "Europe")[0].fingerprint, findings[0].fingerprint);
  EXPECT_EQ(changed("ec2:*", "EC2:*")[0].fingerprint, findings[0].fingerprint);
  EXPECT_EQ(changed("team-*", "t-*")[0].fingerprint, findings[0].fingerprint);
  EXPECT_NE(changed("team-*", "t-*")[1].fingerprint, findings[1].fingerprint);
  EXPECT_NE(changed("ec2:*", "ec2:Run*")[0].fingerprint, findings[0].fingerprint);
  EXPECT_NE(LinterOf({"SCP301"}).Lint(PolicySource(), "other.json")[0].fingerprint, findings[0].fingerprint);
}

TEST(Fingerprints, EqualFindingsAreTold) {
  const std::string statement =
      R"({"Effect": "Deny", "Action": "ec2:*", "Resource": "*", "Condition": {"StringEquals": {"aws:RequestedRegion": "eu-*"}}})";
  const std::vector<Finding> findings =
      LinterOf({"SCP301"})
          .Lint(Source::FromText("a.json", "{\"Version\": \"2012-10-17\", \"Statement\": [" + statement +
                                               ", " + statement + "]}"),
                "a.json");
  ASSERT_EQ(findings.size(), 2U);
  EXPECT_EQ(findings[1].fingerprint, findings[0].fingerprint + ":1");
}

TEST(LintRun, TakesOutWhatIsSuppressedAndCountsIt) {
  RunOptions options;
  options.settings.today = kToday;
  options.configuration = Source::FromText("scpcheck.toml", "\n");
  options.suppressions = {For("SCP301"), For("SCP301"), For("SCP202")};
  options.suppressions[0].sid = "OnlyEurope";
  options.suppressions[1].reason.clear();
  options.suppressions[2].expires = kToday - 1;
  LintRun run(Catalogue::Embedded(), options);
  EXPECT_TRUE(run.Suppresses(Findings()[0], "policies/guard.json"));
  run.Add(Findings(), "policies/guard.json");
  const LintReport report = run.Finish(Only({"SCP904", "SCP905", "SCP906"}));
  ASSERT_EQ(report.suppressed.size(), 2U);
  EXPECT_EQ(report.suppressed[0].reason, "known");
  EXPECT_EQ(report.suppressed[1].reason, "");
  EXPECT_FALSE(report.suppressed[0].in_baseline);
  // The expired record is no longer "unused"; the one without a reason is told.
  ASSERT_EQ(report.findings.size(), 2U);
  EXPECT_EQ(report.findings[0].rule->id, "SCP905");
  EXPECT_EQ(report.findings[1].rule->id, "SCP906");
}

TEST(LintRun, TellsOfSuppressionsThatTakeOutNothing) {
  RunOptions options;
  options.settings.today = kToday;
  options.configuration = Source::FromText("scpcheck.toml", "\n");
  options.suppressions = {For("SCP301"), For("SCP301")};
  options.suppressions[0].sid = "Gone";
  LintRun run(Catalogue::Embedded(), options);
  run.Add(Findings(), "policies/guard.json");
  const LintReport report = run.Finish(Only({"SCP904"}));
  ASSERT_EQ(report.findings.size(), 1U);
  EXPECT_EQ(report.findings[0].rule->id, "SCP904");
  EXPECT_TRUE(LintRun(Catalogue::Embedded(), options).Finish(RuleSet::None()).findings.empty());
}

// A catalogue may be as old as the configuration says, and no day older.
TEST(LintRun, TellsOfCataloguesThatAreTooOld) {
  RunOptions options;
  options.configuration = Source::FromText("scpcheck.toml", "\n");
  options.settings.today = *ParseDay(Catalogue::Embedded().date()) + options.settings.max_catalogue_age;
  const RuleSet rules = Only({"SCP907"});
  EXPECT_TRUE(LintRun(Catalogue::Embedded(), options).Finish(rules).findings.empty());
  ++options.settings.today;
  EXPECT_EQ(LintRun(Catalogue::Embedded(), options).Finish(rules).findings.size(), 1U);
}

// What is wrong with the configuration itself can't be taken as given.
TEST(LintRun, BaselineTakesOutFindingsOfFilesAlone) {
  RunOptions options;
  options.settings.today = kToday;
  options.configuration = Source::FromText("scpcheck.toml", "\n");
  options.suppressions = {For("SCP202")};
  const RuleSet rules = Only({"SCP904"});
  LintRun before(Catalogue::Embedded(), options);
  before.Add(Findings(), "policies/guard.json");
  const LintReport first = before.Finish(rules);
  ASSERT_EQ(first.findings.size(), 3U);
  for (const Finding& finding : first.findings) options.baseline.insert(finding.fingerprint);

  LintRun after(Catalogue::Embedded(), options);
  EXPECT_TRUE(after.Suppresses(Findings()[1], "policies/guard.json"));
  after.Add(Findings(), "policies/guard.json");
  const LintReport second = after.Finish(rules);
  ASSERT_EQ(second.findings.size(), 1U);
  EXPECT_EQ(second.findings[0].rule->id, "SCP904");
  ASSERT_EQ(second.suppressed.size(), 2U);
  for (const SuppressedFinding& suppressed : second.suppressed) EXPECT_TRUE(suppressed.in_baseline);
}

// --- Fixes.

FixedText Fixed(
    const std::string& text, const std::vector<std::string_view>& rules, bool unsafe,
    const std::function<bool(const Finding&)>& skip = [](const Finding&) { return false; }) {
  return FixAll(LinterOf(rules), Source::FromText("a.json", text), "a.json", unsafe, skip);
}

TEST(Fixer, MakesSafeFixesAloneUnlessAskedForMore) {
  const FixedText safe = Fixed(kPolicy, {"SCP301"}, false);
  EXPECT_EQ(safe.applied, 0U);
  EXPECT_EQ(safe.text, kPolicy);
  const FixedText unsafe = Fixed(kPolicy, {"SCP301"}, true);
  EXPECT_EQ(unsafe.applied, 2U);
  std::string expected = kPolicy;
  for (size_t at = 0; (at = expected.find("StringNotEquals", at)) != std::string::npos;) {
    expected.replace(at, 15, "StringNotLike");
  }
  EXPECT_EQ(unsafe.text, expected);
}

TEST(Fixer, LeavesWhatIsSuppressed) {
  const FixedText fixed =
      Fixed(kPolicy, {"SCP301"}, true, [](const Finding& finding) { return finding.sid == "OnlyEurope"; });
  EXPECT_EQ(fixed.applied, 1U);
  EXPECT_NE(fixed.text.find("StringNotEquals"), std::string::npos);
  EXPECT_NE(fixed.text.find("StringNotLike"), std::string::npos);
}

// Two values of one operator both want it renamed: the edits are the same place, so the second waits, and is
// found mended.
TEST(Fixer, OverlappingFixesWait) {
  std::string text = kPolicy;
  text.replace(text.find("\"eu-*\""), 6, "[\"eu-*\", \"us-*\"]");
  const FixedText fixed = Fixed(text, {"SCP301"}, true);
  EXPECT_EQ(LinterOf({"SCP301"}).Lint(Source::FromText("a.json", fixed.text), "a.json").size(), 0U)
      << fixed.text;
  // Once mended, nothing changes any more.
  EXPECT_EQ(Fixed(fixed.text, {"SCP301"}, true).applied, 0U);
}

// The one names the element, the other spells the name that it has: together they would make two of it.
TEST(Fixer, KeepsJsonWhatWasJson) {
  const std::string text =
      R"({"Version":"2012-10-17","Statement":[{"sid":"A","Effect":"Deny","Action":"s3:*","Resource":"*"}]})";
  const FixedText fixed = Fixed(text, {"SCP108", "SCP504"}, true);
  Diagnostics problems;
  EXPECT_TRUE(json::Parse(Source::FromText("a.json", fixed.text), problems).has_value());
  EXPECT_FALSE(problems.has_errors()) << fixed.text;
  EXPECT_EQ(fixed.applied, 1U) << fixed.text;
}

TEST(Fixer, KeepsMarksLineEndsAndTheRest) {
  std::string text = "\xef\xbb\xbf" + std::string(kPolicy);
  for (size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
  const FixedText fixed = Fixed(text, {"SCP301"}, true);
  std::string back = fixed.text;
  for (size_t at = 0; (at = back.find("StringNotLike", at)) != std::string::npos;)
    back.replace(at, 13, "StringNotEquals");
  EXPECT_EQ(back, text);
}

// A policy as a string of a file: edits inside it are written with its escapes.
TEST(Fixer, MendsPoliciesInStrings) {
  const std::string text =
      R"({"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"}, "Content": "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Action\":\"ec2:*\",\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-*\"}}}]}"})";
  const FixedText fixed = Fixed(text, {"SCP301"}, true);
  std::string expected = text;
  expected.replace(expected.find("StringEquals"), 12, "StringLike");
  EXPECT_EQ(fixed.text, expected);
  EXPECT_EQ(fixed.applied, 1U);
}

}  // namespace
}  // namespace scpcheck

// scpcheck.toml: what every key does, and what is said, and where, of everything that is wrong.

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/configuration.h"
#include "lint/calendar.h"

namespace scpcheck {
namespace {

// What reading a configuration complained about, a line each.
std::string Complaints(const std::string& text) {
  Diagnostics problems;
  ParseConfiguration(Source::FromText("scpcheck.toml", text), problems);
  std::string lines;
  for (const Diagnostic& problem : problems.all()) {
    const SourcePosition place = problem.source->Locate(problem.range.begin);
    lines += std::to_string(place.line) + ":" + std::to_string(place.column) + " " + problem.message + "\n";
  }
  return lines;
}

Configuration Parsed(const std::string& text) {
  Diagnostics problems;
  Configuration configuration = ParseConfiguration(Source::FromText("conf/scpcheck.toml", text), problems);
  EXPECT_EQ(Complaints(text), "") << text;
  return configuration;
}

// The ids of the rules that are on, for one file.
std::vector<std::string> On(const Configuration& configuration, std::string_view path = "",
                            const RuleSelection& extra = {}) {
  const RuleSet rules = configuration.RulesFor(path, extra);
  std::vector<std::string> ids;
  for (const RuleInfo& rule : AllRules()) {
    if (rules.Has(rule)) ids.emplace_back(rule.id);
  }
  return ids;
}

using Ids = std::vector<std::string>;

TEST(Configuration, DefaultsAreThoseOfNoFile) {
  const Configuration configuration = Parsed("");
  const LintSettings defaults;
  EXPECT_FALSE(configuration.settings.old_language);
  EXPECT_EQ(configuration.settings.max_policy_characters, 10240U);
  EXPECT_EQ(configuration.settings.size_warn_percent, defaults.size_warn_percent);
  EXPECT_EQ(configuration.settings.max_catalogue_age, defaults.max_catalogue_age);
  EXPECT_TRUE(configuration.given.empty());
  EXPECT_EQ(configuration.folder, "conf");
  const RuleSet rules = configuration.RulesFor("a.json", {});
  for (const RuleInfo& rule : AllRules()) {
    EXPECT_EQ(rules.Has(rule), rule.enabled && !rule.preview) << rule.id;
    EXPECT_EQ(rules.SeverityOf(rule), rule.severity) << rule.id;
  }
}

TEST(Configuration, Settings) {
  const Configuration configuration = Parsed(
      "language = \"pre-2025-09\"\n"
      "quota-profile = \"legacy\"\n"
      "size-warn-percent = 75\n"
      "max-catalogue-age = 0\n"
      "template-tokens = [\"${*}\", \"REPLACE_ME\"]\n"
      "sid-pattern = \"[A-Z]+\"\n"
      "partitions = [\"aws\", \"aws-us-gov\"]\n"
      "home-region = \"eu-central-1\"\n"
      "central-root = true\n"
      "baseline = \"lint/baseline.json\"\n");
  EXPECT_TRUE(configuration.settings.old_language);
  EXPECT_EQ(configuration.settings.max_policy_characters, 5120U);
  EXPECT_EQ(configuration.settings.size_warn_percent, 75U);
  EXPECT_EQ(configuration.settings.max_catalogue_age, 0U);
  EXPECT_EQ(configuration.settings.template_tokens, (Ids{"${*}", "REPLACE_ME"}));
  EXPECT_EQ(configuration.settings.sid_pattern, "[A-Z]+");
  EXPECT_EQ(configuration.settings.partitions, (Ids{"aws", "aws-us-gov"}));
  EXPECT_EQ(configuration.settings.home_region, "eu-central-1");
  EXPECT_TRUE(configuration.settings.central_root);
  EXPECT_EQ(configuration.baseline, "lint/baseline.json");
  EXPECT_EQ(configuration.source->Locate(configuration.given.at("max-catalogue-age").begin).line, 4U);
  EXPECT_FALSE(
      Parsed("language = \"full\"\nquota-profile = \"2026-05\"\ncentral-root = false").settings.central_root);
}

TEST(Configuration, Selection) {
  EXPECT_EQ(On(Parsed("select = [\"SCP301\", \"unknown-action\"]")), (Ids{"SCP202", "SCP301"}));
  EXPECT_EQ(On(Parsed("select = []\nextend-select = [\"scp301\"]")), Ids{"SCP301"});
  EXPECT_EQ(
      On(Parsed("select = [\"SCP20\"]\nignore = [\"SCP202\", \"unknown-service\"]\n")).front().substr(0, 5),
      "SCP20");
  for (const std::string& id : On(Parsed("select = [\"SCP20\"]\nignore = [\"SCP202\"]"))) {
    EXPECT_TRUE(id.starts_with("SCP20") && id != "SCP202") << id;
  }
  for (const std::string& id : On(Parsed("select = [\"redundancy\"]"))) {
    EXPECT_EQ(FindRule(id)->category, RuleCategory::kRedundancy) << id;
  }
  EXPECT_TRUE(On(Parsed("ignore = [\"all\"]")).empty());
  // A category or prefix brings no preview rule in.
  for (const std::string& id : On(Parsed("select = [\"all\"]"))) EXPECT_FALSE(FindRule(id)->preview) << id;
  for (const RuleInfo& rule : AllRules()) {
    const std::string id(rule.id);
    EXPECT_EQ(On(Parsed("select = [\"" + id + "\"]")), Ids{id});
  }
}

TEST(Configuration, SettingsBringTheirRulesIn) {
  const Ids usual = On(Parsed(""));
  const auto added = [&](const std::string& text) {
    Ids ids;
    for (const std::string& id : On(Parsed(text))) {
      if (std::find(usual.begin(), usual.end(), id) == usual.end()) ids.push_back(id);
    }
    return ids;
  };
  EXPECT_EQ(added("language = \"pre-2025-09\""), Ids{"SCP114"});
  EXPECT_EQ(added("sid-pattern = \"Deny.*\""), Ids{"SCP505"});
  EXPECT_EQ(added("language = \"full\""), Ids{});
  EXPECT_EQ(added("language = \"pre-2025-09\"\nignore = [\"SCP114\"]"), Ids{});
}

TEST(Configuration, SeveritiesBringRulesInOrTakeThemOut) {
  const Configuration configuration = Parsed(
      "select = [\"SCP301\", \"SCP202\"]\n[severity]\nSCP301 = \"info\"\nunknown-action = \"off\"\nSCP201 = "
      "\"error\"\n");
  EXPECT_EQ(On(configuration), (Ids{"SCP201", "SCP301"}));
  const RuleSet rules = configuration.RulesFor("", {});
  EXPECT_EQ(rules.SeverityOf(*FindRule("SCP301")), Severity::kInfo);
  EXPECT_EQ(rules.SeverityOf(*FindRule("SCP201")), Severity::kError);
  EXPECT_TRUE(rules.HasSeverity(*FindRule("SCP301")));
}

TEST(Configuration, SettingsOfFilesComeBehindTheirsOfAllAndBeforeTheCommandLine) {
  const Configuration configuration = Parsed(
      "select = [\"SCP301\"]\n"
      "[per-file.\"sandbox/*\"]\n"
      "ignore = [\"SCP301\"]\n"
      "[per-file.\"*/strict-?.json\"]\n"
      "extend-select = [\"SCP202\"]\n"
      "[per-file.\"./dotted/*\"]\n"
      "select = [\"SCP201\"]\n");
  EXPECT_EQ(On(configuration, "production/guard.json"), Ids{"SCP301"});
  EXPECT_EQ(On(configuration, "sandbox/guard.json"), Ids{});
  EXPECT_EQ(On(configuration, "sandbox/strict-1.json"), Ids{"SCP202"});
  EXPECT_EQ(On(configuration, "production/strict-1.json"), (Ids{"SCP202", "SCP301"}));
  EXPECT_EQ(On(configuration, "production/strict-10.json"), Ids{"SCP301"});
  EXPECT_EQ(On(configuration, "dotted/guard.json"), Ids{"SCP201"});
  RuleSelection extra;
  extra.extend_select = {"SCP301"};
  EXPECT_EQ(On(configuration, "sandbox/guard.json", extra), Ids{"SCP301"});
  extra.select = Ids{"SCP203"};
  extra.ignore = {"SCP301"};
  EXPECT_EQ(On(configuration, "sandbox/guard.json", extra), Ids{"SCP203"});
}

TEST(Configuration, Suppressions) {
  const std::string text =
      "[[suppress]]\n"
      "rules = [\"SCP301\", \"unknown-action\"]\n"
      "policy = \"./policies/*.json\"\n"
      "sid = \"OnlyOurRegions\"\n"
      "pointer = \"/Statement/0\"\n"
      "fingerprint = \"0123\"\n"
      "reason = \"known\"\n"
      "owner = \"platform\"\n"
      "expires = 2027-01-31\n"
      "\n"
      "[[suppress]]\n"
      "rules = [\"SCP20\"]\n"
      "expires = \"2027-02-01\"\n";
  const Configuration configuration = Parsed(text);
  ASSERT_EQ(configuration.suppressions.size(), 2U);
  const Suppression& first = configuration.suppressions[0];
  ASSERT_EQ(first.rules.size(), 2U);
  EXPECT_EQ(first.rules[0].rule, FindRule("SCP301"));
  EXPECT_EQ(first.rules[1].rule, FindRule("SCP202"));
  EXPECT_EQ(first.rules[1].text, "unknown-action");
  EXPECT_EQ(configuration.source->Locate(first.rules[1].range.begin).column, 20U);
  EXPECT_EQ(first.policy, "policies/*.json");
  EXPECT_EQ(first.sid, "OnlyOurRegions");
  EXPECT_EQ(first.pointer, "/Statement/0");
  EXPECT_EQ(first.fingerprint, "0123");
  EXPECT_EQ(first.reason, "known");
  EXPECT_EQ(first.owner, "platform");
  EXPECT_EQ(first.expires, ParseDay("2027-01-31"));
  EXPECT_EQ(configuration.source->Locate(first.expires_range.begin).line, 9U);
  EXPECT_EQ(configuration.source->Locate(first.range.begin).line, 1U);
  const Suppression& second = configuration.suppressions[1];
  EXPECT_EQ(second.rules[0].rule, nullptr) << "a prefix names no rule here: SCP905 says so";
  EXPECT_EQ(second.expires, ParseDay("2027-02-01"));
  EXPECT_EQ(configuration.source->Locate(second.range.begin).line, 11U);

  const RunOptions options = configuration.ForRun();
  EXPECT_EQ(options.suppressions.size(), 2U);
  EXPECT_EQ(options.configuration, configuration.source);
}

struct WrongCase {
  const char* text;
  const char* complaints;
};

TEST(Configuration, EverythingWrongIsToldWhereItStands) {
  const WrongCase cases[] = {
      {"select = [", "1:11 this is no TOML: "},
      {"\n\nlanguage = full", "3:13 this is no TOML: "},
      {"languge = \"full\"", "1:1 `languge` is not known here: did you mean `language`?\n"},
      {"colour = true",
       "1:1 `colour` is not known here: known are select, extend-select, ignore, language, quota-profile, "
       "size-warn-percent, max-catalogue-age, template-tokens, sid-pattern, partitions, home-region, "
       "central-root, baseline, severity, per-file, suppress\n"},
      {"language = \"old\"", "1:12 `old` is not known here: known are full, pre-2025-09\n"},
      {"language = 1", "1:12 expected a string\n"},
      {"quota-profile = \"legasy\"", "1:17 `legasy` is not known here: did you mean `legacy`?\n"},
      {"size-warn-percent = 0", "1:21 expected a whole number from 1 to 100\n"},
      {"size-warn-percent = 101", "1:21 expected a whole number from 1 to 100\n"},
      {"size-warn-percent = \"90\"", "1:21 expected a whole number from 1 to 100\n"},
      {"max-catalogue-age = -1", "1:21 expected a whole number from 0 to 36500\n"},
      {"max-catalogue-age = 36501", "1:21 expected a whole number from 0 to 36500\n"},
      {"template-tokens = \"x\"", "1:19 expected a list of strings\n"},
      {"template-tokens = [\"ok\", 1]", "1:26 expected a string\n"},
      {"template-tokens = [\"*\"]",
       "1:20 `*` would allow any placeholder: write what they have in common, such as `${*}`\n"},
      {"sid-pattern = \"(\"", "1:15 `(` is no regular expression that RE2 knows: missing ): (\n"},
      {"sid-pattern = []", "1:15 expected a string\n"},
      {"partitions = [\"aws\", \"aws-xx\", \"aws*\"]",
       "1:22 `aws-xx` is no partition: they are called `aws`, `aws-cn`, `aws-us-gov` and so on\n1:32 `aws*` "
       "is no partition: they are called `aws`, `aws-cn`, `aws-us-gov` and so on\n"},
      {"home-region = \"Frankfurt\"", "1:15 `Frankfurt` is no Region: write one such as `eu-central-1`\n"},
      {"home-region = \"eu-centrl-1\"", "1:15 `eu-centrl-1` is no Region: did you mean `eu-central-1`?\n"},
      {"home-region = \"eu-*\"", "1:15 `eu-*` is no Region: write one such as `eu-central-1`\n"},
      {"central-root = 1", "1:16 expected true or false\n"},
      {"baseline = 1", "1:12 expected a string\n"},
      {"select = \"SCP301\"", "1:10 expected a list of strings\n"},
      {"select = [\"SCP301\", \"SCP999\"]",
       "1:21 `SCP999` is no rule, no category and no beginning of rule ids\n"},
      {"ignore = [\"unkown-action\"]",
       "1:11 `unkown-action` is no rule, no category and no beginning of rule ids: did you mean "
       "`unknown-action` (SCP202)?\n"},
      {"extend-select = [\"\", \"SC\", 3]",
       "1:18 `` is no rule, no category and no beginning of rule ids\n1:22 `SC` is no rule, no category and "
       "no beginning of rule ids\n1:28 expected a string\n"},
      {"severity = \"error\"", "1:12 expected a table of rules\n"},
      {"[severity]\nSCP301 = \"fatal\"\nSCP2 = \"info\"\nno-such-rule = \"off\"\nSCP202 = true",
       "2:10 `fatal` is not known here: known are error, warning, info, off\n3:1 `SCP2` means several rules: "
       "name one\n4:1 `no-such-rule` is no rule, no category and no beginning of rule ids\n5:10 expected a "
       "string\n"},
      {"per-file = []", "1:12 expected a table of path patterns\n"},
      {"[per-file]\n\"*\" = 1\n[per-file.\"a\"]\nselct = []\nlanguage = \"full\"",
       "2:7 expected a table with `select`, `extend-select` or `ignore`\n4:1 `selct` is not known here: did "
       "you mean `select`?\n5:1 `language` is not known here: known are select, extend-select, ignore\n"},
      {"suppress = 1", "1:12 expected a list of records: write `[[suppress]]` above each\n"},
      {"[suppress]\nrules = []", "1:1 expected a list of records: write `[[suppress]]` above each\n"},
      {"suppress = [1]", "1:12 expected a list of records: write `[[suppress]]` above each\n"},
      {"[[suppress]]\nreason = \"why\"",
       "1:1 the record names no rules: `rules` is a list of ids or names\n"},
      {"[[suppress]]\nrules = []\nsids = \"A\"",
       "1:1 the record names no rules: `rules` is a list of ids or names\n3:1 `sids` is not known here: did "
       "you mean `sid`?\n"},
      {"[[suppress]]\nrules = [\"SCP301\"]\npointer = \"Statement/0\"",
       "3:11 `Statement/0` is no JSON pointer: write one as `lint --format json` has it, such as "
       "`/Statement/0/Condition`\n"},
      {"[[suppress]]\nrules = [\"SCP301\"]\nexpires = 2027-02-30", "3:21 this is no TOML: "},
      {"[[suppress]]\nrules = [\"SCP301\"]\nexpires = \"2027-02-30\"",
       "3:11 expected a date such as 2027-01-31\n"},
      {"[[suppress]]\nrules = [\"SCP301\"]\nexpires = \"tomorrow\"",
       "3:11 expected a date such as 2027-01-31\n"},
      {"[[suppress]]\nrules = \"SCP301\"", "2:9 expected a list of strings\n"},
      // Columns count characters; a mark at the beginning has none; lines may end in CR and LF.
      {"\xef\xbb\xbflanguage = 1", "1:12 expected a string\n"},
      {"baseline = \"\xc3\xa9\xf0\x9f\x9a\x80\"\r\nlanguage = 1 # \xc3\xa9\r\nignore = [\"\xc3\xa9\", 1]",
       "2:12 expected a string\n3:11 `\u00e9` is no rule, no category and no beginning of rule ids\n3:16 "
       "expected a string\n"},
      {"language = \"full\"\nlanguage = \"full\"", "2:12 this is no TOML: "},
      {"x\xff = 1", "1:1 this is no TOML: "},
  };
  for (const WrongCase& test : cases) {
    std::string complaints = Complaints(test.text);
    // How toml++ goes on differs from release to release.
    constexpr std::string_view kSyntax = "this is no TOML: ";
    if (const size_t at = complaints.find(kSyntax); at != std::string::npos)
      complaints.resize(at + kSyntax.size());
    EXPECT_EQ(complaints, test.complaints) << test.text;
  }
}

TEST(Configuration, NearestFileWins) {
  const MemoryFiles files({{"scpcheck.toml", ""},
                           {"/repo/scpcheck.toml", ""},
                           {"/repo/policies/strict/scpcheck.toml", ""},
                           {"/repo/policies/strict/deep/a.json", ""},
                           {"/repo/policies/b.json", ""},
                           {"/other/scpcheck.toml/x", ""}});
  EXPECT_EQ(FindConfiguration(files, "/repo/policies/strict/deep"), "/repo/policies/strict/scpcheck.toml");
  EXPECT_EQ(FindConfiguration(files, "/repo/policies"), "/repo/scpcheck.toml");
  EXPECT_EQ(FindConfiguration(files, "/repo"), "/repo/scpcheck.toml");
  EXPECT_EQ(FindConfiguration(files, "/repo/policies/new/not/there"), "/repo/scpcheck.toml");
  EXPECT_EQ(FindConfiguration(files, "/elsewhere"), "");
  EXPECT_EQ(FindConfiguration(files, "/"), "");
}

// What `config show` prints is a configuration that says the same.
TEST(Configuration, DescriptionReadsBack) {
  const std::string texts[] = {
      "",
      "select = [\"SCP301\"]\nlanguage = \"pre-2025-09\"\nsid-pattern = \"[\\\"\\\\\\\\]\\t\"\n",
      "ignore = [\"SCP2\"]\nquota-profile = \"legacy\"\ntemplate-tokens = [\"${a}\"]\npartitions = "
      "[\"aws-cn\"]\n"
      "home-region = \"eu-west-1\"\ncentral-root = true\nbaseline = \"b.json\"\nsize-warn-percent = 1\n"
      "[severity]\nSCP301 = \"off\"\nunknown-action = \"info\"\n"
      "[per-file.\"a \\\"b\\\"/*\"]\nselect = [\"all\"]\nignore = [\"SCP301\"]\n"
      "[[suppress]]\nrules = [\"SCP301\"]\nsid = \"A\"\nreason = \"\\u0001\"\nexpires = 2027-01-31\n"
      "[[suppress]]\nrules = [\"unknown-action\"]\npolicy = \"a/*\"\npointer = \"/Statement\"\nfingerprint = "
      "\"f\"\nowner = \"o\"\n",
  };
  for (const std::string& text : texts) {
    const Configuration configuration = Parsed(text);
    const std::string described = DescribeConfiguration(configuration, "");
    const Configuration again = Parsed(described);
    EXPECT_EQ(On(again), On(configuration)) << described;
    EXPECT_EQ(On(again, "a \"b\"/c"), On(configuration, "a \"b\"/c")) << described;
    EXPECT_EQ(again.settings.sid_pattern, configuration.settings.sid_pattern);
    EXPECT_EQ(again.suppressions.size(), configuration.suppressions.size());
    // Only the lines that it names have changed.
    const auto values = [](const std::string& lines) {
      std::string kept;
      for (size_t at = 0; at < lines.size();) {
        const size_t end = lines.find('\n', at);
        kept += lines.substr(at, std::min(lines.find(" #", at), end) - at) + "\n";
        at = end + 1;
      }
      return kept;
    };
    EXPECT_EQ(values(DescribeConfiguration(again, "")).substr(30), values(described).substr(30));
  }
}

TEST(Configuration, DescriptionTellsWhereValuesComeFrom) {
  const std::string text = DescribeConfiguration(
      Parsed("\nlanguage = \"full\"\n[per-file.\"sandbox/*\"]\nignore = [\"SCP301\"]\n"),
      "sandbox/guard.json");
  EXPECT_NE(text.find("# from conf/scpcheck.toml\n"), std::string::npos) << text;
  EXPECT_NE(text.find("language = \"full\"                           # line 2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("central-root = false                        # default\n"), std::string::npos) << text;
  EXPECT_NE(text.find("[per-file.\"sandbox/*\"]                      # this file\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("#   SCP301 wildcard-in-exact-operator: off, by default error\n"), std::string::npos)
      << text;
}

}  // namespace
}  // namespace scpcheck

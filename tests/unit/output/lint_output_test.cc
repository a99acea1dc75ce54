// Findings as people and programs see them: places, carets, escapes. What a whole run prints is in the golden
// files.

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "output/lint.h"
#include "output/lint_places.h"

namespace scpcheck {
namespace {

using Json = nlohmann::json;

// A finding at the first place where `what` stands in `text`.
Finding FindingAt(const std::shared_ptr<const Source>& source, std::string_view what,
                  std::string message = "it is wrong: mend it") {
  Finding finding;
  finding.rule = FindRule("SCP301");
  finding.severity = Severity::kError;
  finding.message = std::move(message);
  finding.source = source;
  const size_t at = source->text().find(what);
  EXPECT_NE(at, std::string_view::npos);
  finding.range = {static_cast<uint32_t>(at), static_cast<uint32_t>(at + what.size())};
  finding.fingerprint = "00112233445566778899aabbccddeeff";
  return finding;
}

LintReport ReportOf(std::vector<Finding> findings) {
  LintReport report;
  for (const Finding& finding : findings) {
    const std::string file = finding.source ? finding.source->name() : "first.json";
    if (report.files.empty() || report.files.back() != file) report.files.push_back(file);
  }
  report.findings = std::move(findings);
  return report;
}

LintOutput Output(size_t width = 0) {
  return {.context = {.version = "0.1.0", .catalogue_date = "2026-09-26"}, .folder = "/repo", .width = width};
}

// The excerpt of the one finding: its line and its carets.
std::string Excerpt(const std::string& text, std::string_view what, size_t width = 0) {
  const auto source = Source::FromText("a.json", text);
  const std::string shown = LintText(ReportOf({FindingAt(source, what, "w")}), Output(width));
  const size_t begin = shown.rfind('\n', shown.find(" |")) + 1;
  return shown.substr(begin, shown.find("\n\n") + 1 - begin);
}

TEST(LintText, CaretsStandBelowWhatIsMeant) {
  EXPECT_EQ(Excerpt("{\"a\": \"b\"}", "\"b\""),
            "  1 | {\"a\": \"b\"}\n"
            "    |       ^^^\n");
  // A place without length, at the end of the text.
  const auto source = Source::FromText("a.json", "{\n");
  Finding finding = FindingAt(source, "{");
  finding.range = {2, 2};
  EXPECT_NE(LintText(ReportOf({finding}), Output()).find("a.json:2:1: error"), std::string::npos);
  EXPECT_NE(LintText(ReportOf({finding}), Output()).find("  2 |\n    | ^\n"), std::string::npos);
  // Several lines: up to the end of the first one.
  EXPECT_EQ(Excerpt("x\n  [1,\n2]", "[1,\n2]"),
            "  2 |   [1,\n"
            "    |   ^^^\n");
  // Line ends of Windows, a mark at the beginning, tabs.
  EXPECT_EQ(Excerpt("\xef\xbb\xbf[\t1,\r\n\t\t2]", "2"),
            "  2 |   2]\n"
            "    |   ^\n");
  EXPECT_EQ(Excerpt("\xef\xbb\xbf[\t1,\r\n\t\t2]", "1,"),
            "  1 | [ 1,\n"
            "    |   ^^\n");
  // Wide characters take two columns, accents none; what would move the cursor is replaced.
  EXPECT_EQ(Excerpt("[\"\u8ca1\u52d9\", \"zoe\u0301\", \"\U0001f680\", \"x\"]", "\"x\""),
            "  1 | [\"\u8ca1\u52d9\", \"zoe\u0301\", \"\U0001f680\", \"x\"]\n"
            "    |                       ^^^\n");
  EXPECT_EQ(Excerpt("[\"\u8ca1\u52d9\"]", "\"\u8ca1\u52d9\""),
            "  1 | [\"\u8ca1\u52d9\"]\n"
            "    |  ^^^^^^\n");
  EXPECT_EQ(Excerpt("[\"\x1b[31m\u202e\xff\", 2]", "2"),
            "  1 | [\"\u00b7[31m\u00b7\u00b7\", 2]\n"
            "    |             ^\n");
}

TEST(LintText, LongLinesAreCutAroundTheFault) {
  std::string text = "[\"fault\"";
  for (int i = 0; i < 1000; ++i) text += ", " + std::to_string(10000 + i);
  text += ", \"last\"]";
  for (const size_t width : {size_t{0}, size_t{40}, size_t{80}, size_t{200}}) {
    for (const std::string_view what : {"\"fault\"", "10400", "10999", "\"last\""}) {
      const std::string excerpt = Excerpt(text, what, width);
      const size_t line_end = excerpt.find('\n');
      const std::string carets = excerpt.substr(line_end + 1);
      // In columns: an ellipsis is three bytes.
      const auto columns = [](std::string line) {
        for (size_t at = 0; (at = line.find("\u2026")) != std::string::npos;) line.replace(at, 3, "~");
        return line;
      };
      const std::string line = columns(excerpt.substr(0, line_end));
      EXPECT_LE(line.size(), width == 0 ? 160U : width) << excerpt;
      EXPECT_GE(line.size() + 1, width == 0 ? 160U : width) << excerpt;
      const size_t at = carets.find('^');
      EXPECT_EQ(line.substr(at, carets.find_last_of('^') + 1 - at), what) << excerpt;
    }
  }
  // Characters count, not bytes, also where only a part of the line is looked at.
  for (const int before : {4000, 4001, 4002}) {
    std::string accents = "[\"";
    for (int i = 0; i < before; ++i) accents += i % 2 == 0 ? "\u00e9" : "\u00b7";
    const std::string excerpt = Excerpt(accents + "\", 7]", "7", 40);
    EXPECT_TRUE(excerpt.ends_with("\", 7]\n    | " + std::string(32, ' ') + "^\n")) << excerpt;
  }
  // What is itself longer than the line ends with it.
  const std::string whole = Excerpt(text, text, 60);
  EXPECT_EQ(whole.substr(whole.find('\n') + 1), "    | " + std::string(54, '^') + "\n");
  // Wide characters are not cut in half.
  std::string wide = "\"";
  for (int i = 0; i < 100; ++i) wide += "\u8ca1";
  wide += "x\"";
  const std::string excerpt = Excerpt(wide, "x", 41);
  EXPECT_EQ(excerpt.substr(excerpt.size() - 3), " ^\n") << excerpt;
}

TEST(LintText, LinesAreBrokenAtTheWidthOfATerminal) {
  const auto source = Source::FromText("policies/guard.json", "{\"a\": 1}");
  Finding finding =
      FindingAt(source, "1", "`x` is no action, so it denies nothing: did you mean  `two blanks`?");
  finding.related.push_back(
      {source, {0, 1}, "the first one stands here, and it is the one that counts in the end"});
  finding.fixes.push_back({"write something else that is rather long, so that it does not fit", false, {}});
  finding.fixes.push_back({"remove it", true, {}});
  const std::string expected =
      "policies/guard.json:1:7: error: `x` is no\n"
      "    action, so it denies nothing: did you\n"
      "    mean  `two blanks`? [SCP301\n"
      "    wildcard-in-exact-operator]\n"
      "  1 | {\"a\": 1}\n"
      "    |       ^\n"
      "  see policies/guard.json:1:1: the first\n"
      "    one stands here, and it is the one\n"
      "    that counts in the end\n"
      "  unsafe fix: write something else that is\n"
      "    rather long, so that it does not fit\n"
      "  fix: remove it\n"
      "\n"
      "1 error, 0 warnings, 0 info in 1 file\n"
      "1 can be mended with --fix\n";
  LintOutput output = Output(42);
  EXPECT_EQ(LintText(ReportOf({finding}), output), expected);
  output.context.color = true;
  std::string colored = LintText(ReportOf({finding}), output);
  EXPECT_TRUE(colored.starts_with(
      "\x1b[1mpolicies/guard.json:1:7:\x1b[0m \x1b[31merror:\x1b[0m `x` is no\n    action"))
      << colored;
  for (size_t at = 0; (at = colored.find('\x1b', at)) != std::string::npos;) {
    colored.erase(at, colored.find('m', at) + 1 - at);
  }
  EXPECT_EQ(colored, expected);
  // Not on what is no terminal, where programs read it, and not on a terminal that is too narrow.
  for (const size_t width : {size_t{0}, size_t{20}}) {
    EXPECT_TRUE(
        LintText(ReportOf({finding}), Output(width))
            .starts_with("policies/guard.json:1:7: error: `x` is no action, so it denies nothing: did you "
                         "mean  `two blanks`? [SCP301 wildcard-in-exact-operator]\n"));
  }
}

TEST(LintText, SummaryTellsWhatCanBeMended) {
  const auto source = Source::FromText("a.json", "{}");
  const auto with = [&](const std::vector<std::vector<bool>>& fixes) {
    std::vector<Finding> findings;
    for (const std::vector<bool>& safe : fixes) {
      findings.push_back(FindingAt(source, "{"));
      for (const bool is_safe : safe) findings.back().fixes.push_back({"x", is_safe, {}});
    }
    const std::string text = LintText(ReportOf(findings), Output());
    return text.substr(text.find(" in 1 file\n") + 11);
  };
  EXPECT_EQ(with({{}}), "");
  EXPECT_EQ(with({{true}, {false, true}}), "2 can be mended with --fix\n");
  EXPECT_EQ(with({{false}}), "1 can be mended with --fix --unsafe-fixes\n");
  EXPECT_EQ(with({{false}, {true}, {false}}),
            "1 can be mended with --fix, 2 more with --fix --unsafe-fixes\n");
}

TEST(LintPlaces, PathsAreRelativeInsideTheFolder) {
  const std::pair<const char*, const char*> cases[] = {
      {"a.json", "a.json"},       {"./a//b/./c.json", "a/b/c.json"},
      {"/repo/a.json", "a.json"}, {"a/../b.json", "b.json"},
      {"../x.json", "/x.json"},   {"/repository/a.json", "/repository/a.json"},
      {"<stdin>", "<stdin>"},     {"../repo/a.json", "a.json"},
  };
  for (const auto& [file, path] : cases) EXPECT_EQ(PathFrom("/repo", file), path) << file;
  EXPECT_EQ(PathFrom("/", "/a/b.json"), "a/b.json");
}

TEST(LintGithub, UserTextCanNotStartACommand) {
  const auto source = Source::FromText("a, b:c%\r\nd.json", "{\n}");
  const std::string text =
      LintGithub(ReportOf({FindingAt(source, "{", "50%\n::set-output name=x::y\r")}), Output());
  EXPECT_EQ(text,
            "::error file=a%2C b%3Ac%25%0D%0Ad.json,line=1,endLine=1,col=1,endColumn=2,title=SCP301 "
            "wildcard-in-exact-operator::50%25%0A::set-output name=x::y%0D\n");
  // Nor does it act on the log.
  EXPECT_TRUE(LintGithub(ReportOf({FindingAt(source, "{", "\x1b[31m \x01 \xff")}), Output())
                  .ends_with("::\\x1b[31m \\x01 \\xff\n"));
  // Columns only inside one line.
  EXPECT_NE(LintGithub(ReportOf({FindingAt(source, "{\n}")}), Output()).find(",line=1,endLine=2,title="),
            std::string::npos);
}

TEST(LintGithub, TheMostSevereFirstAndAWordOnWhatIsNotShown) {
  const auto source = Source::FromText("a.json", "{}");
  std::vector<Finding> findings;
  for (int i = 0; i < 25; ++i) {
    findings.push_back(FindingAt(source, "{", std::to_string(i)));
    findings.back().severity = i % 2 == 0 ? Severity::kInfo : Severity::kError;
  }
  const std::string text = LintGithub(ReportOf(findings), Output());
  EXPECT_TRUE(text.starts_with("::error ")) << text;
  EXPECT_LT(text.find("::23\n"), text.find("::notice "));
  EXPECT_TRUE(text.ends_with("::24\n5 more are in this log, but GitHub does not show them beside the code\n"))
      << text;
}

TEST(LintGitlab, FingerprintsAreUnique) {
  const auto source = Source::FromText("./sub/a.json", "{}");
  const Json entries =
      Json::parse(LintGitlab(ReportOf({FindingAt(source, "{"), FindingAt(source, "}")}), Output()));
  EXPECT_EQ(entries[0]["fingerprint"], "00112233445566778899aabbccddeeff");
  EXPECT_EQ(entries[1]["fingerprint"], "00112233445566778899aabbccddeeff-1");
  EXPECT_EQ(entries[0]["location"]["path"], "sub/a.json");
  EXPECT_EQ(entries[0]["severity"], "major");
  EXPECT_EQ(LintGitlab({}, Output()), "[]\n");
}

TEST(LintJunit, EscapesAndCounts) {
  const auto source = Source::FromText("a<\"&>.json", "{}");
  LintReport report = ReportOf({FindingAt(source, "{", "a \x1b b\n\xff <c> \xef\xbf\xbe")});
  report.files.push_back("clean.json");
  report.suppressed.push_back({FindingAt(source, "}", "s"), "known", false});
  LintOutput output = Output();
  EXPECT_EQ(
      LintJunit(report, output),
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<testsuites name=\"scpcheck lint\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
      "  <testsuite name=\"a&lt;&quot;&amp;&gt;.json\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\" "
      "time=\"0\">\n"
      "    <testcase name=\"SCP301 wildcard-in-exact-operator 1:1\" classname=\"a&lt;&quot;&amp;&gt;.json\" "
      "file=\"a&lt;&quot;&amp;&gt;.json\" line=\"1\" time=\"0\">\n"
      "      <failure type=\"error\" message=\"a \xef\xbf\xbd b&#10;\xef\xbf\xbd &lt;c&gt; \xef\xbf\xbd\">"
      "a&lt;&quot;&amp;&gt;.json:1:1: error: a \xef\xbf\xbd b&#10;\xef\xbf\xbd &lt;c&gt; "
      "\xef\xbf\xbd</failure>\n"
      "    </testcase>\n"
      "  </testsuite>\n"
      "  <testsuite name=\"clean.json\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\" time=\"0\">\n"
      "    <testcase name=\"lint\" classname=\"clean.json\" file=\"clean.json\" line=\"1\" time=\"0\"/>\n"
      "  </testsuite>\n"
      "</testsuites>\n");
  output.show_suppressed = true;
  EXPECT_NE(LintJunit(report, output).find("<skipped message=\"suppressed: known: s\"/>"), std::string::npos);
  EXPECT_NE(LintJunit(report, output).find("tests=\"3\" failures=\"1\" errors=\"0\" skipped=\"1\""),
            std::string::npos);
}

TEST(LintSarif, PlacesAndLinks) {
  const auto inside = Source::FromText("/repo/a b%.json", "{}");
  const auto outside = Source::FromText("../\u00e9/b.json", "{}");
  Finding finding = FindingAt(inside, "{", "see [x](y)");
  finding.related.push_back({outside, {0, 1}, "the [first] one"});
  Finding placeless = FindingAt(inside, "{");
  placeless.source = nullptr;
  const Json run = Json::parse(LintSarif(ReportOf({finding, placeless}), Output()))["runs"][0];
  const Json& result = run["results"][0];
  EXPECT_EQ(result["locations"][0]["physicalLocation"]["artifactLocation"],
            Json({{"uri", "a%20b%25.json"}, {"uriBaseId", "%SRCROOT%"}}));
  EXPECT_EQ(result["relatedLocations"][0]["physicalLocation"]["artifactLocation"],
            Json({{"uri", "file:///%C3%A9/b.json"}}));
  EXPECT_EQ(result["message"]["text"], "see \\[x\\](y) ([the \\[first\\] one](1))");
  EXPECT_EQ(run["tool"]["driver"]["rules"][result["ruleIndex"].get<size_t>()]["id"], "SCP301");
  // GitHub takes no result without a place.
  EXPECT_EQ(run["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "a%20b%25.json");
  EXPECT_EQ(run["results"][1]["locations"][0]["physicalLocation"]["region"]["startLine"], 1);
}

TEST(Rules, ListsHaveEveryRule) {
  const std::string text = RulesText();
  const std::string markdown = RulesMarkdown();
  const Json json = Json::parse(RulesJson({.version = "0.1.0", .catalogue_date = "2026-09-26"}));
  ASSERT_EQ(json["rules"].size(), AllRules().size());
  size_t i = 0;
  for (const RuleInfo& rule : AllRules()) {
    EXPECT_NE(text.find(std::string(rule.id) + " "), std::string::npos);
    EXPECT_NE(markdown.find("| [" + std::string(rule.id) + "](../rules/"), std::string::npos);
    EXPECT_EQ(json["rules"][i++]["page"], rule.page);
    EXPECT_EQ(Json::parse(RuleJson(rule, {}))["rule"], json["rules"][i - 1]);
    std::string colored = RuleText(rule, true);
    for (size_t at = 0; (at = colored.find('\x1b', at)) != std::string::npos;)
      colored.erase(at, colored.find('m', at) + 1 - at);
    EXPECT_EQ(colored, RuleMarkdown(rule));
  }
}

}  // namespace
}  // namespace scpcheck

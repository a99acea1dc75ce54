// Texts for people: every reason in words, tables, trees, and where lists and numbers are cut or grouped.

#include "output/text.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "catalog/catalogue.h"
#include "catalog/search.h"
#include "observatory.h"

namespace scpcheck {
namespace {

constexpr std::string_view kGrant = "  No SCP stops it; the caller still needs a policy that grants it.\n";

TEST(AnswerText, ReasonsInWords) {
  const Organization organization = LoadText(kObservatory);
  constexpr struct {
    Reason reason;
    std::string_view text;
  } kCases[] = {
      {Reason::kScpNotEnabled, "service control policies are not enabled in this organization"},
      {Reason::kManagementAccount, "this is the management account, which SCPs don't reach"},
      {Reason::kServiceLinkedRole, "the principal is a service-linked role, which SCPs don't reach"},
      {Reason::kServicePrincipal, "the principal is an AWS service, which SCPs don't reach"},
      {Reason::kAllowedAtEveryLevel,
       "every level from the root to the account allows it, and nothing denies it"},
  };
  for (const auto& c : kCases) {
    EXPECT_EQ(AnswerText(AnswerOf(Verdict::kAllowed, c.reason), organization, Context()),
              "allowed: 600000000011 (Refractor) lamp:SwitchOn\n  " + std::string(c.text) + '\n' +
                  std::string(kGrant));
  }
  // E-17: nor does anything else stop it.
  EXPECT_EQ(AnswerText(AnswerOf(Verdict::kAllowed, Reason::kNoPermissionRequired), organization, Context()),
            "allowed: 600000000011 (Refractor) lamp:SwitchOn\n  the action needs no permission\n");
}

TEST(AnswerText, WhatDenies) {
  const Organization organization = LoadText(kObservatory);
  EXPECT_EQ(AnswerText(ImplicitDeny(), organization, Context()),
            "denied: 600000000011 (Refractor) lamp:SwitchOn\n"
            "  nothing attached to ou-obs1-domes001 (Domes) allows it\n");
  const size_t column = std::string(kObservatory).find(R"({"Sid":"Dark")") + 1;
  EXPECT_EQ(AnswerText(ExplicitDeny(), organization, Context()),
            "denied: 600000000011 (Refractor) lamp:SwitchOn\n"
            "  statement 0 (Dark) of p-night (Night), attached to ou-obs1-domes001 (Domes), denies it\n"
            "  o.json:1:" +
                std::to_string(column) + "\n");
  EXPECT_EQ(AnswerText(Undecided(), organization, Context()),
            "undecided: 600000000011 (Refractor) lamp:SwitchOn\n  depends on aws:SourceIp, principal\n");
}

TEST(AnswerText, NamesOnlyWhatHasAName) {
  const Organization organization = LoadText(kObservatory);
  Answer answer = ImplicitDeny();
  answer.account = answer.node = "600000000012";
  answer.account_name = "";
  EXPECT_EQ(AnswerText(answer, organization, Context()),
            "denied: 600000000012 lamp:SwitchOn\n  nothing attached to 600000000012 allows it\n");
  answer = ExplicitDeny();
  answer.node = "600000000011";
  answer.sid = "";
  const std::string text = AnswerText(answer, organization, Context());
  EXPECT_NE(text.find("  statement 0 of p-night (Night), attached to 600000000011 (Refractor), denies it\n"),
            std::string::npos)
      << text;
}

TEST(AnswerText, Color) {
  const Organization organization = LoadText(kObservatory);
  OutputContext context = Context();
  context.color = true;
  const auto first_line = [&](const Answer& answer) {
    const std::string text = AnswerText(answer, organization, context);
    return text.substr(0, text.find(':'));
  };
  EXPECT_EQ(first_line(AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel)), "\x1b[32mallowed\x1b[0m");
  EXPECT_EQ(first_line(ImplicitDeny()), "\x1b[31mdenied\x1b[0m");
  EXPECT_EQ(first_line(Undecided()), "\x1b[33mundecided\x1b[0m");
}

// The line of a level and those of its statements, for all that may be known of them.
TEST(AnswerText, Levels) {
  const Organization organization = LoadText(kObservatory);
  constexpr struct {
    Truth dark;
    Truth dome;
    std::string_view level;
    std::string_view dark_mark;
    std::string_view dome_mark;
  } kCases[] = {
      {Truth::kFalse, Truth::kTrue, "allows", "no match", "matches"},
      {Truth::kFalse, Truth::kFalse, "allows nothing", "no match", "no match"},
      {Truth::kFalse, Truth::kUnknown, "open", "no match", "may match"},
      {Truth::kUnknown, Truth::kTrue, "open", "may match", "matches"},
      {Truth::kUnknown, Truth::kFalse, "allows nothing", "may match", "no match"},
      {Truth::kTrue, Truth::kTrue, "denies", "matches", "matches"},
      {Truth::kTrue, Truth::kFalse, "denies", "matches", "no match"},
  };
  OutputContext context = Context();
  context.explain = true;
  for (const auto& c : kCases) {
    Answer answer = AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel);
    answer.explanation = ExplanationWith(c.dark, c.dome);
    const std::string text = AnswerText(answer, organization, context);
    EXPECT_EQ(text.substr(text.find("\n\n") + 2),
              "r-obs1 (Observatory): allows\n"
              "  p-FullAWSAccess (FullAWSAccess)\n"
              "    0 Allow: matches  FullAWSAccess:1:1\n"
              "\n"
              "ou-obs1-domes001 (Domes): " +
                  std::string(c.level) +
                  "\n"
                  "  p-night (Night)\n"
                  "    0 Deny Dark: " +
                  std::string(c.dark_mark) +
                  "  o.json:1:1\n"
                  "    1 Allow: " +
                  std::string(c.dome_mark) + "  o.json:1:1\n");
    context.explain = false;
    EXPECT_EQ(AnswerText(answer, organization, context).find("r-obs1"), std::string::npos);
    context.explain = true;
  }
}

TEST(AnswerText, WhyAStatementDoesNotMatch) {
  const Organization organization = LoadText(kObservatory);
  constexpr struct {
    Truth matches;
    std::string_view because;
    std::string_view saw;
    std::string_view text;
  } kCases[] = {
      {Truth::kFalse, "Action", "", "no match: Action"},
      {Truth::kFalse, "Bool a:x", "\"true\"", "no match: Bool a:x, the request has \"true\""},
      {Truth::kFalse, "Bool a:x", "absent", "no match: Bool a:x, the request has absent"},
      {Truth::kUnknown, "Resource", "unknown", "may match, depending on Resource, which is unknown"},
      {Truth::kUnknown, "Resource", "", "may match, depending on Resource"},
  };
  OutputContext context = Context();
  context.explain = true;
  for (const auto& c : kCases) {
    Answer answer = Undecided();
    answer.explanation = ExplanationWith(c.matches, Truth::kTrue);
    StatementExplanation& statement = answer.explanation->levels[1].statements[0];
    statement.because = c.because;
    statement.saw = c.saw;
    const std::string text = AnswerText(answer, organization, context);
    EXPECT_NE(text.find("    0 Deny Dark: " + std::string(c.text) + "  o.json:1:1\n"), std::string::npos)
        << text;
  }
}

TEST(AnswersText, GroupsByWhatDecidesAndByActions) {
  const Organization organization = LoadText(kObservatory);
  std::vector<Answer> answers;
  const auto add = [&](Answer answer, std::string_view account, std::string_view action) {
    answer.account = account;
    answer.account_name = account == "600000000011" ? "Refractor" : "";
    answer.action = action;
    answers.push_back(std::move(answer));
  };
  for (const std::string_view account : {"600000000012", "600000000011"}) {
    add(ExplicitDeny(), account, "lamp:SwitchOn");
    add(AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel), account, "dome:Open");
    add(AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel), account, "dome:Close");
  }
  add(AnswerOf(Verdict::kAllowed, Reason::kAllowedAtEveryLevel), "600000000012", "dome:Turn");
  add(ImplicitDeny(), "600000000011", "dome:Turn");
  add(Undecided(), "600000000011", "dome:Paint");
  EXPECT_EQ(AnswersText(answers, organization, Context()),
            "allowed: every level from the root to the account allows it, and nothing denies it\n"
            "  accounts  600000000011 (Refractor)\n"
            "  actions   dome:Open, dome:Close\n"
            "allowed: every level from the root to the account allows it, and nothing denies it\n"
            "  accounts  600000000012\n"
            "  actions   dome:Open, dome:Close, dome:Turn\n"
            "denied: statement 0 (Dark) of p-night (Night), attached to ou-obs1-domes001 (Domes), denies it\n"
            "  accounts  600000000011 (Refractor), 600000000012\n"
            "  actions   lamp:SwitchOn\n"
            "denied: nothing attached to ou-obs1-domes001 (Domes) allows it\n"
            "  accounts  600000000011 (Refractor)\n"
            "  actions   dome:Turn\n"
            "undecided: depends on aws:SourceIp, principal\n"
            "  accounts  600000000011 (Refractor)\n"
            "  actions   dome:Paint\n"
            "9 questions: 5 allowed, 3 denied, 1 undecided\n");
}

TEST(AnswersText, LongListsAreCut) {
  const Organization organization = LoadText(kObservatory);
  std::vector<Answer> answers;
  const auto lines = [&](int actions) {
    answers.clear();
    for (int i = 0; i < actions; ++i) {
      answers.push_back(ImplicitDeny());
      answers.back().action = "a:" + std::to_string(i);
    }
    const std::string text = AnswersText(answers, organization, Context());
    return text.substr(text.find("  actions"));
  };
  EXPECT_EQ(lines(6),
            "  actions   a:0, a:1, a:2, a:3, a:4, a:5\n6 questions: 0 allowed, 6 denied, 0 undecided\n");
  EXPECT_EQ(lines(7),
            "  actions   a:0, a:1, a:2, a:3, a:4, a:5 and 1 more\n"
            "7 questions: 0 allowed, 7 denied, 0 undecided\n");
  EXPECT_EQ(lines(1234),
            "  actions   a:0, a:1, a:2, a:3, a:4, a:5 and 1,228 more\n"
            "1,234 questions: 0 allowed, 1,234 denied, 0 undecided\n");
}

TEST(TreeText, NodesBeforeTheirChildrenAndThePolicies) {
  EXPECT_EQ(TreeText(LoadText(kObservatory), Context()),
            "o-observ001, partition aws, SCPs enabled, management account 600000000001\n"
            "\n"
            "Observatory  r-obs1: FullAWSAccess  (9 free)\n"
            "`- Domes  ou-obs1-domes001: Night  (9 free)\n"
            "   |- 600000000011  Refractor: FullAWSAccess  (9 free)\n"
            "   `- 600000000012: FullAWSAccess  (9 free)\n"
            "\n"
            "policies\n"
            "  p-night (Night)                  154 of 10,240 characters, attached to 1 target\n"
            "  p-FullAWSAccess (FullAWSAccess)  85 of 10,240 characters, attached to 3 targets\n");
}

// Only SCPs allow anything, and only where they apply at all.
TEST(TreeText, NothingIsAllowedWithoutAnScp) {
  const auto text = [](std::string_view members) {
    return TreeText(
        LoadText("{" + std::string(members) +
                 R"("policies":{"p-rcp":{"name":"Data","type":"RESOURCE_CONTROL_POLICY","document":{}}},)"
                 R"("root":{"id":"r-obs1","name":"Root","policies":["p-rcp","p-FullAWSAccess"],"accounts":[)"
                 R"({"id":"600000000011","policies":["p-rcp"]},{"id":"600000000012","policies":[]}]}})"),
        Context());
  };
  const auto has = [](const std::string& whole, std::string_view part) {
    EXPECT_NE(whole.find(part), std::string::npos) << whole;
  };
  constexpr std::string_view kData = "Data [RESOURCE_CONTROL_POLICY, not evaluated]";
  const std::string enabled = text("");
  has(enabled, "r-obs1: " + std::string(kData) + ", FullAWSAccess  (9 free)\n");
  has(enabled, "600000000011: " + std::string(kData) + ", no SCP attached: nothing is allowed  (10 free)\n");
  has(enabled, "600000000012: no SCP attached: nothing is allowed  (10 free)\n");
  const std::string disabled = text(R"("policyTypes":[],)");
  has(disabled, "600000000011: " + std::string(kData) + ", no SCP attached  (10 free)\n");
  has(disabled, "600000000012: no SCP attached  (10 free)\n");
  has(text(R"("managementAccount":"600000000012",)"),
      "600000000012  (management account, no SCP applies): no SCP attached  (10 free)\n");
}

TEST(TreeText, ColumnsCountCharacters) {
  const std::string text = TreeText(
      LoadText("{\"policies\":{\"p-a\":{\"name\":\"Gr\xc3\xbc\xc3\x9f"
               "e\",\"type\":\"TAG_POLICY\",\"document\":{}},\"p-b\":{\"name\":\"Plain\","
               "\"type\":\"TAG_POLICY\",\"document\":{}}},\"root\":{\"id\":\"r-obs1\",\"policies\":[]}}"),
      Context());
  EXPECT_NE(text.find("  p-a (Gr\xc3\xbc\xc3\x9f"
                      "e)  TAG_POLICY, not evaluated, attached to 0 targets\n"
                      "  p-b (Plain)  TAG_POLICY, not evaluated, attached to 0 targets\n"),
            std::string::npos)
      << text;
}

// Names, keys and values are anybody's: none moves the cursor, and none adds a line.
TEST(Text, ControlCharactersAreEscaped) {
  const std::string bad = "\\u001b[2J\\n|- 1\\u009b";
  const std::string shown = "\\x1b[2J\\n|- 1\\u009b";
  const std::string file =
      R"({"id":"o-)" + bad + R"(","policies":{"p-)" + bad + R"(":{"name":"Night)" + bad +
      R"(","document":{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}},)" +
      R"("p-rcp":{"type":"TAG_POLICY","document":{}}},"root":{"id":"r-)" + bad + R"(","name":"Root)" + bad +
      R"(","policies":["p-rcp","p-)" + bad + R"("],"organizationalUnits":[)" + R"({"id":"ou-)" + bad +
      R"(","name":"Domes)" + bad + R"(","accounts":[{"id":"600000000011","name":"A)" + bad +
      R"(","state":"S)" + bad + R"("}]}]}})";
  const MemoryFiles files({{"o\x1b\n.json", file}});
  Diagnostics diagnostics;
  const Result<Organization> organization = LoadOrganization("o\x1b\n.json", files, {}, diagnostics);
  ASSERT_TRUE(organization.ok()) << organization.error().ToString();
  EXPECT_EQ(TreeText(*organization, Context()),
            "o-" + shown + ", partition aws, SCPs enabled, management account unknown\n\nRoot" + shown +
                "  r-" + shown + ": p-rcp [TAG_POLICY, not evaluated], Night" + shown +
                "  (9 free)\n`- Domes" + shown + "  ou-" + shown +
                ": FullAWSAccess  (9 free)\n   `- 600000000011  A" + shown + "  S" + shown +
                ": FullAWSAccess  (9 free)\n\npolicies\n"
                "  p-" +
                shown + " (Night" + shown +
                ")  82 of 10,240 characters, attached to 1 target\n"
                "  p-rcp" +
                std::string(("p- (Night)" + shown + shown).size() - 5, ' ') +
                "  TAG_POLICY"
                ", not evaluated, attached to 1 target\n"
                "  p-FullAWSAccess (FullAWSAccess)" +
                std::string(("p- (Night)" + shown + shown).size() - 31, ' ') +
                "  85 of 10,240 characters, attached to 2 targets\n");

  const std::string raw = "\x1b[2J\n|- 1\xc2\x9b";
  Answer answer = ExplicitDeny();
  answer.account_name = "A" + raw;
  answer.action = "a:" + raw;
  answer.node = "ou-" + raw;
  answer.policy = "p-" + raw;
  answer.sid = raw;
  OutputContext context = Context();
  context.explain = true;
  Explanation& explanation = answer.explanation.emplace();
  LevelExplanation& level = explanation.levels.emplace_back();
  level.node = "ou-" + raw;
  level.name = "Domes" + raw;
  StatementExplanation& statement = level.statements.emplace_back();
  statement.policy = PolicyIndex{0};
  statement.because = "StringEquals k" + raw;
  statement.saw = '"' + raw + '"';
  EXPECT_EQ(AnswerText(answer, *organization, context),
            "denied: 600000000011 (A" + shown + ") a:" + shown + "\n  statement 0 (" + shown + ") of p-" +
                shown + " (Night" + shown + "), attached to ou-" + shown + " (Domes" + shown +
                "), denies it\n  o\\x1b\\n.json:1:" + std::to_string(file.find(R"({"Effect")") + 1) +
                "\n\nou-" + shown + " (Domes" + shown + "): allows nothing\n  no SCP is attached here\n  p-" +
                shown + " (Night" + shown + ")\n    0 Deny: no match: StringEquals k" + shown +
                ", the request has \"" + shown + "\"  o\\x1b\\n.json:1:1\n");
  Answer undecided = Undecided();
  undecided.depends_on = {"k" + raw};
  undecided.account_name = "A" + raw;
  undecided.action = "a:" + raw;
  EXPECT_EQ(AnswersText({answer, undecided}, *organization, Context()),
            "denied: statement 0 (" + shown + ") of p-" + shown + " (Night" + shown + "), attached to ou-" +
                shown + " (Domes" + shown + "), denies it\n  accounts  600000000011 (A" + shown +
                ")\n  actions   a:" + shown + "\nundecided: depends on k" + shown +
                "\n  accounts  600000000011 (A" + shown + ")\n  actions   a:" + shown +
                "\n2 questions: 0 allowed, 1 denied, 1 undecided\n");
}

// How many policies, and how long, may stand where AWS would refuse them.
TEST(TreeText, Quotas) {
  const auto text = [](size_t padding, int policies) {
    std::string entries =
        R"("p-long":{"document":{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*",)"
        R"("Resource":")" +
        std::string(padding, '*') + R"("}]}})";
    std::string names = "\"p-long\"";
    for (int i = 1; i < policies; ++i) {
      const std::string name = "\"p-" + std::to_string(i) + '"';
      entries += ',' + name + R"(:{"type":"SERVICE_CONTROL_POLICY","document":{"Version":"2012-10-17",)" +
                 R"("Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}})";
      names += ',' + name;
    }
    return TreeText(
        LoadText(R"({"policies":{)" + entries + R"(},"root":{"id":"r-obs1","policies":[)" + names + "]}}"),
        Context());
  };
  const size_t rest =
      std::string_view(R"({"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*",)"
                       R"("Resource":""}]})")
          .size();
  const auto has = [](const std::string& whole, std::string_view part) {
    EXPECT_NE(whole.find(part), std::string::npos) << whole.substr(0, 2000);
  };
  has(text(10240 - rest, 1), "  p-long  10,240 of 10,240 characters, attached to 1 target\n");
  has(text(10241 - rest, 1), "  p-long  10,241 of 10,240 characters: AWS rejects it, attached to 1 target\n");
  has(text(1, 10), "p-9  (0 free)\n");
  has(text(1, 11), "p-10  (1 more than AWS allows)\n");
  has(text(1, 13), "p-12  (3 more than AWS allows)\n");
}

std::vector<ActionId> AllActions(const Catalogue& catalogue) {
  return SearchActions(catalogue, {"*"}).value();
}

TEST(ActionsText, SixInDetailMoreAsAList) {
  const auto text = [](int actions) {
    std::string lines = "scpcheck-catalogue 1\nsource the manual\ndate 2026-03-01\nservice dome Dome\n";
    for (int i = 0; i < 8; ++i)
      lines += "type t" + std::to_string(i) + "\narn arn:" + std::to_string(i) + "\n";
    for (int i = 0; i < actions; ++i) {
      lines += "write Turn" + std::string(static_cast<size_t>(i), 'x') + "\nneeds t0\n";
      for (int type = 1; type < 8; ++type) lines += "may t" + std::to_string(type) + "\n";
    }
    const Result<Catalogue> catalogue = Catalogue::FromText(lines + "end\n", "c.txt");
    EXPECT_TRUE(catalogue.ok()) << catalogue.error().ToString();
    return ActionsText(*catalogue, AllActions(*catalogue), Context());
  };
  EXPECT_EQ(text(1),
            "dome:Turn\n"
            "  access level    Write\n"
            "  resource types  t0*, t1, t2, t3, t4, t5, t6, t7\n"
            "    t0  arn:0\n    t1  arn:1\n    t2  arn:2\n    t3  arn:3\n"
            "    t4  arn:4\n    t5  arn:5\n    t6  arn:6\n    t7  arn:7\n"
            "  condition keys  only those that every request has\n"
            "1 action; catalogue of 2026-03-01, the manual\n");
  EXPECT_NE(text(6).find("\n6 actions; catalogue of"), std::string::npos);
  EXPECT_NE(text(6).find("  access level    Write\n"), std::string::npos);
  const std::string types = "  Write  t0*, t1, t2, t3, t4, t5 and 2 more\n";
  EXPECT_EQ(text(7), "dome:Turn      " + types + "dome:Turnx     " + types + "dome:Turnxx    " + types +
                         "dome:Turnxxx   " + types + "dome:Turnxxxx  " + types + "dome:Turnxxxxx " + types +
                         "dome:Turnxxxxxx" + types + "7 actions; catalogue of 2026-03-01, the manual\n");
}

TEST(ActionsText, AListHasColumns) {
  const auto text = [](std::string_view lines) {
    std::string catalogue_text =
        "scpcheck-catalogue 1\nsource the manual\ndate 2026-03-01\nservice dome Dome\ntype t\narn arn:1\n" +
        std::string(lines);
    for (int i = 0; i < 6; ++i) catalogue_text += "read Get" + std::to_string(i) + "\nneeds t\n";
    const Result<Catalogue> catalogue = Catalogue::FromText(catalogue_text + "end\n", "c.txt");
    EXPECT_TRUE(catalogue.ok()) << catalogue.error().ToString();
    std::string list = ActionsText(*catalogue, AllActions(*catalogue), Context());
    return list.substr(0, list.find("dome:Get1"));
  };
  EXPECT_EQ(text("permissions Attach\nneeds t\nlist Find\n"),
            "dome:Attach  Permissions management  t*\n"
            "dome:Find    List\n"
            "dome:Get0    Read                    t*\n");
  EXPECT_EQ(text("list Attach\nneeds t\npermissions Find\n"),
            "dome:Attach  List                    t*\n"
            "dome:Find    Permissions management\n"
            "dome:Get0    Read                    t*\n");
}

}  // namespace
}  // namespace scpcheck

// Lines of decisions: which members, in which order, and that every text comes out as JSON.

#include "output/jsonl.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <string_view>

#include "base/text_buffer.h"

namespace scpcheck {
namespace {

std::string DecisionLine(const RequestView& request, const Decision& decision,
                         std::string_view details = {}) {
  TextBuffer out;
  AppendDecisionLine(request, decision, details, out);
  return std::string(out.text());
}

std::string ErrorLine(uint64_t line, std::string_view id, std::string_view message) {
  TextBuffer out;
  AppendErrorLine(line, id, message, out);
  return std::string(out.text());
}

TEST(DecisionLine, MembersInTheirOrder) {
  RequestView request;
  request.action = "s3:GetObject";
  Decision decision;
  decision.account = "111111111111";
  decision.verdict = Verdict::kAllowed;
  decision.reason = Reason::kServiceLinkedRole;
  EXPECT_EQ(DecisionLine(request, decision),
            R"({"account":"111111111111","action":"s3:GetObject","decision":"allowed",)"
            R"("reason":"serviceLinkedRole","dependsOn":[]})"
            "\n");

  decision.verdict = Verdict::kDenied;
  decision.reason = Reason::kImplicitDeny;
  decision.node = "r-abcd";
  EXPECT_EQ(
      DecisionLine(request, decision),
      R"({"account":"111111111111","action":"s3:GetObject","decision":"denied","reason":"implicitDeny",)"
      R"("node":"r-abcd","dependsOn":[]})"
      "\n");

  request.id = R"("q\n1")";
  request.echo = {{R"("ticket")", "17"}, {R"("n\u0061me")", R"({"a": [null]})"}};
  decision.reason = Reason::kExplicitDeny;
  decision.policy = "p-guard";
  decision.statement = 0;
  decision.sid = "Keep";
  EXPECT_EQ(DecisionLine(request, decision, R"("blockers":[{}])"),
            R"({"id":"q\n1","account":"111111111111","action":"s3:GetObject","decision":"denied",)"
            R"("reason":"explicitDeny","node":"r-abcd","policy":"p-guard","statement":0,"sid":"Keep",)"
            R"("dependsOn":[],"blockers":[{}],"ticket":17,"n\u0061me":{"a": [null]}})"
            "\n");

  // Without a Sid there is none; the number of a statement may be any.
  decision.sid = {};
  decision.statement = std::numeric_limits<uint32_t>::max();
  request.id = "-1.5e3";
  request.echo.clear();
  EXPECT_EQ(DecisionLine(request, decision),
            R"({"id":-1.5e3,"account":"111111111111","action":"s3:GetObject","decision":"denied",)"
            R"("reason":"explicitDeny","node":"r-abcd","policy":"p-guard","statement":4294967295,)"
            R"("dependsOn":[]})"
            "\n");
}

TEST(DecisionLine, NamesOfDecisionsAndReasons) {
  constexpr struct {
    Reason reason;
    std::string_view name;
  } kReasons[] = {
      {Reason::kScpNotEnabled, "scpNotEnabled"},
      {Reason::kManagementAccount, "managementAccount"},
      {Reason::kServiceLinkedRole, "serviceLinkedRole"},
      {Reason::kServicePrincipal, "servicePrincipal"},
      {Reason::kNoPermissionRequired, "noPermissionRequired"},
      {Reason::kAllowedAtEveryLevel, "allowedAtEveryLevel"},
      {Reason::kExplicitDeny, "explicitDeny"},
      {Reason::kImplicitDeny, "implicitDeny"},
  };
  for (const auto& c : kReasons) {
    Decision decision;
    decision.verdict = Verdict::kAllowed;
    decision.reason = c.reason;
    EXPECT_EQ(DecisionLine({}, decision), R"({"account":"","action":"","decision":"allowed","reason":")" +
                                              std::string(c.name) + R"(","dependsOn":[]})" + "\n");
  }
}

TEST(ErrorLine, MembersInTheirOrder) {
  EXPECT_EQ(ErrorLine(7, "", "no"), "{\"line\":7,\"error\":\"no\"}\n");
  EXPECT_EQ(ErrorLine(0, "\"q\"", ""), "{\"line\":0,\"id\":\"q\",\"error\":\"\"}\n");
  EXPECT_EQ(ErrorLine(std::numeric_limits<uint64_t>::max(), "1", "no"),
            "{\"line\":18446744073709551615,\"id\":1,\"error\":\"no\"}\n");
}

// How RFC 8259 wants one byte of a string, in the shortest form that it names.
std::string Escaped(char c) {
  switch (c) {
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  if (static_cast<unsigned char>(c) >= 0x20) return std::string(1, c);
  constexpr char kDigits[] = "0123456789abcdef";
  return std::string("\\u00") + kDigits[c / 16] + kDigits[c % 16];
}

// Sixteen bytes are looked at together: each byte must be escaped at every place among plain ones.
TEST(JsonText, EveryByteAtEveryOffset) {
  for (size_t length = 1; length <= 40; ++length) {
    for (size_t at = 0; at < length; ++at) {
      for (int byte = 0; byte < 256; ++byte) {
        std::string text(length, at % 2 == 0 ? '!' : '~');
        text[at] = static_cast<char>(byte);
        const std::string expected = "{\"line\":1,\"error\":\"" + text.substr(0, at) +
                                     Escaped(static_cast<char>(byte)) + text.substr(at + 1) + "\"}\n";
        ASSERT_EQ(ErrorLine(1, "", text), expected) << length << ' ' << at << ' ' << byte;
      }
    }
  }
}

// All texts that users write come out as they went in.
TEST(JsonText, ReadsBackAsItWas) {
  const std::string texts[] = {
      "",
      "plain",
      "\"quoted\" and \\back\\",
      std::string("\0\x01\x1f\x7f", 4),
      "\b\f\n\r\t/",
      "Z\xc3\xbcrich \xe2\x82\xac \xf0\x9f\x98\x80 \xe2\x80\xa8",
      "\x1b[31mred\x1b[0m",
      std::string(1000, '"') + std::string(1000, '\x01'),
  };
  for (const std::string& text : texts) {
    EXPECT_EQ(nlohmann::json::parse(ErrorLine(1, "", text)).at("error").get<std::string>(), text);
    RequestView request;
    request.action = text;
    Decision decision;
    decision.account = "111111111111";
    decision.verdict = Verdict::kDenied;
    decision.node = decision.policy = decision.sid = text;
    const auto line = nlohmann::json::parse(DecisionLine(request, decision));
    EXPECT_EQ(line.at("action").get<std::string>(), text);
    if (text.empty()) continue;
    for (const char* const name : {"node", "policy", "sid"}) {
      EXPECT_EQ(line.at(name).get<std::string>(), text) << name;
    }
  }
}

// Texts are copied in pieces that overlap, into room that is reserved for all of them.
TEST(JsonText, EverySize) {
  TextBuffer out;
  std::string expected;
  for (size_t size = 1; size < 200; ++size) {
    std::string token(size, 'x');
    for (size_t i = 0; i < size; ++i) token[i] = static_cast<char>('a' + i % 26);
    RequestView request;
    request.id = token;
    request.action = token;
    request.echo = {{token, token}};
    Decision decision;
    decision.account = token;
    decision.node = token;
    decision.verdict = Verdict::kDenied;
    decision.reason = Reason::kImplicitDeny;
    AppendDecisionLine(request, decision, token, out);
    expected += "{\"id\":" + token + ",\"account\":\"" + token + "\",\"action\":\"" + token +
                R"(","decision":"denied","reason":"implicitDeny","node":")" + token + R"(","dependsOn":[],)" +
                token + ',' + token + ':' + token + "}\n";
    AppendErrorLine(size, token, token, out);
    expected += "{\"line\":" + std::to_string(size) + ",\"id\":" + token + ",\"error\":\"" + token + "\"}\n";
  }
  EXPECT_EQ(out.text(), expected);
}

TEST(UndecidedMessage, NamesAll) {
  Decision decision;
  constexpr std::array<std::string_view, 3> kNames = {"aws:RequestedRegion", "principal", "resource"};
  decision.depends_on = std::span(kNames).first(1);
  EXPECT_EQ(UndecidedMessage(decision), "undecided: depends on aws:RequestedRegion");
  decision.depends_on = kNames;
  EXPECT_EQ(UndecidedMessage(decision), "undecided: depends on aws:RequestedRegion, principal, resource");
}

}  // namespace
}  // namespace scpcheck

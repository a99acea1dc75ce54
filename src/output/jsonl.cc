#include "output/jsonl.h"

#include <charconv>

namespace scpcheck {

namespace {

bool NeedsEscape(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

void AppendNumber(uint64_t number, std::string& out) {
  char digits[20];
  const auto [end, error] = std::to_chars(digits, digits + sizeof(digits), number);
  out.append(digits, end);
}

}  // namespace

void AppendJsonString(std::string_view text, std::string& out) {
  out.push_back('"');
  size_t plain = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (!NeedsEscape(text[i])) continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (text[i]) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default: {
        constexpr char kHex[] = "0123456789abcdef";
        out += "\\u00";
        out.push_back(kHex[static_cast<unsigned char>(text[i]) >> 4]);
        out.push_back(kHex[text[i] & 15]);
      }
    }
  }
  out.append(text, plain);
  out.push_back('"');
}

void AppendDecisionLine(const RequestView& request, const Decision& decision, std::string_view details,
                        std::string& out) {
  out.push_back('{');
  if (!request.id.empty()) {
    out += "\"id\":";
    out += request.id;
    out.push_back(',');
  }
  out += "\"account\":\"";
  out += decision.account;
  out += "\",\"action\":";
  AppendJsonString(request.action, out);
  out += ",\"decision\":\"";
  out += VerdictName(decision.verdict);
  out += "\",\"reason\":\"";
  out += ReasonName(decision.reason);
  out.push_back('"');
  if (!decision.node.empty()) {
    out += ",\"node\":";
    AppendJsonString(decision.node, out);
  }
  if (!decision.policy.empty()) {
    out += ",\"policy\":";
    AppendJsonString(decision.policy, out);
  }
  if (decision.statement) {
    out += ",\"statement\":";
    AppendNumber(*decision.statement, out);
  }
  if (!decision.sid.empty()) {
    out += ",\"sid\":";
    AppendJsonString(decision.sid, out);
  }
  out += ",\"dependsOn\":[]";
  if (!details.empty()) {
    out.push_back(',');
    out += details;
  }
  for (const EchoMember& member : request.echo) {
    out.push_back(',');
    out += member.key;
    out.push_back(':');
    out += member.value;
  }
  out += "}\n";
}

void AppendErrorLine(uint64_t line, std::string_view id, std::string_view message, std::string& out) {
  out += "{\"line\":";
  AppendNumber(line, out);
  if (!id.empty()) {
    out += ",\"id\":";
    out += id;
  }
  out += ",\"error\":";
  AppendJsonString(message, out);
  out += "}\n";
}

std::string UndecidedMessage(const Decision& decision) {
  std::string message = "undecided: depends on ";
  for (size_t i = 0; i < decision.depends_on.size(); ++i) {
    if (i > 0) message += ", ";
    message += decision.depends_on[i];
  }
  return message;
}

}  // namespace scpcheck

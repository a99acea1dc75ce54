#include "output/jsonl.h"

#include <charconv>
#include <cstring>

#include "base/find_bytes.h"

namespace scpcheck {

namespace {

// A byte of a string may become six, `\u0000`.
constexpr size_t kMaxEscapedBytes = 6;
// What the fixed texts and numbers of a line take together, generously.
constexpr size_t kFixedBytes = 512;

// Writes into room that has been reserved.
class Writer {
 public:
  explicit Writer(char* to) : to_(to) {}
  char* end() const { return to_; }

  template <size_t kSize>
  void Literal(const char (&text)[kSize]) {
    std::memcpy(to_, text, kSize - 1);
    to_ += kSize - 1;
  }

  // In pieces of fixed size, which may overlap: a line has many short texts, and a copy of variable length
  // is a call.
  void Text(std::string_view text) {
    const size_t size = text.size();
    const char* const from = text.data();
    if (size >= 16) {
      for (size_t i = 0; i + 16 < size; i += 16) std::memcpy(to_ + i, from + i, 16);
      std::memcpy(to_ + size - 16, from + size - 16, 16);
    } else if (size >= 8) {
      std::memcpy(to_, from, 8);
      std::memcpy(to_ + size - 8, from + size - 8, 8);
    } else {
      for (size_t i = 0; i < size; ++i) to_[i] = from[i];
    }
    to_ += size;
  }

  // In quotes, escaped.
  void String(std::string_view text) {
    *to_++ = '"';
    if (FindJsonEscape(text) == text.size()) {
      Text(text);
    } else {
      for (const char c : text) Escaped(c);
    }
    *to_++ = '"';
  }

  void Number(uint64_t number) { to_ = std::to_chars(to_, to_ + 20, number).ptr; }

 private:
  void Escaped(char c) {
    if (!NeedsJsonEscape(c)) {
      *to_++ = c;
      return;
    }
    *to_++ = '\\';
    switch (c) {
      case '\n':
        *to_++ = 'n';
        break;
      case '\r':
        *to_++ = 'r';
        break;
      case '\t':
        *to_++ = 't';
        break;
      case '"':
      case '\\':
        *to_++ = c;
        break;
      default: {
        constexpr char kHex[] = "0123456789abcdef";
        Literal("u00");
        *to_++ = kHex[static_cast<unsigned char>(c) >> 4];
        *to_++ = kHex[c & 15];
      }
    }
  }

  char* to_;
};

}  // namespace

void AppendDecisionLine(const RequestView& request, const Decision& decision, std::string_view details,
                        TextBuffer& out) {
  size_t room = kFixedBytes + request.id.size() + details.size() + decision.account.size() +
                kMaxEscapedBytes * (request.action.size() + decision.node.size() + decision.policy.size() +
                                    decision.sid.size());
  for (const EchoMember& member : request.echo) room += member.key.size() + member.value.size() + 2;
  Writer writer(out.Reserve(room));
  if (request.id.empty()) {
    writer.Literal("{\"account\":\"");
  } else {
    writer.Literal("{\"id\":");
    writer.Text(request.id);
    writer.Literal(",\"account\":\"");
  }
  writer.Text(decision.account);
  writer.Literal("\",\"action\":");
  writer.String(request.action);
  writer.Literal(",\"decision\":\"");
  writer.Text(VerdictName(decision.verdict));
  writer.Literal("\",\"reason\":\"");
  writer.Text(ReasonName(decision.reason));
  writer.Literal("\"");
  if (!decision.node.empty()) {
    writer.Literal(",\"node\":");
    writer.String(decision.node);
  }
  if (!decision.policy.empty()) {
    writer.Literal(",\"policy\":");
    writer.String(decision.policy);
  }
  if (decision.statement) {
    writer.Literal(",\"statement\":");
    writer.Number(*decision.statement);
  }
  if (!decision.sid.empty()) {
    writer.Literal(",\"sid\":");
    writer.String(decision.sid);
  }
  writer.Literal(",\"dependsOn\":[]");
  if (!details.empty()) {
    writer.Literal(",");
    writer.Text(details);
  }
  for (const EchoMember& member : request.echo) {
    writer.Literal(",");
    writer.Text(member.key);
    writer.Literal(":");
    writer.Text(member.value);
  }
  writer.Literal("}\n");
  out.Commit(writer.end());
}

void AppendErrorLine(uint64_t line, std::string_view id, std::string_view message, TextBuffer& out) {
  Writer writer(out.Reserve(kFixedBytes + id.size() + kMaxEscapedBytes * message.size()));
  writer.Literal("{\"line\":");
  writer.Number(line);
  if (!id.empty()) {
    writer.Literal(",\"id\":");
    writer.Text(id);
  }
  writer.Literal(",\"error\":");
  writer.String(message);
  writer.Literal("}\n");
  out.Commit(writer.end());
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

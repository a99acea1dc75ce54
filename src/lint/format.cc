#include "lint/format.h"

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "base/utf8.h"

namespace scpcheck {

namespace {

using json::Kind;
using json::Member;
using json::Value;

constexpr size_t kMaxColumns = 100;
constexpr size_t kIndent = 2;

constexpr std::string_view kPolicyOrder[] = {"Version", "Id", "Statement"};
constexpr std::string_view kStatementOrder[] = {"Sid",          "Effect",      "Principal",
                                                "NotPrincipal", "Action",      "NotAction",
                                                "Resource",     "NotResource", "Condition"};

class Printer {
 public:
  void PrintPolicy(Value policy) {
    if (!policy.is_object()) {
      PrintValue(policy, 0, 0);
      return;
    }
    PrintObject(policy, kPolicyOrder, 0, [&](Member member, size_t level, size_t behind) {
      if (member.key.text() == "Statement") {
        PrintStatements(member.value, level, behind);
      } else {
        PrintValue(member.value, level, behind);
      }
    });
  }

  std::string Take() {
    out_ += '\n';
    return std::move(out_);
  }

 private:
  void PrintStatements(Value statements, size_t level, size_t behind) {
    if (statements.is_object()) {
      PrintStatement(statements, level);
    } else if (statements.is_array()) {
      PrintArray(statements, level, behind, [&](Value element, size_t inner, size_t behind_element) {
        if (element.is_object()) {
          PrintStatement(element, inner);
        } else {
          PrintValue(element, inner, behind_element);
        }
      });
    } else {
      PrintValue(statements, level, behind);
    }
  }

  void PrintStatement(Value statement, size_t level) {
    PrintObject(statement, kStatementOrder, level,
                [&](Member member, size_t inner, size_t behind) { PrintValue(member.value, inner, behind); });
  }

  // `behind`: the characters that follow on the line, a comma perhaps. Recursion ends: trees are bounded in
  // depth.
  void PrintValue(Value value, size_t level, size_t behind) {
    switch (value.kind()) {
      case Kind::kObject:
        PrintObject(value, {}, level, [&](Member member, size_t inner, size_t behind_member) {
          PrintValue(member.value, inner, behind_member);
        });
        return;
      case Kind::kArray:
        PrintArray(value, level, behind, [&](Value element, size_t inner, size_t behind_element) {
          PrintValue(element, inner, behind_element);
        });
        return;
      case Kind::kNull:
      case Kind::kBoolean:
      case Kind::kNumber:
      case Kind::kString:
        out_ += json::CompactText(value);
        return;
    }
  }

  template <typename PrintMember>
  void PrintObject(Value object, std::span<const std::string_view> order, size_t level,
                   PrintMember print_member) {
    if (object.size() == 0) {
      out_ += "{}";
      return;
    }
    std::vector<Member> members;
    for (const Member member : object.members()) members.push_back(member);
    const auto rank = [&](const Member& member) {
      return std::find(order.begin(), order.end(), member.key.text()) - order.begin();
    };
    std::stable_sort(members.begin(), members.end(),
                     [&](const Member& a, const Member& b) { return rank(a) < rank(b); });
    out_ += '{';
    for (size_t i = 0; i < members.size(); ++i) {
      const bool is_last = i + 1 == members.size();
      StartLine(level + 1);
      out_ += json::QuotedText(members[i].key.text()) + ": ";
      print_member(members[i], level + 1, is_last ? 0 : 1);
      if (!is_last) out_ += ',';
    }
    StartLine(level);
    out_ += '}';
  }

  template <typename PrintElement>
  void PrintArray(Value array, size_t level, size_t behind, PrintElement print_element) {
    bool is_plain = true;
    for (const Value element : array.elements()) is_plain &= !element.is_array() && !element.is_object();
    if (is_plain) {
      std::string line = "[";
      for (const Value element : array.elements())
        line += (line == "[" ? "" : ", ") + json::CompactText(element);
      line += "]";
      if (Column() + CountCodePoints(line) + behind <= kMaxColumns || array.size() == 0) {
        out_ += line;
        return;
      }
    }
    out_ += '[';
    uint32_t left = array.size();
    for (const Value element : array.elements()) {
      --left;
      StartLine(level + 1);
      print_element(element, level + 1, left > 0 ? 1 : 0);
      if (left > 0) out_ += ',';
    }
    StartLine(level);
    out_ += ']';
  }

  void StartLine(size_t level) {
    out_ += '\n';
    line_ = out_.size();
    out_.append(level * kIndent, ' ');
  }

  // How many characters stand on the line.
  size_t Column() const { return CountCodePoints(std::string_view(out_).substr(line_)); }

  std::string out_;
  size_t line_ = 0;  // where the line begins
};

}  // namespace

std::string CanonicalText(json::Value policy) {
  Printer printer;
  printer.PrintPolicy(policy);
  return printer.Take();
}

}  // namespace scpcheck

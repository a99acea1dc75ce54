#include "pattern.h"

#include "fail.h"
#include "values.h"

namespace scpcheck::reference {
namespace {

// V-01, V-04, V-05: reads the `${...}` that `text` begins with into `piece` and returns its length; 0 when it
// is not well formed, and then is plain text.
size_t ReadVariable(std::string_view text, Piece& piece) {
  const size_t end = text.find_first_of("},");
  if (end == std::string_view::npos) return 0;
  const std::string_view name = text.substr(2, end - 2);
  if (name.empty() || name.find(' ') != std::string_view::npos) return 0;
  if (text[end] == '}') {
    if (name == "*" || name == "?" || name == "$") {
      piece = {Piece::Kind::kText, std::string(name), std::nullopt};
    } else {
      piece = {Piece::Kind::kVariable, LowerAscii(name), std::nullopt};
    }
    return end + 1;
  }
  const std::string_view rest = text.substr(end);
  if (rest.substr(0, 3) != ", '") return 0;
  const size_t close = rest.find("'}", 3);
  if (close == std::string_view::npos) return 0;
  piece = {Piece::Kind::kVariable, LowerAscii(name), std::string(rest.substr(3, close - 3))};
  return end + close + 2;
}

}  // namespace

void AppendText(Pattern& pattern, std::string_view text) {
  if (text.empty()) return;
  if (pattern.empty() || pattern.back().kind != Piece::Kind::kText) {
    pattern.push_back({Piece::Kind::kText, "", std::nullopt});
  }
  pattern.back().text += text;
}

Pattern ParsePattern(std::string_view text, bool wildcards, bool variables) {
  Pattern pattern;
  while (!text.empty()) {
    Piece piece;
    size_t length = 0;
    if (variables && text.substr(0, 2) == "${" && (length = ReadVariable(text, piece)) > 0) {
      if (piece.kind == Piece::Kind::kText) {
        AppendText(pattern, piece.text);
      } else {
        pattern.push_back(piece);
      }
      text.remove_prefix(length);
      continue;
    }
    if (wildcards && text[0] == '*') {
      pattern.push_back({Piece::Kind::kAnyRun, "", std::nullopt});
    } else if (wildcards && text[0] == '?') {
      pattern.push_back({Piece::Kind::kAnyOne, "", std::nullopt});
    } else {
      AppendText(pattern, text.substr(0, 1));
    }
    text.remove_prefix(1);
  }
  return pattern;
}

std::vector<Pattern> SplitArn(const Pattern& pattern) {
  std::vector<Pattern> parts(1);
  for (const Piece& piece : pattern) {
    if (piece.kind != Piece::Kind::kText) {
      parts.back().push_back(piece);
      continue;
    }
    std::string_view rest = piece.text;
    size_t colon;
    while (parts.size() < 6 && (colon = rest.find(':')) != std::string_view::npos) {
      AppendText(parts.back(), rest.substr(0, colon));
      parts.emplace_back();
      rest.remove_prefix(colon + 1);
    }
    AppendText(parts.back(), rest);
  }
  return parts;
}

std::vector<std::string> SplitArn(std::string_view text) {
  std::vector<std::string> parts;
  size_t colon;
  while (parts.size() < 5 && (colon = text.find(':')) != std::string_view::npos) {
    parts.emplace_back(text.substr(0, colon));
    text.remove_prefix(colon + 1);
  }
  parts.emplace_back(text);
  return parts;
}

std::string Regex(const Pattern& pattern, const char* run, const char* last_run, const char* one) {
  std::string regex;
  for (size_t i = 0; i < pattern.size(); ++i) {
    switch (pattern[i].kind) {
      case Piece::Kind::kText:
        regex += Quote(pattern[i].text);
        break;
      case Piece::Kind::kAnyRun:
        regex += i + 1 == pattern.size() ? last_run : run;
        break;
      case Piece::Kind::kAnyOne:
        regex += one;
        break;
      case Piece::Kind::kVariable:
        Fail("a variable was not replaced");
    }
  }
  return regex;
}

std::string PlainText(const Pattern& pattern) {
  std::string text;
  for (const Piece& piece : pattern) text += piece.text;
  return text;
}

}  // namespace scpcheck::reference

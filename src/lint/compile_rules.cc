// The build's own tool: makes the table of rules out of their pages.
//
//   scpcheck_compile_rules OUTPUT PAGE...
//
// The front matter of a page, rules/<id>-<name>.md, is `key: value` lines between two `---`; its first
// paragraph is the summary. tests/unit/lint holds the pages against the registry.

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

struct Page {
  std::string file;
  std::map<std::string, std::string> fields;
  std::string summary;
  std::string body;
};

// What a field may say, and the C++ that says it.
const std::map<std::string, std::map<std::string, std::string>> kWords = {
    {"category",
     {{"syntax", "RuleCategory::kSyntax"},
      {"schema", "RuleCategory::kSchema"},
      {"reference", "RuleCategory::kReference"},
      {"logic", "RuleCategory::kLogic"},
      {"risk", "RuleCategory::kRisk"},
      {"redundancy", "RuleCategory::kRedundancy"},
      {"style", "RuleCategory::kStyle"},
      {"portability", "RuleCategory::kPortability"},
      {"quota", "RuleCategory::kQuota"}}},
    {"scope",
     {{"statement", "RuleScope::kStatement"},
      {"policy", "RuleScope::kPolicy"},
      {"chain", "RuleScope::kChain"},
      {"organization", "RuleScope::kOrganization"}}},
    {"severity",
     {{"error", "Severity::kError"}, {"warning", "Severity::kWarning"}, {"info", "Severity::kInfo"}}},
    {"enabled", {{"yes", "true"}, {"no", "false"}}},
    {"confidence",
     {{"proven", "Confidence::kProven"},
      {"catalogue", "Confidence::kCatalogue"},
      {"heuristic", "Confidence::kHeuristic"}}},
    {"fix", {{"none", "FixKind::kNone"}, {"safe", "FixKind::kSafe"}, {"unsafe", "FixKind::kUnsafe"}}},
    {"status", {{"stable", "false"}, {"preview", "true"}}},
};

[[noreturn]] void Fail(const std::string& file, size_t line, const std::string& message) {
  std::fprintf(stderr, "%s:%zu: %s\n", file.c_str(), line, message.c_str());
  std::_Exit(2);
}

Page ReadPage(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) Fail(path, 1, "can't open it");
  Page page;
  page.file = path;
  std::string line;
  size_t number = 1;
  if (!std::getline(file, line) || line != "---") Fail(path, number, "a page starts with `---`");
  while (true) {
    ++number;
    if (!std::getline(file, line)) Fail(path, number, "the front matter does not end: a `---` is missing");
    if (line == "---") break;
    const size_t colon = line.find(": ");
    if (colon == std::string::npos) Fail(path, number, "expected `key: value`");
    const std::string key = line.substr(0, colon);
    const std::string value = line.substr(colon + 2);
    const auto words = kWords.find(key);
    if (words == kWords.end() && key != "id" && key != "name" && key != "since") {
      Fail(path, number, "the field `" + key + "` is not known");
    }
    if (words != kWords.end() && words->second.count(value) == 0) {
      Fail(path, number, "`" + key + "` can't be `" + value + "`");
    }
    if (!page.fields.emplace(key, value).second) Fail(path, number, "the field `" + key + "` stands twice");
  }
  for (const char* key : {"id", "name", "since"}) {
    if (page.fields.count(key) == 0) Fail(path, 1, std::string("the field `") + key + "` is missing");
  }
  for (const auto& [key, words] : kWords) {
    if (page.fields.count(key) == 0) Fail(path, 1, "the field `" + key + "` is missing");
  }
  const std::string expected = page.fields["id"] + "-" + page.fields["name"] + ".md";
  if (path.substr(path.rfind('/') + 1) != expected) Fail(path, 1, "the file must be called " + expected);
  std::ostringstream body;
  body << file.rdbuf();
  page.body = body.str();
  page.body.erase(0, page.body.find_first_not_of('\n'));
  page.summary = page.body.substr(0, page.body.find("\n\n"));
  std::replace(page.summary.begin(), page.summary.end(), '\n', ' ');
  while (!page.summary.empty() && (page.summary.back() == ' ' || page.summary.back() == '.'))
    page.summary.pop_back();
  if (page.summary.empty() || page.summary[0] == '#')
    Fail(path, number, "the first paragraph must be a summary");
  return page;
}

// As a string_view of a raw string; a compiler takes some 64 KB in one piece. With its length, which clang
// would count character by character, and give up.
std::string Raw(std::string_view text) {
  constexpr size_t kPiece = 16000;
  std::string literals;
  for (size_t at = 0; at < text.size() || at == 0; at += kPiece) {
    literals += "R\"page(" + std::string(text.substr(at, kPiece)) + ")page\" ";
  }
  return "{" + literals + ", " + std::to_string(text.size()) + "}";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: scpcheck_compile_rules OUTPUT PAGE...\n");
    return 2;
  }
  std::vector<Page> pages;
  for (int i = 2; i < argc; ++i) pages.push_back(ReadPage(argv[i]));
  std::sort(pages.begin(), pages.end(), [](Page& a, Page& b) { return a.fields["id"] < b.fields["id"]; });
  std::ofstream output(argv[1], std::ios::binary);
  for (Page& page : pages) {
    const auto word = [&](const char* key) { return kWords.at(key).at(page.fields[key]); };
    output << "{\"" << page.fields["id"] << "\", \"" << page.fields["name"] << "\",\n " << Raw(page.summary)
           << ",\n " << word("category") << ", " << word("scope") << ", " << word("severity") << ", "
           << word("enabled") << ", " << word("confidence") << ", " << word("fix") << ", " << word("status")
           << ", \"" << page.fields["since"] << "\",\n " << Raw(page.body) << "},\n";
  }
  if (!output.flush()) {
    std::fprintf(stderr, "%s: can't be written\n", argv[1]);
    return 2;
  }
  return 0;
}

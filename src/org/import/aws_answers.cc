#include "org/import/aws_answers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/quote.h"
#include "json/parse.h"
#include "json/scan.h"

namespace scpcheck {

namespace {

using json::Kind;
using json::Value;

struct OperationEntry {
  AwsOperation operation;
  std::string_view cli_name;
  std::string_view api_name;
  std::string_view parameter;  // of the request: what it is about; empty for none
  std::string_view member;     // of the response
  bool is_list;
};

// A name that starts with another comes before it, so that the first that fits a file name is the right one.
constexpr OperationEntry kOperations[] = {
    {AwsOperation::kDescribeAccount, "describe-account", "DescribeAccount", "", "Account", false},
    {AwsOperation::kDescribeEffectivePolicy, "describe-effective-policy", "DescribeEffectivePolicy", "",
     "EffectivePolicy", false},
    {AwsOperation::kDescribeOrganizationalUnit, "describe-organizational-unit", "DescribeOrganizationalUnit",
     "", "OrganizationalUnit", false},
    {AwsOperation::kDescribeOrganization, "describe-organization", "DescribeOrganization", "", "Organization",
     false},
    {AwsOperation::kDescribePolicy, "describe-policy", "DescribePolicy", "", "Policy", false},
    {AwsOperation::kListAccountsForParent, "list-accounts-for-parent", "ListAccountsForParent", "ParentId",
     "Accounts", true},
    {AwsOperation::kListAccounts, "list-accounts", "ListAccounts", "", "Accounts", true},
    {AwsOperation::kListChildren, "list-children", "ListChildren", "ParentId", "Children", true},
    {AwsOperation::kListOrganizationalUnitsForParent, "list-organizational-units-for-parent",
     "ListOrganizationalUnitsForParent", "ParentId", "OrganizationalUnits", true},
    {AwsOperation::kListParents, "list-parents", "ListParents", "ChildId", "Parents", true},
    {AwsOperation::kListPoliciesForTarget, "list-policies-for-target", "ListPoliciesForTarget", "TargetId",
     "Policies", true},
    {AwsOperation::kListPolicies, "list-policies", "ListPolicies", "", "Policies", true},
    {AwsOperation::kListRoots, "list-roots", "ListRoots", "", "Roots", true},
    {AwsOperation::kListTargetsForPolicy, "list-targets-for-policy", "ListTargetsForPolicy", "PolicyId",
     "Targets", true},
};

bool IsLowerAlnum(char c) {
  return IsAsciiDigit(c) || (c >= 'a' && c <= 'z');
}

// The length of `prefix` and of the characters after it that fit, if there are `min` of them; at most `max`
// are taken.
template <typename Fits>
size_t PrefixedLength(std::string_view text, std::string_view prefix, size_t min, size_t max, Fits fits) {
  if (!text.starts_with(prefix)) return 0;
  const size_t limit = std::min(text.size(), prefix.size() + max);
  size_t length = prefix.size();
  while (length < limit && fits(text[length])) ++length;
  return length >= prefix.size() + min ? length : 0;
}

std::string Join(const std::string& directory, std::string_view name) {
  return directory + (directory.ends_with('/') ? "" : "/") + std::string(name);
}

// What an object is that starts with the member of one operation only; null for anything else.
const OperationEntry* OperationOfContent(const Files& files, const std::string& path) {
  if (files.IsDirectory(path)) return nullptr;
  const Result<std::string> text = files.Read(path, kMaxPolicyFileSize);
  if (!text) return nullptr;
  const char* const end = text->data() + text->size();
  const char* p = json::SkipSpace(text->data(), end);
  if (p == end || *p != '{') return nullptr;
  p = json::SkipSpace(p + 1, end);
  const std::string_view rest(p, static_cast<size_t>(end - p));
  for (const OperationEntry& entry : kOperations) {
    const bool tells = entry.operation == AwsOperation::kListRoots ||
                       entry.operation == AwsOperation::kDescribeOrganization ||
                       entry.operation == AwsOperation::kDescribePolicy;
    if (tells && rest.starts_with('"' + std::string(entry.member) + '"')) return &entry;
  }
  return nullptr;
}

// Where an answer stands, and what its place says about the request.
struct AnswerPlace {
  const OperationEntry* entry;
  std::string subject;
  std::string variant;
  std::optional<std::string> page;  // the request's NextToken; nothing where the request is not known
};

class Reader {
 public:
  Reader(ImportInput& input, const std::function<void(const AwsAnswer&)>& use) : input_(input), use_(use) {}

  void ReadDirectory() {
    const Result<std::vector<std::string>> names = input_.files.List(input_.path);
    if (!names) {
      ReportUnreadable(names.error());
      return;
    }
    for (const std::string& name : *names) {
      const auto* const entry = std::find_if(std::begin(kOperations), std::end(kOperations),
                                             [&](const OperationEntry& e) { return e.cli_name == name; });
      if (entry != std::end(kOperations)) {
        ReadFilesOf(*entry);
      } else {
        ReadFlatFile(name);
      }
    }
    CheckPages();
  }

  void ReadLines() {
    const std::shared_ptr<const Source> source = input_.source;
    const std::string_view text = source->text();
    for (size_t begin = source->bom_size(); begin < text.size();) {
      const size_t end = std::min(text.find('\n', begin), text.size());
      if (json::SkipSpace(text.data() + begin, text.data() + end) != text.data() + end) {
        ReadLine(source, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)});
      }
      begin = end + 1;
    }
    CheckPages();
  }

 private:
  static std::optional<std::string_view> WithoutJsonExtension(std::string_view name) {
    if (name.ends_with(".gz")) name.remove_suffix(3);
    if (!name.ends_with(".json")) return std::nullopt;
    return name.substr(0, name.size() - 5);
  }

  void ReadFilesOf(const OperationEntry& entry) {
    const std::string directory = Join(input_.path, entry.cli_name);
    const Result<std::vector<std::string>> names = input_.files.List(directory);
    if (!names) {
      ReportUnreadable(names.error());
      return;
    }
    for (const std::string& name : *names) {
      if (const auto rest = WithoutJsonExtension(name)) ReadFile(Join(directory, name), entry, *rest);
    }
  }

  // `<operation>.json`, `<operation>_<id>.json`, `<operation>-<id>.json`. A file of another name is taken if
  // its content says what it is; anything else may lie here too.
  void ReadFlatFile(const std::string& name) {
    const auto base = WithoutJsonExtension(name);
    if (!base) return;
    const std::string path = Join(input_.path, name);
    for (const OperationEntry& entry : kOperations) {
      if (!base->starts_with(entry.cli_name)) continue;
      std::string_view rest = base->substr(entry.cli_name.size());
      if (!rest.empty() && rest[0] != '_' && rest[0] != '-') continue;
      if (!rest.empty()) rest.remove_prefix(1);
      ReadFile(path, entry, rest);
      return;
    }
    if (const OperationEntry* entry = OperationOfContent(input_.files, path)) ReadFile(path, *entry, "");
  }

  // `rest` is what the file's name tells about the request: an id, a policy type, a page.
  void ReadFile(const std::string& path, const OperationEntry& entry, std::string_view rest) {
    Result<std::string> text = input_.files.Read(path, kMaxOrganizationFileSize);
    if (!text) {
      ReportUnreadable(text.error());
      return;
    }
    const std::shared_ptr<const Source> source = Source::FromText(path, std::move(text).value());
    AnswerPlace place{&entry, "", "", std::nullopt};
    size_t id_length = std::max(
        {AwsRootIdLength(rest), AwsUnitIdLength(rest), AwsAccountIdLength(rest), AwsPolicyIdLength(rest)});
    if (id_length < rest.size() && IsAsciiAlnum(rest[id_length])) id_length = 0;  // too long for an id
    place.subject = rest.substr(0, id_length);
    rest.remove_prefix(id_length);
    if (id_length > 0 && !rest.empty()) rest.remove_prefix(1);  // what separates them
    const bool is_variant = std::all_of(rest.begin(), rest.end(), [](char c) {
      return (c >= 'A' && c <= 'Z') || IsAsciiDigit(c) || c == '_';
    });
    if (is_variant && !rest.empty() && !IsAsciiDigit(rest[0])) place.variant = rest;
    if (!entry.parameter.empty() && place.subject.empty()) {
      Report("aws-answer",
             "the file's name must tell the `" + std::string(entry.parameter) + "`, as in " +
                 Quoted(std::string(entry.cli_name) + "/<id>.json"),
             {source, {}});
      return;
    }
    if (const auto tree = json::Parse(source, input_.diagnostics)) UseResponse(place, tree->root());
  }

  void ReadLine(const std::shared_ptr<const Source>& source, SourceRange line) {
    const auto tree = json::ParsePart(source, line, input_.diagnostics);
    if (!tree) return;
    const Value top = tree->root();
    std::optional<Value> operation;
    std::optional<Value> response;
    if (top.is_object()) {
      operation = top.Find("operation");
      response = top.Find("response");
    }
    if (!operation || !operation->is_string() || !response) {
      Report("aws-answer", "each line must be an object with `operation`, `request` and `response`",
             {source, top.range()});
      return;
    }
    const std::string_view name = operation->text();
    const auto* const entry =
        std::find_if(std::begin(kOperations), std::end(kOperations),
                     [&](const OperationEntry& e) { return e.api_name == name || e.cli_name == name; });
    if (entry == std::end(kOperations)) return;  // there are others, and they tell nothing about SCPs
    AnswerPlace place{entry, "", "", ""};
    const std::optional<Value> request = top.Find("request");
    const auto parameter = [&](std::string_view key) {
      const std::optional<Value> value = request && request->is_object() ? request->Find(key) : std::nullopt;
      return std::string(value && value->is_string() ? value->text() : "");
    };
    place.page = parameter("NextToken");
    place.variant = parameter("Filter") + parameter("ChildType");
    for (const std::string_view key :
         {"ParentId", "ChildId", "TargetId", "PolicyId", "AccountId", "OrganizationalUnitId"}) {
      place.subject += parameter(key);
    }
    if (!entry->parameter.empty() && place.subject.empty()) {
      Report("aws-answer",
             "the request of this `" + std::string(name) + "` has no `" + std::string(entry->parameter) + "`",
             {source, operation->range()});
      return;
    }
    UseResponse(place, *response);
  }

  void UseResponse(const AnswerPlace& place, Value response) {
    const OperationEntry& entry = *place.entry;
    const std::shared_ptr<const Source>& source = response.tree().source();
    if (entry.operation == AwsOperation::kDescribeEffectivePolicy) {
      Report("aws-answer",
             "`describe-effective-policy` has no service control policies: save `describe-policy` and "
             "`list-policies-for-target` instead",
             {source, response.range()});
      return;
    }
    const std::optional<Value> content = response.is_object() ? response.Find(entry.member) : std::nullopt;
    if (!content || content->kind() != (entry.is_list ? Kind::kArray : Kind::kObject)) {
      Report("aws-answer",
             "an answer of " + Quoted(entry.cli_name) + " must have " +
                 std::string(entry.is_list ? "an array" : "an object") + " named " + Quoted(entry.member) +
                 ": save the whole answer, without `--query`",
             {source, content ? content->range() : response.range()});
      return;
    }
    if (entry.is_list || !place.subject.empty() || entry.operation == AwsOperation::kDescribeOrganization) {
      NotePage(place, response);
    }
    use_({entry.operation, place.subject, place.variant, *content, source});
  }

  struct Page {
    Place place;
    std::optional<std::string> asked_for;  // the request's token; empty for the first page
    std::string next;                      // the response's token; empty for the last page
  };
  using Call = std::tuple<AwsOperation, std::string, std::string>;  // operation, subject, variant

  void NotePage(const AnswerPlace& place, Value response) {
    const std::optional<Value> token = response.Find("NextToken");
    Page page{{response.tree().source(), response.range()}, place.page, ""};
    if (token && token->is_string() && !token->text().empty()) {
      page.next = token->text();
      page.place.range = token->range();
    }
    calls_[{place.entry->operation, place.subject, place.variant}].push_back(std::move(page));
  }

  void CheckPages() {
    for (const auto& [call, pages] : calls_) {
      if (pages.front().asked_for) {
        CheckLinkedPages(pages);
      } else {
        CheckCountedPages(pages);
      }
    }
  }

  // Of lines the requests are known: every token of a response must be that of one request.
  void CheckLinkedPages(const std::vector<Page>& pages) {
    std::map<std::string_view, const Page*> by_token;
    for (const Page& page : pages) {
      const auto [first, is_new] = by_token.emplace(*page.asked_for, &page);
      if (!is_new) ReportTwice(*first->second, page);
    }
    for (const Page& page : pages) {
      if (!page.next.empty() && by_token.count(page.next) == 0) ReportCut(page);
    }
  }

  // Of files they are not: exactly one page of a complete listing is the last.
  void CheckCountedPages(const std::vector<Page>& pages) {
    const Page* last = nullptr;
    for (const Page& page : pages) {
      if (!page.next.empty()) continue;
      if (last != nullptr) ReportTwice(*last, page);
      last = &page;
    }
    if (last == nullptr) ReportCut(pages.back());
  }

  void ReportTwice(const Page& first, const Page& again) {
    const SourcePosition position = first.place.source->Locate(first.place.range.begin);
    input_.diagnostics.Add({.code = "aws-contradiction",
                            .message = "the same call is answered twice, first in " +
                                       std::string(position.file) + ", line " +
                                       std::to_string(position.line) + ": keep one of them",
                            .source = again.place.source,
                            .range = again.place.range,
                            .related = {{first.place.source, first.place.range, "first here"}}});
  }

  void ReportCut(const Page& page) {
    const bool accepted = input_.options.allow_partial;
    input_.diagnostics.Add({.severity = accepted ? Severity::kWarning : Severity::kError,
                            .code = "aws-paging",
                            .message = "the listing is cut off here: its next page is missing; save it "
                                       "without `--max-items` and `--no-paginate`, or accept it with "
                                       "`--allow-partial`",
                            .source = page.place.source,
                            .range = page.place.range});
  }

  void ReportUnreadable(const Error& error) {
    Report("unreadable", error.message, {Source::FromText(error.file, ""), {}});
  }

  void Report(std::string code, std::string message, const Place& place) {
    input_.diagnostics.Add({.code = std::move(code),
                            .message = std::move(message),
                            .source = place.source,
                            .range = place.range});
  }

  ImportInput& input_;
  const std::function<void(const AwsAnswer&)>& use_;
  std::map<Call, std::vector<Page>> calls_;
};

bool DirectoryHoldsAnswers(const ImportInput& input) {
  const Result<std::vector<std::string>> names = input.files.List(input.path);
  if (!names) return false;
  const auto named = [&](std::string_view prefix) {
    return std::any_of(names->begin(), names->end(),
                       [&](const std::string& name) { return name.starts_with(prefix); });
  };
  if (named("describe-organization.json") || named("list-roots.json")) return true;
  return std::any_of(names->begin(), names->end(), [&](const std::string& name) {
    if (!name.ends_with(".json")) return false;
    const OperationEntry* entry = OperationOfContent(input.files, Join(input.path, name));
    return entry != nullptr && entry->operation == AwsOperation::kListRoots;
  });
}

bool FileHoldsAnswers(const std::shared_ptr<const Source>& source) {
  const std::string_view text = source->text();
  const char* const end = text.data() + text.size();
  const char* const begin = json::SkipSpace(text.data() + source->bom_size(), end);
  if (begin == end || *begin != '{') return false;
  // Whole documents on one line may be huge: most are told by their first key.
  const char* const key = json::SkipSpace(begin + 1, end);
  const std::string_view first_key(key, static_cast<size_t>(end - key));
  if (!first_key.starts_with("\"operation\"") && !first_key.starts_with("\"request\"") &&
      !first_key.starts_with("\"response\"")) {
    return false;
  }
  const auto first = static_cast<size_t>(begin - text.data());
  const size_t line_end = std::min(text.find('\n', first), text.size());
  Diagnostics ignored;
  const auto tree =
      json::ParsePart(source, {static_cast<uint32_t>(first), static_cast<uint32_t>(line_end)}, ignored);
  return tree && tree->root().is_object() && tree->root().Find("operation") && tree->root().Find("response");
}

}  // namespace

std::string_view AwsOperationName(AwsOperation operation) {
  for (const OperationEntry& entry : kOperations) {
    if (entry.operation == operation) return entry.cli_name;
  }
  return "";
}

bool HoldsAwsAnswers(const ImportInput& input) {
  return input.is_directory ? DirectoryHoldsAnswers(input) : FileHoldsAnswers(input.source);
}

void ForEachAwsAnswer(ImportInput& input, const std::function<void(const AwsAnswer&)>& use) {
  Reader reader(input, use);
  if (input.is_directory) {
    reader.ReadDirectory();
  } else {
    reader.ReadLines();
  }
}

size_t AwsOrganizationIdLength(std::string_view text) {
  return PrefixedLength(text, "o-", 10, 32, IsLowerAlnum);
}

size_t AwsRootIdLength(std::string_view text) {
  return PrefixedLength(text, "r-", 4, 32, IsLowerAlnum);
}

size_t AwsUnitIdLength(std::string_view text) {
  const size_t root_part = PrefixedLength(text, "ou-", 4, 32, IsLowerAlnum);
  if (root_part == 0) return 0;
  const size_t own_part = PrefixedLength(text.substr(root_part), "-", 8, 32, IsLowerAlnum);
  return own_part == 0 ? 0 : root_part + own_part;
}

size_t AwsAccountIdLength(std::string_view text) {
  return PrefixedLength(text, "", 12, 12, IsAsciiDigit);
}

size_t AwsPolicyIdLength(std::string_view text) {
  return PrefixedLength(text, "p-", 8, 128, [](char c) { return IsAsciiAlnum(c) || c == '_'; });
}

}  // namespace scpcheck

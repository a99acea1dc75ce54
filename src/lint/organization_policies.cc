#include "lint/organization_policies.h"

#include <numeric>
#include <optional>
#include <utility>

#include "json/parse.h"

namespace scpcheck {

namespace {

constexpr size_t kMaxOrganizationSize = size_t{256} << 20;
constexpr size_t kMaxPolicySize = size_t{16} << 20;
constexpr std::string_view kServiceControlPolicyType = "SERVICE_CONTROL_POLICY";

}  // namespace

std::shared_ptr<const Source> PartOf(const std::shared_ptr<const Source>& outer, SourceRange range) {
  std::vector<uint32_t> offsets(range.end - range.begin + 1);
  std::iota(offsets.begin(), offsets.end(), range.begin);
  return Source::Nested(outer, std::string(outer->text().substr(range.begin, range.end - range.begin)),
                        std::move(offsets));
}

Result<std::vector<PolicyText>> PoliciesOfOrganization(const std::string& path, const Files& files) {
  if (files.IsDirectory(path)) {
    return Error{.message =
                     "only an organization file in scpcheck's own format can be linted yet: run lint on the "
                     "policies themselves",
                 .file = path};
  }
  Result<std::string> text = files.Read(path, kMaxOrganizationSize);
  if (!text) return text.error();
  Diagnostics problems;
  const std::optional<json::Tree> tree =
      json::Parse(Source::FromText(path, std::move(text).value()), problems);
  if (problems.has_errors()) return problems.first_error().ToError();
  const std::optional<json::Value> policies =
      tree->root().is_object() ? tree->root().Find("policies") : std::nullopt;
  if (!policies || !policies->is_object()) {
    return Error{.message = "this is no organization file: it has no object `policies`", .file = path};
  }
  std::vector<PolicyText> texts;
  for (const json::Member member : policies->members()) {
    if (!member.value.is_object()) continue;
    std::string id(member.key.text());
    const std::optional<json::Value> type = member.value.Find("type");
    if (type && type->text() != kServiceControlPolicyType) continue;
    if (const std::optional<json::Value> document = member.value.Find("document")) {
      texts.push_back({std::move(id), PartOf(tree->source(), document->range())});
    } else if (const std::optional<json::Value> file = member.value.Find("file"); file && file->is_string()) {
      const std::string policy_path = ResolveBeside(path, std::string(file->text()));
      Result<std::string> policy = files.Read(policy_path, kMaxPolicySize);
      if (!policy) return policy.error();
      texts.push_back({std::move(id), Source::FromText(policy_path, std::move(policy).value())});
    }
  }
  return texts;
}

}  // namespace scpcheck

#include "lint/organization_policies.h"

#include <numeric>
#include <optional>
#include <utility>

#include "json/parse.h"
#include "json/yaml.h"
#include "scpcheck/diagnostic.h"

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

OrganizationPolicies PoliciesOfOrganization(const std::string& path, const Files& files) {
  OrganizationPolicies found;
  const auto fail = [&](Error error) {
    found.errors.push_back(std::move(error));
    return found;
  };
  Result<std::string> text = files.Read(path, kMaxOrganizationSize);
  if (!text) return fail(text.error());
  const auto source = Source::FromText(path, std::move(text).value());
  const bool is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
  Diagnostics problems;
  const std::optional<json::Tree> tree =
      is_yaml ? json::ParseYaml(source, problems) : json::Parse(source, problems);
  if (problems.has_errors()) return fail(problems.first_error().ToError());
  const std::optional<json::Value> policies =
      tree->root().is_object() ? tree->root().Find("policies") : std::nullopt;
  if (!policies || !policies->is_object()) {
    return fail({.message = "this is no organization file: it has no object `policies`", .file = path});
  }
  for (const json::Member member : policies->members()) {
    std::string id(member.key.text());
    const auto wrong = [&](json::Value value, const std::string& what) {
      found.errors.push_back(Diagnostic{
          .severity = Severity::kError,
          .code = "organization-policy",
          .message = "the policy `" + id + "` " + what,
          .source = source,
          .range = value.range(),
          .related = {}}.ToError());
    };
    if (!member.value.is_object()) {
      wrong(member.value, "must be an object with `document` or `file`");
      continue;
    }
    const std::optional<json::Value> type = member.value.Find("type");
    if (type && type->text() != kServiceControlPolicyType) continue;
    const std::optional<json::Value> document = member.value.Find("document");
    const std::optional<json::Value> file = member.value.Find("file");
    if (document && is_yaml) {
      wrong(*document,
            "is written in YAML, which can't be linted: put it into a JSON file and name that as `file`");
    } else if (document) {
      found.texts.push_back({std::move(id), PartOf(source, document->range())});
    } else if (file && file->is_string()) {
      const std::string policy_path = ResolveBeside(path, std::string(file->text()));
      Result<std::string> policy = files.Read(policy_path, kMaxPolicySize);
      if (policy) {
        found.texts.push_back({std::move(id), Source::FromText(policy_path, std::move(policy).value())});
      } else {
        found.errors.push_back(policy.error());
      }
    } else {
      wrong(file ? *file : member.value,
            file ? "has a `file` that is no string" : "has neither `document` nor `file`");
    }
  }
  return found;
}

}  // namespace scpcheck

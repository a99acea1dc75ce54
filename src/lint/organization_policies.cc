#include "lint/organization_policies.h"

#include <numeric>
#include <utility>

#include "org/load.h"

namespace scpcheck {

namespace {

uint32_t EndOf(const Source& inner) {
  return inner.OuterOffset(static_cast<uint32_t>(inner.text().size()));
}

}  // namespace

std::shared_ptr<const Source> PartOf(const std::shared_ptr<const Source>& outer, SourceRange range) {
  std::vector<uint32_t> offsets(range.end - range.begin + 1);
  std::iota(offsets.begin(), offsets.end(), range.begin);
  return Source::Nested(outer, std::string(outer->text().substr(range.begin, range.end - range.begin)),
                        std::move(offsets));
}

Result<std::vector<PolicyText>> PoliciesOfOrganization(const std::string& path, const Files& files,
                                                       const LoadOptions& options, Diagnostics& diagnostics) {
  Result<OrganizationPolicies> loaded = LoadPolicies(path, files, options, diagnostics);
  if (!loaded) return loaded.error();
  std::vector<PolicyText> texts;
  for (OrganizationPolicy& policy : loaded->policies) {
    // One without a source has no text, which is reported.
    if (!policy.is_scp() || policy.id == kFullAwsAccessId || policy.document.source == nullptr) continue;
    const Policy& document = policy.document;
    const bool is_readable =
        !document.diagnostics.has_errors() || document.diagnostics.first_error().code != kUnreadablePolicy;
    if (!is_readable) {
      diagnostics.Append(document.diagnostics);
    } else if (const std::shared_ptr<const Source> outer = document.source->outer()) {
      const SourceRange string = {document.source->OuterOffset(0) - 1, EndOf(*document.source) + 1};
      texts.push_back({std::move(policy.id), outer == loaded->source ? PartOf(outer, string) : outer, true});
    } else if (document.source != loaded->source) {
      texts.push_back({std::move(policy.id), document.source});
    } else if (loaded->is_yaml) {
      diagnostics.Add({.code = "yaml-policy",
                       .message = "the policy `" + policy.id +
                                  "` is written in YAML, which can't be linted: put it into a JSON file and "
                                  "name that as `file`",
                       .source = document.source,
                       .range = document.range});
    } else {
      texts.push_back({std::move(policy.id), PartOf(document.source, document.range)});
    }
  }
  return texts;
}

}  // namespace scpcheck

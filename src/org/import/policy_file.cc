#include "base/utf8.h"
#include "org/import/importer.h"
#include "org/load.h"

namespace scpcheck {

void ReadPolicyText(std::shared_ptr<const Source> source, OrganizationPolicy& policy) {
  const std::string_view text = source->text();
  policy.stored_bytes = static_cast<uint32_t>(text.size());
  policy.stored_characters = static_cast<uint32_t>(CountCodePoints(text));
  if (policy.is_scp()) policy.document = ParsePolicy(std::move(source));
}

void ReadPolicyFile(const Files& files, const std::string& path, const Place& named_at,
                    OrganizationPolicy& policy) {
  Result<std::string> text = files.Read(path, kMaxPolicyFileSize);
  if (text) {
    ReadPolicyText(Source::FromText(path, std::move(text).value()), policy);
    return;
  }
  // The policy exists, so it stays in the organization; but nothing may be decided with it.
  policy.document.source = Source::FromText(path, "");
  policy.document.decidable = false;
  policy.document.diagnostics.Add({.code = std::string(kUnreadablePolicy),
                                   .message = "the policy's file " + path + ": " + text.error().message,
                                   .source = named_at.source,
                                   .range = named_at.range});
}

}  // namespace scpcheck

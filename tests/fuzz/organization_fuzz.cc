// Organizations, in a file of any format: what is loaded is consistent, and nothing is refused without a
// reason.
//
// A line `==== NAME` starts another file, so that one input can be a directory of `aws organizations` output.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz.h"
#include "scpcheck/files.h"
#include "scpcheck/organization.h"

namespace scpcheck {
namespace {

std::map<std::string, std::string> SplitFiles(std::string_view text) {
  constexpr std::string_view kSeparator = "==== ";
  std::map<std::string, std::string> files;
  std::string* file = &files["org"];
  while (!text.empty()) {
    const size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    if (line.starts_with(kSeparator)) {
      file = &files["dump/" + std::string(line.substr(kSeparator.size()))];
    } else {
      file->append(text.substr(0, end == std::string_view::npos ? end : end + 1));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return files;
}

void CheckAttachments(const std::vector<Attachment>& attachments, const Organization& organization) {
  for (const Attachment& attachment : attachments) {
    SCPCHECK_CHECK(static_cast<size_t>(attachment.policy) < organization.policies.size());
    const OrganizationPolicy& policy = organization.policy(attachment.policy);
    SCPCHECK_CHECK(!policy.is_scp() || policy.document.decidable);
  }
}

void CheckOrganization(const Organization& organization) {
  SCPCHECK_CHECK(!organization.nodes.empty() && !organization.nodes[0].parent);
  for (size_t i = 0; i < organization.nodes.size(); ++i) {
    const OrganizationNode& node = organization.nodes[i];
    SCPCHECK_CHECK(i == 0 || (node.parent && static_cast<size_t>(*node.parent) < i));
    CheckAttachments(node.attachments, organization);
    if (organization.source) fuzz::CheckRange(node.range, *organization.source);
  }
  for (size_t i = 0; i < organization.accounts.size(); ++i) {
    const Account& account = organization.accounts[i];
    SCPCHECK_CHECK(account.id.size() == 12);
    SCPCHECK_CHECK(static_cast<size_t>(account.parent) < organization.nodes.size());
    CheckAttachments(account.attachments, organization);
    if (organization.source) fuzz::CheckRange(account.range, *organization.source);
    const Result<AccountIndex> found = organization.FindAccount(account.id);
    SCPCHECK_CHECK(found && static_cast<size_t>(*found) == i);
  }
  const Result<std::vector<AccountIndex>> all = organization.SelectAccounts("/**");
  SCPCHECK_CHECK(all ? all->size() == organization.accounts.size() : organization.accounts.empty());
}

void Load(const MemoryFiles& files, const std::string& path, const LoadOptions& options) {
  Diagnostics diagnostics;
  const Result<Organization> organization = LoadOrganization(path, files, options, diagnostics);
  fuzz::CheckDiagnostics(diagnostics);
  if (organization) {
    SCPCHECK_CHECK(!diagnostics.has_errors());
    CheckOrganization(*organization);
  } else {
    SCPCHECK_CHECK(!organization.error().message.empty());
  }
}

}  // namespace
}  // namespace scpcheck

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace scpcheck;  // NOLINT(google-build-using-namespace): the harness's own namespace
  const MemoryFiles files(SplitFiles(fuzz::Text(data, size)));
  Load(files, files.IsDirectory("dump") ? "dump" : "org", {});
  Load(files, files.IsDirectory("dump") ? "dump" : "org", {.ignored_policies = {}, .allow_partial = true});
  return 0;
}

#include "cli/load.h"

#include <algorithm>

#include "engine/condition_faults.h"

namespace scpcheck::cli {

namespace {

// The rest is for a linter: here they only say that something may not do what it seems to.
constexpr size_t kMaxPolicyComplaints = 10;

bool IsAttached(const Organization& organization, uint32_t policy) {
  const auto holds = [&](const auto& target) {
    return std::any_of(
        target.attachments.begin(), target.attachments.end(),
        [&](const Attachment& attachment) { return static_cast<uint32_t>(attachment.policy) == policy; });
  };
  return std::any_of(organization.nodes.begin(), organization.nodes.end(), holds) ||
         std::any_of(organization.accounts.begin(), organization.accounts.end(), holds);
}

// What has an evaluation all the same (G-04a): what the policy does is decided, but hardly what was meant.
void ReportPolicyErrors(const Organization& organization, Environment& environment) {
  size_t reported = 0;
  size_t more = 0;
  for (uint32_t i = 0; i < organization.policies.size(); ++i) {
    const Policy& policy = organization.policies[i].document;
    Diagnostics faults;
    for (const Diagnostic& diagnostic : policy.diagnostics.all()) {
      if (diagnostic.severity == Severity::kError) faults.Add(diagnostic);
    }
    FindConditionFaults(policy, faults);
    if (faults.empty() || !IsAttached(organization, i)) continue;
    for (const Diagnostic& diagnostic : faults.all()) {
      if (reported == kMaxPolicyComplaints) {
        ++more;
        continue;
      }
      ++reported;
      Error error = diagnostic.ToError();
      error.message = "warning: " + error.message;
      Complain(environment.err, error);
    }
  }
  if (more > 0) Complain(environment.err, std::to_string(more) + " more warnings about attached policies");
}

}  // namespace

std::optional<Organization> LoadForCommand(const OrganizationOptions& options, Environment& environment) {
  Diagnostics diagnostics;
  const LoadOptions load{.ignored_policies = options.ignored_policies,
                         .allow_partial = options.allow_partial};
  Result<Organization> organization = LoadOrganization(options.path, environment.files, load, diagnostics);
  for (const Diagnostic& diagnostic : diagnostics.all()) {
    Error error = diagnostic.ToError();
    if (diagnostic.severity != Severity::kError) {
      error.message = std::string(SeverityName(diagnostic.severity)) + ": " + error.message;
    }
    Complain(environment.err, error);
  }
  if (diagnostics.dropped() > 0) {
    Complain(environment.err, std::to_string(diagnostics.dropped()) + " more errors and warnings");
  }
  if (!organization) {
    if (!diagnostics.has_errors()) Complain(environment.err, organization.error());
    return std::nullopt;
  }
  ReportPolicyErrors(*organization, environment);
  return std::move(organization).value();
}

std::shared_ptr<const Catalogue> CatalogueForCommand(const std::string& path, Environment& environment) {
  if (path.empty()) return BuiltInCatalogue();
  Result<std::shared_ptr<const Catalogue>> catalogue = LoadCatalogue(path, environment.files);
  if (catalogue) return std::move(catalogue).value();
  Complain(environment.err, catalogue.error());
  return nullptr;
}

}  // namespace scpcheck::cli

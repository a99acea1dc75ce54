// The seam between formats and the organization model: an importer tells whether it recognises what lies at a
// path, and reads it into an OrganizationBuilder.

#ifndef SCPCHECK_ORG_IMPORT_IMPORTER_H_
#define SCPCHECK_ORG_IMPORT_IMPORTER_H_

#include <optional>
#include <string>
#include <vector>

#include "json/tree.h"
#include "org/builder.h"
#include "scpcheck/files.h"
#include "scpcheck/organization.h"

namespace scpcheck {

// Bounds for untrusted input.
inline constexpr size_t kMaxOrganizationFileSize = size_t{512} << 20;
// Of all policies' files together, each counted as often as it is named.
inline constexpr size_t kMaxPolicyFilesSize = size_t{64} << 20;

struct ImportInput {
  std::string path;
  const Files& files;
  const LoadOptions& options;
  Diagnostics& diagnostics;
  // For a file: its text, and its tree if it is one JSON or YAML document. For a directory: neither.
  std::shared_ptr<const Source> source;
  std::optional<json::Tree> tree;
  // Equal keys in `tree`. They make a policy undecidable if they stand in one, the organization else: the
  // importer knows which.
  std::vector<Diagnostic> duplicate_keys;
  // Of YAML the text of a scalar counts, not what kind it looks like: 012345678901 is an account id.
  bool is_yaml = false;
  bool is_directory = false;
};

struct Importer {
  const char* describes;  // what it recognises, for the message when nothing fits
  bool (*recognises)(const ImportInput& input);
  // Reads everything it can; what is wrong goes to the builder or to input.diagnostics.
  void (*read)(ImportInput& input, OrganizationBuilder& builder);
};

// The organization file of scpcheck itself, JSON or YAML.
extern const Importer kScpcheckFile;
// A directory, or JSON lines, of `aws organizations` output.
extern const Importer kAwsOutput;

// The policy in the file at `path`, which `named_at` names, with its stored size (G-18). What is wrong is in
// the policy's diagnostics.
void ReadPolicyFile(const Files& files, const std::string& path, const Place& named_at,
                    OrganizationPolicy& policy);
// The policy in `source`, whose text is what AWS stores.
void ReadPolicyText(std::shared_ptr<const Source> source, OrganizationPolicy& policy);

}  // namespace scpcheck

#endif  // SCPCHECK_ORG_IMPORT_IMPORTER_H_

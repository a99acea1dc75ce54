// From a path to an organization: which format is it, then its importer.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "json/parse.h"
#include "json/scan.h"
#include "json/yaml.h"
#include "org/import/importer.h"
#include "org/load.h"
#include "scpcheck/organization.h"

namespace scpcheck {

namespace {

// In the order of detection; the first that recognises the input reads it.
constexpr const Importer* kImporters[] = {&kAwsOutput, &kScpcheckFile};

Error Complaint(const std::string& path, std::string message) {
  return Error{.message = std::move(message), .file = path};
}

Error Unrecognised(const ImportInput& input) {
  if (input.tree && input.tree->root().is_object() && input.tree->root().Find("Statement")) {
    return Complaint(
        input.path,
        "this is a policy, and says nothing of an organization: `scpcheck lint` looks at policies; a "
        "question needs an organization file, in which `file` may name this one");
  }
  std::string message = "no organization is recognised here; known are";
  for (const Importer* importer : kImporters) {
    message += importer == kImporters[0] ? " " : "; ";
    message += importer->describes;
  }
  return Complaint(input.path, std::move(message));
}

// Sets the tree of a file that is one JSON or YAML document, or whose content asks to be.
void ParseFile(ImportInput& input) {
  const std::string_view text = input.source->text().substr(input.source->bom_size());
  const char* const end = text.data() + text.size();
  const char* const first = json::SkipSpace(text.data(), end);
  // A template's `{{` and `{%` are for the YAML reader to tell.
  const bool is_template = end - first > 1 && *first == '{' && (first[1] == '{' || first[1] == '%');
  const bool looks_like_json = first != end && (*first == '{' || *first == '[') && !is_template;
  const bool named_json = input.path.ends_with(".json");
  Diagnostics syntax;
  if (looks_like_json || named_json) input.tree = json::Parse(input.source, syntax);
  // YAML has flow collections that start like JSON.
  if (!input.tree && !named_json) {
    Diagnostics yaml_syntax;
    input.tree = json::ParseYaml(input.source, yaml_syntax);
    input.is_yaml = input.tree.has_value();
    if (input.is_yaml || !looks_like_json) syntax = std::move(yaml_syntax);
  }
  for (const Diagnostic& diagnostic : syntax.all()) {
    // If there are too many to tell them all, one that matters may be among the rest.
    if (diagnostic.code == "duplicate-key" && syntax.dropped() == 0) {
      input.duplicate_keys.push_back(diagnostic);
    } else {
      input.diagnostics.Add(diagnostic);
    }
  }
}

// The one organization file among those that lie in a directory.
Result<std::string> OrganizationFileIn(const ImportInput& directory) {
  // More than one would put into a folder beside an organization.
  constexpr size_t kMaxCandidates = 100;
  const Result<std::vector<std::string>> names = directory.files.List(directory.path);
  if (!names) return names.error();
  std::string found;
  size_t candidates = 0;
  for (const std::string& name : *names) {
    if (!name.ends_with(".json") && !name.ends_with(".yaml") && !name.ends_with(".yml")) continue;
    const std::string path = directory.path + (directory.path.ends_with('/') ? "" : "/") + name;
    if (directory.files.IsDirectory(path)) continue;
    if (++candidates > kMaxCandidates) return Unrecognised(directory);
    Result<std::string> text = directory.files.Read(path, kMaxOrganizationFileSize);
    if (!text) return text.error();
    Diagnostics syntax;  // of what may be something else altogether
    ImportInput file{.path = path,
                     .files = directory.files,
                     .options = directory.options,
                     .diagnostics = syntax,
                     .source = Source::FromText(path, std::move(text).value()),
                     .tree = std::nullopt,
                     .duplicate_keys = {}};
    ParseFile(file);
    if (!kScpcheckFile.recognises(file)) continue;
    if (!found.empty()) {
      return Complaint(directory.path, "several organizations lie here, " + found + " and " + path +
                                           ": name the one that is meant");
    }
    found = path;
  }
  if (found.empty()) return Unrecognised(directory);
  return found;
}

// Reads what lies at `path` into an organization; `use` gets the builder. The error is what stopped it
// before.
template <typename Use>
std::optional<Error> Import(const std::string& path, const Files& files, const LoadOptions& options,
                            PolicyFaults policy_faults, Diagnostics& diagnostics, Use use) {
  ImportInput input{.path = path,
                    .files = files,
                    .options = options,
                    .diagnostics = diagnostics,
                    .source = nullptr,
                    .tree = std::nullopt,
                    .duplicate_keys = {}};
  input.is_directory = files.IsDirectory(path);
  if (!input.is_directory) {
    Result<std::string> text = files.Read(path, kMaxOrganizationFileSize);
    if (!text) return text.error();
    input.source = Source::FromText(path == "-" ? "<stdin>" : path, std::move(text).value());
  }
  // JSON lines are more than one document, so whether they are `aws organizations` output is asked before
  // parsing.
  if (!input.is_directory && !kAwsOutput.recognises(input)) ParseFile(input);
  if (diagnostics.has_errors()) return diagnostics.first_error().ToError();
  if (input.is_directory && !kAwsOutput.recognises(input)) {
    Result<std::string> inside = OrganizationFileIn(input);
    if (!inside) return inside.error();
    return Import(*inside, files, options, policy_faults, diagnostics, use);
  }
  for (const Importer* importer : kImporters) {
    if (!importer->recognises(input)) continue;
    OrganizationBuilder builder(options, diagnostics, policy_faults);
    importer->read(input, builder);
    use(builder, input);
    return std::nullopt;
  }
  return Unrecognised(input);
}

}  // namespace

Result<Organization> LoadOrganization(const std::string& path, const Files& files, const LoadOptions& options,
                                      Diagnostics& diagnostics) {
  Result<Organization> result = Error{};
  const std::optional<Error> error =
      Import(path, files, options, PolicyFaults::kReported, diagnostics,
             [&](OrganizationBuilder& builder, const ImportInput&) { result = builder.Finish(); });
  if (error) return *error;
  return result;
}

Result<OrganizationPolicies> LoadPolicies(const std::string& path, const Files& files,
                                          const LoadOptions& options, Diagnostics& diagnostics) {
  OrganizationPolicies found;
  const std::optional<Error> error = Import(path, files, options, PolicyFaults::kLeftOut, diagnostics,
                                            [&](OrganizationBuilder& builder, const ImportInput& input) {
                                              found.source = input.source;
                                              found.is_yaml = input.is_yaml;
                                              found.policies = std::move(builder.organization().policies);
                                            });
  if (error) return *error;
  return found;
}

}  // namespace scpcheck

// From a path to an organization: which format is it, then its importer.

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "json/parse.h"
#include "json/scan.h"
#include "json/yaml.h"
#include "org/import/importer.h"
#include "scpcheck/organization.h"

namespace scpcheck {

namespace {

// In the order of detection; the first that recognises the input reads it.
constexpr const Importer* kImporters[] = {&kAwsOutput, &kScpcheckFile};

Error Complaint(const std::string& path, std::string message) {
  return Error{.message = std::move(message), .file = path};
}

std::string UnrecognisedMessage() {
  std::string message = "no organization is recognised here; known are";
  for (const Importer* importer : kImporters) {
    message += importer == kImporters[0] ? " " : "; ";
    message += importer->describes;
  }
  return message;
}

// Sets the tree of a file that is one JSON or YAML document, or whose content asks to be.
void ParseFile(ImportInput& input) {
  const std::string_view text = input.source->text().substr(input.source->bom_size());
  const char* const end = text.data() + text.size();
  const char* const first = json::SkipSpace(text.data(), end);
  const bool looks_like_json = first != end && (*first == '{' || *first == '[');
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

}  // namespace

Result<Organization> LoadOrganization(const std::string& path, const Files& files, const LoadOptions& options,
                                      Diagnostics& diagnostics) {
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
  if (!diagnostics.has_errors()) {
    for (const Importer* importer : kImporters) {
      if (!importer->recognises(input)) continue;
      OrganizationBuilder builder(options, diagnostics);
      importer->read(input, builder);
      return builder.Finish();
    }
    return Complaint(path, UnrecognisedMessage());
  }
  return diagnostics.first_error().ToError();
}

}  // namespace scpcheck

#include "cli/lint_files.h"

#include <utility>

#include "lint/document_kind.h"

namespace scpcheck::cli {

namespace {

// Far more than any policy has, little enough to read thousands.
constexpr size_t kMaxFileSize = size_t{16} << 20;
constexpr int kMaxFolderDepth = 64;

class Finder {
 public:
  explicit Finder(const Files& files) : files_(files) {}

  void AddNamed(const std::string& path, const std::string& name) {
    Result<std::string> text = files_.Read(path, kMaxFileSize);
    if (!text) {
      Error error = text.error();
      error.file = name;
      found_.errors.push_back(std::move(error));
      return;
    }
    found_.files.push_back({name, path == "-", Source::FromText(name, std::move(text).value())});
  }

  void AddFolder(const std::string& path, int depth) {
    const Result<std::vector<std::string>> names = files_.List(path);
    if (!names) {
      found_.errors.push_back(names.error());
      return;
    }
    for (const std::string& name : *names) {
      const std::string inner = path.ends_with('/') ? path + name : path + "/" + name;
      if (files_.IsDirectory(inner)) {
        // What tools keep for themselves: .git, .terraform.
        if (name.starts_with('.') || name == "node_modules") continue;
        if (depth == kMaxFolderDepth) {
          found_.errors.push_back({.message = "too many folders inside each other", .file = inner});
          continue;
        }
        AddFolder(inner, depth + 1);
      } else if (name.ends_with(".json") || name.ends_with(".jsonc")) {
        AddIfPolicy(inner);
      }
    }
  }

  PolicyFiles Take() { return std::move(found_); }

 private:
  void AddIfPolicy(const std::string& path) {
    Result<std::string> text = files_.Read(path, kMaxFileSize);
    if (!text) {
      found_.errors.push_back(text.error());
      return;
    }
    std::shared_ptr<const Source> source = Source::FromText(path, std::move(text).value());
    const DocumentKind kind = KindOfDocument(source);
    if (IsLinted(kind)) {
      found_.files.push_back({path, false, std::move(source)});
    } else {
      found_.skipped.push_back({path, std::string(DocumentKindName(kind))});
    }
  }

  const Files& files_;
  PolicyFiles found_;
};

}  // namespace

PolicyFiles FindPolicyFiles(const Files& files, const std::vector<std::string>& paths,
                            const std::string& stdin_name) {
  Finder finder(files);
  for (const std::string& path : paths) {
    if (path == "-") {
      finder.AddNamed(path, stdin_name.empty() ? "<stdin>" : stdin_name);
    } else if (files.IsDirectory(path)) {
      finder.AddFolder(path, 0);
    } else {
      finder.AddNamed(path, path);
    }
  }
  return finder.Take();
}

}  // namespace scpcheck::cli

#include "cli/lint_files.h"

#include <filesystem>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "lint/document_kind.h"
#include "scpcheck/policy.h"

namespace scpcheck::cli {

namespace {

constexpr int kMaxFolderDepth = 64;

// Why a file in a directory is not even opened: a pipe would have us wait, and what is huge is no policy.
std::optional<std::string> WhyNotRead(const std::string& path) {
  std::error_code error;
  const std::filesystem::file_status status = std::filesystem::status(path, error);
  if (error || !std::filesystem::exists(status)) return std::nullopt;  // reading tells
  if (!std::filesystem::is_regular_file(status)) return "no regular file";
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (!error && size > kMaxPolicyFileSize) return "larger than any policy";
  return std::nullopt;
}

// FileIdentity of `path`, the file of that name in a folder whose own is known: of thousands of files only
// links need a look at each folder above them.
std::string IdentityInside(const std::string& folder, const std::string& name, const std::string& path) {
  std::error_code error;
  const bool is_link = std::filesystem::is_symlink(path, error);
  return is_link || error ? FileIdentity(path) : (std::filesystem::path(folder) / name).string();
}

class Finder {
 public:
  Finder(const Files& files, const FindOptions& options) : files_(files), options_(options) {}

  void Add(const std::string& path) {
    if (path == "-") {
      if (IsNew(path))
        AddFile(path, options_.stdin_name.empty() ? "<stdin>" : options_.stdin_name, options_.only_policies);
    } else if (files_.IsDirectory(path)) {
      AddFolder(path, 0);
    } else if (IsNew(FileIdentity(path))) {
      AddFile(path, path, options_.only_policies);
    }
  }

  PolicyFiles Take() { return std::move(found_); }

 private:
  bool IsNew(std::string identity) { return seen_.insert(std::move(identity)).second; }

  void AddFolder(const std::string& path, int depth) {
    // Links may lead back.
    const std::string identity = FileIdentity(path);
    if (!IsNew(identity)) return;
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
        if (!IsNew(IdentityInside(identity, name, inner))) continue;
        if (std::optional<std::string> reason = WhyNotRead(inner)) {
          found_.skipped.push_back({inner, *std::move(reason)});
        } else {
          AddFile(inner, inner, true);
        }
      }
    }
  }

  void AddFile(const std::string& path, const std::string& name, bool only_policies) {
    Result<std::string> text = files_.Read(path, kMaxPolicyFileSize);
    if (!text) {
      Error error = text.error();
      error.file = name;
      found_.errors.push_back(std::move(error));
      return;
    }
    std::shared_ptr<const Source> source = Source::FromText(name, std::move(text).value());
    if (only_policies) {
      const DocumentKind kind = KindOfDocument(source);
      if (!IsLinted(kind)) {
        found_.skipped.push_back({name, std::string(DocumentKindName(kind))});
        return;
      }
    }
    found_.files.push_back({name, path == "-", std::move(source)});
  }

  const Files& files_;
  const FindOptions& options_;
  std::set<std::string> seen_;
  PolicyFiles found_;
};

}  // namespace

std::string FileIdentity(const std::string& path) {
  std::error_code error;
  const std::filesystem::path canonical = std::filesystem::canonical(path, error);
  return error ? std::filesystem::path(path).lexically_normal().string() : canonical.string();
}

PolicyFiles FindPolicyFiles(const Files& files, const std::vector<std::string>& paths,
                            const FindOptions& options) {
  Finder finder(files, options);
  for (const std::string& path : paths) finder.Add(path);
  return finder.Take();
}

}  // namespace scpcheck::cli

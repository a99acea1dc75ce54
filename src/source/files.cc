#include "scpcheck/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "base/system_message.h"
#include "source/descriptor.h"
#include "source/gzip.h"

namespace scpcheck {

namespace {

Error FileError(const std::string& path, std::string message) {
  return Error{.message = std::move(message), .file = path};
}

Result<std::string> Unfold(const std::string& path, std::string bytes, size_t max_size) {
  if (!IsGzip(bytes)) return bytes;
  Result<std::string> text = Gunzip(bytes, max_size);
  if (!text) return FileError(path, text.error().message);
  return text;
}

Error TooLarge(const std::string& path, size_t max_size) {
  return FileError(path,
                   "the file has more than " + std::to_string(max_size >> 20) + " MiB, the limit for it");
}

}  // namespace

Result<std::string> DiskFiles::Read(const std::string& path, size_t max_size) const {
  const Descriptor file(path == "-" ? STDIN_FILENO : open(path.c_str(), O_RDONLY | O_CLOEXEC));
  const std::string name = path == "-" ? "<stdin>" : path;
  if (file.get() < 0) return FileError(name, "can't open it: " + SystemMessage(errno));
  struct stat status = {};
  if (fstat(file.get(), &status) != 0) return FileError(name, "can't read it: " + SystemMessage(errno));
  if (S_ISDIR(status.st_mode)) return FileError(name, "this is a directory: a file is needed here");
  size_t expected = size_t{64} << 10;
  if (S_ISREG(status.st_mode)) {
    if (static_cast<size_t>(status.st_size) > max_size) return TooLarge(name, max_size);
    // One byte more than the file, so that its end shows at once.
    expected = static_cast<size_t>(status.st_size) + 1;
  }
  std::string bytes(expected, '\0');
  size_t size = 0;
  for (;;) {
    if (size == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t got = read(file.get(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(name, "can't read it: " + SystemMessage(errno));
    if (got == 0) break;
    size += static_cast<size_t>(got);
    if (size > max_size) return TooLarge(name, max_size);
  }
  bytes.resize(size);
  return Unfold(name, std::move(bytes), max_size);
}

bool DiskFiles::IsDirectory(const std::string& path) const {
  struct stat status = {};
  return path != "-" && stat(path.c_str(), &status) == 0 && S_ISDIR(status.st_mode);
}

Result<std::vector<std::string>> DiskFiles::List(const std::string& path) const {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(opendir(path.c_str()), closedir);
  if (!directory) return FileError(path, "can't list it: " + SystemMessage(errno));
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry =
        readdir(directory.get());  // NOLINT(concurrency-mt-unsafe): the stream is ours alone
    if (entry == nullptr) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) return FileError(path, "can't list it: " + SystemMessage(errno));
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string> MemoryFiles::Read(const std::string& path, size_t max_size) const {
  const auto found = files_.find(path);
  if (found == files_.end()) {
    return FileError(path, IsDirectory(path) ? "this is a directory: a file is needed here"
                                             : "can't open it: no such file or directory");
  }
  if (found->second.size() > max_size) return TooLarge(path, max_size);
  return Unfold(path, found->second, max_size);
}

bool MemoryFiles::IsDirectory(const std::string& path) const {
  const std::string prefix = path + '/';
  const auto first = files_.lower_bound(prefix);
  return first != files_.end() && first->first.starts_with(prefix);
}

Result<std::vector<std::string>> MemoryFiles::List(const std::string& path) const {
  if (!IsDirectory(path)) return FileError(path, "can't list it: not a directory");
  const std::string prefix = path + '/';
  std::vector<std::string> names;
  for (auto file = files_.lower_bound(prefix); file != files_.end() && file->first.starts_with(prefix);
       ++file) {
    std::string name = file->first.substr(prefix.size());
    name.resize(std::min(name.find('/'), name.size()));
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

std::string ResolveBeside(const std::string& file, const std::string& name) {
  if (name.starts_with('/')) return name;
  const size_t slash = file.rfind('/');
  return slash == std::string::npos ? name : file.substr(0, slash + 1) + name;
}

}  // namespace scpcheck

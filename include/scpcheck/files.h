// How the library reads files: through an interface, so that a caller decides what there is to read.

#ifndef SCPCHECK_FILES_H_
#define SCPCHECK_FILES_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "scpcheck/result.h"

namespace scpcheck {

class Files {
 public:
  virtual ~Files() = default;

  // The whole file, gunzipped if it is gzip by its content. More than `max_size` bytes is an error that says
  // so.
  virtual Result<std::string> Read(const std::string& path, size_t max_size) const = 0;
  // False for what does not exist.
  virtual bool IsDirectory(const std::string& path) const = 0;
  // The names in a directory, sorted, without `.` and `..`.
  virtual Result<std::vector<std::string>> List(const std::string& path) const = 0;
};

// The file system. `-` is standard input.
class DiskFiles : public Files {
 public:
  Result<std::string> Read(const std::string& path, size_t max_size) const override;
  bool IsDirectory(const std::string& path) const override;
  Result<std::vector<std::string>> List(const std::string& path) const override;
};

// Files that a program holds in memory, named by their paths; directories are the prefixes of these.
class MemoryFiles : public Files {
 public:
  explicit MemoryFiles(std::map<std::string, std::string> files) : files_(std::move(files)) {}

  Result<std::string> Read(const std::string& path, size_t max_size) const override;
  bool IsDirectory(const std::string& path) const override;
  Result<std::vector<std::string>> List(const std::string& path) const override;

 private:
  std::map<std::string, std::string> files_;
};

// `name` as seen from the directory of `file`; absolute names stay.
std::string ResolveBeside(const std::string& file, const std::string& name);

}  // namespace scpcheck

#endif  // SCPCHECK_FILES_H_

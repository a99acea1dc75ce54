// The policies that a command is to look at: files, what lies in directories, standard input.

#ifndef SCPCHECK_CLI_LINT_FILES_H_
#define SCPCHECK_CLI_LINT_FILES_H_

#include <memory>
#include <string>
#include <vector>

#include "scpcheck/files.h"
#include "scpcheck/source.h"

namespace scpcheck::cli {

struct PolicyFile {
  std::string path;  // as shown, and to write to; of standard input the name that it was given
  bool is_stdin = false;
  std::shared_ptr<const Source> source;
};

struct SkippedFile {
  std::string path;
  std::string reason;
};

struct PolicyFiles {
  std::vector<PolicyFile> files;     // in the order of the arguments, inside a directory by name
  std::vector<SkippedFile> skipped;  // found in directories, but no policies
  std::vector<Error> errors;         // what could not be read
};

// `paths` are files, directories and `-`. A file that is named is taken whatever it holds; of a directory
// those are taken, at any depth, that hold a service control policy.
PolicyFiles FindPolicyFiles(const Files& files, const std::vector<std::string>& paths,
                            const std::string& stdin_name);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LINT_FILES_H_

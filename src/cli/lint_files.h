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
  std::shared_ptr<const Source> source;  // has an outer one if the policy stands inside the file
  std::string policy = {};               // in an organization file, its id there
  // Part of an organization's listing, where nobody takes what is around a policy for one.
  bool is_listed = false;
};

struct SkippedFile {
  std::string path;
  std::string reason;
};

struct PolicyFiles {
  std::vector<PolicyFile> files;     // in the order of the arguments, inside a directory by name
  std::vector<SkippedFile> skipped;  // found, but no policies
  std::vector<Error> errors;         // what could not be read
};

struct FindOptions {
  std::string stdin_name;      // empty: `<stdin>`
  bool only_policies = false;  // leave out named files too if they hold no SCP
};

// `paths` are files, directories and `-`. A file that is named is taken whatever it holds; of a directory
// those are taken, at any depth, that hold a service control policy. Each file is taken once, by the name
// that it is met with first.
PolicyFiles FindPolicyFiles(const Files& files, const std::vector<std::string>& paths,
                            const FindOptions& options);

// What tells whether two paths lead to the same file.
std::string FileIdentity(const std::string& path);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_LINT_FILES_H_

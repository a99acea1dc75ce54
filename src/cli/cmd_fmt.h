// `scpcheck fmt`: policies in one layout.

#ifndef SCPCHECK_CLI_CMD_FMT_H_
#define SCPCHECK_CLI_CMD_FMT_H_

#include <string>
#include <vector>

#include "cli/environment.h"

namespace scpcheck::cli {

struct FmtOptions {
  std::vector<std::string> paths;  // files, directories, `-`
  std::string stdin_name;
  bool only_policies = false;   // pass over named files that hold no SCP
  bool check = false;           // tell what is not in the layout, and change nothing
  bool diff = false;            // show what would change, and change nothing
  bool minify = false;          // without white space instead
  bool strip_comments = false;  // of `x.jsonc` make `x.json`; of other files take comments out
};

int RunFmt(const FmtOptions& options, Environment& environment);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_CMD_FMT_H_

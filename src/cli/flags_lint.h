// The flags of `lint` and the commands around it.

#ifndef SCPCHECK_CLI_FLAGS_LINT_H_
#define SCPCHECK_CLI_FLAGS_LINT_H_

#include <memory>

#include "cli/flags_common.h"

namespace scpcheck::cli {

std::unique_ptr<Command> MakeLintCommand();
std::unique_ptr<Command> MakeFmtCommand();
std::unique_ptr<Command> MakeExplainCommand();
std::unique_ptr<Command> MakeConfigCommand();
std::unique_ptr<Command> MakeBaselineCommand();

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_FLAGS_LINT_H_

// The command line: the only place that knows its flags.

#ifndef SCPCHECK_CLI_FLAGS_H_
#define SCPCHECK_CLI_FLAGS_H_

namespace scpcheck::cli {

// Reads the arguments, runs the command, returns the exit code.
int Main(int argc, const char* const* argv);

}  // namespace scpcheck::cli

#endif  // SCPCHECK_CLI_FLAGS_H_
